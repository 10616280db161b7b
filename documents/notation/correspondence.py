"""What the words and brackets of a file's paragraph are: the ones that stand, or new; and how each is named in a change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from documents.notation.alignment import Effort, Step, align_inside, first_with
from documents.notation.as_printed import Side, Token
from documents.notation.changes import START, Key, StandingParagraph
from documents.notation.edit import strike
from documents.notation.read import read_wording
from documents.notation.tree import bracket_ids, find, wording
from documents.notation.words import WORD


class Puzzled(Exception):
    """The file's wording cannot be come to by what is done in a room; the message is a code that says why."""


@dataclass(slots=True)
class Correspondence:
    """``old`` and ``standing`` are None where the paragraph is new.

    ``fates`` says of each of the file's brackets whether it is one that stands (``pair``), came round words (``round``)
    or with its own (``put``), by name; ``ids`` what those that stand are called; ``keys`` names the file's words, by
    token.
    """

    new: Side
    old: Side | None = None
    standing: StandingParagraph | None = None
    effort: Effort = field(default_factory=Effort)
    fates: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    keys: dict[int, Key | None] = field(default_factory=dict)

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
        elif self.can_be_reworded(step):
            self.read_own(step.new + 1, self.new.tokens[step.new].end)
        else:
            self.read(self.in_detail(step))

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

    def can_be_reworded(self, step: Step) -> bool:
        """Whether the words of a bracket are its tabler's own."""
        assert self.old is not None
        assert self.standing is not None
        on_record = self.standing.brackets.get(self.old.tokens[step.old].name)
        return on_record is not None and bool(on_record.tabler) and on_record.puts_in

    def in_detail(self, step: Step) -> tuple[Step, ...]:
        assert self.old is not None
        found = align_inside(self.old, self.new, step, self.effort)
        if found is None:
            raise Puzzled("too-long")
        return found

    def own_words(self, whole: str | None) -> tuple[tuple[Key, ...], str]:
        """The words of a paragraph that the file brings, in the bracket ``whole`` or in none, by key and as typed.

        They are empty where there are none.
        """
        if whole is not None:
            self.fates[whole] = "round"
            try:
                text, keys = self.own_text(whole, self.opening(whole))
            except Puzzled:
                return (), ""
            return keys, text
        tree = self.new.tree
        for name in [name for name, fate in self.fates.items() if fate == "put"]:
            tree = strike(tree, name) if name in bracket_ids(tree) else tree
        text = " ".join(wording(tree, with_label=False).split())
        numbers = self._words_between(0, len(self.new.tokens))
        agrees = WORD.findall(text) == [self.new.tokens[n].text for n in numbers]
        return (known(tuple(self.new.tokens[n].key for n in numbers)), text) if agrees else ((), "")

    def words_of(self, name: str | None) -> str:
        """The words of a bracket that stands; of the paragraph, or of a bracket that the file brings, none are needed."""
        if self.old is None or name not in self.old.names:
            return ""
        read = f"read:{self.old.names.index(name)}"
        return " ".join(wording(find(self.old.tree, read).inside, with_label=False).split())

    # ---- places and words

    def places(self, at: int) -> Iterator[Key]:
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
                    before = self.opening(token.name)
            elif fate != "round":
                return
            before -= 1
        yield START

    def between(self, places: tuple[Key, ...]) -> str:
        """What stands on both sides of a place now: words that came there meanwhile make it another place."""
        if self.old is None:
            return ""
        at = {_key_of(token): number for number, token in enumerate(self.old.tokens)} | {START: -1}
        before = next((at[key] for key in places if key in at), None)
        if before is None:
            return ""
        return " ".join(token.name or token.text for token in self.old.tokens[max(before, 0) : before + 2])

    def as_they_stand(self, covers: tuple[Key, ...]) -> str:
        """Words that stand, with the brackets among them."""
        if self.old is None:
            return ""
        at = {_key_of(token): number for number, token in enumerate(self.old.tokens)}
        if any(key not in at for key in covers):
            return ""
        return " ".join(token.name or token.text for token in self.old.tokens[at[covers[0]] : at[covers[-1]] + 1])

    def opening(self, name: str) -> int:
        return next(at for at, token in enumerate(self.new.tokens) if token.kind == "open" and token.name == name)

    def words_in(self, at: int) -> list[int]:
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

    def covered(self, at: int) -> tuple[tuple[Key, ...], Key | None]:
        covers = known(tuple(self.keys.get(n) for n in self.words_in(at)))
        if not covers:
            raise Puzzled("no-words")
        here = self.new.tokens[at].end - 1
        while here > at:
            token = self.new.tokens[here]
            fate = self.fates.get(token.name, "")
            if token.kind == "word":
                break
            if fate == "pair":
                return covers, ("close", self.ids[token.name])
            here = self.opening(token.name) - 1 if fate == "put" else here - 1
        return covers, None

    def own_text(self, name: str, at: int) -> tuple[str, tuple[Key, ...]]:
        """The words that a bracket came with, as they are typed."""
        tree = self.new.tree
        for token in self.new.tokens[at + 1 : self.new.tokens[at].end]:
            if token.kind == "open" and self.fates.get(token.name) == "put" and token.name in bracket_ids(tree):
                tree = strike(tree, token.name)
        text = " ".join(wording(find(tree, name).inside, with_label=False).split())
        numbers = self.words_in(at)
        if not text or WORD.findall(text) != [self.new.tokens[n].text for n in numbers]:
            raise Puzzled("no-words")
        must_be_words(text)
        return text, known(tuple(self.new.tokens[n].key for n in numbers))


def _key_of(token: Token) -> Key | None:
    return ("close", token.name) if token.kind == "close" else token.key


def known(keys: tuple[Key | None, ...]) -> tuple[Key, ...]:
    if any(key is None for key in keys):
        raise Puzzled("not-read-back")
    return tuple(key for key in keys if key is not None)


def must_be_words(text: str) -> None:
    """Raise Puzzled where words to be tabled would read as brackets or markers: those are signs, and never tabled."""
    reading = read_wording(text)
    if reading.spans or reading.markers or reading.orphans:
        raise Puzzled("marker-in-words")
