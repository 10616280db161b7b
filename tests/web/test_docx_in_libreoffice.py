"""The Word documents of the whole sample, opened by LibreOffice: every word of the text file, in order, then the legend."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from documents.models import Document
from documents.rendering import docx, text
from negotiations import printing
from negotiations.models import Negotiation
from negotiations.sample.load import SLUG, load
from tests import office


def solid(words: Iterable[str]) -> str:
    """Without white space: the text file may break a line behind the sign of a marker."""
    return "".join(words)


@pytest.mark.django_db
def test_libreoffice_reads_the_words_of_the_text_file(tmp_path: Path) -> None:
    program = office.command()
    load("a passphrase for nobody")
    negotiation = Negotiation.objects.get(slug=SLUG)
    words: dict[Path, str] = {}
    for number, document in enumerate(Document.objects.filter(agenda_item__negotiation=negotiation)):
        printed = printing.as_it_stands(negotiation, document)
        path = tmp_path / f"{number}.docx"
        path.write_bytes(docx.render(printed))
        # The line across the page under the letterhead is drawn there, not typed.
        words[path] = solid(word for word in text.render(printed).decode().split() if word.strip("_"))
    assert len(words) == 4
    office.converted(program, words, "txt:Text (encoded):UTF8", tmp_path)
    for path, expected in words.items():
        found = solid(path.with_suffix(".txt").read_text(encoding="utf-8-sig").split())
        if not found.startswith(expected):  # a letterhead names the house, also where the source had not done so
            found = found.removeprefix(solid(negotiation.organisation.split()))
        assert found[: len(expected)] == expected
        assert found[len(expected) :].startswith("Howtoreadthistext")
