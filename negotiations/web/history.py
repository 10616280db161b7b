"""The history of a paragraph: who did what to it, when, and what it printed then."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from documents.rendering.html import paragraph_html
from negotiations import history
from negotiations.models import Bracket, Event
from negotiations.web.frame import RoomRequest, in_the_room, shown
from negotiations.web.mixed import mixed_in
from negotiations.web.paragraphs import of_the_room

SAID = {
    "document.imported": gettext_lazy("brought the text in, as it was printed"),
    "import.taken_back": gettext_lazy("took the import back, before anybody had built on it"),
    "proposal.tabled": gettext_lazy("tabled words"),
    "paragraph.tabled": gettext_lazy("tabled the paragraph"),
    "proposal.revised": gettext_lazy("gave its words another wording"),
    "proposal.co_sponsored": gettext_lazy("put its name to a proposal"),
    "proposal.co_sponsor_left": gettext_lazy("took its name off a proposal"),
    "proposal.handed_on": gettext_lazy("left its proposal to those who had put their names to it"),
    "proposal.withdrawn": gettext_lazy("took its proposal back"),
    "position.taken": gettext_lazy("took a position"),
    "position.withdrawn": gettext_lazy("took its position back"),
    "position.confirmed": gettext_lazy("confirmed what was entered as heard"),
    "replacement.answered": gettext_lazy("answered a replacement"),
    "replacement.silent": gettext_lazy("took its answer to a replacement back"),
    "brackets.decided": gettext_lazy("recorded which bracketed words stay and which go"),
    "paragraph.agreed": gettext_lazy("marked the paragraph as agreed ad referendum"),
    "paragraph.reopened": gettext_lazy("reopened the paragraph"),
    "paragraph.displaced": gettext_lazy("struck the paragraph, since a rival for its place was retained"),
    "file.compared": gettext_lazy("recorded what a later state of the text said otherwise"),
}
"""What each kind of event says of whoever did it."""


@in_the_room
@require_safe
def of_paragraph(request: RoomRequest, paragraph_id: UUID) -> HttpResponse:
    """Newest first; the wording is shown where it printed otherwise than before."""
    paragraph = of_the_room(request, paragraph_id)
    brackets = Bracket.objects.filter(paragraph=paragraph)
    numbers = {str(bracket.pk): f"{paragraph.handle}.{bracket.number}" for bracket in brackets}
    steps = [
        {
            "event": step.event,
            "said": SAID.get(step.event.kind, step.event.kind),
            "reason": step.event.payload["facts"].get("reason", ""),
            "overruled": _overruled(step.event),
            "mixed": [
                mixed for word in step.event.payload["facts"].get("mixed_scripts", ()) for mixed in mixed_in(word)
            ],
            "stripped": [f"{n} × {name}" for name, n in step.event.payload["facts"].get("stripped", {}).items()],
            "file": step.event.payload["facts"].get("compared", {}).get("name", ""),
            "html": paragraph_html(step.pieces, numbers=numbers) if step.changed else None,
        }
        for step in reversed(history.steps(paragraph))
    ]
    return shown(request, "reading/history.html", {"paragraph": paragraph, "steps": steps}, current="negotiation")


def _overruled(event: Event) -> list[str]:
    """The codes of those against whom a verdict went, or for whom it did not wait."""
    found = event.payload["facts"].get("overruled", [])
    lists = found.values() if isinstance(found, dict) else [found]
    return sorted({code for codes in lists for code in codes})
