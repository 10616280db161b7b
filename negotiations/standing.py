"""Who stands where on a bracket, and what is clean: pure rules over positions (``rules.md`` 2, 3, 4, 20).

Counts never decide. A bracket may be retained by consensus when nobody is against keeping its words, struck when
nobody is against removing them; whoever is pending is on neither list and still stops "agreed".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from documents.notation import read_as

Way = Literal["retain", "strike"]


@dataclass(frozen=True, slots=True)
class Stand:
    """One position, as far as consensus is concerned. ``counts`` is true for members alone."""

    code: str
    stance: str
    counts: bool = True
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Codes of the delegations against keeping the words, against removing them, and those still to come back."""

    against_keeping: tuple[str, ...] = ()
    against_removing: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()

    def overruled_by(self, way: Way) -> tuple[str, ...]:
        """Whom a verdict goes against, or does not wait for."""
        against = self.against_keeping if way == "retain" else self.against_removing
        return (*against, *self.pending)


def standing(
    on_bracket: Iterable[Stand], on_paragraph: Iterable[Stand], origin: str, unresolved: Sequence[str] = ()
) -> Standing:
    """Where the members stand on one bracket.

    What a delegation said of the paragraph is read for the bracket: *keep original* as minus on inserted words, plus on
    original ones, pending on unknown ones; *tcb* as pending. What it said of the bracket itself goes before that.
    ``unresolved`` are markers that fit no position; they are pending.
    """
    own = [stand for stand in on_bracket if stand.counts]
    spoken = {stand.code for stand in own}
    presumed = [stand for stand in on_paragraph if stand.counts and stand.code not in spoken]
    keeping: list[str] = []
    removing: list[str] = []
    pending: list[str] = list(unresolved)
    for stand in (*own, *presumed):
        match _reading(stand, origin):
            case "oppose":
                keeping.append(stand.code)
            case "support" if not stand.stale:
                removing.append(stand.code)
            case "pending":
                pending.append(stand.code)
    return Standing(tuple(keeping), tuple(removing), tuple(pending))


def _reading(stand: Stand, origin: str) -> str:
    if stand.stance == "keep_original":
        return {"inserted": "oppose", "original": "support"}.get(origin, "pending")
    return {"support": "support", "oppose": "oppose"}.get(stand.stance, "pending")


def own_way(on_bracket: Stand | None, on_paragraph: Stand | None, origin: str) -> read_as.Way:
    """What one delegation would have done with a bracket, by its own word alone; silence is not consent.

    Its sign on the bracket decides; else its *keep original* of the whole paragraph (``rules.md`` 4). A reservation
    without a sign, *tcb*, a sign on the whole paragraph, and whatever was said of an earlier wording decide nothing.
    """
    said = on_bracket or (on_paragraph if on_paragraph and on_paragraph.stance == "keep_original" else None)
    if said is None or said.stale:
        return "leave"
    ways: dict[str, read_as.Way] = {"support": "retain", "oppose": "strike"}
    return ways.get(_reading(said, origin), "leave")


def waits_for(code: str, on_bracket: Iterable[Stand], on_paragraph: Iterable[Stand]) -> bool:
    """Whether a bracket waits for this delegation: it said nothing of it yet, or that it will come back."""
    said = next((stand for stand in (*on_bracket, *on_paragraph) if stand.code == code), None)
    return said is None or said.stance == "tcb"


def alone_in(code: str, where: Standing) -> Literal["oppose", "support", ""]:
    """What this delegation alone holds: nobody else is against keeping the words, or nobody else against removing them."""
    if where.against_keeping == (code,):
        return "oppose"
    return "support" if where.against_removing == (code,) else ""


@dataclass(frozen=True, slots=True)
class Blemish:
    """One thing that keeps a paragraph from being clean: a code for machines, and whom or what it concerns."""

    code: Literal["brackets", "positions", "unresolved", "placeholder", "stray-bracket"]
    what: tuple[str, ...] = ()


def blemishes(
    *, brackets: Sequence[str], on_paragraph: Iterable[Stand], unresolved: Sequence[str], words: str
) -> list[Blemish]:
    """What keeps a paragraph from being clean; empty for a clean one.

    ``words`` is its wording: an unpaired bracket among them is contested wording that nobody could read, and no words
    at all are a placeholder.
    """
    found: list[Blemish] = []
    if brackets:
        found.append(Blemish("brackets", tuple(brackets)))
    if holding := tuple(s.code for s in on_paragraph if s.stance != "support" and s.counts):
        found.append(Blemish("positions", holding))
    if unresolved:
        found.append(Blemish("unresolved", tuple(unresolved)))
    if not words.strip():
        found.append(Blemish("placeholder"))
    if any(sign in words for sign in "[]［］"):
        found.append(Blemish("stray-bracket"))
    return found
