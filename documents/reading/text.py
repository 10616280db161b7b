"""The bytes of a text file as one string; everything else is refused, in words."""

import codecs

MOST_BYTES = 10 * 1024 * 1024

_KNOWN = {
    b"%PDF": "it is a PDF; only text files are read so far",
    b"PK\x03\x04": "it is a Word or ZIP file; only text files are read so far",
    b"\xd0\xcf\x11\xe0": "it is an old Word file; only text files are read so far",
}


class NotText(ValueError):
    """The file cannot be read as text; the message says why, in one clause."""


def decode_text(data: bytes) -> str:
    """The text of a file: UTF-8 with or without a byte order mark, or UTF-16 with one; the mark stays in the text.

    Raises NotText for anything else, and for more than 10 MiB. An empty file is a text.
    """
    if len(data) > MOST_BYTES:
        raise NotText("it is larger than 10 MB")
    for magic, why in _KNOWN.items():
        if data.startswith(magic):
            raise NotText(why)
    text = _decoded(data)
    if "\0" in text:
        raise NotText("it holds binary data, not text")
    return text


def _decoded(data: bytes) -> str:
    try:
        if data.startswith(codecs.BOM_UTF16_LE):
            return data.decode("utf-16-le")
        if data.startswith(codecs.BOM_UTF16_BE):
            return data.decode("utf-16-be")
        return data.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise NotText(f"byte {fault.start + 1} is not UTF-8; save the file as UTF-8 text") from None
