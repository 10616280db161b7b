"""The Word documents of the whole sample, opened by LibreOffice: every word of the text file, in order, then the legend."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from documents.models import Document
from documents.rendering import docx, text
from negotiations import printing
from negotiations.models import Negotiation
from negotiations.sample.load import SLUG, load

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture
def office() -> str:
    if SOFFICE is None:
        if os.environ.get("REQUIRE_OFFICE") == "1":
            pytest.fail("REQUIRE_OFFICE=1, but there is no LibreOffice on this machine.")
        pytest.skip("There is no LibreOffice on this machine.")
    return SOFFICE


def read_back(office: str, files: list[Path], folder: Path) -> None:
    """Each .docx as LibreOffice reads it, as a .txt beside it; with a profile of its own, so it meets nobody's."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=180)


def solid(words: Iterable[str]) -> str:
    """Without white space: the text file may break a line behind the sign of a marker."""
    return "".join(words)


@pytest.mark.django_db
def test_libreoffice_reads_the_words_of_the_text_file(office: str, tmp_path: Path) -> None:
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
    read_back(office, list(words), tmp_path)
    for path, expected in words.items():
        found = solid(path.with_suffix(".txt").read_text(encoding="utf-8-sig").split())
        if not found.startswith(expected):  # a letterhead names the house, also where the source had not done so
            found = found.removeprefix(solid(negotiation.organisation.split()))
        assert found[: len(expected)] == expected
        assert found[len(expected) :].startswith("Howtoreadthistext")
