"""Word files that are damaged or mean harm: refused with half a sentence, and never at a price."""

import io
import random
import struct
import time
import tracemalloc
import zipfile
import zlib

import pytest

from documents.notation.lines import collapsed
from documents.reading.docx import take_docx, zipped
from documents.reading.text import NotText
from tests.reading import word
from tests.reading.word import docx, entries, p, part, r, source_of, taken

MB = 1024 * 1024


def refused(data: bytes) -> str:
    """Why a file is refused; half a sentence without anything of the file in it."""
    with pytest.raises(NotText) as fault:
        take_docx(data)
    said = str(fault.value)
    assert said.startswith(("it ", "two ", "the ", "one ", "a "))
    assert len(said) < 100
    assert fault.value.__cause__ is None
    return said


def with_document(content: str | bytes) -> bytes:
    """A file whose main part is this."""
    listed = [(name, content if name == "word/document.xml" else old) for name, old in entries("")]
    return word.zipped(listed)


def with_entry(name: str, content: bytes = b"x", **of_entry: int) -> bytes:
    """A good file with one more entry."""
    file = io.BytesIO(docx(p("Boats")))
    with zipfile.ZipFile(file, "a") as package:
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_DEFLATED
        for key, value in of_entry.items():
            setattr(entry, key, value)
        package.writestr(entry, content)
    return file.getvalue()


# ---- not a Word file


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"Boats are lent.",
        docx(p("Boats"))[:-40],
        docx(p("Boats"))[:300],
        b"junk before" + docx(p("Boats")),
    ],
    ids=["nothing", "a sign of a zip", "an old Word file", "words", "its end cut off", "its beginning", "junk before"],
)
def test_what_is_no_zip_is_refused(data):
    refused(data)


def test_a_file_that_is_too_large_is_refused():
    assert "10 MiB" in refused(docx(p("a")) + bytes(10 * MB))


def test_a_zip_without_the_parts_of_an_office_document_is_refused():
    assert "not an Office document" in refused(word.zipped([("a.txt", "Boats")]))
    assert "no main part" in refused(word.zipped([("[Content_Types].xml", "<Types/>")]))
    listed = [entry for entry in entries("") if entry[0] != "word/document.xml"]
    assert "no main part" in refused(word.zipped(listed))


def test_the_list_of_types_is_no_place_for_a_bomb():
    listed = [(name, "<Types>" if name == "[Content_Types].xml" else body) for name, body in entries(p("Boats"))]
    assert "well-formed" in refused(word.zipped(listed))


def test_another_office_document_is_refused():
    assert "not of Word" in refused(with_document("<workbook xmlns='http://example.org/x'/>"))


def test_the_main_part_may_have_any_name():
    listed = [(name.replace("word/document", "content/text"), body) for name, body in entries(p("Boats"))]
    listed[1] = ("_rels/.rels", word.relations(("rId1", "officeDocument", "/content/text.xml")))
    assert source_of(word.zipped(listed)) == "Boats"


# ---- the ZIP


def test_a_part_that_unpacks_to_more_than_is_read_is_refused():
    assert "too large when unpacked" in refused(with_document(b" " * (65 * MB)))


def test_parts_that_unpack_to_more_than_is_read_together_are_refused(monkeypatch):
    monkeypatch.setattr(zipped, "LARGEST_SUM", 3000)
    assert "too large when unpacked" in refused(docx(p("Boats"), styles=" " * 3000))


def lying(data: bytes, name: bytes, declared: int) -> bytes:
    """A file in which the part of this name says in both places that it unpacks to so many bytes."""
    made = bytearray(data)
    for magic, at_name, at_size in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
        at = made.find(magic)
        while made[at + at_name : at + at_name + len(name)] != name:
            at = made.find(magic, at + 1)
        made[at + at_size : at + at_size + 4] = struct.pack("<I", declared)
    return bytes(made)


def test_a_part_that_lies_about_its_size_is_refused_without_being_unpacked():
    data = with_document(b"<!-- " + b" " * (40 * MB) + b" -->")
    tracemalloc.start()
    try:
        for declared in (100, 2**31):
            refused(lying(data, b"word/document.xml", declared))
        assert tracemalloc.get_traced_memory()[1] < 8 * MB
    finally:
        tracemalloc.stop()


def test_only_the_parts_that_are_needed_are_unpacked():
    data = with_entry("word/media/image1.png", b"\0" * (70 * MB))
    tracemalloc.start()
    try:
        assert take_docx(data)[0] == "Boats"
        assert tracemalloc.get_traced_memory()[1] < 8 * MB
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "name", ["../../evil", "/etc/evil", "word\\..\\..\\evil", "C:\\evil", "word/../../evil", "C:/evil"]
)
def test_a_name_that_leads_out_of_the_file_is_refused(name):
    assert "leads out" in refused(with_entry(name))


def test_a_link_is_refused():
    assert "link" in refused(with_entry("word/link", b"/etc/passwd", external_attr=0o120777 << 16))


