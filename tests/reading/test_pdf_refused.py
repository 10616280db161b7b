"""A PDF that cannot be read is refused in half a sentence; nothing else comes of it."""

import random
import time

import pytest

from documents.reading.pdf import take_pdf
from documents.reading.text import LARGEST, NotText
from tests.reading.paper import pdf, text
from tests.reading.three_formats import as_pdf, described

ONE = pdf(text("Each town shall"))
SCAN = pdf("q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID a EI Q\n")
LOCK = f"<< /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >>"
LOCKED = pdf(text("Each town shall"), objects=[LOCK], trailer="/Encrypt 11 0 R /ID [<00> <00>]")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is not a PDF"),
        (b"PK\x03\x04 and so on", "it is not a PDF"),
        (b"%PDF-1.7\n" + b"x" * 400, "it is a damaged PDF"),
        (LOCKED, "it is encrypted and needs a password"),
        (SCAN, "it is a scan without text"),
        (pdf(*[""] * 2001), "it has more than 2000 pages"),
        (ONE + b" " * LARGEST, "it is larger than 10 MiB"),
    ],
    ids=["empty", "a ZIP", "damaged", "locked", "a scan", "too many pages", "too large"],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, reason: str):
    with pytest.raises(NotText) as refused:
        take_pdf(data)
    assert str(refused.value) == reason


def test_a_file_without_anything_is_an_empty_text():
    assert take_pdf(pdf(""))[0] == ""


def test_a_damaged_file_is_read_or_refused_and_nothing_else():
    whole = as_pdf(described())
    chance = random.Random(7)
    for _ in range(60):
        data = bytearray(whole[: chance.randrange(200, len(whole))] if chance.random() < 0.3 else whole)
        for _ in range(chance.randrange(1, 40)):
            data[chance.randrange(9, len(data))] = chance.randrange(256)
        try:
            source, shown = take_pdf(bytes(data))
        except NotText:
            continue
        assert all(0 <= notice.at <= len(source) for notice in shown.notices)


def test_the_same_file_gives_the_same_text():
    data = as_pdf(described())
    assert take_pdf(data) == take_pdf(data)


def test_a_hundred_pages_take_seconds():
    page = "".join(
        text("Each member town shall keep a book of its levels, open to all, and read", 72, y)
        for y in range(60, 780, 16)
    )
    data = pdf(*[page] * 100)
    began = time.process_time()
    source, _ = take_pdf(data)
    assert source.count("\f") == 99
    assert time.process_time() - began < 6  # about two on a usual machine
