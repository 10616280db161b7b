"""From two prints laid upon each other to the changes that lead from one to the other.

What is understood is tried: carried out on the paragraph that stands, it has to give what the file says. Where it does
not, the wording is listed as not understood, with both texts.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from documents.notation.alignment import Step, align, align_inside, first_with
from documents.notation.as_printed import Said, Side, Token, phrase, tokens_of
from documents.notation.carrying import CannotCarry, carried_out
from documents.notation.changes import (
    START,
    Ask,
    Change,
    Ending,
    Key,
    Kind,
    Position,
    Rewording,
    Silence,
    StandingParagraph,
    Tabling,
)
from documents.notation.edit import CannotEdit, strike
from documents.notation.tree import bracket_ids, find, wording
from documents.notation.words import WORD

NOBODY = Ask("delegation")
VERDICT, WITHDRAWN = "verdict", "withdrawn"


def named(change: Change, seen: Counter[str]) -> Change:
    """The change with its id: the same as long as what it does and the words it is about are; ``seen`` tells equal ones
    apart. Who else stands behind a bracket is no part of it."""
    about = (change.words, getattr(change.step, "text", "")) if change.step else (change.before, change.after)
    reserved = "reserved" if change.reservation else ""
    said = "\x1f".join(
        (change.paragraph, change.kind, change.bracket or "", change.code, change.stance, reserved, *about)
    )
    seen[said] += 1
    return replace(change, id=sha256(f"{said}\x1f{seen[said]}".encode()).hexdigest()[:12])


def understood(paragraph: StandingParagraph, old: Side, new: Side) -> list[Change]:
    """What the file says of the wording and the positions of a paragraph, in the order of carrying out."""
    steps = align(old, new) if old.faithful else None
    if steps is None:
        return [_not_understood(paragraph.id, old, new, "too-long" if old.faithful else "not-read-back")]
    found = Understanding(paragraph.id, new, old, paragraph)
    try:
        found.read(steps)
        found.walk(steps)
        found.said(old.said.get(None, ()), new.said.get(None, ()), None, None)
        if not found.leads_there():
            raise _Puzzled("no-way")
    except _Puzzled as why:
        found.say_everything(steps)
        return [*found.positions, _not_understood(paragraph.id, old, new, str(why))]
    return found.in_order()


def _not_understood(paragraph: str, old: Side, new: Side, why: str) -> Change:
    return Change("", paragraph, "not-understood", before=old.text, after=new.text, why=why)


class _Puzzled(Exception):
    """The file's wording cannot be come to by what is done in a room; the message is a code that says why."""


