"""From two prints laid upon each other to the changes that lead from one to the other.

What is understood is tried: carried out on the paragraph that stands, it has to give what the file says. Where it does
not, the wording is listed as not understood, with both texts.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from documents.notation.alignment import Effort, Step, align, first_with
from documents.notation.as_printed import Said, Side, Token, phrase, tokens_of
from documents.notation.carrying import CannotCarry, carried_out
from documents.notation.changes import (
    Ask,
    Change,
    Ending,
    Kind,
    Position,
    Rewording,
    Silence,
    StandingParagraph,
    Tabling,
)
from documents.notation.correspondence import Correspondence, Puzzled, known, must_be_words
from documents.notation.edit import CannotEdit

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


def understood(paragraph: StandingParagraph, old: Side, new: Side, effort: Effort) -> list[Change]:
    """What the file says of the wording and the positions of a paragraph, in the order of carrying out."""
    steps = align(old, new, effort) if old.faithful else None
    if steps is None:
        return [_not_understood(paragraph.id, old, new, "too-long" if old.faithful else "not-read-back")]
    found = Understanding(paragraph.id, Correspondence(new, old, paragraph, effort))
    try:
        found.laid.read(steps)
        found.walk(steps)
        found.said(old.said.get(None, ()), new.said.get(None, ()), None, None)
        if not found.leads_there():
            raise Puzzled("no-way")
    except Puzzled as why:
        found.say_everything(steps)
        return [*found.positions, _not_understood(paragraph.id, old, new, str(why))]
    return found.in_order()


def _not_understood(paragraph: str, old: Side, new: Side, why: str) -> Change:
    return Change("", paragraph, "not-understood", before=old.text, after=new.text, why=why)


@dataclass(slots=True)
class Understanding:
    """What is made out of one paragraph of the file; ``tabled`` says with which change a bracket of it came."""

    paragraph: str
    laid: Correspondence
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
        assert self.laid.standing is not None
        try:
            carried = carried_out(self.laid.standing.tree, (*self.endings, *self.rewordings, *self.tablings))
        except (CannotCarry, CannotEdit):
            return False
        names = {id_: name for name, id_ in carried.ids.items()}
        there = [(t.kind, names.get(t.name, t.name), t.text) for t in tokens_of(carried.tree)]
        not_ours = {at for at, key in self.laid.keys.items() if key is None}  # read back as words, on both sides
        said = [t for at, t in enumerate(self.laid.new.tokens) if at not in not_ours]
        return there == [(t.kind, self.laid.ids.get(t.name, t.name), t.text) for t in said]

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
            case "put" if self.laid.new.tokens[step.new].name not in self.tabled:
                self.put(step.new)
            case "round":
                self.round(step.new)

    def _pair(self, step: Step) -> None:
        assert self.laid.old is not None
        before, after = self.laid.old.tokens[step.old], self.laid.new.tokens[step.new]
        if step.what == "pair":
            self.walk(step.inside)
        elif self.laid.can_be_reworded(step):
            change = self._rewording(before.name, after.name, step.new)
            self.own_brackets(step.new + 1, after.end, (change.id,))
        else:
            self.walk(self.laid.in_detail(step))
        self.said(
            self.laid.old.said.get(before.name, ()), self.laid.new.said.get(after.name, ()), before.name, after.name
        )

    def _ending(self, step: Step) -> None:
        assert self.laid.old is not None
        assert self.laid.standing is not None
        name = self.laid.old.tokens[step.old].name
        struck = step.what == "struck"
        on_record = self.laid.standing.brackets.get(name)
        back = on_record is not None and on_record.tabler and on_record.puts_in == struck
        words = self.laid.words_of(name)
        self.endings.append(
            self.change(
                "struck" if struck else "retained",
                step=Ending(name, "strike" if struck else "retain"),
                bracket=name,
                words=words,
                before=self.laid.old.fragment(name),
                after="" if struck else words,
                asks=(Ask("which", (VERDICT, WITHDRAWN), VERDICT),) if back else (),
            )
        )

    def _rewording(self, old_name: str, new_name: str, at: int) -> Change:
        assert self.laid.old is not None
        assert self.laid.standing is not None
        text, keys = self.laid.own_text(new_name, at)
        change = self.change(
            "revision",
            step=Rewording(old_name, text, keys),
            bracket=old_name,
            code=self.laid.standing.brackets[old_name].tabler,
            words=self.laid.words_of(old_name),
            before=self.laid.old.fragment(old_name),
            after=self.laid.new.fragment(new_name),
        )
        self.rewordings.append(change)
        return change

    def put(self, at: int, needs: tuple[str, ...] = ()) -> None:
        """A bracket that came with its words, and whatever stands in it."""
        token = self.laid.new.tokens[at]
        text, keys = self.laid.own_text(token.name, at)
        code = first_with(self.laid.new.said.get(token.name, ()), "support")
        hinted = first_with(self.laid.new.said.get(token.name, ()), "tcb")
        places = tuple(self.laid.places(at))
        change = self.change(
            "insertion",
            step=Tabling(places=places, text=text, keys=keys, new=token.name),
            code=code,
            words=self.laid.between(places),
            after=self.laid.new.fragment(token.name),
            asks=() if code else (replace(NOBODY, suggested=hinted),),
            needs=needs,
        )
        self._tables(change, token.name)
        self.own_brackets(at + 1, token.end, (change.id,))

    def own_brackets(self, first: int, end: int, needs: tuple[str, ...] = ()) -> None:
        """The brackets in words that the file brings."""
        at = first
        while at < end:
            token = self.laid.new.tokens[at]
            if token.kind == "open" and token.name not in self.tabled:
                if self.laid.fates[token.name] == "put":
                    self.put(at, needs)
                    at = token.end
                else:
                    self.round(at, needs)
            at += 1

    def round(self, at: int, needs: tuple[str, ...] = ()) -> None:
        """A bracket that came round words; with a neighbour that one delegation crosses, a replacement."""
        token = self.laid.new.tokens[at]
        covers, last = self.laid.covered(at)
        said = self.laid.new.said.get(token.name, ())
        neighbour = self._crossed_neighbour(token, said)
        words = phrase([self.laid.new.tokens[n] for n in self.laid.words_in(at)])
        if neighbour is not None:
            beside = self.laid.new.tokens[neighbour]
            text, keys = self.laid.own_text(beside.name, neighbour)
            code = _crossing(said, self.laid.new.said.get(beside.name, ()))
            step = Tabling(covers, last, (), text, keys, token.name, beside.name)
            after = f"{self.laid.new.fragment(token.name)} {self.laid.new.fragment(beside.name)}"
            change = self.change(
                "replacement",
                step=step,
                code=code,
                words=self.laid.as_they_stand(covers),
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
            words=self.laid.as_they_stand(covers),
            before=words,
            after=self.laid.new.fragment(token.name),
            asks=() if code else (replace(NOBODY, suggested=first_with(said, "tcb")),),
            needs=needs,
        )
        self._tables(change, token.name)

    def whole(self, change: Change, whole: str | None) -> None:
        """A new paragraph, with the signs on it and the brackets in it."""
        bracket = whole or "whole"
        self.tabled[bracket] = change
        opening = (change.code, "support", False)
        for one in self.laid.new.said.get(whole, ()):
            if not change.code or one.sign != opening:
                self.positions.append(
                    self._position(one, bracket, "", self.laid.new.fragment(whole or ""), (change.id,))
                )
        if whole is not None:
            for one in self.laid.new.said.get(None, ()):
                self.positions.append(self._position(one, None, "", one.raw, (change.id,)))
        self.own_brackets(0, len(self.laid.new.tokens), (change.id,))

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
        for one in self.laid.new.said.get(name, ()):
            if change.code and one.sign == opening:
                continue
            self.positions.append(self._position(one, name, "", self.laid.new.fragment(name), (change.id,)))

    def _words(self, gone: list[int], came: list[int]) -> None:
        """Words that changed outside any bracket of their own: whose proposal that is, the file does not say."""
        if not gone and not came:
            return
        assert self.laid.old is not None
        covers = tuple(self.laid.old.tokens[at].key for at in gone)
        keys = tuple(self.laid.keys[at] for at in came)
        number = len(self.tablings)
        text = phrase([self.laid.new.tokens[at] for at in came])
        must_be_words(text)
        step = Tabling(
            known(covers), None, tuple(self.laid.places(came[0])) if came else (), text, known(keys), f"out:{number}"
        )
        self.tablings.append(
            self.change(
                "words",
                step=replace(step, new=f"in:{number}" if came else "", out=step.out if gone else ""),
                words=self.laid.as_they_stand(step.covers) if gone else self.laid.between(step.places),
                before=phrase([self.laid.old.tokens[at] for at in gone]),
                after=text,
                asks=(NOBODY,),
            )
        )

    # ---- signs

    def say_everything(self, steps: Sequence[Step]) -> None:
        """The signs alone, on brackets that stand: the wording was not understood."""
        self.positions, self.seen = [], Counter()
        assert self.laid.old is not None
        for step in _pairs(steps):
            before, after = self.laid.old.tokens[step.old].name, self.laid.new.tokens[step.new].name
            self.said(self.laid.old.said.get(before, ()), self.laid.new.said.get(after, ()), before, after)
        self.said(self.laid.old.said.get(None, ()), self.laid.new.said.get(None, ()), None, None)

    def said(self, old: Sequence[Said], new: Sequence[Said], target: str | None, name: str | None) -> None:
        """What is said otherwise of one bracket, or of the paragraph."""
        held = {one.code: one for one in old if one.code}
        saying = {one.code: one for one in new if one.code}
        before = self.laid.old.fragment(target) if self.laid.old and target else ""
        after = self.laid.new.fragment(name) if name else ""
        for code, one in held.items():
            if code not in saying:
                self.positions.append(self._silence(one, before, after))
        for code, one in saying.items():
            if code not in held or held[code].sign != one.sign:
                where = held[code].target if code in held else target
                self.positions.append(self._position(one, where, before, after))
        odd_before, odd_after = ({one.sign: one for one in side if not one.code} for side in (old, new))
        for sign, one in odd_after.items():
            if sign not in odd_before:
                self.positions.append(self._odd(one, target, is_new=True))
        for sign, one in odd_before.items():
            if sign not in odd_after and not _explained(one, saying, held):
                self.positions.append(self._odd(one, target, is_new=False))

    def _silence(self, one: Said, before: str, after: str) -> Change:
        return self.change(
            "silent",
            step=Silence(one.target, one.code),
            bracket=one.target,
            code=one.code,
            stance=one.stance,
            reservation=one.reservation,
            words=self.laid.words_of(one.target),
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
            words=self.laid.words_of(target),
            before=before,
            after=after or one.raw,
            needs=needs,
        )

    def _odd(self, one: Said, target: str | None, *, is_new: bool) -> Change:
        raw = {"after": one.raw} if is_new else {"before": one.raw}
        return self.change("not-understood", bracket=target, why="marker" if is_new else "marker-gone", **raw)

    def _crossed_neighbour(self, token: Token, said: Sequence[Said]) -> int | None:
        """The bracket right behind that came with its words, where one delegation holds crossed signs on both."""
        at = token.end + 1
        if at >= len(self.laid.new.tokens) or self.laid.new.tokens[at].kind != "open":
            return None
        beside = self.laid.new.tokens[at].name
        if self.laid.fates.get(beside) != "put" or not _crossing(said, self.laid.new.said.get(beside, ())):
            return None
        return at


def _crossing(out: Sequence[Said], new: Sequence[Said]) -> str:
    """The first delegation that wants the one words to go and the others to stay."""
    wanting = {one.code for one in new if one.stance == "support"}
    return next((one.code for one in out if one.stance == "oppose" and one.code in wanting), "")


def _explained(odd: Said, saying: dict[str, Said], held: dict[str, Said]) -> bool:
    """Whether a marker that said nothing clear gave way to a position of the same delegation."""
    return any(code in odd.raw for code in saying if code not in held)


def _pairs(steps: Sequence[Step]) -> Iterator[Step]:
    for step in steps:
        if step.what in ("pair", "reworded"):
            yield step
            yield from _pairs(step.inside)
