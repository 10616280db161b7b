"""What kind a file is: told from its first bytes, whatever it is called."""

import pytest

from documents.notation.package import read_package
from documents.reading.kinds import kind_of, misnamed
from documents.reading.refusal import NotText
from documents.reading.taken import take

WORD = b"PK\x03\x04" + bytes(26) + b"word/document.xml"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "text"),
        (b"OP1. Boats are lent.", "text"),
        (b"see %PDF-1.7", "text"),
        (b"PK, the town of", "text"),
        (b"%PDF-1.7\nPK\x03\x04word/", "pdf"),
        (WORD + b"%PDF-1.7", "docx"),
        (b"PK\x03\x04[Content_Types].xml", "docx"),
    ],
    ids=["nothing", "words", "words-about-a-pdf", "words-like-a-zip", "pdf-then-zip", "zip-then-pdf", "office"],
)
def test_the_first_signature_decides(data, kind):
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"{\\rtf1 boats}", "RTF"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text", "OpenDocument"),
        (b"PK\x03\x04" + bytes(26) + b"xl/workbook.xml", "spreadsheet"),
        (b"PK\x03\x04" + bytes(26) + b"ppt/presentation.xml", "presentation"),
        (b"PK\x05\x06" + bytes(18), "archive"),
        (b"\x1f\x8b\x08", "archive"),
        (b"\x89PNG\r\n", "picture"),
        (b"MZ\x90\x00", "program"),
    ],
    ids=["doc", "password", "rtf", "odt", "xlsx", "pptx", "empty-zip", "gzip", "png", "exe"],
)
def test_a_file_of_another_kind_is_refused_with_what_to_do(data, said):
    with pytest.raises(NotText, match=said):
        kind_of(data)


@pytest.mark.parametrize(
    "name", ["a.txt", "a.TXT", "a", "a.2024", "", ".txt", "ag.txt\u202e", "note.txt/..", "a" * 9999]
)
def test_a_name_that_says_nothing_else_is_no_fault(name):
    assert misnamed("text", name) is None


@pytest.mark.parametrize("name", ["a.pdf", "a.DOCX", "a.doc", "a" * 9999 + ".pdf", "\ud800.pdf", "\u202etxt.pdf"])
def test_a_wrong_ending_is_reported_and_the_file_is_read(name):
    taken = take(b"OP1. Boats are lent.", name)
    [found] = read_package(taken.source, shown=taken.shown).diagnostics
    assert (found.code, found.severity) == ("wrong-extension", "warning")
    assert found.message.isprintable()
    assert len(found.message) < 100
