"""Bytes to decoded source: UTF-8 with or without a byte order mark, or UTF-16 with one."""

import codecs
import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LARGEST = 10 * 1024 * 1024  # bytes; contract podium/1

# What a file of another kind begins with. Most are not UTF-8 anyway; the list is for saying what the file is.
_KINDS = (
    (b"%PDF-", gettext_lazy("it is a PDF, not a text")),
    (b"PK\x03\x04", gettext_lazy("it is a ZIP or an Office document, not a text")),
    (b"\xd0\xcf\x11\xe0", gettext_lazy("it is an old Office document, not a text")),
    (b"{\\rtf", gettext_lazy("it is RTF, not a text")),
    (b"\x89PNG", gettext_lazy("it is a picture, not a text")),
    (b"\xff\xd8\xff", gettext_lazy("it is a picture, not a text")),
    (b"GIF8", gettext_lazy("it is a picture, not a text")),
    (b"\x1f\x8b", gettext_lazy("it is compressed, not a text")),
)
# A text has none of these; U+0008 and U+001B are met in old printer output and terminal logs, neither of them texts.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f]")


class NotText(ValueError):
    """The bytes are not a text that can be read; the message is the reason, half a sentence for a person."""


def decode_text(data: bytes) -> str:
    """The source as it stands in the file, line ends and byte order mark kept. Raises NotText."""
    if len(data) > LARGEST:
        raise NotText(_("it is larger than 10 MiB"))
    for magic, reason in _KINDS:
        if data.startswith(magic):
            raise NotText(reason)
    text = _decoded(data)
    if (control := _CONTROLS.search(text)) is not None:
        number = f"U+{ord(control[0]):04X}"
        raise NotText(_("it holds the control character %(number)s, so it is not a text") % {"number": number})
    return text


def _decoded(data: bytes) -> str:
    wide = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}.get(data[:2])
    try:
        return data.decode(wide or "utf-8")
    except UnicodeDecodeError as error:
        said = {"encoding": "UTF-16" if wide else "UTF-8", "place": error.start}
        raise NotText(_("it is not %(encoding)s at byte %(place)s") % said) from None
