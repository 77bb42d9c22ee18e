"""The little CSS there is: words that Streamlit shows in English only, in the user's language, and less air on a phone.

Only texts of the catalogue go in, never a user's.
"""

from __future__ import annotations

import json

import streamlit as st

from sbyt_core.texts import Speech

ZONE = '[data-testid="stFileUploaderDropzone"]'


def apply(words: Speech) -> None:
    """Put the style of the page in."""

    def css(code: str) -> str:
        return json.dumps(words(code), ensure_ascii=False)  # a CSS string; catalogues hold no line breaks

    st.html(
        f"""<style>
{ZONE} button [data-testid="stMarkdownContainer"] p {{ font-size: 0; }}
{ZONE} button [data-testid="stMarkdownContainer"] p::after {{ content: {css("upload.choose")}; font-size: 0.9rem; }}
{ZONE} [data-testid="stFileUploaderDropzoneInstructions"] span {{ font-size: 0; }}
{ZONE} [data-testid="stFileUploaderDropzoneInstructions"] span::after {{ content: {css("upload.drop")}; font-size: 0.85rem; }}
[class*="practice_upload"] [data-testid="stFileUploaderDropzoneInstructions"] span::after {{ content: {css("practice.intake.drop")}; }}
[data-testid="InputInstructions"] {{ display: none; }}
[data-testid="stMetricDelta"] {{ white-space: normal; }}
[data-testid="stMetricLabel"] p {{ white-space: normal; }}
</style>"""
    )
