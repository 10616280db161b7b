"""How a text is negotiated. One file a subject; every name is importable from here."""

from negotiations.models.drafts import PrivateDraft
from negotiations.models.frame import (
    AgendaItem,
    CoveringNote,
    Negotiation,
    Participation,
    ReadingNote,
    Session,
    SetAside,
)
from negotiations.models.ledger import Event
from negotiations.models.outbox import Freeze, Job
from negotiations.models.received import ReceivedFile
from negotiations.models.wording import Bracket, CoSponsor, Position, Proposal, UnresolvedMarker

__all__ = [
    "AgendaItem",
    "Bracket",
    "CoSponsor",
    "CoveringNote",
    "Event",
    "Freeze",
    "Job",
    "Negotiation",
    "Participation",
    "Position",
    "PrivateDraft",
    "Proposal",
    "ReadingNote",
    "ReceivedFile",
    "Session",
    "SetAside",
    "UnresolvedMarker",
]
