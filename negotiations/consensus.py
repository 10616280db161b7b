"""How far consensus is: the rows of a paragraph read for the pure rules of ``standing``."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from delegations.models import Kind
from documents.models import Paragraph
from documents.notation import tree as trees
from negotiations import printing
from negotiations.models import Bracket, Position
from negotiations.models.wording import Origin
from negotiations.standing import Blemish, Stand, Standing, blemishes, standing


def stands_of(paragraph: Paragraph) -> dict[UUID | None, list[Stand]]:
    """The paragraph's positions by bracket, in the order of print, as far as consensus is concerned."""
    found: dict[UUID | None, list[Stand]] = {}
    said = Position.objects.filter(paragraph=paragraph).select_related("delegation", "bracket")
    for position in said.order_by("taken_at", "delegation__code"):
        found.setdefault(position.bracket_id, []).append(stand(position))
    return found


def stand(position: Position) -> Stand:
    counts = position.delegation.kind == Kind.MEMBER
    return Stand(position.delegation.code, position.stance, counts=counts, stale=position.is_earlier)


def standing_of(
    bracket: Bracket, stands: Mapping[UUID | None, list[Stand]], unresolved: tuple[str, ...] = ()
) -> Standing:
    """Where the members stand on a bracket, given its paragraph's positions."""
    return standing(stands.get(bracket.pk, []), stands.get(None, []), bracket.origin, unresolved)


def standing_on(paragraph: Paragraph) -> Standing:
    """Where the members stand on the paragraph going as a whole: on the bracket round it, or on its bare words."""
    whole = trees.whole_bracket(paragraph.nodes)
    stands = stands_of(paragraph)
    if whole is not None:
        return standing_of(Bracket.objects.get(pk=whole.id), stands)
    return standing((), stands.get(None, []), Origin.ORIGINAL)


def blemishes_of(paragraph: Paragraph) -> list[Blemish]:
    """What keeps the paragraph from being clean."""
    return blemishes_on(printing.page(paragraph.document, [paragraph]), paragraph)


def blemishes_on(shown: printing.Page, paragraph: Paragraph) -> list[Blemish]:
    """The same for a paragraph of a page that is loaded already."""
    return blemishes(
        brackets=[f"{paragraph.handle}.{bracket.number}" for bracket in shown.brackets[paragraph.pk]],
        on_paragraph=[stand(p) for p in shown.positions[paragraph.pk] if p.bracket_id is None],
        unresolved=[marker.raw for marker in shown.unresolved[paragraph.pk]],
        words=trees.wording(paragraph.nodes, with_label=False),
    )


def in_words(blemish: Blemish) -> str:
    """The blemish as a clause of a sentence."""
    what = ", ".join(blemish.what)
    match blemish.code:
        case "brackets":
            return ngettext("bracket %(what)s stands", "brackets %(what)s stand", len(blemish.what)) % {"what": what}
        case "positions":
            return _("the whole paragraph is not accepted by %(what)s") % {"what": what}
        case "unresolved":
            return _("printed markers wait to be resolved: %(what)s") % {"what": what}
        case "placeholder":
            return _("it has no words yet")
    return _("a square bracket stands in it without its partner")
