"""The words by which a sales table is recognised: headers of the roles, totals, clients that are nobody, and the like.

A header is compared in its plain form (`plain`): lower case, ё as е, no punctuation, units and currencies taken out. A role has
whole-header patterns with a score; 100 is a header that means the role and nothing else, 30 a header that may mean it.
"""

# ruff: noqa: E501  (a pattern is read on one line or not at all)
from __future__ import annotations

import re
from functools import lru_cache

# roles a column may take, in the order in which ties are decided
ROLES = (
    "client", "client_code", "date", "document", "document_type", "status", "revenue", "profit", "cost", "margin",
    "discount", "quantity", "price", "item", "manager", "branch", "currency",
)  # fmt: skip
NUMBER_ROLES = frozenset({"revenue", "profit", "cost", "margin", "discount", "quantity", "price"})
MONEY_ROLES = frozenset({"revenue", "profit", "cost"})
STRONG = 60  # a score from here on says that a cell is a header even without looking at the column below

_UNITS = r"(?:тыс|тысяч|млн|миллион\w*|т(?= р)|руб\w*|р|коп|rub|rur|usd|eur|kzt|byn|uah|cny|тенге|тг|₽|\$|€|₸|k|000|thousands?|mln|шт|ед)"
_BUYER = r"(?:контрагент|клиент|покупател|заказчик|партнер)\w*"
_CUSTOMER = r"(?:customer|client|buyer|account)"

