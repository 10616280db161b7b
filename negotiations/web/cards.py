"""The shared fragments of a paragraph: the same for everybody in one language, pushed to all when it changes.

They hold text only (``rules.md`` 27): no form, no token, nothing about the reader.
"""

from collections.abc import Container
from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from django.db import connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from documents.models import Agreement, Document, Paragraph
from documents.notation import tree as trees
from documents.rendering.html import paragraph_html
from documents.rendering.signs import state_of_bracket
from negotiations.models import Bracket, Negotiation
from negotiations.models.wording import BracketState, Side
from negotiations.printing import Page, marks


class Fragments(TypedDict):
    """What a live page swaps for one paragraph: its id and the insides of its body, gutter, rail and outline entry."""

    id: str
    body: str
    gutter: str
    rail: str
    outline: str
    agreed: bool


class Whole(Fragments):
    """A paragraph with all that its place on the page needs. ``label`` has its punctuation: it is no word, and a script
    that counts words leaves it out."""

    row: Paragraph
    label: str
    first: str


class Arrival(TypedDict):
    """A paragraph that came in: its markup on the page and in the outline, and the id of the one it stands behind."""

    id: str
    behind: str
    handle: str
    first: str
    article: str
    outline: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A sign and a house code; ``earlier`` where it was given on an earlier wording (``rules.md`` 5)."""

    code: str
    text: str
    kind: str
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One bracket, or both halves of a replacement, as the rail shows it."""

    id: str
    number: str
    state: str
    sign: str
    words: str
    chips: list[Chip]
    url: str
    place: int


def fragments(shown: Page, paragraph: Paragraph, slug: str) -> Fragments:
    """The shared fragments of one paragraph of a page."""
    context = {"paragraph": paragraph, "cards": cards(shown, paragraph, slug), "keeps": _keeps(shown, paragraph)}
    context |= {"brackets": len(shown.brackets[paragraph.pk]), "agreed": paragraph.agreement == Agreement.AD_REF}
    context |= {"first": first_words(paragraph), "struck": paragraph.agreement == Agreement.STRUCK}
    return {
        "id": str(paragraph.pk),
        "body": body(shown, paragraph),
        "gutter": render_to_string("reading/_gutter.html", context),
        "rail": render_to_string("reading/_rail.html", context),
        "outline": render_to_string("reading/_outline.html", context),
        "agreed": paragraph.agreement == Agreement.AD_REF,
    }


def whole(shown: Page, paragraph: Paragraph, slug: str) -> Whole:
    """The paragraph with its fragments in their places."""
    label = next((node.text for node in trees.walk(paragraph.nodes) if isinstance(node, trees.Label)), "")
    return {**fragments(shown, paragraph, slug), "row": paragraph, "label": label, "first": first_words(paragraph)}


def arrivals(shown: Page, new: Container[UUID], slug: str) -> list[Arrival]:
    """What an open page needs to put in those paragraphs of ``shown`` that it does not have yet, in order of the text."""
    came = [paragraph for paragraph in shown.paragraphs if paragraph.pk in new]
    if not came:
        return []
    order = [str(key) for key in Paragraph.objects.filter(document=shown.document).values_list("pk", flat=True)]
    before = dict(zip(order, ["", *order], strict=False))
    return [_arrival(shown, paragraph, slug, before[str(paragraph.pk)]) for paragraph in came]


def _arrival(shown: Page, paragraph: Paragraph, slug: str, behind: str) -> Arrival:
    found = whole(shown, paragraph, slug)
    context = {"p": found, "slug": slug}
    return {
        "id": str(paragraph.pk),
        "behind": behind,
        "handle": paragraph.handle,
        "first": found["first"],
        "article": render_to_string("reading/_paragraph.html", context),
        "outline": render_to_string("reading/_outline_item.html", context),
    }


def foot(document: Document) -> SafeString:
    """How far the document has come, for the foot of its page."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [Agreement.STRUCK, Agreement.AD_REF, BracketState.STANDING, document.pk, document.pk])
        all_, agreed, brackets = cursor.fetchone()
    return render_to_string("reading/_foot.html", {"all": all_, "agreed": agreed, "brackets": brackets})


_COUNTED = f"""
SELECT count(*) FILTER (WHERE agreement <> %s), count(*) FILTER (WHERE agreement = %s),
       (SELECT count(*) FROM "{Bracket._meta.db_table}" AS bracket
        JOIN "{Paragraph._meta.db_table}" AS of ON of.id = bracket.paragraph_id WHERE bracket.state = %s AND of.document_id = %s)
