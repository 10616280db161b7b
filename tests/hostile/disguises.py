"""Good files under bad names, files that are two kinds at once, and good files with a few bits turned."""

import gzip
import random
from collections.abc import Callable, Iterator

from tests.hostile import office, portable, texts
from tests.hostile.cases import Case, Made, just
from tests.hostile.zips import Entry, archive

MUTATIONS = 100
_TEXT = Made(texts.GOOD.encode(), frozenset({"keepoars1", "keepoars2"}))
_GOOD: dict[str, Callable[[], Made]] = {"txt": lambda: _TEXT, "docx": office.good_file, "pdf": portable.good_file}

_NAMES = {
    "of-10000-characters": "a" * 10_000,
    "of-10000-characters-with-an-end": "a" * 10_000 + ".txt",
    "with-controls": "a\x00b\x1b[31m\x07.txt",
    "with-line-ends": "a\r\nSet-Cookie: b.txt",
    "turned-round": "a\u202etxt.exe",
    "invisible": "\u200b\u2060\ufeff.txt",
    "half-a-pair": "\udcff\ud800.txt",
    "out-of-the-folder": "../../../etc/passwd",
    "absolute": "/etc/passwd",
    "of-windows": "C:\\windows\\system32\\a.txt",
    "of-a-device": "CON",
    "of-nothing": "",
    "of-dots": "..",
    "of-markup": "<script>alert(1)</script>.txt",
    "of-a-formula": "=1+1.txt",
    "of-a-format": "%s%n%(x)s{0}.txt",
    "like-an-option": "--json",
}


def _names() -> Iterator[Case]:
    for name, called in _NAMES.items():
        yield Case(f"name-{name}", lambda _: _TEXT, "read", called)
    for kind, make in _GOOD.items():
        for suffix in ("txt", "docx", "pdf", "doc", "rtf", "DOCX", "exe", ""):
            wrong = suffix.lower() not in (kind, "exe", "")
            codes = ("wrong-extension",) if wrong else ()
            yield Case(f"{kind}-named-{suffix or 'nothing'}", _as_it_is(make), "read", f"draft.{suffix}", codes)


_OTHERS = {
    "rtf": b"{\\rtf1\\ansi boats}",
    "rtf-with-an-object": b"{\\rtf1{\\object\\objocx{\\*\\objdata 01}}}",
    "old-word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000),
    "word-with-a-password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + bytes(900),
    "open-document": archive(
        [Entry("mimetype", b"application/vnd.oasis.opendocument.text", 0), Entry("content.xml", b"<a/>")]
    ),
    "spreadsheet": archive([Entry("[Content_Types].xml", b"<Types/>"), Entry("xl/workbook.xml", b"<a/>")]),
    "presentation": archive([Entry("[Content_Types].xml", b"<Types/>"), Entry("ppt/presentation.xml", b"<a/>")]),
    "zip": archive([Entry("a.txt", b"boats")]),
    "gzip": gzip.compress(b"boats", mtime=0),
    "gzip-of-100-mb": gzip.compress(bytes(100_000_000), mtime=0),
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(100),
    "rar": b"Rar!\x1a\x07\x01\x00" + bytes(100),
    "png": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "jpeg": b"\xff\xd8\xff\xe0" + bytes(100),
    "gif": b"GIF89a" + bytes(100),
    "tiff": b"II*\x00" + bytes(100),
    "program": b"MZ\x90\x00" + bytes(100),
    "program-of-linux": b"\x7fELF" + bytes(100),
    "class-of-java": b"\xca\xfe\xba\xbe" + bytes(100),
    "postscript": b"%!PS-Adobe-3.0\n(boats) show",
}


def _others() -> Iterator[Case]:
    for name, data in _OTHERS.items():
        yield Case(f"other-{name}", just(data), "refused", f"draft.{name}")
    word, pdf = office.good_file(), portable.good_file()
    yield Case("two-kinds-pdf-then-word", lambda _: Made(pdf.data + word.data, pdf.planted), "either", "draft.pdf")
    yield Case("two-kinds-word-then-pdf", lambda _: Made(word.data + pdf.data), "either", "draft.docx")
    beside = archive([*office.entries_of(office.parts_of(office.PLAIN)), Entry("a.pdf", pdf.data, 0)])
    kept = office.word_file(office.PLAIN).planted
    yield Case("two-kinds-pdf-in-word", lambda _: Made(beside, kept), "read", "draft.pdf", ("wrong-extension",))
    yield Case("two-kinds-pdf-behind-a-zip-header", just(b"PK\3\4" + pdf.data), "refused", "draft.pdf")
    yield Case("two-kinds-word-behind-a-pdf-header", just(b"%PDF-1.7\n" + word.data), "refused", "draft.docx")
    yield Case("two-kinds-picture-then-word", just(b"GIF89a" + word.data), "refused", "draft.docx")
    yield Case("two-kinds-rtf-then-pdf", just(b"{\\rtf1 " + pdf.data), "refused", "draft.pdf")
    yield Case("two-kinds-text-then-pdf", just(b"OP1. Boats.\n" + pdf.data), "refused", "draft.txt")


# ---- bits


def _turned(good: bytes, number: int) -> bytes:
    """The file with some bits turned, or some bytes taken out or put in, or cut short."""
    chance = random.Random(number)
    data = bytearray(good)
    how = number % 4
    if how == 0:
        return bytes(data[: chance.randrange(len(data))])
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        at = chance.randrange(len(data))
        if how == 1:
            data[at] ^= 1 << chance.randrange(8)
        elif how == 2:
            del data[at : at + chance.randrange(1, 30)]
        else:
            data[at:at] = chance.randbytes(chance.randrange(1, 30))
    return bytes(data)


def _mutations() -> Iterator[Case]:
    for number in range(MUTATIONS):
        for kind in ("docx", "pdf"):
            make = _GOOD[kind]
            yield Case(f"turned-{kind}-{number}", _with_bits_turned(make, number), "either", f"a.{kind}")
    for number in range(MUTATIONS):
        yield Case(f"turned-markup-{number}", _with_markup_turned(number), "either", "a.docx")


def _as_it_is(make: Callable[[], Made]) -> Callable[[str], Made]:
    return lambda _: make()


def _with_bits_turned(make: Callable[[], Made], number: int) -> Callable[[str], Made]:
    return lambda _: Made(_turned(make().data, number))


def _with_markup_turned(number: int) -> Callable[[str], Made]:
    return lambda _: _markup_turned(number)


def _markup_turned(number: int) -> Made:
    """Bits turned inside of the packed XML, where no checksum tells."""
    parts = office.parts_of(office.PLAIN)
    body = parts[office.MAIN]
    assert isinstance(body, str)
    return Made(office.packed(parts | {office.MAIN: _turned(body.encode(), number)}).data)


def disguises() -> Iterator[Case]:
    """Every case of this page."""
    yield from _names()
    yield from _others()
    yield from _mutations()
