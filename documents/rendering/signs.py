"""What the signs of one paragraph say at a glance, for the renditions that show it beside the characters.

Classes, colours and the legend only repeat what the printed characters say already.
"""

from collections.abc import Iterable, Sequence

from documents.notation.write import Mark, Piece


def marks_by_bracket(pieces: Iterable[Piece]) -> dict[str, list[Mark]]:
    """For each bracket the marks that its parentheses print; brackets in order of opening."""
    found: dict[str, list[Mark]] = {}
    for piece in pieces:
        if piece.bracket is not None and piece.kind in ("open", "marker"):
            found.setdefault(piece.bracket, []).extend(piece.marks)
    return found


def state_of_bracket(marks: Iterable[Mark]) -> str:
    """objects, pending, adds or bare: the strongest thing that anybody says about the words.

    An unresolved marker is pending (``rules.md`` 7); one objection outweighs any support (consensus).
    """
    stances = {mark.stance for mark in marks}
    if "oppose" in stances:
        return "objects"
    if stances - {"support"}:
        return "pending"
    return "adds" if stances else "bare"


def class_of_marker(marks: Iterable[Mark]) -> str:
    """minus, tcb, keep or plus. A parenthesis of several stances shows the one that stands most in the way."""
    stances = {mark.stance for mark in marks}
    if "oppose" in stances:
        return "minus"
    if stances - {"support", "keep_original"}:
        return "tcb"
    return "keep" if "keep_original" in stances else "plus" if stances else "tcb"


def codes(marks: Iterable[Mark]) -> list[str]:
    """The house codes among the marks, each once, in order of printing."""
    return list(dict.fromkeys("-".join(mark.code.split()) for mark in marks if mark.code.strip()))


def whole_bracket(pieces: Sequence[Piece]) -> str | None:
    """The id of the bracket that holds every word of the paragraph, if there is one (``rules.md`` 15)."""
    depth, roots = 0, []
    for piece in pieces:
        if piece.kind == "open":
            if depth == 0:
                roots.append(piece.bracket)
            depth += 1
        elif piece.kind == "close":
            depth -= 1
        elif depth == 0 and piece.kind == "text" and any(sign.isalnum() for sign in piece.text):
            return None
    return roots[0] if len(roots) == 1 else None
