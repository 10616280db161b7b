"""Markers: the parentheses that say where a delegation stands (``domain.md``, reading rule 2; podium/1, R2).

A parenthesis that is no marker is wording; deciding which is which is all that happens here. A list of known
delegations never takes part in it (``rules.md`` 29).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from documents.notation.lines import collapsed
from documents.notation.names import MINUS, PLUS, SIGNS, code, is_actor, is_code, is_name, mixes_scripts
from documents.notation.verbs import (
    AGREED,
    CONDITION,
    VERB_FIRST,
    VERB_LAST,
    VERB_OF_SEVERAL,
    WITH_RESERVATION,
    stance_of,
)

LONGEST = 400  # characters of one parenthesis; a longer one is a sentence
LONGEST_LIST = 4000  # unless it begins with a sign: then it may list every state there is

_SIGN = f"[{re.escape(SIGNS)}]"
_SIGNED = re.compile(f"[{re.escape(SIGNS)}±\\s]*")
_EITHER = re.compile(
    f"[{re.escape(PLUS)}]\\s?/\\s?[{re.escape(MINUS)}]|[{re.escape(MINUS)}]\\s?/\\s?[{re.escape(PLUS)}]"
)
# A sign begins a new name where something parts it from the word before, or where it is none that words are made with:
# "G-77" and "Guinea-Bissau" are names. "IND-RUS" wants the space between two codes of three letters.
_PARTS = re.compile(
    rf"\s*[,/;&|，、；／،؛]\s*|\s+(?:and|и|және)(?:\s+|\Z)|\s+(?=[{re.escape(SIGNS)}±])"
    rf"|(?<=\w)(?=[{re.escape(PLUS)}–—−－]\s?[^\W\d_])|(?<=\b[^\W\d_a-zа-яё]{{3}})(?=-[^\W\d_a-zа-яё]{{3}}\b)"
)
_COMPOUND = re.compile(
    r"(?<=\bBosnia) and (?=Herzegovina\b)|(?<=\bTrinidad) and (?=Tobago\b)|(?<=\bAntigua) and (?=Barbuda\b)|"
    r"(?<=\bKitts) and (?=Nevis\b)|(?<=\bVincent) and (?=the Grenadines\b)|"
    r"(?<=\bTome) and (?=Pr[ií]ncipe\b)|(?<=\bTomé) and (?=Pr[ií]ncipe\b)",
    re.IGNORECASE,
)
_TOGETHER = "\x1f"
_EMPTY = re.compile(rf"[\s,;/.±]*{_SIGN}(?:[\s,;/.±]|{_SIGN})*")
_COLON = re.compile(r"\s*[:：]\s*")


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
        return self.delegation is not None and mixes_scripts(self.delegation)


@lru_cache(maxsize=8192)
def positions(raw: str) -> tuple[Position, ...]:
    """The positions in one parenthesis (``raw``, its two signs included), one for each delegation.

    Empty where the parenthesis is no marker. White space means nothing.

    >>> [(p.delegation, p.stance) for p in positions("(JORDAN, ISR tcb)")]
    [('JORDAN', 'tcb'), ('ISR', 'tcb')]
    """
    said = collapsed(raw[1:-1])
    if not said or len(said) > (LONGEST_LIST if said[0] in SIGNS else LONGEST):
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
    if words[0][0] in SIGNS:
        return "".join(words).lstrip(SIGNS)[:1].isalpha()
    if not is_actor(words[0].rstrip(":,;"), None):
        return False
    begun = (_clauses(" ".join(words[:count])) or () for count in range(2, min(len(words), 7) + 1))
    return any(position.stance != "other" or not surely for found in begun for position in found)


def _clauses(said: str) -> list[Position] | None:
    """``IND tcb; CHN: keep original`` is two statements; where one of them says nothing, the whole is read as one."""
    if _TOGETHER in said:
        return None
    if " and " in said:
        said = _COMPOUND.sub(_TOGETHER, said)
    if "/" in said:
        said = _EITHER.sub("±", said)
    if ";" in said:
        found: list[Position] = []
        for clause in said.split(";"):
            if not clause.strip() or (part := _clause(clause.strip())) is None:
                break
            found += part
        else:
            return found
    return _clause(said)


def _clause(said: str) -> list[Position] | None:
    if not said:
        return None
    if (colon := _COLON.search(said)) is not None:
        if colon.end() == len(said):
            return _signed_list(said[: colon.start()])
        return _with_colon(said)
    return _verb_first(said) or _verb_last(said) or _conditional(said) or _listed(said)


def _signed_list(said: str) -> list[Position] | None:
    """A colon with nothing behind it says nothing: ``+IND:`` is ``+IND``, and ``IND:`` is no marker."""
    return _listed(said) if said[:1] in SIGNS and said else None


def _with_colon(said: str) -> list[Position] | None:
    """``CHN: keep original``, ``IND, ISR: any words``, ``delete: RUS``."""
    head, words = _COLON.split(said, maxsplit=1)
    if (said_first := stance_of(head)) is not None and (named := _names(words, said_first)) is not None:
        return [_decided(sign, name, said_first, head) for sign, name in named]
    stance = stance_of(words)
    named = _names(head, stance)
    if named is not None and words:
        return [_decided(sign, name, stance, words) for sign, name in named]
    return None


def _verb_first(said: str) -> list[Position] | None:
    if (match := VERB_FIRST.fullmatch(said)) is None or (
        named := _names(match["rest"], stance := stance_of(match["verb"]))
    ) is None:
        return None
    return [_decided(sign, name, stance, match["verb"]) for sign, name in named]


def _verb_last(said: str) -> list[Position] | None:
    """Codes without signs that share one verb: ``JORDAN, ISR tcb``, ``RUS – delete``, ``IND and NEP support``."""
    if said[0] in SIGNS or (match := VERB_OF_SEVERAL.fullmatch(said)) is None:
        return None
    named = _names(match["rest"], stance := stance_of(match["verb"]))
    if named is None or any(sign for sign, _ in named):
        return None
    if len(named) == 1 and VERB_LAST.fullmatch(said) is None:
        return None
    return [_decided("", name, stance, match["verb"]) for _, name in named]


def _conditional(said: str) -> list[Position] | None:
    """``+IND if OP3 stays``: nobody is given the bare position of the sign; the words are kept beside it."""
    if said[0] not in SIGNS or (match := CONDITION.fullmatch(said)) is None:
        return None
    named = _listed(match["head"])
    return named and [Position(one.delegation, "other", match["words"]) for one in named]


def _listed(said: str) -> list[Position] | None:
    """Names with signs, or codes that share the verb behind the last of them."""
    found: list[Position] = []
    waiting: list[str] = []
    current = ""
    reserved_from = 0
    for part in _split(said):
        sign, name = _sign_and_name(part)
        reserved = WITH_RESERVATION.search(name) if sign or current else None
        if reserved:
            name = name[: reserved.start()]
        if sign and (name or not found):  # "+IRAN - with reservation": that dash is no sign
            current, reserved_from = sign, len(found)
        if name:
            verb = VERB_LAST.fullmatch(name)
            if verb is not None and is_actor(verb["rest"], stance_of(verb["verb"])):
                shared = [] if sign else waiting
                stance = stance_of(verb["verb"])
                found += [_decided(sign, one, stance, verb["verb"]) for one in (*shared, verb["rest"])]
                waiting = waiting if sign else []
            elif current:
                if (position := _signed(current, name)) is None:
                    return None
                found.append(position)
            elif is_code(name):
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
            yield part.replace(_TOGETHER, " and ") if _TOGETHER in part else part


def _sign_and_name(part: str) -> tuple[str, str]:
    """The sign of a part, ``±`` where it says both, and the name behind it. A sign set twice is one."""
    if part[0] not in SIGNS and part[0] != "±":
        return "", part
    name = part[_SIGNED.match(part).end() :]  # type: ignore[union-attr]  # it matches the empty string
    signs = set(part[: len(part) - len(name)]) - {" "}
    if signs <= set(PLUS):
        return "+", name
    return ("-" if signs <= set(MINUS) else "±"), name


def _signed(sign: str, name: str) -> Position | None:
    """What a sign before a name says; a question mark behind it takes it back."""
    if name[-1] in "?？":
        bare = name.rstrip("?？ ")
        return Position(code(bare), "other", f"{sign} ?") if is_name(bare, sign) else None
    if not is_name(name, sign):
        return None
    return Position(code(name), "other", "±") if sign == "±" else Position(code(name), _stance(sign))


def _names(head: str, stance: str | None) -> list[tuple[str, str]] | None:
    """The names of a list with their signs, a sign holding until the next; None where something is no name."""
    found: list[tuple[str, str]] = []
    current = ""
    for part in _split(head.strip(" ,")):
        sign, name = _sign_and_name(part)
        current = sign or current
        if not name or not (is_name(name, current) if current else is_actor(name, stance, found)):
            return None
        found.append((current, code(name)))
    return found or None


def _decided(sign: str, name: str, stance: str | None, words: str) -> Position:
    """A verb, or words, beside a code. Where a sign and a verb disagree nobody's position is guessed: *other*."""
    if not sign:
        return Position(code(name), stance) if stance else Position(code(name), "other", words)
    said = _stance(sign)
    if sign != "±" and (stance == said or (stance == "reservation" and said == "support")):
        return Position(code(name), stance)
    return Position(code(name), "other", words)


def _reserving(position: Position) -> Position:
    """A reservation is a caveat on a support (``rules.md`` 2); an objection stays one."""
    return Position(position.delegation, "reservation") if position.stance == "support" else position


def _stance(sign: str) -> str:
    return "support" if sign in PLUS else "oppose"
