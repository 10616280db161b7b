"""Tabling whole paragraphs: a new one after another, or an alternative that would stand in its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from delegations.actor import Actor
from delegations.models import Delegation
from documents.models import PLACES_BETWEEN, Agreement, Paragraph
from documents.notation import tree as trees
from documents.notation.new_labels import Name, name_after, nameless, of_one_family, rival_name
from negotiations import may
from negotiations.acts.typed import meant
from negotiations.acts.wording import opening_position, plain, tabled
from negotiations.ledger import About
from negotiations.models import Bracket, Event, Negotiation, Proposal
from negotiations.models.frame import NewLabels
from negotiations.models.wording import BracketState, Origin, ProposalKind
from negotiations.refusals import AgreedText, CannotBracket, NoPlace
from negotiations.room import Exact, Seen, enter


class Standing(StrEnum):
    """How a new paragraph stands to the one that it is tabled at."""

    AFTER = "after"
    ALTERNATIVE = "alternative"


@dataclass(frozen=True, slots=True)
class Drafted:
    """A paragraph worked out on the text as it stands: itself, the one it follows, and those moved to make place."""

    paragraph: Paragraph
    bracket: UUID
    behind: Paragraph
    moved: Sequence[Paragraph] = ()


def table_paragraph(
    *,
    actor: Actor,
    negotiation_id: UUID,
    paragraph_id: UUID,
    standing: Standing,
    text: str,
    seen: Seen,
    key: str,
    on_behalf_of: Delegation | None = None,
    to_come_back: bool = False,
    reason: str = "",
    confirmed_mixed: bool = False,
) -> Event:
    """Put a paragraph to the room: it stands in a bracket of its own, under a label that is frozen from now on.

    ``paragraph_id`` is the one that it follows, or would replace; an alternative of an alternative is one of its base
    (``rules.md`` 17). The label is the negotiation's next free one (14). ``seen`` matters to a script alone: a
    paragraph of one's own lands whatever became of the other. ``confirmed_mixed`` as in ``wording.table``.

    Raises NotFound, NotAllowed, RoomClosed, AgreedText, NoPlace, NotPlain, LooksAlike, CannotBracket, TextMoved, KeyUsed.
    """
    delegation = on_behalf_of or actor.delegation
    with transaction.atomic():
        room = enter(
            actor, negotiation_id, key, (paragraph_id, str(standing), text, delegation.pk, to_come_back, reason)
        )
        may.speak_here(actor, delegation, room.negotiation)
        if room.answer is not None:
            return room.answer
        may.be_heard(room.session)
        beside = room.paragraph(paragraph_id)
        if isinstance(seen, Exact):
            seen.demand(beside)
        drafted = draft(room.negotiation, beside, standing, text)
        facts = meant(text, confirmed_mixed=confirmed_mixed)
        drafted.paragraph.seq = room.seq
        proposal = tabled(room, drafted.paragraph, _KINDS[standing], delegation, reason)
        bracket = _bracket(drafted, proposal)
        return room.record(
            "paragraph.tabled",
            rows=[
                *drafted.moved,
                drafted.paragraph,
                proposal,
                bracket,
                opening_position(room, bracket, delegation, to_come_back=to_come_back),
            ],
            about=About(delegation, paragraph=drafted.paragraph),
            facts={"beside": str(drafted.behind.pk), **facts},
        )


def draft(negotiation: Negotiation, beside: Paragraph, standing: Standing, text: str) -> Drafted:
    """The paragraph as it would be, with nothing recorded: the preview, and the first half of tabling.

    Raises AgreedText, NoPlace, NotPlain, CannotBracket.
    """
    words = " ".join(plain(text).split())
    if not words:
        raise CannotBracket(why=_("There are no words to put in."))
    everything = list(Paragraph.objects.filter(document=beside.document_id))
    base = _base(beside, everything, standing)
    taken = [_name(paragraph) for paragraph in everything]
    behind = _last_of_its_family(base, everything, standing)
    place, moved = _place_behind(behind, everything)
    name = _new_name(base, taken, standing, latin=negotiation.new_labels == NewLabels.LATIN)
    bracket = uuid4()
    inside = (*_label(name, base), trees.Text(words))
    paragraph = Paragraph(
        document=beside.document,
        place=place,
        handle=name.handle,
        label=name.label,
        kind="paragraph" if base.kind in _HEADINGS and standing == Standing.AFTER else base.kind,
        tree=trees.to_json((trees.Bracket(str(bracket), inside),)),
        language=base.language,
        alternative_to=base if standing == Standing.ALTERNATIVE else None,
        next_number=2,
        seq=0,
    )
    return Drafted(paragraph, bracket, behind, moved)


_KINDS = {Standing.AFTER: ProposalKind.PARAGRAPH, Standing.ALTERNATIVE: ProposalKind.ALTERNATIVE}
_HEADINGS = ("section_heading", "chapeau", "formula")


def _base(beside: Paragraph, everything: Sequence[Paragraph], standing: Standing) -> Paragraph:
    """The paragraph itself, or that whose place its alternatives want. Raises AgreedText, NoPlace."""
    if standing == Standing.AFTER:
        return next(paragraph for paragraph in everything if paragraph.pk == beside.pk)
    base = next(paragraph for paragraph in everything if paragraph.pk == (beside.alternative_to_id or beside.pk))
    if base.agreement == Agreement.STRUCK:
        raise NoPlace(why=_("%(handle)s was struck: there is no text to be an alternative to.") % {"handle": base})
    if base.agreement != Agreement.OPEN:
        raise AgreedText(handle=base.handle)
    return base


def _name(paragraph: Paragraph) -> Name:
    return Name(paragraph.label, paragraph.handle)


def _new_name(base: Paragraph, taken: Sequence[Name], standing: Standing, *, latin: bool) -> Name:
    if standing == Standing.ALTERNATIVE:
        return rival_name(_name(base), taken)
    if base.kind in _HEADINGS:
        return nameless(taken)
    return name_after(_name(base), taken, latin=latin)


def _label(name: Name, base: Paragraph) -> trees.Tree:
    """The label as it prints, with the punctuation of its base's; it stands inside the bracket and goes with it."""
    if not name.label:
        return ()
    printed = next((node for node in trees.walk(base.nodes) if isinstance(node, trees.Label)), None)
    sign = printed.text[len(printed.name) :] if printed else "."
    return trees.Label(name.label + sign), trees.Text(" ")


