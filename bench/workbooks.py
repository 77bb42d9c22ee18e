"""A made xlsx of sales lines: ten columns, a header, a total below, as Excel or as a streaming program writes it.

36 months in order of date, 200 lines a client, 3 lines a document, a code of ten digits beside every name. `shared`: texts stand in the
table of shared strings, as Excel writes them; otherwise in their cells, as exports that are written line by line do. The XML is
written here, because no library makes a million lines in less than some minutes. Same rows and seed, same file.
"""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

LINES_A_CLIENT, LINES_A_DOCUMENT = 200, 3
ITEMS, MANAGERS = 2000, 40
FIRST_DAY, DAYS = 44_927, 1096  # 1 January 2023 as Excel counts days; three years
HEADERS = ("Дата", "Документ", "Контрагент", "ИНН", "Номенклатура", "Менеджер", "Количество", "Цена", "Выручка", "Прибыль")
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{RELATIONS}"><sheets><sheet name="Продажи" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{RELATIONS}/styles" Target="styles.xml"/>'
    f'<Relationship Id="r3" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/styles.xml": f"<styleSheet {MAIN}><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf/>"
    '</cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="4"/></cellXfs></styleSheet>',
}


def workbook_file(rows: int, folder: Path, *, shared: bool = True) -> Path:
    """The file of so many lines in the folder, made if it is not there."""
    path = folder / f"sales_{rows}_{'shared' if shared else 'inline'}.xlsx"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".part")
        texts: dict[str, int] = {}
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
            for name, body in PARTS.items():
                file.writestr(name, HEAD + body)
            with file.open("xl/worksheets/sheet1.xml", "w") as sheet:
                for piece in _sheet(rows, texts if shared else None):
                    sheet.write(piece.encode())
            strings = "".join(f"<si><t>{text}</t></si>" for text in texts)
            file.writestr("xl/sharedStrings.xml", f'{HEAD}<sst {MAIN} uniqueCount="{len(texts)}">{strings}</sst>')
        draft.rename(path)
    return path


def _sheet(rows: int, texts: dict[str, int] | None) -> Iterator[str]:
    """The XML of the sheet. texts: the table of shared strings, filled here; None where texts stand in their cells."""

    def text(place: str, value: str) -> str:
        if texts is None:
            return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
        return f'<c r="{place}" t="s"><v>{texts.setdefault(value, len(texts))}</v></c>'

    chance = random.Random(20251130)
    clients = max(rows // LINES_A_CLIENT, 10)
    yield f'{HEAD}<worksheet {MAIN}><dimension ref="A1:J{rows + 2}"/><sheetData><row r="1" spans="1:10">'
    yield "".join(text(f"{letter}1", header) for letter, header in zip("ABCDEFGHIJ", HEADERS, strict=True)) + "</row>"
    revenue_sum = profit_sum = client = 0
    for i in range(rows):
        if i % LINES_A_DOCUMENT == 0:
            client = min(int(chance.paretovariate(1.1)) - 1, clients - 1) if chance.random() < 0.5 else chance.randrange(clients)
        pieces, price = chance.randrange(1, 50), chance.randrange(500, 900_000)  # kopecks
        revenue = pieces * price
        profit = int(revenue * chance.uniform(-0.05, 0.45))
        revenue_sum, profit_sum = revenue_sum + revenue, profit_sum + profit
        n = i + 2
        yield (
            f'<row r="{n}" spans="1:10"><c r="A{n}" s="1"><v>{FIRST_DAY + i * DAYS // rows}</v></c>'
            + text(f"B{n}", f"Реализация УТ-{i // LINES_A_DOCUMENT:07d}")
            + text(f"C{n}", f"ООО «Торговый дом {client:05d}»")
            + text(f"D{n}", f"77{client:08d}")
            + text(f"E{n}", f"Номенклатура {chance.randrange(ITEMS):04d}, упак. 12 шт.")
            + text(f"F{n}", f"Менеджер {client % MANAGERS:02d}")
            + f'<c r="G{n}"><v>{pieces}</v></c><c r="H{n}" s="2"><v>{price / 100}</v></c>'
            + f'<c r="I{n}" s="2"><v>{revenue / 100}</v></c><c r="J{n}" s="2"><v>{profit / 100}</v></c></row>'
        )
    n = rows + 2
    yield f'<row r="{n}" spans="1:10">{text(f"A{n}", "Итого")}<c r="I{n}" s="2"><v>{revenue_sum / 100}</v></c>'
    yield f'<c r="J{n}" s="2"><v>{profit_sum / 100}</v></c></row></sheetData></worksheet>'
