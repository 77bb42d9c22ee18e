"""Workbooks under a password: Office's encryption of xlsx and xls.

A file "protected" by Excel without a password is encrypted with the word every Excel knows; it opens without a question, as there.
"""

from __future__ import annotations

import io

import msoffcrypto

from sbyt_core.errors import BadFile

DEFAULT_PASSWORD = "VelvetSweatshop"  # published by Microsoft: MS-OFFCRYPTO 2.1.1


def is_locked(data: bytes) -> bool:
    """Whether an OLE file is encrypted."""
    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted())
    except Exception:  # whatever a damaged container makes the library raise: then it is not known to be encrypted
        return False


def unlocked(data: bytes, password: str | None) -> tuple[bytes, bool]:
    """The workbook inside, and whether the default password opened it.

    Raises password_protected where none was given, wrong_password where it does not fit.
    """
    for word in dict.fromkeys((DEFAULT_PASSWORD, password)):
        if word and (opened := _opened(data, word)) is not None:
            return opened, word == DEFAULT_PASSWORD
    raise BadFile("wrong_password" if password else "password_protected")


def _opened(data: bytes, password: str) -> bytes | None:
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        office.load_key(password=password)
        result = io.BytesIO()
        office.decrypt(result)
    except Exception:  # the library raises plain Exception, struct.error, ValueError for a key that does not fit
        return None
    opened = result.getvalue()
    return opened if opened[:4] in (b"PK\3\4", b"\xd0\xcf\x11\xe0") else None
