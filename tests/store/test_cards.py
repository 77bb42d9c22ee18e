"""The life of the technology card in the store: nothing takes effect unseen, nothing agreed changes, nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from sbyt_core.cards import Card, CardDraft
from sbyt_core.cards import life as card_life
from sbyt_core.cards.change import change_step, drop_step
from sbyt_core.cards.life import CardVersion
from sbyt_core.errors import NotAllowed, SbytError, StaleRecord
from sbyt_core.store import Store
from tests.cards.making import small

TODAY = date(2026, 3, 2)  # the day of the stores' clock
PEOPLE = {"Менеджер": ["Иван", "Ольга"], "Склад": ["Пётр"]}


def keep(store: Store, project: str, card: Card | None, why: str = "Первая карта") -> int:
    """Keep a draft; gives the document's version."""
    head = store.document(project, "card")
    text = json.dumps(CardDraft(card, why).to_value())
    return store.save_document(project, "card", text, expected_version=head.version, author="Анна").version


def send(store: Store, project: str, **other: object) -> CardVersion:
    head = store.document(project, "card")
    asked = {"reviewers": ["Анна", "Борис"], "people": PEOPLE, "effective_on": TODAY, "author": "Анна", **other}
    return store.send_card(project, expected_version=head.version, **asked)  # type: ignore[arg-type]


def approve(store: Store, project: str, number: int) -> CardVersion:
    store.agree_card(project, number, "Анна")
    return store.agree_card(project, number, "борис")


def acknowledge(store: Store, project: str, number: int) -> CardVersion:
    for role, names in PEOPLE.items():
        for name in names:
            store.acknowledge_card(project, number, role, name)
    return store.card_version(project, number)


def into_effect(store: Store, project: str, card: Card, why: str = "Первая карта") -> CardVersion:
    keep(store, project, card, why)
    number = send(store, project).number
    approve(store, project, number)
    acknowledge(store, project, number)
    return store.make_card_effective(project, number, TODAY, author="Анна")


def test_from_draft_to_effect(store: Store, project: str) -> None:
    keep(store, project, small())
    sent = send(store, project)
    assert (sent.number, sent.state, sent.why, sent.people) == (1, "in_review", "Первая карта", {k: tuple(v) for k, v in PEOPLE.items()})
    assert store.agree_card(project, 1, "Анна").agreed == ("Анна",)
    assert store.card_version(project, 1).state == "in_review"
    approved = store.agree_card(project, 1, " борис ")
    assert (approved.state, approved.roles_waiting) == ("approved", ("Менеджер", "Склад"))
    store.acknowledge_card(project, 1, "Менеджер", "Иван")
    assert store.card_version(project, 1).waiting == (("Менеджер", "Ольга"), ("Склад", "Пётр"))
    acknowledge(store, project, 1)
    held = store.make_card_effective(project, 1, TODAY, author="Анна")
    assert (held.state, held.since, held.card) == ("effective", TODAY, small())
    assert [(one.act, one.person) for one in held.acts] == [
        ("agree", "Анна"),
        ("agree", "борис"),
        ("acknowledge", "Иван"),
        ("acknowledge", "Ольга"),
        ("acknowledge", "Пётр"),
        ("effect", ""),
    ]
    draft = CardDraft.from_value(store.document(project, "card").value)
    assert (draft.card, draft.why, draft.based_on) == (small(), "", 1)


def test_the_next_version_retires_the_one_before_it(store: Store, project: str) -> None:
    into_effect(store, project, small())
    second = into_effect(store, project, change_step(small(), "s1", {"norm_minutes": 6.0}), "Не успевали")
    first = store.card_version(project, 1)
    assert (second.number, second.state, first.state, first.until) == (2, "effective", "retired", TODAY)
    versions = store.card_versions(project)
    assert [one.number for one in versions] == [2, 1]
    assert card_life.worked_by(versions, TODAY) == second


def test_nothing_takes_effect_before_its_people_and_its_day(store: Store, project: str) -> None:
    keep(store, project, small())
    send(store, project, effective_on=date(2026, 3, 5))
    with pytest.raises(SbytError, match="card_state"):
        store.make_card_effective(project, 1, TODAY)
    with pytest.raises(SbytError, match="card_state"):
        store.acknowledge_card(project, 1, "Склад", "Пётр")
    approve(store, project, 1)
    with pytest.raises(SbytError) as caught:
        store.make_card_effective(project, 1, date(2026, 3, 5))
    assert caught.value.params == {"number": 1, "day": date(2026, 3, 5)}  # the clock has not come that far
    with pytest.raises(SbytError) as caught:
        store.make_card_effective(project, 1, TODAY)
    assert caught.value.params == {"number": 1, "people": ("Иван", "Ольга", "Пётр")}
    acknowledge(store, project, 1)
    with pytest.raises(SbytError, match="card_too_early"):
        store.make_card_effective(project, 1, TODAY)
    assert store.card_version(project, 1).state == "approved"


