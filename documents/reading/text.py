"""Bytes to decoded source: UTF-8 with or without a byte order mark, or UTF-16 with one."""

import codecs
import re

from documents.reading.kinds import kind_of
from documents.reading.refusal import NotText, gettext_noop

LARGEST = 10 * 1024 * 1024  # bytes; contract podium/1

__all__ = ["LARGEST", "NotText", "decode_text"]

_OTHERS = {"docx": gettext_noop("it is a Word document, not a text"), "pdf": gettext_noop("it is a PDF, not a text")}
# A text has none of these; U+0008 and U+001B are met in old printer output and terminal logs, neither of them texts.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f]")


def decode_text(data: bytes) -> str:
    """The source as it stands in the file, line ends and byte order mark kept. Raises NotText."""
    if len(data) > LARGEST:
        raise NotText(gettext_noop("it is larger than 10 MiB"))
    if (kind := kind_of(data)) != "text":
        raise NotText(_OTHERS[kind])
    text = _decoded(data)
    if (control := _CONTROLS.search(text)) is not None:
        number = f"U+{ord(control[0]):04X}"
        raise NotText(gettext_noop("it holds the control character %(number)s, so it is not a text"), number=number)
    return text


def _decoded(data: bytes) -> str:
    wide = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}.get(data[:2])
    try:
        return data.decode(wide or "utf-8")
    except UnicodeDecodeError as error:
        encoding = "UTF-16" if wide else "UTF-8"
        raise NotText(
            gettext_noop("it is not %(encoding)s at byte %(place)s"), encoding=encoding, place=error.start
        ) from None
