"""What each request of the matrix carries: an address that is there, and a body that would be done for whoever may."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from delegations.models import today
from documents.models import Paragraph
from documents.notation.rewriting import as_typed
from negotiations.acts import compared, texts, verdicts
from negotiations.models import Bracket, Position, Proposal
from tests.matrix.place import PASSPHRASE, Place, code_of, code_of_another, signed_in, with_token
from tests.matrix.table import Cell
from tests.room import Room

Body = dict[str, Any]
ABSENT = UUID("00000000-0000-4000-8000-000000000000")

PARAGRAPHS = {
    "paragraph-position": "PP1",
    "agree": "OP2",
    "reopen": "OP2",
    "api:paragraph-position": "PP1",
}
"""The paragraph that an address is about, where it is not PP2."""
REPLACEMENTS = ("answer-replacement", "api:answer")


def prepare(place: Place, name: str) -> None:
    """Bring the room to where the request can be done."""
    if name == "open-session":
        place.room.suspends()
    if name == "take-back-import":
        texts.import_received(
            actor=place.room.secretariat,
            negotiation_id=place.room.negotiation.pk,
            file_id=place.named(place.room, "received file"),
            key=place.room.key(),
        )
    if name == "reopen":
        verdicts.agree(
            actor=place.room.secretariat,
            negotiation_id=place.room.negotiation.pk,
            paragraph_id=place.room.paragraph("OP2").pk,
            seen=place.room.seq,
            key=place.room.key(),
        )


def whose(cell: Cell) -> str:
    """The code of the delegation that the cell is about."""
    return code_of_another(cell.seat) if cell.of == "other" else code_of(cell.seat)


def address(place: Place, cell: Cell, *, absent: bool = False) -> str:
    """Where the cell asks; ``absent``: for something that is nowhere, where it names one, else in a negotiation that is
    nowhere."""
    if cell.route.name == "api:anything else":
        return "/api/v1/nothing/"
    room = place.elsewhere if cell.of == "elsewhere" else place.room
    about = place.elsewhere if cell.of in ("elsewhere", "smuggled") else place.room
    no_room = absent and (cell.of == "elsewhere" or not cell.route.objects)
    found: dict[str, Any] = {}
    for name in cell.route.names:
        if name == "slug":
            found[name] = "no-such-negotiation" if no_room else room.negotiation.slug
        elif name == "negotiation_id":
            found[name] = ABSENT if no_room else room.negotiation.pk
        elif name.endswith("_id"):
            found[name] = ABSENT if absent else _id(place, about, cell, name)
        else:
            found[name] = _word(cell, name)
    return reverse(cell.route.name, kwargs=found)


def _word(cell: Cell, name: str) -> str:
    if name == "format":
        return "text"
    return "not-found" if cell.route.name == "api:problem" else whose(cell)


def _id(place: Place, room: Room, cell: Cell, name: str) -> UUID:
    if name == "token_id":
        owned = cell.of == "own" and cell.seat in place.sessions
        seat = cell.seat if owned else "head" if cell.seat == "delegate" else "delegate"
        return place.named(place.room, f"token of {seat}")
    if name == "document_id":
        return room.document.pk
    if name == "paragraph_id":
        return room.paragraph(PARAGRAPHS.get(cell.route.name, "PP2")).pk
    if name == "bracket_id":
        return room.bracket("PP1.2").pk
    if name == "file_id":
        return place.named(room, "later state" if cell.route.name == "compare" else "received file")
    if name == "version_id":
        return place.named(room, "version")
    if name == "draft_id":
        return place.named(room, f"draft of {_owner(cell)}")
    if name == "position_id":
        return place.named(room, f"heard of {_owner(cell)}")
    return place.named(room, _proposal(cell))


def _owner(cell: Cell) -> str:
    """Whose object it is; where the seat's delegation has none, another's."""
    code = whose(cell)
    return code if code in ("VIE", "IND", "CHAIR", "Secretariat") else "VIE"


def _proposal(cell: Cell) -> str:
    if cell.route.name in REPLACEMENTS:
        return "replacement"
    if cell.route.name == "api:co-sponsor":
        return "proposal of CHN" if cell.method == "DELETE" else "proposal of TUR"
    return f"proposal of {_owner(cell)}"


def send(place: Place, cell: Cell, *, absent: bool = False) -> Any:
    """The answer to the cell's request."""
    is_api = cell.route.name.startswith("api:")
    client = with_token(place, cell.seat) if is_api else signed_in(place, cell.seat)
    at, how = address(place, cell, absent=absent), cell.method.lower()
    if cell.route.name == "verdict" and cell.method in ("GET", "HEAD"):
        at += "?way=retain"
    if cell.method in ("GET", "HEAD", "OPTIONS"):
        return getattr(client, how)(at)
    if is_api:
        headers = {"Idempotency-Key": "matrix", "If-Match": _tag(place, cell)}
        body = SCRIPTS.get((cell.route.name, cell.method), _nothing)(place, cell)
        return getattr(client, how)(at, body, content_type="application/json", headers=headers)
    form = FORMS.get(cell.route.name, _nothing)(place, cell)
    if cell.method == "POST":
        return client.post(at, {"key": "matrix", "seen": place.room.seq, **form})
    return getattr(client, how)(at)


def _nothing(place: Place, cell: Cell) -> Body:
    return {}


# ---- forms


def _for(cell: Cell) -> Body:
    return {"for": whose(cell)} if cell.of == "other" else {}


