"""Bytes to decoded source: UTF-8 with or without a byte order mark, or UTF-16 with one."""

import codecs
import re

LARGEST = 10 * 1024 * 1024  # bytes; contract podium/1

# What a file of another kind begins with. Most are not UTF-8 anyway; the list is for saying what the file is.
_KINDS = (
    (b"%PDF-", "it is a PDF, not a text"),
    (b"PK\x03\x04", "it is a ZIP or an Office document, not a text"),
    (b"\xd0\xcf\x11\xe0", "it is an old Office document, not a text"),
    (b"{\\rtf", "it is RTF, not a text"),
    (b"\x89PNG", "it is a picture, not a text"),
    (b"\xff\xd8\xff", "it is a picture, not a text"),
    (b"GIF8", "it is a picture, not a text"),
    (b"\x1f\x8b", "it is compressed, not a text"),
)
# A text has none of these; U+0008 and U+001B are met in old printer output and terminal logs, neither of them texts.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f]")


class NotText(ValueError):
    """The bytes are not a text that can be read; the message is the reason, half a sentence for a person."""


def decode_text(data: bytes) -> str:
    """The source as it stands in the file, line ends and byte order mark kept. Raises NotText."""
    if len(data) > LARGEST:
        raise NotText("it is larger than 10 MiB")
    for magic, reason in _KINDS:
        if data.startswith(magic):
            raise NotText(reason)
    text = _decoded(data)
    if (control := _CONTROLS.search(text)) is not None:
        raise NotText(f"it holds the control character U+{ord(control[0]):04X}, so it is not a text")
    return text


def _decoded(data: bytes) -> str:
    wide = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}.get(data[:2])
    try:
        return data.decode(wide or "utf-8")
    except UnicodeDecodeError as error:
        raise NotText(f"it is not {'UTF-16' if wide else 'UTF-8'} at byte {error.start}") from None
