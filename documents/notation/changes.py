"""What a later state of a paragraph says was done to it: changes that can be shown, asked about, and carried out.

Words are named by *keys*, so that a change finds them whatever was carried out before it: ``("old", n)`` is the word
numbered n as the paragraph stood, ``("new", n)`` the n-th word of the file's paragraph, ``("close", name)`` the closing
sign of a bracket. A bracket's *name* is its id, or ``new:2`` for the second bracket of the file's paragraph.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from documents.notation.tree import Tree
from documents.notation.write import Marks

Key = tuple[Literal["old", "new", "close", "start"], int | str]
START: Key = ("start", 0)
"""Before the first word of the paragraph."""

Way = Literal["retain", "strike"]
Kind = Literal[
    "position",
    "silent",
    "insertion",
    "deletion",
    "replacement",
    "words",
    "retained",
    "struck",
    "revision",
    "paragraph",
    "alternative",
    "missing",
    "agree",
    "moved",
    "label",
    "kind",
    "head",
    "aside",
    "not-bold",
    "not-understood",
]


@dataclass(frozen=True, slots=True)
class StandingBracket:
    """What is on record of a bracket: its number, whose proposal it is ("" where that is open), and whether that brought
    its words."""

    id: str
    number: int
    tabler: str = ""
    puts_in: bool = False


@dataclass(frozen=True, slots=True)
class StandingParagraph:
    """A paragraph as it stands: its tree, its positions by target, and the brackets on record by id."""

    id: str
    handle: str
    kind: str
    tree: Tree
    marks: Marks
    label: str = ""
    agreed: bool = False
    brackets: Mapping[str, StandingBracket] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Position:
    """The delegation's sign on a bracket, or on the whole paragraph where ``target`` is None."""

    target: str | None
    code: str
    stance: str
    reservation: bool = False


@dataclass(frozen=True, slots=True)
class Silence:
    """The delegation takes back what it holds on the target."""

    target: str | None
    code: str


@dataclass(frozen=True, slots=True)
class Tabling:
    """Words that should go (``covers``, in order), words that should come (``text``, word by word ``keys``), or both.

    ``places`` are the signs that the new words may follow, the nearest first: the others are for when that was not
    carried out. ``out`` and ``new`` name the brackets.
    """

    covers: tuple[Key, ...] = ()
    last: Key | None = None
    places: tuple[Key, ...] = ()
    text: str = ""
    keys: tuple[Key, ...] = ()
    out: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """A bracket falls: its words stay, or go."""

    bracket: str
    way: Way


@dataclass(frozen=True, slots=True)
class Rewording:
    """A bracket gets other words."""

    bracket: str
    text: str
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class NewParagraph:
    """A paragraph comes in behind ``beside`` (a paragraph's id, or ``new:7`` for the seventh of the file), or as its
    rival. ``new`` names its bracket."""

    beside: str
    alternative: bool
    text: str
    keys: tuple[Key, ...]
    new: str


@dataclass(frozen=True, slots=True)
class Agreeing:
    """The paragraph is marked as agreed."""


Step = Position | Silence | Tabling | Ending | Rewording | NewParagraph | Agreeing


@dataclass(frozen=True, slots=True)
class Ask:
    """What only a person can say: ``delegation`` (for whom), ``which`` (one of ``choices``) or ``sure``.

    ``suggested`` is what the file hints at, offered first and never taken unasked.
    """

    what: Literal["delegation", "which", "sure"]
    choices: tuple[str, ...] = ()
    suggested: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that the file says otherwise.

    ``paragraph`` is the id of the paragraph, or ``new:7`` for one that the file brings. ``bracket`` names the bracket it
    is about, if it is about one. ``code`` is the delegation whose act it is, as far as the file says. ``step`` carries it
    out; None where it is only reported. ``needs`` are changes without which it cannot be carried out. ``why`` says what
    stands in the way of understanding, as a code. ``words`` are those it is about, without signs: with them its ``id``
    stays the same as long as they do. ``before`` and ``after`` are how they print.
    """

    id: str
    paragraph: str
    kind: Kind
    step: Step | None = None
    bracket: str | None = None
    code: str = ""
    stance: str = ""
    reservation: bool = False
    words: str = ""
    before: str = ""
    after: str = ""
    asks: tuple[Ask, ...] = ()
    needs: tuple[str, ...] = ()
    why: str = ""

    @property
    def is_attributed(self) -> bool:
        """Whether the file alone says all that is needed."""
        return self.step is not None and not self.asks

    def question(self, what: str) -> Ask | None:
        return next((ask for ask in self.asks if ask.what == what), None)


@dataclass(frozen=True, slots=True)
class ComparedParagraph:
    """A paragraph that the file says otherwise, with what it prints there and here.

    ``id`` is the paragraph's, or ``new:7``; ``handle`` is "" for a new one. ``new`` is its number in the file, from 0,
    None where the file has none.
    """

    id: str
    handle: str
    before: str
    after: str
    changes: tuple[Change, ...]
    new: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that the file says otherwise, in the order of the text; ``about_document`` is about no paragraph.

    ``same`` counts the paragraphs that print the same.
    """

    paragraphs: tuple[ComparedParagraph, ...]
    about_document: tuple[Change, ...]
    same: int

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes, in the order in which they are carried out within a paragraph."""
        return (*self.about_document, *(change for one in self.paragraphs for change in one.changes))