def _sign_in(place: Place, cell: Cell) -> Body:
    seat = cell.seat if cell.seat in place.sessions else "delegate"
    return {"email": place.person(seat).email, "passphrase": PASSPHRASE}


def _token(place: Place, cell: Cell) -> Body:
    return {"name": "mirror", "scopes": ["read"], "expires_on": str(today() + timedelta(days=9))}


def _insertion(place: Place, cell: Cell) -> Body:
    at = place.room.at("PP2", "owner")
    return {"action": "table", "kind": "insert", "last": at, "words": "and a keeper", **_for(cell)}


def _paragraph(place: Place, cell: Cell) -> Body:
    return {"action": "table", "standing": "after", "words": "Noting the keepers;", **_for(cell)}


def _same_as(place: Place, cell: Cell) -> Body:
    bracket = place.room.bracket("PP1.1")
    return {"take": [f"{bracket.paragraph_id}.{bracket.pk}.support"], **_for(cell)}


def _rewriting(place: Place, cell: Cell) -> Body:
    words = as_typed(place.room.paragraph("PP2").nodes).replace("owner", "owner and a keeper")
    return {"action": "table", "words": words, **_for(cell)}


def _agenda(place: Place, cell: Cell) -> Body:
    return {"agenda": [str(place.room.document.pk)]}


def _first_attributed(place: Place) -> str:
    """A change that a file says alone, by its id."""
    act = {"actor": place.room.secretariat, "negotiation_id": place.room.negotiation.pk}
    found = compared.understood(**act, file_id=place.named(place.room, "later state"))  # type: ignore[arg-type]
    return next(change.id for change in found.comparison.changes if change.is_attributed)


FORMS: dict[str, Callable[[Place, Cell], Body]] = {
    "sign-in": _sign_in,
    "set_language": lambda place, cell: {"language": "en"},
    "tokens": _token,
    "paragraph-position": lambda place, cell: {"stance": "support", **_for(cell)},
    "bracket-position": lambda place, cell: {"stance": "support", **_for(cell)},
    "answer-replacement": lambda place, cell: {"stance": "new", **_for(cell)},
    "propose": _insertion,
    "rewrite": _rewriting,
    "same-as": _same_as,
    "new-paragraph": _paragraph,
    "reopen": lambda place, cell: {"reason": "A keeper asked for it."},
    "verdict": lambda place, cell: {"way": "retain"},
    "co-sponsor": lambda place, cell: {"action": "join"},
    "revise": lambda place, cell: {"action": "revise", "words": "and wheel"},
    "set-agenda": _agenda,
    "import": lambda place, cell: {"name": "keepers", "text": "PP1. Noting the keepers;"},
    "compare": lambda place, cell: {"take": [_first_attributed(place)], "record": "1"},
    "correct-reading": lambda place, cell: {"what": "paragraph", "at": "0", "kind": "operative"},
}
"""What a form says beside its key and what was seen."""


# ---- scripts


def _heard_for(cell: Cell) -> Body:
    return {"on_behalf_of": whose(cell)} if cell.of == "other" else {}


SCRIPTS: dict[tuple[str, str], Callable[[Place, Cell], Body]] = {
    ("api:paragraph-position", "PUT"): lambda place, cell: {"stance": "support"},
    ("api:bracket-position", "PUT"): lambda place, cell: {"stance": "support"},
    ("api:answer", "PUT"): lambda place, cell: {"answer": "new"},
    ("api:table", "POST"): lambda place, cell: {
        "kind": "insertion",
        "after": place.room.at("PP2", "owner"),
        "text": "and a keeper",
        **_heard_for(cell),
    },
    ("api:table-paragraph", "POST"): lambda place, cell: {
        "standing": "after",
        "text": "Noting the keepers;",
        **_heard_for(cell),
    },
    ("api:revision", "POST"): lambda place, cell: {"text": "and wheel"},
}


def _tag(place: Place, cell: Cell) -> str:
    """The ETag that whoever may read the object would have read."""
    room = place.elsewhere if cell.of in ("elsewhere", "smuggled") else place.room
    names, name = cell.route.names, cell.route.name
    if "position_id" in names:
        held = Position.objects.get(pk=_id(place, room, cell, "position_id"))
        return f'"{held.paragraph.seq}-{held.on_seq}"'
    if name in ("api:paragraph-position", "api:bracket-position", "api:answer"):
        return _tag_of_held(place, room, cell)
    if "proposal_id" in names:
        return f'"{Proposal.objects.get(pk=_id(place, room, cell, "proposal_id")).paragraph.seq}"'
    if "paragraph_id" in names:
        return f'"{Paragraph.objects.get(pk=_id(place, room, cell, "paragraph_id")).seq}"'
    return '"1"'


def _tag_of_held(place: Place, room: Room, cell: Cell) -> str:
    held = Position.objects.filter(delegation__code=whose(cell))
    if "paragraph_id" in cell.route.names:
        paragraph = room.paragraph("PP1")
        held = held.filter(paragraph=paragraph, bracket=None)
    else:
        on = "PP1.2" if "bracket_id" in cell.route.names else "OP1.1"
        bracket: Bracket = room.bracket(on)
        paragraph = bracket.paragraph
        held = held.filter(bracket__proposal=bracket.proposal_id)
    return f'"{paragraph.seq}-{max(held.values_list("on_seq", flat=True), default=0)}"'