FROM "{Paragraph._meta.db_table}" WHERE document_id = %s
"""  # noqa: S608  names of our own models


def document_list(negotiation: Negotiation, document: Document, query: str = "") -> SafeString:
    """The documents on the agenda, the one that is read marked among them; ``query`` goes along to each."""
    on_agenda = Document.objects.filter(agenda_item__negotiation=negotiation).order_by("agenda_item__place")
    context = {"documents": on_agenda, "document": document, "slug": negotiation.slug, "query": query}
    return render_to_string("reading/_documents.html", context)


def body(shown: Page, paragraph: Paragraph) -> SafeString:
    """The paragraph as it prints, its opening signs linked to their cards."""
    return paragraph_html(
        shown.pieces(paragraph), numbers=shown.numbers_in(paragraph), card_href=lambda id_: f"#c-{id_}"
    )


def cards(shown: Page, paragraph: Paragraph, slug: str) -> list[Card]:
    """One card for each proposal, in order of the text; both halves of a replacement share one."""
    rows = {str(row.pk): row for row in shown.brackets[paragraph.pk]}
    tree = paragraph.nodes
    by_target = marks(shown.positions[paragraph.pk], shown.unresolved[paragraph.pk])
    earlier = {(p.bracket_id, p.delegation.code) for p in shown.positions[paragraph.pk] if p.is_earlier}
    made: list[Card] = []
    taken: set[str] = set()
    for place, id_ in enumerate(trees.bracket_ids(tree), start=1):
        if id_ in taken or id_ not in rows:
            continue
        halves = _halves(rows, rows[id_])
        taken |= {str(half.pk) for half in halves}
        said = [(half.pk, mark) for half in halves for mark in by_target.get(str(half.pk), [])]
        state = state_of_bracket(mark for _half, mark in said)
        made.append(
            Card(
                id=id_,
                number=" → ".join(f"{paragraph.handle}.{half.number}" for half in halves),
                state=state,
                sign=_sign(state, halves),
                words=_words(tree, halves),
                chips=[
                    _chip(mark.code, mark.stance, mark.reservation, earlier=(half, mark.code) in earlier)
                    for half, mark in said
                ],
                url=reverse("bracket", args=[slug, id_]),
                place=place,
            )
        )
    return made


def _halves(rows: dict[str, Bracket], row: Bracket) -> list[Bracket]:
    """The bracket with its other half, the words to go first, in whichever order they print."""
    if row.side == Side.NONE:
        return [row]
    halves = (other for other in rows.values() if other.proposal_id == row.proposal_id)
    return sorted(halves, key=lambda half: half.side == Side.IN)


def _sign(state: str, halves: list[Bracket]) -> str:
    if len(halves) > 1:
        return _("replace")
    return {
        "objects": _("− words to go"),
        "adds": _("+ words to stay"),
        "pending": _("… to come back"),
    }.get(state, _("nobody stands on this"))


def _words(tree: trees.Tree, halves: list[Bracket]) -> str:
    said = [shortened(trees.wording(trees.find(tree, str(half.pk)).inside)) for half in halves]
    if len(said) == 2:
        return _("“%(new)s” for “%(old)s”") % {"new": said[1], "old": said[0]}
    return f"“{said[0]}”"


def shortened(words: str, most: int = 12) -> str:
    """The first words, as a card shows them."""
    listed = words.replace(" ,", ",").split()
    return " ".join(listed[:most]) + (" …" if len(listed) > most else "")


def _chip(code: str, stance: str, reservation: bool, *, earlier: bool = False) -> Chip:
    if stance == "support":
        return Chip(code, f"+{code}{' †' if reservation else ''}", "plus", earlier)
    if stance == "oppose":
        return Chip(code, f"−{code}", "minus", earlier)
    return Chip(code, f"={code}" if stance == "keep_original" else f"{code} …", "wait", earlier)


def _keeps(shown: Page, paragraph: Paragraph) -> list[Chip]:
    whole = [p for p in shown.positions[paragraph.pk] if p.bracket_id is None]
    return [_chip(p.delegation.code, p.stance, p.reservation) for p in whole]


def first_words(paragraph: Paragraph) -> str:
    return " ".join(trees.wording(paragraph.nodes, with_label=False).strip(" .:").split()[:2])
