"""What one sees is what is exported and what is hashed: every paragraph, in three languages, to the character."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from documents.models import Document, PodiumVersion, Rendition
from documents.notation.package import read_package
from documents.rendering.printed import from_json
from documents.rendering.text import compose
from negotiations import printing
from negotiations.acts import texts, verdicts, versions
from negotiations.models import Freeze
from tests.room import Room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

SAMPLE = Path("negotiations/sample/night-of-lanterns.txt")
SEEN = (
    "() => Object.fromEntries([...document.querySelectorAll('p.p[id^=body-]')].map(p => [p.id.slice(5), p.innerText]))"
)


def _import(room: Room, source: str, name: str, language: str) -> None:
    texts.import_package(
        actor=room.secretariat,
        negotiation_id=room.negotiation.pk,
        package=read_package(source),
        name=name,
        key=room.key(),
        language=language,
    )


@pytest.fixture
def in_three_languages(room: Room) -> Room:
    """The sample's four documents, and its covering note as a document of its own in each of its languages."""
    source = SAMPLE.read_text(encoding="utf-8")
    _import(room, source, "lanterns", "en")
    letter = read_package(source).letter or ""
    notes = re.split(r"^(?=Секретариат Ассамблеи|Өзен қалалары ассамблеясының \()", letter, flags=re.MULTILINE)
    for language, note in zip(("en", "ru", "kk"), notes, strict=True):
        _import(room, note, f"note {language}", language)
    room.inserts("VIE", "– «звон», қоңырау … cafe\u0301 № 5 §  2 & <b>", after="bell", in_="PP2")
    room.replaces("IND", "an", "owner", "a  keeper\nof ½ of it", in_="PP2")
    verdicts.agree(
        actor=room.secretariat,
        negotiation_id=room.negotiation.pk,
        paragraph_id=room.paragraph("OP2").pk,
        seen=room.seq,
        key=room.key(),
    )
    return room


def test_the_screen_the_export_and_the_hash_have_the_same_characters_in_three_languages(
    sit: Callable[..., Any], in_three_languages: Room
) -> None:
    room = in_three_languages
    documents = list(Document.objects.filter(agenda_item__negotiation=room.negotiation))
    page = sit("IND")
    root = page.url.split(f"/{room.negotiation.slug}/")[0]
    seen: dict[str, str] = {}
    for document in documents:
        page.goto(root + reverse("document", args=[room.negotiation.slug, document.pk]))
        on_screen = page.evaluate(SEEN)
        exported = compose(printing.as_it_stands(room.negotiation, document))
        assert on_screen == {printed.id: exported.text[a:z] for printed, (a, z) in exported.paragraphs}, document.name
        seen |= on_screen
    assert {"en", "ru", "kk"} == {document.language for document in documents}
    assert len(seen) > 120
    room.suspends()
    for freeze in Freeze.objects.filter(document__in=documents):
        version = versions.issue(freeze_id=freeze.pk)
        hashed = bytes(Rendition.objects.get(version=version, format="text").body)
        assert hashlib.sha256(hashed).hexdigest() == version.sha256
        for printed, (a, z) in compose(from_json(freeze.printed)).paragraphs:
            assert hashed.decode()[a:z] == seen[printed.id], printed.handle
    assert PodiumVersion.objects.count() == len(documents)


def test_the_page_of_a_paragraphs_characters_shows_the_same_text(
    sit: Callable[..., Any], in_three_languages: Room
) -> None:
    room, page = in_three_languages, sit("IND")
    root = page.url.split(f"/{room.negotiation.slug}/")[0]
    page.goto(root + reverse("characters", args=[room.negotiation.slug, room.paragraph("PP2").pk]))
    text = page.inner_text("#text")
    assert text == room.prints("PP2")
    named = page.inner_text("table.characters")
    assert [sign for sign in text if not sign.isascii() and f"U+{ord(sign):04X} " not in named] == []
