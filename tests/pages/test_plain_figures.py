"""Figures sent as plain parts: columns come back as they went in, and plotly itself finds nothing to object to."""

from __future__ import annotations

import base64

import numpy as np
import plotly.graph_objects as go
import pytest

from sbyt_core.ui.charts import Ready, packed


@pytest.mark.parametrize("column", [np.array([1, 2, 500_000]), np.array([0.5, -3.25]), np.array([], dtype="float64")])
def test_a_packed_column_holds_the_numbers(column: np.ndarray) -> None:
    sent = packed(column)
    assert sent["dtype"] in {"f8", "f4", "i4", "i2", "i1"}  # what browsers have arrays of
    assert np.frombuffer(base64.b64decode(sent["bdata"]), sent["dtype"]).tolist() == column.tolist()


def test_plotly_takes_the_parts() -> None:
    figure = Ready(
        [{"type": "scatter", "x": packed(np.arange(3)), "y": packed(np.ones(3)), "mode": "lines"}], {"xaxis": {"tickformat": ",d"}}
    )
    parts = figure.update_layout(height=400).to_dict()
    checked = go.Figure(parts)
    assert checked.layout.height == 400
    assert checked.layout.xaxis.tickformat == ",d"
    assert checked.layout.template == go.Figure().layout.template  # the same look as a figure that plotly made
