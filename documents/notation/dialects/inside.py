"""New York: who wants a bracket stands inside it, at its end, behind a dash and mostly with a verb.

``[wording - EU; G77 delete]``, ``[, wording. -G77; US, Canada, Japan, EU delete.]``, and rivals in one bracket with the
holders of each: ``[one - EU, G77 retain / other - US]``. Who is named without a verb holds the wording. Markers of the
house notation are read as well: what is tabled later prints so, behind the bracket.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from documents.notation.conflicts import conflicts
from documents.notation.faults import Fault
from documents.notation.lines import WHITE
from documents.notation.markers import Marker, Position, positions
from documents.notation.names import code, is_party
from documents.notation.read import NO_AUTHORS, OPEN_ORIGIN, Reading, Span
from documents.notation.read import read_wording as read_house_notation
from documents.notation.verbs import VERB_OF_SEVERAL, stance_of

name = "inside"

# A dash that begins an attribution stands behind white space, a closing sign or the end of a sentence, never in a word.
_DASH = re.compile(r"(?:(?<=[\s.,;:!?\]］)”’\"])|^)[-‐‑–—−－]\s?(?=[^\W\d_a-zа-яё])")
_SLASH = re.compile(r"\s/\s|／")
_LISTED = re.compile(r"\s*[,，/&]\s*|\s+(?:and|и)\s+")
_MORE_VERBS = re.compile(
    r"(?P<rest>\S.*?)[\s,:]+(?P<verb>(?:to\s+)?(?:add|insert|propos(?:al|ed)|text|alt|brackets?|tcb|study))",
    re.IGNORECASE,
)
_LONGEST = 300  # characters of one attribution
# One pattern a dash: a pattern that begins with a sign is looked for many times faster than one that begins with a class.
_TRACES = {
    dash: re.compile(rf"{dash}\s?(?P<said>[^\W\d_a-zа-яё][^\[\]［］()（）]{{0,{_LONGEST}}})(?=[\]］])")
    for dash in "-‐‑–—−－"
}
_BEFORE = frozenset(WHITE + ".,;:]］)")
_RIVALS = "Rivals stand in one bracket; the holders of each are kept with its words and given no position."


def read_wording(text: str, authors: Mapping[str, tuple[Position, ...]] = NO_AUTHORS) -> Reading:
    """Read one paragraph, already unwrapped. Never raises; takes time in proportion to the text.

    >>> [(m.delegation, m.stance) for m in read_wording("[a - EU; G77 delete]").spans[0].markers]
    [('EU', 'support'), ('G77', 'oppose')]
    """
    reading = read_house_notation(text, authors)
    if not reading.spans:
        return reading
    inner = _children(reading.spans)
    faults: list[Fault] = []
    spans = [_attributed(text, reading.spans, at, inner[at], faults) for at in range(len(reading.spans))]
    if spans == list(reading.spans):
        return reading
    merged = sorted((*_still_true(reading.faults, spans), *faults), key=lambda fault: (fault.at, fault.code))
    return reading._replace(spans=tuple(spans), faults=tuple(merged))


def traces(source: str) -> int:
    """Brackets that end with an attribution: twice where it has a verb or several statements, once where it only may be
    one, since a dash and a name may be wording."""
    found = 0
    for trace in (trace for dash, trace in _TRACES.items() if dash in source):
        for match in trace.finditer(source):
            if match.start() and source[match.start() - 1] not in _BEFORE:
                continue
            said = _SLASH.split(" ".join(match["said"].split()), maxsplit=1)[0]
            if (held := _statements(said)) is not None:
                plain = len(held) > 1 or any(stance != "support" for _, stance, _ in held)
                found += 2 if plain else 1
    return found


def first_bracket(text: str) -> int | None:
    """The place of the first bracket with an attribution inside that is plainly one."""
    for span in read_wording(text).spans:
        said = [marker for marker in span.markers if marker.end <= span.close]
        if len(said) > 1 or any(marker.stance != "support" for marker in said):
            return span.open
    return None


def _children(spans: Sequence[Span]) -> list[list[Span]]:
    """For each span the spans that lie in it directly, in order."""
    found: list[list[Span]] = [[] for _ in spans]
    for span in spans:
        if span.parent is not None:
            found[span.parent].append(span)
    return found


def _attributed(text: str, spans: Sequence[Span], at: int, inner: Sequence[Span], faults: list[Fault]) -> Span:
    """The span with the positions that stand at its end, or at the end of each of the rivals in it."""
    span = spans[at]
    begins = inner[-1].close + 1 if inner else span.open + 1
    whole = _attribution(text, begins, span.close)
    # A slash within the attribution parts names, not wording.
    parts_names = whole is not None and _SLASH.search(text, whole[0], whole[1])
    rivals = [] if parts_names else list(_rivals(text, span, inner))
    said = [(found, rival) for rival in rivals if (found := _attribution(text, rival[1], rival[2]))]
    if len(rivals) < 2:
        said = [(whole, (span.open + 1, begins, span.close))] if whole else []
    if not said:
        return span
    markers: list[Marker] = []
    for (start, end, held), rival in said:
        words = " ".join(text[rival[0] : start].split()).rstrip(" .,;") if len(rivals) > 1 else ""
        raw = text[start:end]
        for delegation, stance, verb in held:
            if words:
                markers.append(Marker(delegation, "other", raw, start, end, f"{verb}: {words}" if verb else words))
            else:
                markers.append(Marker(delegation, stance, raw, start, end, verb if stance == "other" else ""))
    if len(rivals) > 1:
        faults.append(Fault("rivals-in-one-bracket", span.open, _RIVALS))
    own = (*markers, *span.markers)
    faults.extend(conflicts(own, span.open))
    if any(marker.stance == "oppose" for marker in own):
        faults.append(Fault("open-origin", span.open, OPEN_ORIGIN))
    return span._replace(markers=own)


def _still_true(faults: Sequence[Fault], spans: Sequence[Span]) -> Iterator[Fault]:
    """What the house notation had to say, without what is said anew or no longer so of brackets with attributions."""
    inside = {span.open for span in spans if span.markers and span.markers[0].end <= span.close}
    anew = {"open-origin", "contradictory-stance", "duplicate-marker", "rivals-side-by-side"}
    return (fault for fault in faults if fault.at not in inside or fault.code not in anew)


def _rivals(text: str, span: Span, inner: Sequence[Span]) -> Iterator[tuple[int, int, int]]:
    """``(where it begins, where its last own words begin, where it ends)`` of each rival between slashes."""
    begins = words = span.open + 1
    for end, following in [*((child.open, child.close + 1) for child in inner), (span.close, span.close)]:
        for slash in _SLASH.finditer(text, words, end):
            yield begins, words, slash.start()
            begins = words = slash.end()
        if end != span.close:
            words = following
    yield begins, words, span.close


Held = tuple[str, str, str]
"""Who, the stance, and the verb as written."""


def _attribution(text: str, begins: int, ends: int) -> tuple[int, int, list[Held]] | None:
    """The attribution that ends a stretch of text: from its dash to its last sign, and what it says."""
    since = max(begins, ends - _LONGEST)
    stop = since + len(text[since:ends].rstrip())
    for dash in _DASH.finditer(text, since, stop):
        if dash.start() == since and since > begins:
            continue  # cut off, not the beginning
        if (held := _statements(text[dash.end() : stop])) is not None:
            return dash.start(), stop, held
    return None


def _statements(said: str) -> list[Held] | None:
    """``EU; G77, Canada delete.``: one statement after the other; None where one of them is none."""
    found: list[Held] = []
    for part in said.rstrip(" .").split(";"):
        held = _statement(part.strip(" ."))
        if held is None:
            return None
        found += held
    return found or None


def _statement(said: str) -> list[Held] | None:
    """``US, Canada delete``: names that share the verb behind the last of them; without a verb they hold the wording."""
    if not said:
        return None
    verb = VERB_OF_SEVERAL.fullmatch(said) or _MORE_VERBS.fullmatch(said)
    if verb is not None and (named := _parties(verb["rest"])) is not None:
        stance = stance_of(verb["verb"]) or "other"
        return [(who, stance, verb["verb"]) for who in named]
    if (named := _parties(said)) is not None:
        return [(who, "support", "") for who in named]
    head, colon, words = said.partition(":")
    if colon and words.strip() and (named := _parties(head)) is not None:
        return [(who, stance_of(words) or "other", words.strip()) for who in named]
    house = [one for one in positions(f"({said})") if one.delegation is not None]
    return [(one.delegation or "", one.stance, one.words) for one in house] or None


def _parties(said: str) -> list[str] | None:
    named = _LISTED.split(said.strip(" ,"))
    return [code(one) for one in named] if all(is_party(one) for one in named) else None
