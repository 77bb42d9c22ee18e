"""A criteria version leaves in the project's file and gives the same classes where it arrives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from sbyt_core.segments import Criteria, Override, segment
from sbyt_core.segments.agreement import agreed_segmentation, agreement_of
from sbyt_core.store import Store
from tests.segments.making import table_of
from tests.segments.test_laws import bases, cuts, dear, first_old, measures, seeds


def test_a_version_gives_the_same_classes_after_export_and_import(tmp_path: Path) -> None:
    here, there = Store(None, tmp_path / "here"), Store(None, tmp_path / "there")

    @settings(max_examples=8, deadline=None)
    @given(bases, cuts, seeds, st.booleans(), st.sampled_from(["enforce", "advise", "off"]))
    def law(values: list[float], cut: tuple[float, float], seed: int, regularity: bool, guards: str) -> None:
        values = dear(values)
        criteria = replace(Criteria(), cut_a=cut[0], cut_b=cut[1], regularity=regularity, guards=guards)
        clients = table_of(values, **first_old(measures(len(values), seed)))
        before = segment(clients, criteria, overrides=[Override("c00", "C", "уходит с рынка", "Анна")])
        text, table = agreement_of(before)
        project = here.create_project(str(len(here.projects())), author="Анна").id
        draft = here.save_version(project, "Порог", text, fingerprint=clients.fingerprint, classes=table)
        here.approve_version(draft.id, owner="Иван", expected_revision=1)
        arrived = there.approved_version(there.import_project(here.export_project(project)).id)
        after = agreed_segmentation(arrived.json, there.classes(arrived.id) or b"")
        pd.testing.assert_frame_equal(after.frame, before.frame)
        pd.testing.assert_frame_equal(after.summary, before.summary)
        assert (after.criteria, after.overrides) == (before.criteria, before.overrides)

    try:
        law()
    finally:
        here.close()
        there.close()
