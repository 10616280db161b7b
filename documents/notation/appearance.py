"""What a source holds that is not what it looks like: characters that a text should not hold, words of two alphabets.

Reported at its place in the source, wherever that is in the package; nothing is changed here.
"""

from bisect import bisect_right
from collections.abc import Sequence

from documents.notation.lookalikes import in_words, mixed_places
from documents.notation.markers import LONGEST
from documents.notation.plain import name_of, odd_in_source
from documents.notation.report import Reporter


def report_appearance(source: str, starts: Sequence[int], reporter: Reporter) -> None:
    """Report each odd character once a paragraph, and each word that mixes alphabets; ``starts`` are the places where
    paragraphs begin. A code that mixes alphabets was reported with its marker."""
    known: set[tuple[int, str]] = set()
    for at in odd_in_source(source):
        kind = (bisect_right(starts, at), source[at])
        if kind not in known:
            known.add(kind)
            reporter.say("odd-character", at, f"{name_of(source[at])} is no character that a text should hold.")
    markers: frozenset[int] | None = None
    for at, word in mixed_places(source):
        markers = reporter.places_of("mixed-script-code") if markers is None else markers
        if _opened_before(source, at) not in markers:
            reporter.say("mixed-script-word", at, in_words(word))


def _opened_before(source: str, at: int) -> int:
    """Where the parenthesis is opened that a marker at this place would stand in."""
    since = max(0, at - LONGEST)
    return max(source.rfind("(", since, at), source.rfind("（", since, at))