def test_what_was_sent_back_stays_and_the_draft_goes_on(store: Store, project: str) -> None:
    keep(store, project, small())
    send(store, project)
    with pytest.raises(SbytError, match="empty_text"):
        store.return_card(project, 1, "Борис", "  ")
    back = store.return_card(project, 1, "Борис", "Норма шага 3 мала")
    assert (back.state, back.acts[-1].remark) == ("returned", "Норма шага 3 мала")
    with pytest.raises(SbytError, match="card_state"):
        store.agree_card(project, 1, "Анна")
    keep(store, project, change_step(small(), "s3", {"norm_minutes": 9.0}))
    assert send(store, project).number == 2


def test_only_those_named_sign_and_each_counts_once(store: Store, project: str) -> None:
    keep(store, project, small())
    send(store, project)
    with pytest.raises(SbytError, match="not_asked"):
        store.agree_card(project, 1, "Вера")
    approve(store, project, 1)
    with pytest.raises(SbytError, match="not_asked"):
        store.acknowledge_card(project, 1, "Склад", "Иван")
    with pytest.raises(SbytError, match="not_asked"):
        store.acknowledge_card(project, 1, "Директор", "Иван")
    store.acknowledge_card(project, 1, "Склад", "Пётр")
    again = store.acknowledge_card(project, 1, "Склад", "ПЁТР")
    assert len(again.acts) == 3
    assert len(store.entries(project, "card_act")) == 3


def test_who_joins_later_acknowledges_the_effective_version(store: Store, project: str) -> None:
    into_effect(store, project, small())
    held = store.acknowledge_card(project, 1, "Склад", "Новый кладовщик")
    assert ("Склад", "Новый кладовщик") in held.acknowledged
    assert held.waiting == ()


def test_what_keeps_a_draft_from_review(store: Store, project: str) -> None:
    with pytest.raises(SbytError, match="not_found"):
        send(store, project)
    keep(store, project, change_step(small(), "s1", {"role": "", "norm_minutes": None}))
    with pytest.raises(SbytError) as caught:
        send(store, project)
    assert caught.value.params == {"count": 2}
    keep(store, project, small(), why=" ")
    with pytest.raises(SbytError, match="empty_text"):
        send(store, project)
    keep(store, project, small())
    with pytest.raises(SbytError, match="no_reviewer"):
        send(store, project, reviewers=[" "])
    with pytest.raises(SbytError) as caught:
        send(store, project, people={"Менеджер": ["Иван"], "Склад": [""]})
    assert caught.value.params == {"roles": ("Склад",)}
    send(store, project)
    with pytest.raises(SbytError) as caught:
        send(store, project)
    assert caught.value.params == {"number": 1}
    assert store.card_versions(project)[1:] == []


def test_a_card_that_did_not_change_is_not_sent_again(store: Store, project: str) -> None:
    into_effect(store, project, small())
    keep(store, project, small(), "Просто так")
    with pytest.raises(SbytError, match="card_unchanged"):
        send(store, project)


def test_a_draft_edited_during_review_keeps_its_edits_when_the_version_takes_effect(store: Store, project: str) -> None:
    keep(store, project, small())
    send(store, project)
    approve(store, project, 1)
    keep(store, project, drop_step(small(), "s5"), "Опрос не нужен")
    acknowledge(store, project, 1)
    store.make_card_effective(project, 1, TODAY)
    draft = CardDraft.from_value(store.document(project, "card").value)
    assert (draft.card, draft.why, draft.based_on) == (drop_step(small(), "s5"), "Опрос не нужен", 1)


def test_an_old_version_comes_back_as_a_new_draft(store: Store, project: str) -> None:
    into_effect(store, project, small())
    shorter = drop_step(small(), "s5")
    into_effect(store, project, shorter, "Короче")
    head = store.document(project, "card")
    with pytest.raises(SbytError, match="empty_text"):
        store.restore_card(project, 1, " ", expected_version=head.version)
    with pytest.raises(StaleRecord):
        store.restore_card(project, 1, "Зря убрали опрос", expected_version=head.version - 1)
    draft = store.restore_card(project, 1, "Зря убрали опрос", expected_version=head.version, author="Анна")
    assert (draft.card, draft.why, draft.based_on) == (small(), "Зря убрали опрос", 2)
    assert [one.state for one in store.card_versions(project)] == ["effective", "retired"]
    with pytest.raises(SbytError, match="not_found"):
        store.restore_card(project, 9, "Нет такой", expected_version=head.version + 1)


