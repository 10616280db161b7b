"""Changes carried out one after the other on one paragraph: where the words of each stand when its turn comes.

Nothing is guessed: a change whose words are no longer as the file had them, because another one was not carried out,
is refused.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from documents.notation import edit as edits
from documents.notation.changes import START, Change, Ending, Key, Rewording, Tabling, Way
from documents.notation.tree import Tree, bracket_ids, parents
from documents.notation.words import words


class CannotCarry(Exception):
    """The change needs another one before it, or words that are not there."""


@dataclass(slots=True)
class Carrying:
    """A paragraph on its way: the key of each word and closing sign of ``tree``, by number, and what the file's brackets
    are called here (``ids``: by name)."""

    tree: Tree
    keys: list[Key] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, tree: Tree) -> "Carrying":
        """The paragraph as it stands."""
        keys: list[Key] = [("close", w.closes) if w.closes else ("old", w.index) for w in words(tree)]
        return cls(tree, keys, {id_: id_ for id_ in bracket_ids(tree)})

    @classmethod
    def of_new(cls, tree: Tree, name: str, keys: tuple[Key, ...]) -> "Carrying":
        """A paragraph that has just come in, in a bracket of its own."""
        [id_] = bracket_ids(tree)
        return cls(tree, [*keys, ("close", name)], {name: id_})

    def bracket(self, name: str) -> str:
        """The bracket's id. Raises CannotCarry where it is not, or no longer, there."""
        if name not in self.ids:
            raise CannotCarry
        return self.ids[name]

    def edit(self, step: Tabling, *, out: str = "out", new: str = "new") -> edits.Edit:
        """The edit that tables the words, on the paragraph as it is now. Raises CannotCarry."""
        if not step.covers:
            return edits.Insert(self._place(step.places), step.text, new)
        first, last = self._range(step)
        if step.text:
            return edits.Replace(first, last, step.text, out, new)
        return edits.Delete(first, last, out)

    def _range(self, step: Tabling) -> tuple[int, int]:
        at = {key: number for number, key in enumerate(self.keys)}
        if any(key not in at for key in (*step.covers, step.last or step.covers[-1])):
            raise CannotCarry
        first, last = at[step.covers[0]], at[step.last or step.covers[-1]]
        between = tuple(key for key in self.keys[first : last + 1] if key[0] != "close")
        if between != step.covers:
            raise CannotCarry
        return first, last

    def _place(self, places: tuple[Key, ...]) -> int:
        at = {key: number for number, key in enumerate(self.keys)}
        for place in places:
            if place == START:
                return -1
            if place in at:
                return at[place]
        raise CannotCarry

    def follow(
        self,
        tree: Tree,
        *,
        struck: Collection[str] = (),
        came: Mapping[str, tuple[Key, ...]] | None = None,
        named: Mapping[str, str] | None = None,
    ) -> None:
        """What was carried out left ``tree``. ``struck`` are the brackets whose words went, ``came`` the words that
        brackets hold now, ``named`` new brackets' ids by name. Raises CannotCarry where it is another tree."""
        came = came or {}
        gone = {*struck, *came}
        up = parents(self.tree)
        kept = iter(
            key
            for word, key in zip(words(self.tree), self.keys, strict=True)
            if not word.closes and not _within(word.container, gone, up)
        )
        fresh = {id_: iter(keys) for id_, keys in came.items()}
        self.ids = {**self.ids, **(named or {})}
        names = {id_: name for name, id_ in self.ids.items()}
        found: list[Key] = []
        for word in words(tree):
            if word.closes:
                found.append(("close", names.get(word.closes, word.closes)))
                continue
            source: Iterator[Key] = fresh.get(word.container or "", kept)
            if (key := next(source, None)) is None:
                raise CannotCarry
            found.append(key)
        present = set(bracket_ids(tree))
        self.ids = {name: id_ for name, id_ in self.ids.items() if id_ in present}
        self.tree, self.keys = tree, found

    def tabled(self, step: Tabling, tree: Tree, *, out: str, new: str) -> None:
        """The words were tabled, in brackets of these ids ("" where there is none of that kind)."""
        named = {name: id_ for name, id_ in ((step.out, out), (step.new, new)) if name and id_}
        self.follow(tree, came={new: step.keys} if step.text else {}, named=named)


def carried_out(tree: Tree, changes: Iterable[Change]) -> Carrying:
    """The wording after the changes, with words that are nobody's proposal as the file has them: not in brackets.

    Raises CannotCarry, CannotEdit.
    """
    carried = Carrying.of(tree)
    for number, change in enumerate(changes):
        match change.step:
            case Ending(bracket, way):
                end(carried, bracket, way)
            case Rewording(bracket, text, keys):
                id_ = carried.bracket(bracket)
                carried.follow(edits.reword(carried.tree, id_, text), came={id_: keys})
            case Tabling() as step:
                out = f"{step.out or 'out'}#{number}" if step.covers else ""
                new = f"{step.new or 'new'}#{number}" if step.text else ""
                done = edits.apply(carried.edit(step, out=out, new=new), carried.tree)
                carried.tabled(step, done, out=out, new=new)
                if change.kind == "words":
                    _settle(carried, step)
    return carried


def end(carried: Carrying, bracket: str, way: Way) -> None:
    """The bracket falls. Raises CannotCarry."""
    id_ = carried.bracket(bracket)
    if way == "retain":
        carried.follow(edits.retain(carried.tree, id_))
    else:
        carried.follow(edits.strike(carried.tree, id_), struck={id_})


def _settle(carried: Carrying, step: Tabling) -> None:
    if step.covers:
        end(carried, step.out, "strike")
    if step.text:
        end(carried, step.new, "retain")


def _within(container: str | None, brackets: set[str], up: Mapping[str, str | None]) -> bool:
    while container is not None:
        if container in brackets:
            return True
        container = up[container]
    return False
