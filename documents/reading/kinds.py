"""What kind of file some bytes are: by what they begin with, never by the file's name."""

from pathlib import PurePath
from typing import Literal

from documents.notation.shown import Notice
from documents.reading.refusal import NotText, gettext_noop

Kind = Literal["text", "docx", "pdf"]
KINDS: tuple[Kind, ...] = ("text", "docx", "pdf")

_PICTURE = gettext_noop("it is a picture, not a text")
_PACKED = gettext_noop("it is an archive; unpack it and take the document in it")
_OFFICE = gettext_noop("it is an old Office document; save it as .docx or PDF")
_OPEN_DOCUMENT = gettext_noop("it is an OpenDocument file; save it as .docx or PDF")
# Most are not UTF-8 anyway; the list is for saying what the file is.
_REFUSED = (
    (b"{\\rtf", gettext_noop("it is RTF; save it as .docx or PDF")),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"\x1f\x8b", _PACKED),
    (b"7z\xbc\xaf\x27\x1c", _PACKED),
    (b"Rar!\x1a\x07", _PACKED),
    (b"BZh", _PACKED),
    (b"\xfd7zXZ\x00", _PACKED),
    (b"\x28\xb5\x2f\xfd", _PACKED),
    (b"%!PS", gettext_noop("it is PostScript; save it as .docx or PDF")),
    (b"MZ\x90\x00", gettext_noop("it is a program, not a text")),
    (b"\x7fELF", gettext_noop("it is a program, not a text")),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # how Office wraps a .docx that has a password
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

_BY_SUFFIX: dict[str, str] = {
    **dict.fromkeys((".txt", ".text", ".md"), "text"),
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), "docx"),
    ".pdf": "pdf",
    **dict.fromkeys((".doc", ".rtf", ".odt", ".xlsx", ".pptx", ".zip", ".jpg", ".jpeg", ".png", ".gif"), "other"),
}
_NAMES = {"text": "plain text", "docx": "a Word document", "pdf": "a PDF"}


def kind_of(data: bytes) -> Kind:
    """Which reader the bytes are for; the first signature decides. Raises NotText for a file of another kind."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(_ZIP):
        return _kind_of_package(data)
    if data.startswith(_OLD_OFFICE):
        if _ENCRYPTED in data:
            raise NotText(gettext_noop("it is protected with a password; save it without one"))
        raise NotText(_OFFICE)
    for signature, reason in _REFUSED:
        if data.startswith(signature):
            raise NotText(reason)
    return "text"


def _kind_of_package(data: bytes) -> Kind:
    """Word's files are ZIP archives, and so are many others: the names of the entries tell them apart."""
    if b"mimetypeapplication/vnd.oasis.opendocument" in data[:100]:
        raise NotText(_OPEN_DOCUMENT)
    if b"word/" in data:
        return "docx"
    if b"xl/workbook" in data:
        raise NotText(gettext_noop("it is a spreadsheet, not a text; save it as PDF"))
    if b"ppt/presentation" in data:
        raise NotText(gettext_noop("it is a presentation, not a text; save it as PDF"))
    if b"[Content_Types].xml" not in data:
        raise NotText(_PACKED)
    return "docx"


def misnamed(kind: Kind, name: str) -> Notice | None:
    """What to report if the name's ending says something else; an ending that says nothing is no fault."""
    suffix = PurePath(name[-200:]).suffix.lower()
    if _BY_SUFFIX.get(suffix, kind) == kind:
        return None
    return Notice("wrong-extension", 0, "", f"The name ends in {suffix}, but the file was read as {_NAMES[kind]}.")
