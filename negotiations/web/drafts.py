"""Private drafts on pages: in the form in which words are proposed, and in the delegation's own list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from documents.models import Agreement, Paragraph
from negotiations import history
from negotiations.acts import drafts, wording
from negotiations.acts.drafts import Edition, Typed, change_of
from negotiations.acts.wording import Change, Deletion, Drafted, Insertion, Replacement
from negotiations.models import PrivateDraft
from negotiations.refusals import NotFound
from negotiations.web import answers
from negotiations.web.frame import RoomRequest, in_a_panel
from negotiations.web.mixed import confirmed

KINDS = {Insertion: "insert", Deletion: "delete", Replacement: "replace"}


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft beside the paragraph as it is now; ``drafted`` is None where it does not fit any more, ``paragraph`` where
    its text was taken back."""

    row: PrivateDraft
    paragraph: Paragraph | None
    drafted: Drafted | None

    @property
    def change(self) -> Change:
        return change_of(self.row)

    @property
    def is_agreed(self) -> bool:
        return self.paragraph is not None and self.paragraph.agreement != Agreement.OPEN

    @property
    def has_moved(self) -> bool:
        """Whether the paragraph has other words than those on which the draft was kept."""
        return self.paragraph is not None and self.paragraph.nodes != self.row.nodes


def own(request: RoomRequest) -> QuerySet[PrivateDraft]:
    """What the reader's own delegation keeps in this negotiation; there is no other way from a page to a draft."""
    seat = {"seat__negotiation": request.negotiation, "seat__delegation": request.actor.delegation_id}
    return PrivateDraft.objects.filter(**seat).select_related("kept_by")


def kept(rows: list[PrivateDraft]) -> list[Kept]:
    """The drafts with what they would make of the paragraphs as they are now: two questions, however many."""
    if not rows:
        return []
    there = Paragraph.objects.filter(pk__in={row.paragraph_id for row in rows}).select_related("document__agenda_item")
    paragraphs = {paragraph.pk: paragraph for paragraph in there}
    later = history.later_trees(paragraphs.values(), min(row.on_seq for row in rows))
    return [_beside(row, paragraphs.get(row.paragraph_id), later) for row in rows]


def _beside(row: PrivateDraft, paragraph: Paragraph | None, later: dict[UUID, Any]) -> Kept:
    if paragraph is None:
        return Kept(row, None, None)
    steps = [row.nodes, *(tree for seq, tree in later[paragraph.pk] if seq > row.on_seq)]
    return Kept(row, paragraph, wording.fitted(paragraph, change_of(row), steps))


def asked_for(request: RoomRequest, paragraph: Paragraph) -> Kept | None:
    """The draft that the address of a form names. Raises NotFound where it is none of one's own on this paragraph."""
    if not (name := request.GET.get("draft")):
        return None
    if (row := _named(request, name)) is None or row.paragraph_id != paragraph.pk:
        raise NotFound
    return kept([row])[0]


def in_hand(request: RoomRequest, said: Any) -> PrivateDraft | None:
    """The draft that a form edits, if it is still there."""
    return _named(request, said.get("draft", "")) if said.get("draft") else None


def _named(request: RoomRequest, name: str) -> PrivateDraft | None:
    try:
        return own(request).filter(pk=UUID(name)).first()
    except ValueError:
        return None


def as_typed(found: Kept, seen: int) -> dict[str, str]:
    """The form as if it had been filled in on the present wording; no words are chosen where the draft fits none."""
    row, now = found.row, found.paragraph and wording.moved(found.paragraph, found.change, found.row.on_seq)
    first, last = _range(now) if now else (-1, -1)
    return {
        "kind": KINDS[type(found.change)],
        "first": str(first),
        "last": str(last),
        "words": row.text,
        "reason": row.reason,
        "note": row.note,
        "marker": "tcb" if row.to_come_back else "sign",
        "mixed": "on" if row.confirmed_mixed else "",
        "draft": str(row.pk),
        "edition": str(row.edition),
        "seen": str(seen),
    }


def _range(change: Change) -> tuple[int, int]:
    return (change.after, change.after) if isinstance(change, Insertion) else (change.first, change.last)


def said_in(found: Kept) -> dict[str, str]:
    """What the draft asks for, as a form on its own wording would say it."""
    first, last = _range(found.change)
    return {"kind": KINDS[type(found.change)], "first": str(first), "last": str(last), "words": found.row.text}


def keep(request: RoomRequest, paragraph: Paragraph, change: Change) -> None:
    """Do what the form says: keep it, new or anew. Raises a Refusal."""
    said = request.POST
    drafts.keep_draft(
        actor=request.actor,
        negotiation_id=request.negotiation.pk,
        paragraph_id=paragraph.pk,
        change=change,
        seen=answers.seen(request),
        key=said.get("key", ""),
        reason=said.get("reason", ""),
        note=said.get("note", ""),
        to_come_back=said.get("marker") == "tcb",
        confirmed_mixed=confirmed(request),
        edited=_edition(said),
        on_behalf_of=answers.on_behalf(request),
    )


def table_edited(request: RoomRequest, paragraph: Paragraph, change: Change, draft: PrivateDraft) -> None:
    """Table what the form says in place of what its draft says. Raises a Refusal."""
    said = request.POST
    instead = Typed(
        paragraph.pk,
        change,
        answers.seen(request),
        on_behalf_of=answers.on_behalf(request),
        reason=said.get("reason", ""),
        to_come_back=said.get("marker") == "tcb",
        confirmed_mixed=confirmed(request),
    )
    drafts.table_draft(
        actor=request.actor,
        negotiation_id=request.negotiation.pk,
        draft_id=draft.pk,
        key=said.get("key", ""),
        instead=instead,
    )


def _edition(said: Any) -> Edition | None:
    number = said.get("edition", "")
    try:
        return Edition(UUID(said.get("draft", "")), int(number) if number.isdecimal() else 0)
    except ValueError:
        return None


def after_keeping(request: RoomRequest, form: Callable[[], HttpResponse]) -> HttpResponse:
    """The form again where it stands on a page, else the delegation's file."""
    if in_a_panel(request):
        return form()
    own_name = request.actor.delegation.name
    messages.success(request, _("Kept as a private draft. Only %(who)s sees it.") % {"who": own_name})
    return redirect("my-file", slug=request.negotiation.slug)
