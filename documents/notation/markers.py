"""Markers: the parentheses that say where a delegation stands (``domain.md``, reading rule 2; podium/1, R2).

A parenthesis that is no marker is wording; deciding which is which is all that happens here. A list of known
delegations never takes part in it (``rules.md`` 29).
"""

import re
from collections.abc import Iterator, Sized
from functools import lru_cache
from typing import NamedTuple

from documents.notation.lines import collapsed
from documents.notation.verbs import AGREED, VERB_FIRST, VERB_LAST, WITH_RESERVATION, stance_of

PLUS = "+＋﹢⁺➕"
MINUS = "-‐‑‒–—―⁃−－﹣⁻➖"
LONGEST = 400  # characters of one parenthesis; a longer one is a sentence

_SIGNS = PLUS + MINUS
_SIGN = f"[{re.escape(_SIGNS)}]"
# A sign begins a new name only where something parts it from the word before: "G-77" and "Guinea-Bissau" are names.
_PARTS = re.compile(rf"\s*[,/;&，、；／]\s*|\s+(?:and|и)\s+|\s+(?={_SIGN})")
_EMPTY = re.compile(rf"[\s,;/]*{_SIGN}[\s,;/]*")
_WORD = r"[^\W_][\w.’'&‑-]*"
_NAME = re.compile(rf"(?=[^\W\d_]){_WORD}(?: {_WORD}){{0,4}}(?: \([^()]+\))?")
_COLON = re.compile(r"\s*[:：]\s*")
_BROKEN_CODE = re.compile(r"[^\W_]{1,5} [^\W_]|[^\W_] [^\W_]{1,5}")
# "(NB: see annex)" has the shape of a marker and is none in any house.
_NO_CODES = frozenset({"NB", "N.B", "N.B.", "PS", "P.S", "P.S.", "TBC", "TBD", "РS"})
_ACTORS = frozenset({"chair", "chairmanship", "chairperson", "secretariat", "председатель", "секретариат"})
_SCRIPTS = (re.compile("[A-Za-z\u00c0-\u024f]"), re.compile("[\u0370-\u03ff]"), re.compile("[\u0400-\u052f]"))


class Marker(NamedTuple):
    """One delegation's position, as printed: ``raw`` is the whole parenthesis, ``text[start:end]``.

    ``delegation`` is the code as printed, None only where the stance is *agreed*. ``stance`` is one of ``support``,
    ``oppose``, ``tcb``, ``keep_original``, ``reservation``, ``agreed``, ``other``. ``words`` is what was said beside
    the code where the stance is *other*, and is empty elsewhere.

    A tuple with names, as all that is made for each sign, paragraph or fault of a text: frozen dataclasses take four
    times as long to make.
    """

    delegation: str | None
    stance: str
    raw: str
    start: int
    end: int
    words: str = ""


class Position(NamedTuple):
    """What a marker says, without its place."""

    delegation: str | None
    stance: str
    words: str = ""

    @property
    def mixes_scripts(self) -> bool:
        """Whether the code holds letters of two alphabets, as ``ВANGL`` with a Cyrillic first letter does."""
        return sum(1 for script in _SCRIPTS if self.delegation and script.search(self.delegation)) > 1


@lru_cache(maxsize=8192)
def positions(raw: str) -> tuple[Position, ...]:
    """The positions in one parenthesis (``raw``, its two signs included), one for each delegation.

    Empty where the parenthesis is no marker. White space means nothing.

    >>> [(p.delegation, p.stance) for p in positions("(JORDAN, ISR tcb)")]
    [('JORDAN', 'tcb'), ('ISR', 'tcb')]
    """
    said = collapsed(raw[1:-1])
    if not said or len(said) > LONGEST:
        return ()
    if AGREED.fullmatch(said):
        return (Position(None, "agreed"),)
    return tuple(_clauses(said) or ())


@lru_cache(maxsize=8192)
def is_plain(raw: str) -> bool:
    """Whether a marker has nothing worth reporting: signs of one width, each code in one alphabet, a delegation."""
    widths = (raw[0], raw[-1]) in (("(", ")"), ("（", "）"))
    return widths and not any(said.mixes_scripts or said.delegation is None for said in positions(raw))


def empty_marker(said: str) -> bool:
    """A sign without a name: ``(+)``, ``( - )``."""
    return _EMPTY.fullmatch(said) is not None


def begins_marker(said: str, *, surely: bool) -> bool:
    """Whether text after an opening parenthesis that nothing closes looks like a marker begun: ``+IND``, ``VIE tcb``.

    ``surely``: a code and free words behind a colon are not enough.
    """
    words = said.split()
    if not words:
        return False
    if words[0][0] in _SIGNS:
        return "".join(words).lstrip(_SIGNS)[:1].isalpha()
    if not _is_actor(words[0].rstrip(":,;"), None):
        return False
    begun = (_clauses(" ".join(words[:count])) or () for count in range(2, min(len(words), 7) + 1))
    return any(position.stance != "other" or not surely for found in begun for position in found)