_RULES: tuple[tuple[str, int, str], ...] = (
    ("client", 100, r"контрагент\w*|клиент\w*|покупател\w*|заказчик\w*|партнер\w*|потребител\w*|customers?|clients?|buyers?|purchasers?"),
    ("client", 100, rf"(?:фио|юр(?:идическое)? лицо|организация|фирма|компания) {_BUYER}|(?:наименование|название|имя) (?:{_BUYER}|компании|организации|фирмы)|{_BUYER} (?:наименование|название|имя|полное наименование)"),
    ("client", 100, rf"(?:customer|client|buyer|account|company) name|name of {_CUSTOMER}|(?:sold|bill|ship) to(?: party| customer| name)*"),
    ("client", 90, r"компания(?: (?:клиента|контакта))?|company|дебитор|плательщик|юр(?:идическое)? лицо|account|контр(?:аг)? ?т|контраг|дилер|фирма|организация (?:покупатель|клиент|заказчик)"),
    ("client", 70, rf"{_BUYER} (?!телефон|город|адрес|почт|регион|менедж|групп|тип|вид|сегмент|статус|кпп|email|дата|договор|скидк|прайс)\w+(?: \w+){{0,2}}|(?:основной|конечный) {_BUYER}|названия строк|row labels|грузополучатель|получатель|торговая точка"),
    ("client", 45, r"организация|name|основной контакт|контакт|фио|наименование|магазин"),
    ("client_code", 110, rf"инн|унп|бин|иин|бин иин|инн {_BUYER}|{_BUYER} инн|инн кпп|инн {_BUYER} кпп|tax id|tin|vat (?:id|number)"),
    ("client_code", 100, rf"(?:код|id|ид|идентификатор|номер) {_BUYER}|{_BUYER} (?:код|id|ид)"),
    ("client_code", 100, rf"{_CUSTOMER} ?(?:id|code|no|number|key|num)"),
    ("client_code", 40, r"код|code|id"),
    ("date", 100, r"дата|date|дата (?:документа|продажи|реализации|операции|заказа|накладной|чека|время)|дата и время|день"),
    ("date", 100, r"(?:order|invoice|sale|sales|transaction|document|posting|doc) ?date|day"),
    ("date", 95, r"дата (?:упд|акта|накл\w*|отгр\w*|реал\w*|прод\w*|док\w*|пров\w+|сделки|заявки|покупки)|дата (?:отгрузки|закрытия|завершения)(?: сделки)?|(?:close|closed|closing) date|date closed|дата счета"),
    ("date", 80, r"date ?time|timestamp|дата реал ции|число|период\w*|месяц|month|period|ship(?:ping|ment)? date|период (?:день|неделя|месяц|квартал|год|дата|продажи?)|(?:по )?(?:дням|месяцам|неделям)"),
    ("date", 65, r"дата (?:создания|оплаты|доставки)(?: \w+)?|(?:created?|payment|delivery|due) ?(?:date|at|on)?"),
    ("date", 45, r"(?!.*(?:рожд|регистр|договор|послед|перв|сверк|измен|выгруз|формир|birth|last|first|modif|updat)).*\b(?:дата|date)\b.*"),
    ("date", 25, r".*\bдата\b.*|.*\bdate\b.*"),
    ("document", 100, r"документ(?: продажи| реализации| движения)?|регистратор|(?:номер|№) (?:документа|заказа|накладной|реализации|счета|чека)"),
    ("document", 100, r"накладная|упд|(?:номер|№) (?:упд|накл|отгрузки|продажи|операции|док|док та)|(?:накладная|упд|заказ|счет|документ) (?:номер|№)|заказ(?: клиента| покупателя)?|документ отгрузки|(?:order|invoice|document|doc|receipt|transaction) ?(?:id|no|number|num)?"),
    ("document", 80, r"чек|сделка|счет(?: фактура)?|акт|реализация \w+|deal(?: name| id)?|bill|название сделки|ссылка"),
    ("document", 50, r"номер|№|number|основание"),
    ("document_type", 100, r"(?:вид|тип) (?:документа|операции|движения|сделки|продажи)|хозяйственная операция|операция"),
    ("document_type", 100, r"(?:document|doc|transaction|order|operation) type"),
    ("document_type", 100, r"признак (?:расчета|операции|документа)|(?:вид|тип) (?:чека|расчета|записи|строки)|тип движения"),
    ("document_type", 65, r"(?:признак |это )?возврата?|is ?return(?:ed)?|return(?: flag)?|refund(?:ed)?"),
    ("document_type", 60, r"тип|вид|type|признак"),
    ("status", 65, r"выигран[аоы]?|(?:is )?won|результат(?: сделки| переговоров)?|итог сделки|(?:deal )?(?:outcome|result)"),
    ("status", 100, r"статус(?: \w+)?|стадия(?: \w+)?|этап(?: \w+)?|состояние(?: \w+)?|(?:deal |order |lead )?(?:stage|status)"),
    ("revenue", 100, r"выручк[аи]|сумма (?:продаж|продажи|выручки|реализации|отгрузки|упд)|продажи|сумма|оборот|товарооборот"),
    ("revenue", 100, r"revenue|sales|net sales|amount|sales amount|turnover|(?:ext|extended) price|line (?:total|amount)|net (?:amount|value)|total (?:sales|revenue|amount|price)|sales (?:revenue|value|total)|invoiced? (?:amount|total|value)|billed amount"),
    ("revenue", 100, r"сумма по полю (?:выручка|сумма|продажи|сумма продаж)|sum of (?:revenue|sales|amount)|стоимость продаж\w*"),
    ("revenue", 95, r"(?:сумма|выручка|стоимость|продажи|итого|всего|оборот) (?:с|без|вкл|включая) (?:учетом )?(?:ндс|скидк\w+)"),
    ("revenue", 90, r"(?:с|без|вкл|включая) (?:учетом )?ндс|(?:incl|excl|including|excluding|with|without) (?:vat|tax)"),
    ("revenue", 95, r"(?:amount|revenue|sales|total) (?:with|without|incl|excl|including|excluding) (?:vat|tax|discount)|(?:gross|net) (?:amount|sales|revenue)"),
    ("revenue", 92, r"сумма (?:документа|заказа|сделки|счета|чека|накладной|оплаты|взаиморасчетов)|deal (?:value|amount)|order (?:total|amount|value)"),
    ("revenue", 90, r"итого|всего|total|стоимость|бюджет(?: сделки)?|реализация|отгрузка|отгружено|продано на сумму|итоговая сумма|grand total|value|сумма итого|итого сумма|(?:сумма |всего |итого )?к оплате|реализовано|продажная (?:сумма|стоимость)|стоимость (?:продажи|товаров|заказа)"),
    ("revenue", 88, r"оборот\w*(?: за период| за \w+)? (?:дебет\w*|дт)|(?:дебет\w*|дт) оборот\w*"),
    ("revenue", 85, r"sum|продажа|объем (?:продаж|реализации|отгрузки|отгрузок|сбыта)|net sales \w+|sale amount"),
    ("revenue", 70, r"(?:выручка|сумма|продажи|оборот|revenue|sales) (?!ндс)(?!.*(?:скид|прибыл|маржи|себест|закуп|возвр|долг|наценк|план|rep|person|manager|team|org|cost|profit|margin|%)).+"),
    ("revenue", 95, r"(?:сумма|выручка|стоимость|итого|всего) (?:со скидкой|с учетом скидк\w+|за вычетом (?:скидк\w+|возврат\w+))"),
    ("revenue", 85, r"факт(?: (?:продаж\w*|выручк\w*|отгруз\w*|сумм\w*))?|чистые продажи|чистая выручка"),
    ("revenue", 62, r"(?:сумма|стоимость|итого) до скидк\w+"),
    ("revenue", 61, r"доход|income"),
    ("profit", 100, r"(?:валовая |чистая |торговая |вал )?приб(?:ыль)?(?: (?!единиц|шт)(?!на |за |с единиц)\w+)?(?: \w+)?|вп|(?:gross |net )?profit|(?:валов[ыо]й|маржинальный) доход|сумма по полю (?:валовая )?прибыль"),
    ("profit", 100, r"(?:gross|contribution) margin|sum of (?:gross )?profit|est(?:imated)? gross profit|маржинальная прибыль|наценка сумма|сумма (?:наценки|маржи|(?:валовой )?прибыли)|торговая наценка|total profit|(?:(?:gross |net )?profit|gp) (?:amount|value|total)|gp|марж\w* доход"),
    ("profit", 90, r"(?:валовая |торговая )?маржа|margin(?: amount)?"),
    ("profit", 65, r"доход|фин(?:ансовый)? ?результат|net income|income|earnings|заработок|наценка"),
    ("cost", 100, r"себест(?:оимость)?(?: \w+){0,3}|с с|(?:total |sales |product )?costs?|cost amount|cogs|cost of (?:goods(?: sold)?|sales)|сумма (?:себестоимости|закупки|закупа)(?: \w+){0,2}|(?:сумма|стоимость) (?:по|в) (?:закуп\w+|себестоимости)(?: цен\w+)?|(?:сумма|стоимость) в ценах закупки"),
    ("cost", 90, r"закуп\w*(?: стоимость| сумма)?|стоимость (?:закупки|закупа)|затраты|(?:учетная|приходная) стоимость"),
    ("cost", 80, r"(?:закупочная|входная|учетная) цена|цена (?:закуп\w*|себестоимости|входная|учетная|приход\w*)|(?:unit|purchase|buying|cost) (?:cost|price)|cost per unit"),
    ("cost", 65, r"расходы?"),
    ("margin", 110, r"(?:рентабельность(?: продаж)?|(?:валовая )?маржа|маржинальность|(?:gross |profit )?margin|gm|gp) (?:%|процент|pct|percent)"),
    ("margin", 110, r"% (?:маржи|рентабельности)|маржинальность|рентабельность(?: продаж| \w+)?"),
    ("margin", 105, r"(?:торговая )?наценка (?:%|процент)|(?:%|процент) (?:торговой )?наценки|mark ?up(?: %| pct| percent)?"),
    ("discount", 100, r"скидка(?: (?:%|\w+)){0,2}|(?:сумма|процент|размер|%) (?:скидки|скидок)|discount(?: %| amount| pct)?|скидки"),
    ("quantity", 100, r"количество(?: \w+)?|кол во(?: \w+)?|кол|шт|штук|(?:order|billed|sales|invoiced|sold) (?:quantity|qty)|(?:qty|quantity)(?: (?:sold|shipped|ordered|invoiced))?|pcs|units?|count|сумма по полю количество|объем|sum of quantity"),
    ("price", 100, r"цена(?: (?!закуп|себест|вход|учет|приход).+)?|(?:unit |list |sale )?price|price per unit|стоимость единицы"),
    ("item", 100, r"номенклатура|товар(?!ооборот)\w*|товары работы услуги|item description|(?:наименование|название) (?:товара|номенклатуры|продукции|услуги)|продук(?:т|ция)|(?:product|item) name"),
    ("item", 90, r"услуга|позиция|item|product|goods|description|номенклатура \w+|товар \w+"),
    ("item", 70, r"артикул|sku|(?:product|item) ?(?:id|code|no)|материал"),
    ("item", 45, r"категория(?: \w+)?|category|группа (?:товаров|номенклатуры)|номенклатурная группа|вид номенклатуры|наименование|описание"),
    ("manager", 100, r"(?:ответственный |основной )?менеджер(?: по продажам| клиента)?|ответственный|продавец|sales ?(?:rep|person|man|manager)|manager"),
    ("manager", 90, r"торговый (?:представитель|агент)|куратор|(?:account |deal )?owner|rep|seller|агент|сотрудник|автор"),
    ("branch", 100, r"филиал|подразделение|офис|branch|office|department|отдел(?: продаж)?|территория|division"),
    ("branch", 80, r"регион(?: продаж)?|region|точка продаж|площадка|store"),
    ("branch", 45, r"склад|warehouse"),
    ("currency", 100, r"валюта(?: \w+)?|currency(?: code)?"),
)  # fmt: skip
_COMPILED = tuple((role, score, re.compile(pattern)) for role, score, pattern in _RULES)

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_SPACES = re.compile(r"[\s\u00a0\u202f\u2007\u2009]+")
_PUNCTUATION = re.compile(r"[^\w%№$€₽₸]+")
_CAMEL = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])")  # OrderDate: two words
_PIECES = re.compile(r"(?:,|\(|\bв) ?(?:шт|штук|ед|упак?|кг|тонн\w*|литр\w*|л|кор|pcs|units|kg)(?!\w)", re.IGNORECASE)  # «Отгружено, шт»
PER_UNIT = re.compile(
    r"цена(?!х)|price|\bза (?:\d )?(?:ед|шт|кг|единиц|штук)|/ ?(?:ед|шт|кг)|\bед(?:\.|$)|единиц|unit|per (?:piece|item)|each", re.IGNORECASE
)  # a cost called so is that of one piece
MARKUP = re.compile(r"наценк|mark ?up", re.IGNORECASE)  # a margin called so is a share of the cost, not of the revenue
_UNIT_WORDS = re.compile(rf"\b(?:в )?{_UNITS}\b|[₽$€₸]")