@dataclass(slots=True)
class Understanding:
    """What is made out of one paragraph of the file; ``old`` and ``standing`` are None where it is new.

    ``fates`` says of each of the file's brackets whether it is one that stands (``pair``), came round words (``round``)
    or with its own (``put``), by name; ``tabled`` with which change it came; ``ids`` what those that stand are called.
    """

    paragraph: str
    new: Side
    old: Side | None = None
    standing: StandingParagraph | None = None
    fates: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    keys: dict[int, Key | None] = field(default_factory=dict)
    tabled: dict[str, Change] = field(default_factory=dict)
    endings: list[Change] = field(default_factory=list)
    rewordings: list[Change] = field(default_factory=list)
    tablings: list[Change] = field(default_factory=list)
    positions: list[Change] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def in_order(self) -> list[Change]:
        """Brackets fall first, then words change, then signs are put on what stands by then."""
        return [*self.endings, *self.rewordings, *self.tablings, *self.positions]

    def change(self, kind: Kind, **said: object) -> Change:
        return named(Change("", self.paragraph, kind, **said), self.seen)  # type: ignore[arg-type]

    def leads_there(self) -> bool:
        """Whether the changes of the wording, carried out, give what the file says."""
        assert self.standing is not None
        try:
            carried = carried_out(self.standing.tree, (*self.endings, *self.rewordings, *self.tablings))
        except (CannotCarry, CannotEdit):
            return False
        names = {id_: name for name, id_ in carried.ids.items()}
        there = [(t.kind, names.get(t.name, t.name), t.text) for t in tokens_of(carried.tree)]
        not_ours = {at for at, key in self.keys.items() if key is None}  # read back as words, on both sides
        said = [t for at, t in enumerate(self.new.tokens) if at not in not_ours]
        return there == [(t.kind, self.ids.get(t.name, t.name), t.text) for t in said]

    # ---- what the file's words and brackets are

    def read(self, steps: Sequence[Step]) -> None:
        """Fill in keys and fates, so that every place can be named before the changes are made."""
        for step in steps:
            match step.what:
                case "same":
                    assert self.old is not None
                    self.keys[step.new] = self.old.tokens[step.old].key
                case "came":
                    self.keys[step.new] = self.new.tokens[step.new].key
                case "pair" | "reworded":
                    assert self.old is not None
                    name = self.new.tokens[step.new].name
                    self.fates[name], self.ids[name] = "pair", self.old.tokens[step.old].name
                    self._read_inside(step)
                case "round":
                    self.fates[self.new.tokens[step.new].name] = "round"
                case "put":
                    self.fates[self.new.tokens[step.new].name] = "put"
                    self.read_own(step.new + 1, self.new.tokens[step.new].end)

    def _read_inside(self, step: Step) -> None:
        if step.what == "pair":
            self.read(step.inside)
        elif self._can_be_reworded(step):
            self.read_own(step.new + 1, self.new.tokens[step.new].end)
        else:
            self.read(self._in_detail(step))

    def read_own(self, first: int, end: int) -> None:
        """Words that the file brings, from token to token: a bracket in them came later if a plus comes first."""
        for at in range(first, end):
            token = self.new.tokens[at]
            if token.kind == "word":
                self.keys[at] = token.key
            elif token.kind == "open":
                sign = first_with(self.new.said.get(token.name, ()), "oppose")
                plus = first_with(self.new.said.get(token.name, ()), "support")
                self.fates[token.name] = "put" if plus and not sign else "round"

    def _can_be_reworded(self, step: Step) -> bool:
        """Whether the words of a bracket are its tabler's own."""
        assert self.old is not None
        assert self.standing is not None
        on_record = self.standing.brackets.get(self.old.tokens[step.old].name)
        return on_record is not None and bool(on_record.tabler) and on_record.puts_in

    def _in_detail(self, step: Step) -> tuple[Step, ...]:
        assert self.old is not None
        found = align_inside(self.old, self.new, step)
        if found is None:
            raise _Puzzled("too-long")
        return found

    # ---- the changes

    def walk(self, steps: Sequence[Step]) -> None:
        """The changes that the steps stand for."""
        gone: list[int] = []
        came: list[int] = []
        for at, step in enumerate(steps):
            if step.what == "gone":
                gone.append(step.old)
            elif step.what == "came":
                came.append(step.new)
            else:
                self._words(gone, came)
                gone, came = [], []
                self._step(step, steps[at + 1 :])
        self._words(gone, came)

    def _step(self, step: Step, behind: Sequence[Step]) -> None:
        match step.what:
            case "pair" | "reworded":
                self._pair(step)
            case "retained" | "struck":
                self._ending(step)
            case "put" if self.new.tokens[step.new].name not in self.tabled:
                self.put(step.new)
            case "round":
                self.round(step.new)

    def _pair(self, step: Step) -> None:
        assert self.old is not None
        before, after = self.old.tokens[step.old], self.new.tokens[step.new]
        if step.what == "pair":
            self.walk(step.inside)
        elif self._can_be_reworded(step):
            change = self._rewording(before.name, after.name, step.new)
            self.own_brackets(step.new + 1, after.end, (change.id,))
        else:
            self.walk(self._in_detail(step))
        self.said(self.old.said.get(before.name, ()), self.new.said.get(after.name, ()), before.name, after.name)

    def _ending(self, step: Step) -> None:
        assert self.old is not None
        assert self.standing is not None
        name = self.old.tokens[step.old].name
        struck = step.what == "struck"
        on_record = self.standing.brackets.get(name)
        back = on_record is not None and on_record.tabler and on_record.puts_in == struck
        words = self._words_of(name)
        self.endings.append(
            self.change(
                "struck" if struck else "retained",
                step=Ending(name, "strike" if struck else "retain"),
                bracket=name,
                words=words,
                before=self.old.fragment(name),
                after="" if struck else words,
                asks=(Ask("which", (VERDICT, WITHDRAWN), VERDICT),) if back else (),
            )
        )

    def _words_of(self, name: str | None) -> str:
        """The words of a bracket that stands; of the paragraph, or of a bracket that the file brings, none are needed."""
        if self.old is None or name not in self.old.names:
            return ""
        read = f"read:{self.old.names.index(name)}"
        return " ".join(wording(find(self.old.tree, read).inside, with_label=False).split())

    def _rewording(self, old_name: str, new_name: str, at: int) -> Change:
        assert self.old is not None
        assert self.standing is not None
        text, keys = self._own_text(new_name, at)
        change = self.change(
            "revision",
            step=Rewording(old_name, text, keys),
            bracket=old_name,
            code=self.standing.brackets[old_name].tabler,
            words=self._words_of(old_name),
            before=self.old.fragment(old_name),
            after=self.new.fragment(new_name),
        )
        self.rewordings.append(change)
        return change

    def put(self, at: int, needs: tuple[str, ...] = ()) -> None:
        """A bracket that came with its words, and whatever stands in it."""
        token = self.new.tokens[at]
        text, keys = self._own_text(token.name, at)
        code = first_with(self.new.said.get(token.name, ()), "support")
        hinted = first_with(self.new.said.get(token.name, ()), "tcb")
        places = tuple(self._places(at))
        change = self.change(
            "insertion",
            step=Tabling(places=places, text=text, keys=keys, new=token.name),
            code=code,
            words=self._between(places),
            after=self.new.fragment(token.name),
            asks=() if code else (replace(NOBODY, suggested=hinted),),
            needs=needs,
        )
        self._tables(change, token.name)
        self.own_brackets(at + 1, token.end, (change.id,))

    def own_brackets(self, first: int, end: int, needs: tuple[str, ...] = ()) -> None:
        """The brackets in words that the file brings."""
        at = first
        while at < end:
            token = self.new.tokens[at]
            if token.kind == "open" and token.name not in self.tabled:
                if self.fates[token.name] == "put":
                    self.put(at, needs)
                    at = token.end
                else:
                    self.round(at, needs)
            at += 1

    def round(self, at: int, needs: tuple[str, ...] = ()) -> None:
        """A bracket that came round words; with a neighbour that one delegation crosses, a replacement."""
        token = self.new.tokens[at]
        covers, last = self._covered(at)
        said = self.new.said.get(token.name, ())
        neighbour = self._crossed_neighbour(token, said)
        words = phrase([self.new.tokens[n] for n in self._words_in(at)])
        if neighbour is not None:
            beside = self.new.tokens[neighbour]
            text, keys = self._own_text(beside.name, neighbour)
            code = _crossing(said, self.new.said.get(beside.name, ()))
            step = Tabling(covers, last, (), text, keys, token.name, beside.name)
            after = f"{self.new.fragment(token.name)} {self.new.fragment(beside.name)}"
            change = self.change(
                "replacement",
                step=step,
                code=code,
                words=self._as_they_stand(covers),
                before=words,
                after=after,
                needs=needs,
            )
            self._tables(change, token.name, beside.name)
            self.own_brackets(neighbour + 1, beside.end, (change.id,))
            return
        code = first_with(said, "oppose")
        change = self.change(
            "deletion",
            step=Tabling(covers, last, out=token.name),
            code=code,
            words=self._as_they_stand(covers),
            before=words,
            after=self.new.fragment(token.name),
            asks=() if code else (replace(NOBODY, suggested=first_with(said, "tcb")),),
            needs=needs,
        )
        self._tables(change, token.name)

    def own_words(self, whole: str | None) -> tuple[tuple[Key, ...], str]:
        """The words of a paragraph that the file brings, in the bracket ``whole`` or in none, by key and as typed.

        They are empty where there are none.
        """
        if whole is not None:
            self.fates[whole] = "round"
            try:
                text, keys = self._own_text(whole, self._opening(whole))
            except _Puzzled:
                return (), ""
            return keys, text
        tree = self.new.tree
        for name in [name for name, fate in self.fates.items() if fate == "put"]:
            tree = strike(tree, name) if name in bracket_ids(tree) else tree
        text = " ".join(wording(tree, with_label=False).split())
        numbers = self._words_between(0, len(self.new.tokens))
        agrees = WORD.findall(text) == [self.new.tokens[n].text for n in numbers]
        return (_known(tuple(self.new.tokens[n].key for n in numbers)), text) if agrees else ((), "")

    def whole(self, change: Change, whole: str | None) -> None:
        """A new paragraph, with the signs on it and the brackets in it."""
        bracket = whole or "whole"
        self.tabled[bracket] = change
        opening = (change.code, "support", False)
        for one in self.new.said.get(whole, ()):
            if not change.code or one.sign != opening:
                self.positions.append(self._position(one, bracket, "", self.new.fragment(whole or ""), (change.id,)))
        if whole is not None:
            for one in self.new.said.get(None, ()):
                self.positions.append(self._position(one, None, "", one.raw, (change.id,)))
        self.own_brackets(0, len(self.new.tokens), (change.id,))

    def _tables(self, change: Change, *names: str) -> None:
        self.tablings.append(change)
        for name in names:
            self.tabled[name] = change
        for name in names:
            self._signs_on_new(change, name)

    def _signs_on_new(self, change: Change, name: str) -> None:
        """What the file prints behind a new bracket, but for the sign that tabling it puts there."""
        assert isinstance(change.step, Tabling)
        opening = (change.code, "support" if name == change.step.new else "oppose", False)
        for one in self.new.said.get(name, ()):
            if change.code and one.sign == opening:
                continue
            self.positions.append(self._position(one, name, "", self.new.fragment(name), (change.id,)))

    def _words(self, gone: list[int], came: list[int]) -> None:
        """Words that changed outside any bracket of their own: whose proposal that is, the file does not say."""
        if not gone and not came:
            return
        assert self.old is not None
        covers = tuple(self.old.tokens[at].key for at in gone)
        keys = tuple(self.keys[at] for at in came)
        number = len(self.tablings)
        text = phrase([self.new.tokens[at] for at in came])
        step = Tabling(
            _known(covers), None, tuple(self._places(came[0])) if came else (), text, _known(keys), f"out:{number}"
        )
        self.tablings.append(
            self.change(
                "words",
                step=replace(step, new=f"in:{number}" if came else "", out=step.out if gone else ""),
                words=self._as_they_stand(step.covers) if gone else self._between(step.places),
                before=phrase([self.old.tokens[at] for at in gone]),
                after=text,
                asks=(NOBODY,),
            )
        )

    # ---- signs

    def say_everything(self, steps: Sequence[Step]) -> None:
        """The signs alone, on brackets that stand: the wording was not understood."""
        self.positions, self.seen = [], Counter()
        assert self.old is not None
        for step in _pairs(steps):
            before, after = self.old.tokens[step.old].name, self.new.tokens[step.new].name
            self.said(self.old.said.get(before, ()), self.new.said.get(after, ()), before, after)
        self.said(self.old.said.get(None, ()), self.new.said.get(None, ()), None, None)

    def said(self, old: Sequence[Said], new: Sequence[Said], target: str | None, name: str | None) -> None:
        """What is said otherwise of one bracket, or of the paragraph."""
        held = {one.code: one for one in old if one.code}
        saying = {one.code: one for one in new if one.code}
        before = self.old.fragment(target) if self.old and target else ""
        after = self.new.fragment(name) if name else ""
        for code, one in held.items():
            if code not in saying:
                self.positions.append(self._silence(one, before, after))
        for code, one in saying.items():
            if code not in held or held[code].sign != one.sign:
                where = held[code].target if code in held else target
                self.positions.append(self._position(one, where, before, after))
        odd_before = Counter(one.sign for one in old if not one.code)
        odd_after = Counter(one.sign for one in new if not one.code)
        for one in (*new, *old):
            count = (odd_after if one in new else odd_before)[one.sign]
            other = (odd_before if one in new else odd_after)[one.sign]
            if not one.code and count != other and not (one in old and _explained(one, saying, held)):
                self.positions.append(self._odd(one, target, is_new=one in new))

    def _silence(self, one: Said, before: str, after: str) -> Change:
        return self.change(
            "silent",
            step=Silence(one.target, one.code),
            bracket=one.target,
            code=one.code,
            stance=one.stance,
            reservation=one.reservation,
            words=self._words_of(one.target),
            before=before or one.raw,
            after=after,
        )

    def _position(self, one: Said, target: str | None, before: str, after: str, needs: tuple[str, ...] = ()) -> Change:
        if not one.code:
            return self._odd(one, target, is_new=True)
        return self.change(
            "position",
            step=Position(target, one.code, one.stance, one.reservation),
            bracket=target,
            code=one.code,
            stance=one.stance,
            reservation=one.reservation,
            words=self._words_of(target),
            before=before,
            after=after or one.raw,
            needs=needs,
        )

    def _odd(self, one: Said, target: str | None, *, is_new: bool) -> Change:
        raw = {"after": one.raw} if is_new else {"before": one.raw}
        return self.change("not-understood", bracket=target, why="marker" if is_new else "marker-gone", **raw)

    # ---- places and words

    def _places(self, at: int) -> Iterator[Key]:
        """The signs before a token that new words may follow, the nearest first, to the first that is surely there."""
        before = at - 1
        while before >= 0:
            token = self.new.tokens[before]
            fate = self.fates.get(token.name, "")
            if token.kind == "word":
                key = self.keys.get(before)
                if key is not None:
                    yield key
                    if key[0] == "old":
                        return
            elif token.kind == "close":
                yield ("close", self.ids.get(token.name, token.name))
                if fate == "pair":
                    return
                if fate == "put":
                    before = self._opening(token.name)
            elif fate != "round":
                return
            before -= 1
        yield START

    def _between(self, places: tuple[Key, ...]) -> str:
        """What stands on both sides of a place now: words that came there meanwhile make it another place."""
        if self.old is None:
            return ""
        at = {_key_of(token): number for number, token in enumerate(self.old.tokens)} | {START: -1}
        before = next((at[key] for key in places if key in at), None)
        if before is None:
            return ""
        return " ".join(token.name or token.text for token in self.old.tokens[max(before, 0) : before + 2])

    def _as_they_stand(self, covers: tuple[Key, ...]) -> str:
        """Words that stand, with the brackets among them."""
        if self.old is None:
            return ""
        at = {_key_of(token): number for number, token in enumerate(self.old.tokens)}
        if any(key not in at for key in covers):
            return ""
        return " ".join(token.name or token.text for token in self.old.tokens[at[covers[0]] : at[covers[-1]] + 1])

    def _opening(self, name: str) -> int:
        return next(at for at, token in enumerate(self.new.tokens) if token.kind == "open" and token.name == name)

    def _words_in(self, at: int) -> list[int]:
        """The words in a bracket, without those of brackets in it that came with their own."""
        return self._words_between(at + 1, self.new.tokens[at].end)

    def _words_between(self, here: int, end: int) -> list[int]:
        found: list[int] = []
        while here < end:
            token = self.new.tokens[here]
            if token.kind == "word":
                found.append(here)
            elif token.kind == "open" and self.fates.get(token.name) == "put":
                here = token.end
            here += 1
        return found

    def _covered(self, at: int) -> tuple[tuple[Key, ...], Key | None]:
        covers = _known(tuple(self.keys.get(n) for n in self._words_in(at)))
        if not covers:
            raise _Puzzled("no-words")
        here = self.new.tokens[at].end - 1
        while here > at:
            token = self.new.tokens[here]
            fate = self.fates.get(token.name, "")
            if token.kind == "word":
                break
            if fate == "pair":
                return covers, ("close", self.ids[token.name])
            here = self._opening(token.name) - 1 if fate == "put" else here - 1
        return covers, None

    def _own_text(self, name: str, at: int) -> tuple[str, tuple[Key, ...]]:
        """The words that a bracket came with, as they are typed."""
        tree = self.new.tree
        for token in self.new.tokens[at + 1 : self.new.tokens[at].end]:
            if token.kind == "open" and self.fates.get(token.name) == "put" and token.name in bracket_ids(tree):
                tree = strike(tree, token.name)
        text = " ".join(wording(find(tree, name).inside, with_label=False).split())
        numbers = self._words_in(at)
        if not text or WORD.findall(text) != [self.new.tokens[n].text for n in numbers]:
            raise _Puzzled("no-words")
        return text, _known(tuple(self.new.tokens[n].key for n in numbers))

    def _crossed_neighbour(self, token: Token, said: Sequence[Said]) -> int | None:
        """The bracket right behind that came with its words, where one delegation holds crossed signs on both."""
        at = token.end + 1
        if at >= len(self.new.tokens) or self.new.tokens[at].kind != "open":
            return None
        beside = self.new.tokens[at].name
        if self.fates.get(beside) != "put" or not _crossing(said, self.new.said.get(beside, ())):
            return None
        return at


def _key_of(token: Token) -> Key | None:
    return ("close", token.name) if token.kind == "close" else token.key


def _crossing(out: Sequence[Said], new: Sequence[Said]) -> str:
    """The first delegation that wants the one words to go and the others to stay."""
    wanting = {one.code for one in new if one.stance == "support"}
    return next((one.code for one in out if one.stance == "oppose" and one.code in wanting), "")


def _known(keys: tuple[Key | None, ...]) -> tuple[Key, ...]:
    if any(key is None for key in keys):
        raise _Puzzled("not-read-back")
    return tuple(key for key in keys if key is not None)


def _explained(odd: Said, saying: dict[str, Said], held: dict[str, Said]) -> bool:
    """Whether a marker that said nothing clear gave way to a position of the same delegation."""
    return any(code in odd.raw for code in saying if code not in held)


def _pairs(steps: Sequence[Step]) -> Iterator[Step]:
    for step in steps:
        if step.what in ("pair", "reworded"):
            yield step
            yield from _pairs(step.inside)
