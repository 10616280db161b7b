"""Archives that lie, burst or point elsewhere, in the dress of a Word file."""

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.hostile.cases import Case, Made, Outcome, just
from tests.hostile.office import (
    DECLARED,
    MAIN,
    PLAIN,
    Parts,
    document,
    entries_of,
    external,
    good_file,
    packed,
    parts_of,
    relationships,
    word_file,
)
from tests.hostile.zips import STORED, SYMLINK, Entry, archive, blown_up, directory, quoted_overlap

MEGABYTE = 1024 * 1024


def _good() -> list[Entry]:
    return entries_of(parts_of(PLAIN))


def _with(*more: Entry) -> Callable[[str], Made]:
    return lambda _: Made(archive([*_good(), *more]), good_file().planted & {"keepoars1", "keepoars2", "keeptowns1"})


def _main(**changes: object) -> Callable[[str], Made]:
    """The good file with its main part told otherwise."""
    return lambda _: Made(
        archive([replace(entry, **changes) if entry.name == MAIN else entry for entry in _good()])  # type: ignore[arg-type]
    )


# ---- bombs

_BURST = {
    MAIN: ("<w:document {ns}><w:body><w:p><w:r><w:t>", "boats ", "</w:t></w:r></w:p></w:body></w:document>"),
    "word/styles.xml": ("<w:styles {ns}>", " ", "</w:styles>"),
    "word/numbering.xml": ("<w:numbering {ns}>", "<w:num/>", "</w:numbering>"),
    "word/footnotes.xml": ("<w:footnotes {ns}>", "<w:footnote/>", "</w:footnotes>"),
    "word/comments.xml": ("<w:comments {ns}>", "<w:comment/>", "</w:comments>"),
    "word/header1.xml": ("<w:hdr {ns}>", "<w:p/>", "</w:hdr>"),
    "[Content_Types].xml": ("<Types>", " ", "</Types>"),
    "_rels/.rels": ("<Relationships>", " ", "</Relationships>"),
    "word/_rels/document.xml.rels": ("<Relationships>", " ", "</Relationships>"),
}