def _clauses(said: str) -> list[Position] | None:
    """``IND tcb; CHN: keep original`` is two statements; where one of them says nothing, the whole is read as one."""
    if ";" in said:
        found: list[Position] = []
        for clause in said.split(";"):
            if (part := _clause(clause.strip())) is None:
                break
            found += part
        else:
            return found
    return _clause(said)


def _clause(said: str) -> list[Position] | None:
    if _COLON.search(said):
        return _with_colon(said)
    return _verb_first(said) or _listed(said)


def _with_colon(said: str) -> list[Position] | None:
    """``CHN: keep original``, ``IND, ISR: any words``, ``delete: RUS``."""
    head, words = _COLON.split(said, maxsplit=1)
    stance = stance_of(words)
    named = _names(head, stance)
    if named is not None and words:
        return [_decided(sign, name, stance, words) for sign, name in named]
    return _verb_first(_COLON.sub(" ", said, count=1))


def _verb_first(said: str) -> list[Position] | None:
    if (match := VERB_FIRST.fullmatch(said)) is None or (
        named := _names(match["rest"], stance := stance_of(match["verb"]))
    ) is None:
        return None
    return [_decided(sign, name, stance, match["verb"]) for sign, name in named]


def _listed(said: str) -> list[Position] | None:
    """Names with signs, or codes that share the verb behind the last of them."""
    found: list[Position] = []
    waiting: list[str] = []
    current = ""
    reserved_from = 0
    for part in _split(said):
        sign, name = _sign_and_name(part)
        if sign:
            current, reserved_from = sign, len(found)
        if (reserved := WITH_RESERVATION.search(name)) is not None and current:
            name = name[: reserved.start()].rstrip(" ,")
        if name:
            verb = VERB_LAST.fullmatch(name)
            if verb is not None and _is_actor(verb["rest"], stance_of(verb["verb"])):
                shared = [] if sign else waiting
                stance = stance_of(verb["verb"])
                found += [_decided(sign, code, stance, verb["verb"]) for code in (*shared, verb["rest"])]
                waiting = waiting if sign else []
            elif current:
                if not _is_name(name):
                    return None
                found.append(Position(_code(name), _stance(current)))
            elif _is_code(name):
                waiting.append(name)
            else:
                return None
        if reserved and current:
            # "(+IRAN, IND with reservation)": said of all that stand behind the same sign, as a shared verb is.
            found[reserved_from:] = [_reserving(position) for position in found[reserved_from:]]
    return None if waiting or not found else found


def _split(said: str) -> Iterator[str]:
    for part in _PARTS.split(said):
        if part:
            yield part


def _sign_and_name(part: str) -> tuple[str, str]:
    return (part[0], part[1:].lstrip()) if part[0] in _SIGNS else ("", part)


def _names(head: str, stance: str | None) -> list[tuple[str, str]] | None:
    """The names of a list with their signs, a sign holding until the next; None where something is no name."""
    found: list[tuple[str, str]] = []
    current = ""
    for part in _split(head.strip(" ,")):
        sign, name = _sign_and_name(part)
        current = sign or current
        if not (_is_name(name) if current else _is_actor(name, stance, found)):
            return None
        found.append((current, _code(name)))
    return found or None


def _decided(sign: str, name: str, stance: str | None, words: str) -> Position:
    """A verb, or words, beside a code. Where a sign and a verb disagree nobody's position is guessed: *other*."""
    if not sign:
        return Position(name, stance) if stance else Position(name, "other", words)
    said = _stance(sign)
    if stance == said or (stance == "reservation" and said == "support"):
        return Position(name, stance)
    return Position(name, "other", words)


def _reserving(position: Position) -> Position:
    """A reservation is a caveat on a support (``rules.md`` 2); an objection stays one."""
    return Position(position.delegation, "reservation") if position.stance == "support" else position


def _stance(sign: str) -> str:
    return "support" if sign in PLUS else "oppose"


def _is_name(name: str) -> bool:
    """A name behind a sign: it begins with a letter; of several words the first has a capital."""
    return _NAME.fullmatch(name) is not None and (" " not in name or not name[0].islower())


def _is_actor(name: str, stance: str | None, before: Sized = ()) -> bool:
    """Who may stand beside a verb: a capital code, Chair or Secretariat.

    Beside tcb and *original*, and in a list that begins with a code (``G77 and China: retain``), any proper name.
    """
    if _is_code(name) or name.casefold() in _ACTORS:
        return True
    if stance not in ("tcb", "keep_original") and not (stance and before):
        return False
    return _is_name(name) and all(word[0].isupper() for word in name.split())


def _code(name: str) -> str:
    """A code without the white space of a line that broke inside it: ``I ND``. Two words stay two words."""
    return name.replace(" ", "") if name.isupper() and _BROKEN_CODE.fullmatch(name) else name


def _is_code(name: str) -> bool:
    """A capital code, in any alphabet: two letters or more, none of them small (``G77``, ``РОС``, ``EU``)."""
    if not name.isupper() or name in _NO_CODES or _NAME.fullmatch(name) is None:
        return False
    return len(name) > 1
