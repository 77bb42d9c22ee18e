"""Every word on screen and in exports, in Russian and English, and the way numbers and dates are written.

The catalogues are gettext .po files, one per room and language, keyed by codes such as `error.empty_file`; they are read
once at start-up. A `Speech` is one language: call it with a code and parameters. An unknown code is a fault of the
program and raises KeyError.
"""

from sbyt_core.texts.speech import LANGUAGES, Speech, speech

__all__ = ["LANGUAGES", "Speech", "speech"]