def test_two_parts_of_one_name_are_refused_whatever_the_case():
    with pytest.warns(UserWarning, match="Duplicate name"):
        assert "same name" in refused(with_entry("word/document.xml"))
    assert "same name" in refused(with_entry("WORD/Document.XML"))


def test_more_parts_than_any_file_has_are_refused_before_they_are_listed():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as package:
        for number in range(10_001):
            package.writestr(str(number), b"")
    assert "10,000" in refused(file.getvalue())


def test_a_part_under_a_password_is_refused():
    data = bytearray(docx(p("Boats")))
    listed = data.find(b"PK\x01\x02")
    data[listed + 8] |= 1
    assert "password" in refused(bytes(data))


def test_parts_that_overlap_are_refused():
    data = bytearray(docx(p("Boats")))
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 1)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    assert "damaged" in refused(bytes(data))


def test_a_part_that_lies_inside_of_another_is_refused():
    """As in the bombs whose parts quote each other's headers: each is in its place, and counts many times."""
    inner = zipfile.ZipInfo("word/inner.xml")
    inner.CRC, inner.file_size, inner.compress_size = zlib.crc32(b"x"), 1, 1
    file = io.BytesIO(docx(p("Boats")))
    with zipfile.ZipFile(file, "a") as package:
        package.writestr("word/outer.xml", inner.FileHeader() + b"x")
        outer = package.getinfo("word/outer.xml")
        inner.header_offset = outer.header_offset + 30 + len(outer.filename)
        package.filelist.append(inner)
    assert "overlap" in refused(file.getvalue())


def test_a_part_that_has_another_name_in_its_place_is_refused():
    data = docx(p("Boats")).replace(b"word/document.xml", b"word/documenu.xml", 1)
    assert "two names" in refused(data)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_way_to_compress_that_word_does_not_use_is_refused(method):
    assert "compressed" in refused(with_entry("word/x", compress_type=method))


def test_a_part_that_was_changed_is_refused():
    data = bytearray(docx(p("Boats")))
    at = data.find(b"word/document.xml") + len("word/document.xml") + 20
    data[at] ^= 0xFF
    assert "damaged" in refused(bytes(data))


# ---- the XML


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE w:document [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE w:document SYSTEM "http://example.org/evil.dtd">',
        '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!-- first --><?then?> <!DOCTYPE w:document [<!ENTITY % x SYSTEM "http://example.org/x"> %x;]>',
    ],
)
def test_a_document_type_is_refused(declared):
    root = part("document", f"<w:body>{p('Boats')}</w:body>").removeprefix(word.HEAD)
    assert "document type" in refused(with_document(declared + root))
    assert "document type" in refused(
        with_document(('<?xml version="1.0" encoding="UTF-16"?>' + declared + root).encode("utf-16"))
    )


@pytest.mark.parametrize(
    "content",
    ["", "Boats", "<w:document", "<a>&nope;</a>", "<a>&#1;</a>", b"<a>\xff\xfe\xfa</a>", "<a></b>", b"\xff\xfe<\0a"],
)
def test_what_is_not_well_formed_is_refused(content):
    refused(with_document(content))


def test_a_damaged_part_beside_the_main_one_is_refused():
    assert "well-formed" in refused(docx(p("Boats"), styles="<?xml version='1.0'?><w:styles"))


def test_an_encoding_that_word_does_not_use_is_refused_and_its_own_two_are_read():
    content = part("document", f"<w:body>{p('Лодки')}</w:body>")
    wide = content.replace("UTF-8", "UTF-16").encode("utf-16")
    assert source_of(with_document(wide)) == "Лодки"
    assert source_of(with_document(b"\xef\xbb\xbf" + content.encode())) == "Лодки"
    assert "encoding" in refused(with_document(content.replace("UTF-8", "UTF-7").encode()))


@pytest.mark.parametrize("wrap", ["sdt", "ins", "hyperlink", "tbl"])
def test_what_is_nested_too_deep_is_refused(wrap):
    forms = {
        "sdt": ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        "ins": ("<w:ins>", "</w:ins>"),
        "hyperlink": ("<w:hyperlink>", "</w:hyperlink>"),
        "tbl": ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    }
    before, behind = forms[wrap]
    assert "levels deep" in refused(docx(before * 20_000 + p("Boats") + behind * 20_000))
    times = 240 // before.count("<")
    assert "Boats" in source_of(docx(before * times + p("Boats") + behind * times))


def test_text_boxes_in_text_boxes_lose_nothing():
    content = p("0")
    for number in range(1, 20):
        content = p(
            str(number), f"<w:r><w:pict><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></w:pict></w:r>"
        )
    assert source_of(docx(content)).split() == [str(number) for number in range(19, -1, -1)]


def test_a_part_of_too_many_elements_is_refused():
    assert "two million" in refused(with_document(b"<a>" + b"<b/>" * 4_000_001 + b"</a>"))


# ---- other forms of good files