def test_two_people_edit_one_card_and_the_second_is_told(make_store: Callable[..., Store]) -> None:
    one, two = make_store(), make_store()
    project = one.create_project("Общий").id
    version = keep(one, project, small())
    hers = CardDraft(change_step(small(), "s1", {"script": "Её"}), "Она")
    his = CardDraft(change_step(small(), "s1", {"script": "Его"}), "Он")
    one.save_document(project, "card", json.dumps(hers.to_value()), expected_version=version, author="Анна")
    with pytest.raises(StaleRecord) as caught:
        two.save_document(project, "card", json.dumps(his.to_value()), expected_version=version, author="Борис")
    assert caught.value.params["author"] == "Анна"
    with pytest.raises(StaleRecord):
        two.send_card(project, expected_version=version, reviewers=["Борис"], people=PEOPLE, effective_on=TODAY)
    kept = CardDraft.from_value(two.document(project, "card").value)
    assert kept == hers
    two.save_document(project, "card", json.dumps(his.to_value()), expected_version=version + 1, author="Борис")
    assert [CardDraft.from_value(d.value) for d in one.history(project, "card")][:2] == [his, hers]


def test_a_version_has_no_other_way_than_its_own_verbs(store: Store, project: str) -> None:
    keep(store, project, small())
    send(store, project)
    with pytest.raises(AssertionError):
        store.save_version(project, "2", "{}", kind="card_version")
    with pytest.raises(AssertionError):
        store.add_entry(project, "card_act", "{}", subject="1")
    row = store.versions(project, "card_version")[0]
    with pytest.raises(AssertionError):
        store.approve_version(row.id, owner="Иван", expected_revision=1)


def test_rights(store: Store, project: str) -> None:
    for person, role in (("anna@x.ru", "owner"), ("head@x.ru", "head"), ("ivan@x.ru", "manager")):
        store.set_member(project, person, role)
    owner, head, manager = (store.seen_by(person) for person in ("anna@x.ru", "head@x.ru", "ivan@x.ru"))
    keep(store, project, small())
    people = {"Менеджер": ["ivan@x.ru"], "Склад": ["Пётр"]}
    asked = {"reviewers": ["head@x.ru"], "people": people, "effective_on": TODAY, "author": None}
    with pytest.raises(NotAllowed):
        send(manager, project, **asked)
    send(head, project, **asked)
    with pytest.raises(NotAllowed):
        manager.agree_card(project, 1, "head@x.ru")
    head.agree_card(project, 1, "head@x.ru")
    with pytest.raises(NotAllowed) as caught:
        manager.acknowledge_card(project, 1, "Склад", "Пётр")
    assert caught.value.params == {"action": "sign_for_another"}
    manager.acknowledge_card(project, 1, "Менеджер", "Ivan@x.ru")
    head.acknowledge_card(project, 1, "Склад", "Пётр")  # a paper sheet, written down by the head
    with pytest.raises(NotAllowed):
        head.make_card_effective(project, 1, TODAY)
    assert owner.make_card_effective(project, 1, TODAY).state == "effective"


def test_the_life_travels_with_the_project_file(make_store: Callable[..., Store]) -> None:
    here = make_store()
    project = here.create_project("ООО «Ромашка»").id
    into_effect(here, project, small())
    keep(here, project, drop_step(small(), "s2"), "Короче")
    send(here, project)
    there = make_store("there")
    copy = there.import_project(here.export_project(project)).id
    assert there.card_versions(copy) == here.card_versions(project)
    assert there.document(copy, "card").value == here.document(project, "card").value
    approve(there, copy, 2)
    acknowledge(there, copy, 2)
    assert there.make_card_effective(copy, 2, TODAY).state == "effective"


@pytest.mark.parametrize(
    "forge",
    [
        lambda table, row: table == "entry" and row["subject"] == "1" and json.loads(row["json"])["person"] == "Пётр",  # an acknowledgement
        lambda table, row: table == "version",  # the version whose acts are there
        lambda table, row: table == "entry" and json.loads(row["json"])["act"] == "agree",
    ],
)
def test_a_project_file_whose_card_took_effect_unlawfully_is_refused(store: Store, project: str, forge) -> None:
    import io
    import zipfile

    into_effect(store, project, small())
    source = zipfile.ZipFile(io.BytesIO(store.export_project(project)))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as forged:
        for name in source.namelist():
            text = source.read(name)
            if name.startswith("tables/"):
                table = name.removeprefix("tables/").removesuffix(".jsonl")
                lines = text.decode().splitlines()
                text = "".join(line + "\n" for line in lines if not forge(table, json.loads(line))).encode()
            forged.writestr(name, text)
    with pytest.raises(SbytError, match="damaged_or_unsafe_file"):
        store.import_project(target.getvalue())