def squeeze(text: str) -> str:
    """The text with every run of spaces as one space and no invisible marks; letters stay as they are."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


@lru_cache(maxsize=4096)
def plain(header: str) -> str:
    """A header for comparison: lower case, ё as е, words only, units and currencies taken out (unless nothing else is left)."""
    words = _PUNCTUATION.sub(" ", _CAMEL.sub(" ", header).lower().replace("ё", "е").replace("_", " ").replace("%", " % ")).strip()
    bare = _SPACES.sub(" ", _UNIT_WORDS.sub(" ", words)).strip()
    return bare or words


def is_unit(text: str) -> bool:
    """Whether a cell holds nothing but a unit: «руб.», «тыс. шт.», %."""
    words = _PUNCTUATION.sub(" ", text.lower()).split()
    return len(text) <= 14 and bool(words or "%" in text) and all(re.fullmatch(rf"{_UNITS}|кг|л|м|т|уп|штук", word) for word in words)


@lru_cache(maxsize=4096)
def role_scores(header: str) -> tuple[tuple[str, int], ...]:
    """Roles that a header may mean, each with its best score, the likeliest first."""
    best: dict[str, int] = {}
    text = plain(header)
    for role, score, pattern in _COMPILED:
        if score > best.get(role, 0) and pattern.fullmatch(text):
            best[role] = score
    if best.keys() & MONEY_ROLES and _PIECES.search(header) and not PER_UNIT.search(header):
        best = {"quantity": max(score for role, score in best.items() if role in MONEY_ROLES)}
    return tuple(sorted(best.items(), key=lambda pair: (-pair[1], ROLES.index(pair[0]))))


def strong_role(text: object) -> str | None:
    """The role that a cell names beyond doubt, or None; «Контрагент: Вега» names a client, not a column."""
    if not isinstance(text, str) or len(text) > 60 or ":" in text.rstrip(": "):
        return None
    scores = role_scores(text)
    return scores[0][0] if scores and scores[0][1] >= STRONG else None


TOTAL_HINT = "[иы]тог|всего|total|сумма|sum"  # an RE2 pattern found in everything that the next two match
TOTAL_ALONE = re.compile(
    r"(?:общий |общая |промежуточный )?(?:итоги?|итого|всего|подытог|сумма|total|grand total|sub ?total|totals|sum)"
    r"(?: за (?:период|год|месяц)| по (?:отчету|всем .+)| общий| overall)?\s*[:.]?",
    re.IGNORECASE,
)  # the whole cell is a word for a total
TOTAL_OF = re.compile(
    r"(?:итоги?|итого|всего|подытог|total|subtotal)(?: по| за| for)?[\s:]+\S.*|сумма по\s+\S.*|.*\S\s+\(?(?:итог|всего|итого|total)\)?\s*:?",
    re.IGNORECASE,
)
# the cell names a total and what it is a total of: "Итого по складу", "ООО «Вега» Итог"; not «Итого-Сервис»

NOBODY = re.compile(
    r"[-–—_.?*\s]*|\(?пусто(?:е|й)?\)?|\(?пустая строка\)?|[<(\[]?(?:объект|ссылка)? ?не (?:найден\w*|указан\w*|задан\w*|определ[её]н\w*|выбран\w*|заполнен\w*)[>)\]]?"
    r"(?:\s*\(.*\))?|(?:контрагент|клиент|покупатель|заказчик|партн[её]р) не \w+|<?пуст(?:ая ссылка|ое значение)>?|нет данных|неизвестн\w+(?: (?:контрагент|клиент|покупатель))?|без (?:названия|имени)"
    r"|unknown(?: customer| client)?|<?объект не найден>?.*|<\.\.\.>|<>|\(?blank\)?|\(?empty\)?|без (?:контрагента|клиента|покупателя)|н/д|n/a|#n/a|#н/д|нет",
    re.IGNORECASE,
)  # nobody stands behind this name; "NaN", "None" and "null" are left alone: they may be real names

AGGREGATE = re.compile(
    r"(?:розничн\w+ (?:покупател\w+|клиент\w*|выручка|продаж\w+)|розница|частн\w+ лиц\w+|физ(?:ическ\w+|\.)?[\s-]*лиц\w*|физики?"
    r"|(?:проч|разн|разов)\w+ (?:клиент\w*|покупател\w*|контрагент\w*)|(?:покупател|клиент)\w* \(?розни\w+\)?|розн\. ?(?:покупател|клиент)\w*|розничная торговля|касса(?: магазина)?|наличн\w+ (?:покупател\w+|расчет\w*)|населени[ея]"
    r"|интернет[\s-]?(?:магазин|покупатель)|(?:walk[\s-]?in|retail|cash|misc\w*|various|other|anonymous)(?: sale)? customers?"
    r"|cash sales?|прочие|гост[ьи]|аноним\w*(?: покупател\w*)?|онлайн[\s-]?покупатель|кассовые продажи|private (?:person|individual)s?|individuals|retail)",
    re.IGNORECASE,
)  # many buyers under one name

LEGAL_FORM = re.compile(
    r"(?<!\w)(?:[оo]{3}|[оo][аa][оo]|з[аa][оo]|п[аa][оo]|[аa][оo]|нао|ип|нко|ано|фгуп|муп|гуп|гбу|мбу|тоо|чп|фл|llc|ltd|inc|gmbh|corp|plc|co|ag|llp|sa|bv|kft|srl)(?!\w)",
    re.IGNORECASE,
)  # a sign that a name is a firm's; also with Latin look-alikes

WON = re.compile(
    r"успешн|успех|(?:выигран|оплачен|отгружен|реализован|выполнен|завершен|заключен|продан|проведен|доставлен|получен|выкуплен|исполнен|подписан|выдан|закрыт)(?!и)"
    r"|\b(?:won|paid|completed?|delivered|shipped|done|fulfilled|success\w*)\b",
    re.IGNORECASE,
)
LOST = re.compile(
    r"\bне\b|\bне(?:усп|опл|реал|вып|зав|отгр|пров|прод|закл|дост|пол|исп)|неусп|проигр|проигран|отмен|отказ|потерян|провал|аннулир|удал[её]н|черновик|возвра[тщ]|\b(?:not|lost|cancel\w*|reject\w*|refus\w*|void|draft|unpaid|fail\w*)\b",
    re.IGNORECASE,
)
RETURN = re.compile(r"возврат|сторно|корректировка реализации|return|refund|credit (?:note|memo)|reversal", re.IGNORECASE)
YES = re.compile(r"да|yes|y|true|истина|\+|1|x|х|v|✓", re.IGNORECASE)  # what a column called «Возврат» says of a return