def _burst(name: str, *, told: bool) -> Callable[[str], Made]:
    """A part of 300 MB in an archive of less than one."""

    def make(_: str) -> Made:
        start, filling, end = _BURST[name]
        times = 300
        block = (filling * (MEGABYTE // len(filling))).encode()
        head = start.replace("{ns}", DECLARED).encode()
        stream = blown_up(head, block, times, end.encode())
        size = len(head) + times * len(block) + len(end) if told else 4000
        parts = parts_of(PLAIN, **dict.fromkeys(("styles", "numbering", "footnotes", "comments", "header1"), "<x/>"))
        bomb = Entry(name, b"", packed=stream, size=size, crc=zlib.crc32(b""))
        return Made(archive([bomb if entry.name == name else entry for entry in entries_of(parts)]))

    return make


def _bombs() -> Iterator[Case]:
    for name in _BURST:
        short = name.rsplit("/", 1)[-1].replace("[", "").replace("]", "").removesuffix(".xml")
        # The list of the kinds of parts is not needed, and what is not needed is not unpacked.
        outcome: Outcome = "either" if name.startswith("[") else "refused"
        yield Case(f"bomb-of-300-mb-in-{short}", _burst(name, told=True), outcome, alone=True)
        yield Case(f"bomb-of-300-mb-told-as-4-kb-in-{short}", _burst(name, told=False), outcome, alone=True)
    bomb = just(archive([Entry("a", b"", packed=blown_up(b"", b"\0" * MEGABYTE, 300, b""), size=300 * MEGABYTE)]))
    yield Case("bomb-that-is-no-word-file", bomb, "refused")
    yield Case("bomb-in-a-picture-that-nobody-needs", _with_bomb_in("word/media/image1.png"), "read")
    yield Case("bomb-in-an-archive-in-the-file", _with_bomb_in("word/embeddings/inner.zip"), "read")
    names = [MAIN, "[Content_Types].xml", "_rels/.rels", *(f"word/{number}.xml" for number in range(60))]
    text = document(PLAIN).encode().ljust(MEGABYTE)
    yield Case("bomb-of-quoted-overlaps", lambda _: Made(quoted_overlap(names, text)), "refused", alone=True)
    yield Case("bomb-of-overlaps-with-one-kernel", _one_kernel(names, text), "refused", alone=True)


def _with_bomb_in(name: str) -> Callable[[str], Made]:
    return _with(Entry(name, b"", packed=blown_up(b"", b"\0" * MEGABYTE, 300, b""), size=300 * MEGABYTE))


def _one_kernel(names: list[str], kernel: bytes) -> Callable[[str], Made]:
    def make(_: str) -> Made:
        body = archive([Entry(names[0], kernel)]).split(b"PK\1\2")[0]
        return Made(body + directory([(Entry(name, kernel), 0) for name in names], len(body)))

    return make


# ---- many, twice, elsewhere


def _many(count: int, *, real: bool) -> Callable[[str], Made]:
    def make(_: str) -> Made:
        more = [Entry(f"w/{number}", b"", STORED) for number in range(count)]
        if real:
            return Made(archive([*_good(), *more]))
        body = archive(_good()).split(b"PK\1\2")[0]
        places = [(entry, body.index(b"PK\3\4")) for entry in more]
        return Made(body + directory(places, len(body)))

    return make


_PATHS = (
    "../evil.xml",
    "word/../../evil.xml",
    "/etc/passwd",
    "C:\\evil.xml",
    "..\\evil.xml",
    "\\\\host\\share\\evil.xml",
    "word/./../../../../../../tmp/evil",
)


def _places() -> Iterator[Case]:
    yield Case("entries-100000-in-the-directory", _many(100_000, real=False), "refused", alone=True)
    yield Case("entries-10001", _many(10_001, real=True), "refused", alone=True)
    yield Case("entries-500", _many(500, real=True), "read")
    for number, path in enumerate(_PATHS):
        yield Case(f"path-out-of-the-archive-{number}", _with(Entry(path, b"evil")), "refused")
    other = document("<w:p><w:r><w:t>other</w:t></w:r></w:p>").encode()
    yield Case("name-twice-main-part", _with(Entry(MAIN, other)), "refused")
    yield Case("name-twice-content-types", _with(Entry("[Content_Types].xml", b"<Types/>")), "refused")
    yield Case("name-twice-in-another-case", _with(Entry("WORD/DOCUMENT.XML", other)), "either")
    yield Case("name-with-a-nul", _with(Entry(MAIN + "\0.png", other)), "either")
    yield Case("name-that-is-not-utf-8", _with(Entry(b"word/\xff\xfe.xml", b"")), "either")
    yield Case("name-of-60000-characters", _with(Entry("w/" + "a" * 60_000, b"")), "either")
    yield Case("name-empty", _with(Entry("", b"")), "either")
    yield Case("name-differs-in-the-local-header", _main(local_name="word/documenx.xml"), "either")
    yield Case("symlink-as-main-part", _main(attributes=SYMLINK, data=b"/etc/passwd"), "refused")
    yield Case("symlink-beside", _with(Entry("word/link.xml", b"/etc/passwd", attributes=SYMLINK)), "refused")
    yield Case("device-as-main-part", _main(attributes=0o020666 << 16), "either")


# ---- lies


def _lies() -> Iterator[Case]:
    size = len(document(PLAIN).encode())
    lies: dict[str, tuple[dict[str, object], Outcome]] = {
        "encrypted": ({"flags": 1}, "refused"),
        "encrypted-strongly": ({"flags": 0x41}, "refused"),
        "sizes-in-a-descriptor": ({"flags": 8}, "either"),
        "size-told-too-small": ({"size": size - 20}, "either"),
        "size-told-too-large": ({"size": size + 20}, "either"),
        "size-told-as-nothing": ({"size": 0}, "either"),
        "size-told-as-4-gb": ({"size": 0xFFFFFFFF}, "refused"),
        "size-told-as-100-mb": ({"size": 100 * MEGABYTE}, "refused"),
        "packed-size-told-too-small": ({"packed_size": 50}, "refused"),
        "packed-size-told-too-large": ({"packed_size": 100_000}, "refused"),
        "packed-size-told-as-4-gb": ({"packed_size": 0xFFFFFFFE}, "refused"),
        "crc-wrong": ({"crc": 1}, "refused"),
        "method-deflate64": ({"method": 9}, "refused"),
        "method-bzip2": ({"method": 12}, "refused"),
        "method-lzma": ({"method": 14}, "refused"),
        "method-zstandard": ({"method": 93}, "refused"),
        "method-aes": ({"method": 99}, "refused"),
        "stored-though-told-deflated": ({"packed": document(PLAIN).encode()}, "refused"),
        "begins-behind-the-end": ({"at": 1_000_000}, "refused"),
        "begins-in-another-file": ({"at": 11}, "refused"),
        "begins-at-the-first-file": ({"at": 0}, "refused"),
        "zip64-without-its-field": ({"at": 0xFFFFFFFF}, "refused"),
        "extra-field-cut-short": ({"extra": b"\x01\x00\xff\xff"}, "either"),
    }
    for name, (changes, outcome) in lies.items():
        yield Case(f"zip-{name}", _main(**changes), outcome)
    good = archive(_good())
    yield Case("zip-without-its-directory", just(good.split(b"PK\1\2")[0]), "refused")
    yield Case("zip-cut-in-half", just(good[: len(good) // 2]), "refused")
    yield Case("zip-without-its-last-bytes", just(good[:-6]), "refused")
    yield Case("zip-of-four-bytes", just(b"PK\3\4"), "refused")
    yield Case("zip-that-is-empty", just(archive([])), "refused")
    yield Case("zip-told-to-have-60000-entries", just(archive(_good(), count=60_000)), "either")
    yield Case("zip-with-words-behind-it", just(good + b"boats" * 20), "either")
    yield Case("zip-with-two-ends", just(good + good[good.index(b"PK\1\2") :]), "either")
    yield Case("zip-behind-a-program", just(archive(_good(), before=b"MZ\x90\0" + bytes(100))), "refused")
    yield Case("zip-with-a-gap-before", just(archive(_good(), before=b"PK\3\4" + bytes(30))), "either")
    far = good[:-22] + good[-22:-6] + struct.pack("<I", 0xFFFFFF00) + good[-2:]
    yield Case("zip-whose-directory-is-far-away", just(far), "refused")


# ---- parts that are missing, or lead away


def _led_to(target: str, mode: str = "") -> Callable[[str], Made]:
    def make(address: str) -> Made:
        row = ("rId1", "officeDocument", target.replace("ADDRESS", address))
        return packed(parts_of(PLAIN) | {"_rels/.rels": relationships((*row, mode) if mode else row)})

    return make


def _without(*names: str) -> Callable[[str], Made]:
    return lambda _: packed({name: held for name, held in parts_of(PLAIN).items() if name not in names})


def _as_main(data: bytes) -> Callable[[str], Made]:
    return lambda _: packed(parts_of(data))


def _parts() -> Iterator[Case]:
    for name in ("[Content_Types].xml", "_rels/.rels", MAIN):
        yield Case(f"part-missing-{name.rsplit('/', 1)[-1].strip('[]')}", _without(name), "refused")
    yield Case("part-missing-relationships-of-the-document", _without("word/_rels/document.xml.rels"), "read")
    for number, target in enumerate(
        ("../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "http://ADDRESS/main.xml", "", "word/", "%2e%2e/x")
    ):
        yield Case(f"main-part-led-elsewhere-{number}", _led_to(target), "refused")
    yield Case("main-part-external", _led_to("http://ADDRESS/main.xml", "External"), "refused")
    yield Case("main-part-by-absolute-name", _led_to("/word/document.xml"), "read")
    bad = {
        "empty": b"",
        "white": b"   \n",
        "no-xml": b"boats",
        "cut-short": document(PLAIN).encode()[:-40],
        "another-root": b"<html><body>boats</body></html>",
        "root-without-namespace": b"<document><body/></document>",
        "nul-inside": document(PLAIN).encode().replace(b"mended", b"men\0ed"),
        "not-utf-8": document(PLAIN).encode().replace(b"mended", b"m\xffnded"),
        "unknown-encoding": document(PLAIN).encode().replace(b"UTF-8", b"UTF-9"),
        "utf-7": document(PLAIN).encode().replace(b"UTF-8", b"UTF-7"),
        "undeclared-prefix": document(PLAIN).encode().replace(b"<w:body>", b"<w:body><q:p/>"),
        "two-roots": document(PLAIN).encode() + b"<w:document/>",
        "control-by-number": document(PLAIN.replace("mended", "m&#1;nded")).encode(),
        "surrogate-by-number": document(PLAIN.replace("mended", "m&#xD800;nded")).encode(),
        "zip-instead": archive(_good()),
    }
    for name, data in bad.items():
        yield Case(f"main-part-{name}", _as_main(data), "refused")
    good = document(PLAIN)
    yield Case("main-part-utf-16", _wide(good), "read")
    yield Case("main-part-with-a-mark", _wide(good, "utf-8-sig"), "read")
    yield Case("relationship-to-an-address-unused", _referring("image", 1), "either")
    yield Case("relationships-20000-with-one-name", _referring("hyperlink", 20_000), "either")


def _referring(kind: str, times: int) -> Callable[[str], Made]:
    return lambda address: word_file(PLAIN, rels_document=external("e", kind, f"http://{address}/i") * times)


def _wide(text: str, encoding: str = "utf-16") -> Callable[[str], Made]:
    def make(_: str) -> Made:
        parts: Parts = parts_of(PLAIN)
        plain = packed(parts)
        said = text.replace("UTF-8", "UTF-16") if encoding == "utf-16" else text
        return Made(packed(parts | {MAIN: said.encode(encoding)}).data, plain.planted)

    return make


def archives() -> Iterator[Case]:
    """Every case of this page."""
    yield from _bombs()
    yield from _places()
    yield from _lies()
    yield from _parts()
