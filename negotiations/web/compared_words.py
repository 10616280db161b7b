"""The changes of a comparison in words: one sentence each."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.notation.changes import Change, ComparedParagraph
from documents.notation.understanding import WITHDRAWN

STANCES = {
    "support": gettext_lazy("+  these words stay"),
    "oppose": gettext_lazy("−  these words go"),
    "tcb": gettext_lazy("to come back"),
    "keep_original": gettext_lazy("keep original"),
}
BY_SOMEBODY = {
    "insertion": gettext_lazy("%(code)s tables words to put in"),
    "deletion": gettext_lazy("%(code)s wants words to go"),
    "replacement": gettext_lazy("%(code)s tables other words in their place"),
    "revision": gettext_lazy("%(code)s gives its words in %(where)s another wording"),
    "paragraph": gettext_lazy("%(code)s tables a new paragraph"),
    "alternative": gettext_lazy("%(code)s tables a rival for this paragraph"),
}
BY_NOBODY_YET = {
    "insertion": gettext_lazy("Words stand here in a new bracket; the file does not say who tables them"),
    "deletion": gettext_lazy(
        "A new bracket stands round words of the text; the file does not say who wants them to go"
    ),
    "paragraph": gettext_lazy("A new paragraph; the file does not say who tables it"),
    "alternative": gettext_lazy("A rival for this paragraph; the file does not say who tables it"),
    "words": gettext_lazy("Words changed that stand in no bracket of their own"),
    "retained": gettext_lazy("Bracket %(where)s is gone and its words stayed"),
    "struck": gettext_lazy("Bracket %(where)s is gone, and its words with it"),
    "missing": gettext_lazy("The file does not have this paragraph"),
    "agree": gettext_lazy("The file prints this paragraph as agreed"),
    "moved": gettext_lazy("The paragraph stands elsewhere in the file"),
    "label": gettext_lazy("The paragraph has another label in the file"),
    "kind": gettext_lazy("The paragraph is of another kind in the file"),
    "head": gettext_lazy("The title, or the lines above it, are others in the file"),
    "aside": gettext_lazy("The file has a footnote or a table that the text has not"),
    "not-bold": gettext_lazy("The file does not print this agreed paragraph in bold"),
    "not-understood": gettext_lazy("This was not understood"),
}
"""What a change says, by kind; every kind stands in one of the two lists."""
WHY: Mapping[str, Promise] = {
    "agreed": gettext_lazy("The paragraph is agreed: it is reopened first, with a reason, and then changed."),
    "too-long": gettext_lazy("It is too long, or too much of it changed, to tell what became of what."),
    "not-read-back": gettext_lazy(
        "What stands here cannot be told apart in print, so nothing can be concluded from it."
    ),
    "no-way": gettext_lazy("No acts of a room lead from the one to the other. Record it by hand, in steps."),
    "no-words": gettext_lazy("There are no words in it that could be tabled."),
    "no-place": gettext_lazy("Nothing stands before it that it could follow."),
    "marker-in-words": gettext_lazy("A bracket or a position stands among the words: where it belongs cannot be told."),
    "marker": gettext_lazy("This position is of no delegation at this table, or says two things at once."),
    "marker-gone": gettext_lazy(
        "A position that could not be read is gone. It is resolved by a position of its delegation."
    ),
}
"""What stands in the way, by its code."""
REPORTED = gettext_lazy("Only reported: no act of a negotiation changes it.")


def sentence(change: Change, numbers: Mapping[str, str], one: ComparedParagraph | None) -> str:
    """The change in one sentence; ``numbers`` names standing brackets as people say them."""
    where = numbers.get(change.bracket or "", "") or _place(change, one)
    if change.kind in ("position", "silent"):
        return _said(change, where)
    said = BY_SOMEBODY.get(change.kind) if change.code else None
    return str(said or BY_NOBODY_YET[change.kind]) % {"code": change.code, "where": where}


def _place(change: Change, one: ComparedParagraph | None) -> str:
    if change.bracket is None:
        return _("the whole paragraph")
    return _("the new paragraph") if one is not None and not one.handle else _("the new words")


def _said(change: Change, where: str) -> str:
    stance = str(STANCES.get(change.stance, change.stance))
    if change.kind == "silent":
        return _("%(code)s takes its position on %(where)s back (%(stance)s)") % {
            "code": change.code,
            "where": where,
            "stance": stance,
        }
    text = (
        _("%(code)s on %(where)s: %(stance)s, with reservation")
        if change.reservation
        else _("%(code)s on %(where)s: %(stance)s")
    )
    return text % {"code": change.code, "where": where, "stance": stance}


def why_in_words(change: Change) -> str:
    """What stands in the way of recording it; empty where nothing does."""
    if change.step is not None:
        return ""
    return str(WHY.get(change.why, REPORTED))


def choice_in_words(way: str, change: Change) -> str:
    """How a bracket may have ended."""
    if way == WITHDRAWN:
        return _("its tabler took it back")
    if change.kind == "retained":
        return _("a verdict: the words stay")
    return _("a verdict: the words go")
