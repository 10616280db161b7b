"""What the product prints as a PDF is read back as it was, for the whole sample."""

from collections.abc import Iterable
from typing import Any

import pytest

from documents.models import Document
from documents.notation.contents import ReadParagraph
from documents.notation.markers import Marker
from documents.reading.pdf import take_pdf
from documents.rendering import docx, pdf, text
from documents.rendering.printed import PrintedDocument
from negotiations import printing
from negotiations.models import Negotiation
from negotiations.sample.load import SLUG, load
from tests.reading.files import read_docx, read_pdf, read_text


@pytest.fixture
def sample(db: None) -> list[PrintedDocument]:
    """The documents of the sample as they print."""
    load("a passphrase for nobody")
    negotiation = Negotiation.objects.get(slug=SLUG)
    listed = Document.objects.filter(agenda_item__negotiation=negotiation)
    return [printing.as_it_stands(negotiation, document) for document in listed]


def held(paragraph: ReadParagraph) -> tuple[Any, ...]:
    """A paragraph without places in its text: a PDF may end a line behind a slash, and a line end is a space."""
    reading = paragraph.reading
    return (
        paragraph.label,
        reading.text.replace("/ ", "/"),
        [
            (span.depth, span.parent, reading.text[span.open : span.close], names(span.markers))
            for span in reading.spans
        ],
        names(reading.markers),
    )


def names(markers: Iterable[Marker]) -> list[tuple[str | None, str, str]]:
    return [(marker.delegation, marker.stance, marker.raw) for marker in markers]


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_printed_version_comes_back_as_it_was(form: str, sample: list[PrintedDocument]):
    assert len(sample) == 4
    for printed in sample:
        expected = read_text(text.render(printed)).documents[0]
        found = (read_docx(docx.render(printed)) if form == "docx" else read_pdf(pdf.render(printed))).documents[0]
        assert found.title == expected.title
        assert found.status_line == expected.status_line
        assert [held(paragraph) for paragraph in found.paragraphs] == [held(one) for one in expected.paragraphs]
        # Behind the text stands the legend, which the text file has not.
        assert any(thing.text.startswith("How to read this text") for thing in found.artefacts)
        assert not found.tables


def test_the_footer_of_a_printed_version_is_no_wording(sample: list[PrintedDocument]):
    source, shown = take_pdf(pdf.render(sample[0]))
    asides = [source[slice(*aside.src)] for aside in shown.aside]
    pages = source.count("\f") + 1
    assert pages > 2
    assert sum(aside.startswith("Podium version 0") for aside in asides) == pages
    assert sum("Page" in aside for aside in asides) == pages
