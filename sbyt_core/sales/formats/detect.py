"""What a file is by its first bytes and its parts, never by its name."""

from __future__ import annotations

import io
import re

import olefile

from sbyt_core.errors import BadFile
from sbyt_core.sales.formats.archive import Archive

ZIP, OLE, TEXT, BIFF = "zip", "ole", "text", "biff"

# first bytes → what people call such a file
NOT_TABLES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "GZIP"),
    (b"BZh", "BZIP2"),
    (b"\xfd7zXZ", "XZ"),
    (b"{\\rtf", "RTF"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3", "SQLite"),
    (b"PAR1", "Parquet"),
    (b"MOXCEL", "1С MXL"),
    (b"1CDBMSV8", "1С"),
    (b"AT&TFORM", "DjVu"),
    (b"ID;P", "SYLK"),
    (b"TABLE\r\n0,1", "DIF"),
    (b"TABLE\n0,1", "DIF"),
    (b"ID3", "MP3"),
    (b"\0\0\0\x18ftyp", "MP4"),
    (b"\0\0\0 ftyp", "MP4"),
)
# letters that a text may begin with too: these kinds need a look at the rest
SHORT_MAGIC = frozenset({"BMP", "EXE", "MP3", "BZIP2"})
LOOK = 4096  # bytes that tell most kinds
BLANK = b" \t\r\n\0\xef\xbb\xbf"
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
TABLE_NAME = re.compile(r"\.(xlsx|xlsm|xlsb|xls|ods|csv|tsv|txt|html?|mht|mhtml|xml)$", re.IGNORECASE)


def container(data: bytes) -> str:
    """ZIP, OLE, BIFF or TEXT. Raises empty_file, not_a_table_file with the kind told."""
    if not data[:LOOK].strip(BLANK) and not data.strip(BLANK):
        raise BadFile("empty_file")
    if data[:2] == b"PK":
        return ZIP
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return OLE
    if data[:4] in (b"\x09\x08\x10\0", b"\x09\x08\x08\0", b"\x09\x04\x06\0", b"\x09\x02\x06\0", b"\x09\0\x04\0"):
        return BIFF
    binary = bool(CONTROL.search(data[:LOOK].lstrip(b"\xef\xbb\xbf")))
    for magic, kind in NOT_TABLES:
        if data.startswith(magic) and (binary or kind not in SHORT_MAGIC):
            raise BadFile("not_a_table_file", kind=kind)
    if data[:4] == b"RIFF":
        raise BadFile("not_a_table_file", kind="WebP" if data[8:12] == b"WEBP" else "RIFF")
    return TEXT


def zip_kind(archive: Archive) -> str:
    """ "xlsx", "xlsb", "ods", or "zip" for an archive of one file. Raises not_a_table_file, damaged_file."""
    names = {name.replace("\\", "/").lower() for name in archive.names}
    if not names:
        raise BadFile("not_a_table_file", kind="ZIP")
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names or any(name.startswith("xl/worksheets/") for name in names):
        return "xlsx"
    if "mimetype" in names:
        kind = archive.read("mimetype")[:100].strip()
        if kind.startswith(ODS):
            return "ods"
        words = {b"text": "ODT", b"presentation": "ODP", b"graphics": "ODG", b"epub+zip": "EPUB"}
        raise BadFile("not_a_table_file", kind=next((word for mark, word in words.items() if mark in kind), "OpenDocument"))
    if "content.xml" in names:
        return "ods"
    for folder, kind_name in (("word/", "Word"), ("ppt/", "PowerPoint"), ("visio/", "Visio"), ("index/document.iwa", "Numbers")):
        if any(name.startswith(folder) for name in names):
            raise BadFile("not_a_table_file", kind=kind_name)
    if "[content_types].xml" in names:
        return "xlsx"
    return "zip"


def only_table(archive: Archive) -> str:
    """The name of the one table in a plain zip; junk that a Mac adds does not count."""
    names = [name for name in archive.names if not name.startswith("__MACOSX/") and not name.rpartition("/")[2].startswith(".")]
    tables = [name for name in names if TABLE_NAME.search(name)] or names
    if len(tables) != 1:
        raise BadFile("not_a_table_file", kind="ZIP")
    return tables[0]


def ole_kind(data: bytes) -> str:
    """ "xls" or "locked". Raises not_a_table_file, damaged_file."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            streams = {"/".join(path).lower() for path in file.listdir()}
    except Exception as fault:  # whatever a damaged container makes the library raise
        raise BadFile("damaged_file") from fault
    if "encryptedpackage" in streams or "encryptioninfo" in streams:
        return "locked"
    if streams & {"workbook", "book"}:
        return "xls"
    kinds = {"worddocument": "Word", "powerpoint document": "PowerPoint", "visiodocument": "Visio", "__properties_version1.0": "Outlook"}
    raise BadFile("not_a_table_file", kind=next((kind for stream, kind in kinds.items() if stream in streams), "OLE"))
