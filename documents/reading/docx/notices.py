"""What is said of things that are not wording: one English sentence each, with every word that was set aside."""

from documents.notation.lines import collapsed
from documents.notation.shown import Notice

_LONGEST_QUOTE = 500
_UNSEEN = {
    "hidden": "Hidden text was set aside",
    "web": "Text that is hidden on screen was set aside",
    "white": "Text in the colour of what it stands on (white text) was set aside",
    "tiny": "Text of one point or less was set aside",
    "placeholder": "The placeholder text of an empty field to fill in was set aside",
    "row": "A hidden row of a table was set aside",
    "merged": "Text in a merged cell, which does not show it, was set aside",
    "unused": "A header or footer that is on no page was set aside",
    "note": "A note that nothing in the text refers to was set aside",
    "branch": "Text that only some programs show was set aside",
}


def notice(code: str, at: int, said: str, quote: str) -> Notice:
    """A notice whose sentence is ``said`` and the quote behind it, if there is one, shortened."""
    return Notice(code, at, quote, f"{said}: {quoted(quote)}." if quote else f"{said}.")


def quoted(text: str) -> str:
    """The text in quotation marks, on one line; of a long one the beginning and how much more there is."""
    text = collapsed(text)
    if len(text) <= _LONGEST_QUOTE:
        return f"“{text}”"
    return f"“{text[:_LONGEST_QUOTE]}… and {len(text) - _LONGEST_QUOTE} more characters”"


def unseen(why: str) -> str:
    """That text was set aside since nobody sees it, and why not."""
    return _UNSEEN[why]