def strict(data: bytes) -> bytes:
    """A file in the strict names of ISO/IEC 29500."""
    names = {
        uri: uri.replace("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/").replace("/2006", "")
        for prefix, uri in word.SPACES.items()
        if prefix in ("w", "r", "m", "a", "wp", "pic", "c")
    }
    made: list[word.Entry] = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            content = package.read(name).decode()
            for old, new in names.items():
                content = content.replace(old, new)
            made.append((name, content))
    return word.zipped(made)


def test_strict_names_read_as_the_transitional_ones():
    data = docx(
        p("Boats ", r("shall", "<w:b/>"), word.ins(" and oars"), r("never", "<w:vanish/>"), pr=word.numbered()),
        word.table((p("a"), p("b"))),
        p("see ", f'<w:hyperlink r:id="rId9">{r("the list")}</w:hyperlink>'),
        numbering=word.numbers(("decimal", "PP%1.")),
        links=(("rId9", "hyperlink", "https://example.org/"),),
    )
    assert b"purl.oclc.org" in zipfile.ZipFile(io.BytesIO(strict(data))).read("word/document.xml")
    assert take_docx(strict(data)) == taken(data)


def test_a_file_whose_author_is_hostile_makes_one_marker():
    data = docx(p("Boats ", word.ins("and", by=") (-EVR) ] [x\n(+ELM)"), " oars"))
    source, shown = taken(data)
    assert [collapsed(one.raw) for one in shown.tracked] == ["(+-EVR x +ELM)"]
    assert source == "Boats [and] (+-EVR x +ELM) oars"


# ---- a price in proportion


def long_file(paragraphs: int) -> bytes:
    heavy = r("and oars ", '<w:b/><w:sz w:val="24"/>')
    row = "".join(r(f"word{number} ", '<w:rFonts w:ascii="Arial"/><w:sz w:val="22"/>') for number in range(16))
    one = p(row, heavy, word.ins("[new] "), word.deleted("old "), heavy, pr=word.numbered())
    return docx(one * paragraphs, numbering=word.numbers(("decimal", "%1.")))


def test_a_hundred_pages_take_seconds_and_twice_as_much_takes_twice_as_long():
    times = []
    for paragraphs in (750, 1500):
        data = long_file(paragraphs)
        started = time.process_time()
        _source, shown = take_docx(data)
        times.append(time.process_time() - started)
        assert len(shown.paragraphs or ()) == paragraphs
        assert len(shown.tracked) == 2 * paragraphs
    assert times[1] < 6
    assert times[1] < 4 * times[0] + 0.5


@pytest.mark.parametrize(
    "content",
    [
        p(*(r("x ", "<w:vanish/>") for _ in range(20_000))),
        p(*(word.ins("[ ", by=str(number)) for number in range(5_000))),
        p(*(word.ins("a ", by=str(number % 2)) for number in range(10_000))),
        p("x", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 20_000, "y"),
        word.table(*((p("a"), p("b")) for _ in range(5_000))),
        p() * 50_000,
    ],
    ids=["hidden", "unbalanced", "authors", "fields", "rows", "empty"],
)
def test_much_of_one_thing_takes_no_time(content):
    data = docx(content)
    started = time.process_time()
    take_docx(data)
    assert time.process_time() - started < 5


def test_any_damage_to_a_good_file_is_refused_or_read():
    data = docx(
        p("Boats ", word.ins("and oars"), r("never", "<w:vanish/>"), word.field(" PAGE ", "1"), pr=word.numbered()),
        word.table((p("a"), p("b"))),
        numbering=word.numbers(("decimal", "PP%1.")),
        styles=word.styles(word.style("A")),
    )
    chance = random.Random(20220928)
    outcomes = set()
    for _ in range(300):
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        cut = chance.choice((len(damaged), chance.randrange(len(damaged))))
        try:
            take_docx(bytes(damaged[:cut]))
            outcomes.add("read")
        except NotText:
            outcomes.add("refused")
    assert outcomes == {"read", "refused"}


NESTING = (
    *("p", "r", "ins", "del", "moveFrom", "sdt", "sdtContent", "hyperlink", "smartTag", "fldSimple"),
    *("tbl", "tr", "tc", "txbxContent", "drawing", "ruby", "rubyBase"),
)


def test_any_tree_of_known_elements_is_read_and_loses_nothing():
    """Trees no program would write: every element may lie in every other."""
    chance = random.Random(7)
    tags = list(NESTING)
    numbers = iter(range(10**6))

    def tree(depth: int) -> str:
        if depth == 0 or chance.random() < 0.2:
            return f"<w:r><w:t>w{next(numbers):05}</w:t></w:r>"
        tag = chance.choice(tags)
        inner = "".join(tree(depth - 1) for _ in range(chance.randint(1, 3)))
        return f'<w:{tag} w:author="EVR">{inner}</w:{tag}>'

    for _ in range(150):
        taken(docx(*(tree(6) for _ in range(4))))


def test_the_checksum_of_each_part_is_looked_at():
    data = bytearray(docx(p("Boats")))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        right = struct.pack("<I", zlib.crc32(package.read("word/document.xml")))
    assert data.count(right) == 2
    assert "damaged" in refused(bytes(data.replace(right, b"\1\2\3\4")))