def _last_of_its_family(base: Paragraph, everything: Sequence[Paragraph], standing: Standing) -> Paragraph:
    """The paragraph that the new one follows: labels of a family stand in order, alternatives behind their base."""
    at = [paragraph.pk for paragraph in everything].index(base.pk)
    last = base
    for paragraph in everything[at + 1 :]:
        if standing == Standing.ALTERNATIVE and paragraph.alternative_to_id != base.pk:
            break
        if standing == Standing.AFTER and not of_one_family(_name(base), _name(paragraph)):
            break
        last = paragraph
    return last


def _place_behind(behind: Paragraph, everything: Sequence[Paragraph]) -> tuple[int, Sequence[Paragraph]]:
    """A free place, and the paragraphs behind it that had to move because there was none."""
    later = [paragraph for paragraph in everything if paragraph.place > behind.place]
    if not later:
        return behind.place + PLACES_BETWEEN, ()
    if later[0].place - behind.place > 1:
        return (behind.place + later[0].place) // 2, ()
    for paragraph in later:
        paragraph.place += PLACES_BETWEEN
    return behind.place + PLACES_BETWEEN // 2, later


def _bracket(drafted: Drafted, proposal: Proposal) -> Bracket:
    return Bracket(
        id=drafted.bracket,
        paragraph=drafted.paragraph,
        number=1,
        proposal=proposal,
        origin=Origin.INSERTED,
        state=BracketState.STANDING,
    )
