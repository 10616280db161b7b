"""What kind of paragraph each one is, and which of them are rivals of one before (``domain.md``; ``rules.md`` 17).

A kind is a hint for people and for numbering; no decision hangs on it. It is read from the label first, then from the
place in the document, then from the opening and closing words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from documents.notation.labels import Label, counts, is_list_sign

_PREAMBULAR = re.compile(
    r"(?:(?:further|also|deeply|gravely|strongly|fully|highly|again|once\s+again)\s+)?"
    r"(?:[a-z]+ing|having|mindful|cognizant|aware|conscious|convinced|concerned|alarmed|guided|determined|inspired|committed|"
    r"noting|[а-яё]+(?:ая|яя|уя|ясь|аясь|ив|ывая|мая))\b",
    re.IGNORECASE,
)
_ENACTING = re.compile(
    r"(?:(?:have|has|do|does|hereby|solemnly|jointly)\s+)*"
    r"(?:agree|decid|declar|resolv|proclaim|adopt|recommend|call|request|state|постанов|заяв|провозгла|договор|реши)\w*\b.{0,100}:",
    re.IGNORECASE | re.DOTALL,
)
_WRAPPINGS = '[]［］ “«"*'
_PREAMBLE = frozenset({"preamble", "преамбула"})
_NUMBERED = re.compile(r"\D*\d+(?:\.\d+)*")
_LONGEST_HEADING = 200
_LONGEST_BARE_HEADING = 80
_LONGEST_FORMULA = 200


KINDS = (
    "chapeau",
    "preambular",
    "formula",
    "operative",
    "item",
    "subitem",
    "section_heading",
    "paragraph",
)
"""Every kind there is (podium/1), as a document goes."""


class Placing(NamedTuple):
    """A paragraph's kind, and the index of the paragraph it would replace, or None; ``guessed`` where its label does not
    say which that is."""

    kind: str
    alternative_to: int | None = None
    guessed: bool = False


@dataclass(slots=True)
class _Walk:
    """A walk through one document's paragraphs: what was seen so far."""

    texts: Sequence[str]
    labels: Sequence[Label | None]
    placed: list[Placing] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)  # the styles of the lists that are open, outermost first
    frame: str = ""  # the last of: section_heading, chapeau, formula, operative
    counted_as: str = ""  # the kind of label that the last operative paragraph has, alternatives aside
    style: str = ""  # and the style of it
    operative: bool = False  # the formula, or an operative paragraph, was passed
    headed: bool = False  # a section heading was passed
    first_wording: bool = True
    # Labels passed that no alternative has asked for yet: most texts have none, and what they are called takes time.
    unnamed: list[tuple[Label, int]] = field(default_factory=list)
    cores: dict[str, int] = field(default_factory=dict)  # by label, the last paragraph that has it, alternatives aside
    families: dict[str, int] = field(default_factory=dict)  # by number, the last paragraph that has it: PP5, PP5a
    nearest: int | None = None  # the last paragraph that is no alternative itself
    option: int | None = None  # the last paragraph that was one of a set of options

    def named(self, core: str) -> int | None:
        """The last paragraph of this label."""
        for label, at in self.unnamed:
            self.cores[label.core] = self.families[_family(label.core)] = at
        self.unnamed.clear()
        return self.cores.get(core)

    def passed(self, placing: Placing, label: Label | None) -> None:
        if label is not None and label.is_option:
            self.option = len(self.placed)
        elif label is not None and not label.is_alternative:
            self.unnamed.append((label, len(self.placed)))
            if label.kind in ("clause", "part", "number"):
                self.option = None
        elif placing.kind == "section_heading":
            self.option = None
        kind = placing.kind
        if placing.alternative_to is None:
            self.nearest = len(self.placed)
        self.placed.append(placing)
        self.first_wording = self.first_wording and kind == "section_heading"
        self.operative = self.operative or kind in ("formula", "operative")
        preamble = self.texts[len(self.placed) - 1].strip(_WRAPPINGS + ".:").casefold() in _PREAMBLE
        self.headed = self.headed or (kind == "section_heading" and not preamble)
        if kind in ("section_heading", "chapeau", "formula", "operative"):
            self.frame = kind
        if kind == "operative" and placing.alternative_to is None:
            self.counted_as = label.kind if label else ""
            self.style = label.style if label else ""
            self.lists.clear()


def place(texts: Sequence[str], labels: Sequence[Label | None]) -> list[Placing]:
    """The kinds of a document's paragraphs, in order. ``texts`` and ``labels`` are of the same length."""
    walk = _Walk(texts, labels)
    for at in range(len(texts)):
        walk.passed(_placing(walk, at), labels[at])
    return walk.placed


def open_labels(labels: Sequence[Label | None], placings: Sequence[Placing]) -> Iterator[tuple[int, int, str, str]]:
    """``(index of the paragraph, place of the label in its text, code, sentence)`` for what a label leaves to a person."""
    for at, (label, placing) in enumerate(zip(labels, placings, strict=True)):
        if label is None:
            continue
        if placing.guessed:
            yield at, label.start, "alternative-of", _read_as(labels, placing)
        elif label.is_between:
            yield (
                at,
                label.start,
                "bis-or-rival",
                f"{label.text} may be a new paragraph or a rival of the one before it.",
            )


def _read_as(labels: Sequence[Label | None], placing: Placing) -> str:
    if placing.alternative_to is None:
        return "No paragraph was found that this alternative would replace."
    base = labels[placing.alternative_to]
    name = base.text if base else f"the paragraph before it (number {placing.alternative_to + 1} of the document)"
    return f"This alternative is read as one to {name}."


def _placing(walk: _Walk, at: int) -> Placing:
    label = walk.labels[at]
    if label is None or not label.is_alternative:
        return Placing(_labelled(walk, at, label) if label is not None else _unlabelled(walk, at))
    named = walk.named(label.core) if label.core else None
    base = named
    if named is None:
        base = walk.families.get(_family(label.core)) if label.core else _base(walk, label)
    kind = _labelled(walk, at, label) if base is None else walk.placed[base].kind
    return Placing(kind, base, guessed=named is None)


def _family(core: str) -> str:
    """What a label shares with the paragraphs that came in between: ``pp5`` for ``pp5b`` and ``pp5bis``."""
    found = _NUMBERED.match(core)
    return found[0] if found else core


def _base(walk: _Walk, label: Label) -> int | None:
    """What an alternative stands for whose label does not say: rivals point to the base, never to each other.

    The nearest paragraph before that is no alternative itself. Of a set of options the first may be the base of all.
    """
    if label.is_option and walk.option is not None:
        base = walk.placed[walk.option].alternative_to
        return walk.option if base is None else base
    at = walk.nearest
    if at is None or walk.placed[at].kind == "section_heading":
        return None
    of_its_own = walk.placed[at].kind in ("item", "subitem") or walk.texts[at].endswith(":")
    return None if label.is_option and of_its_own else at


def _labelled(walk: _Walk, at: int, label: Label) -> str:
    text = walk.texts[at]
    if label.kind == "clause":
        walk.lists.clear()
        return "preambular" if label.text[0] in "PpПп" else "operative"
    if label.kind == "alternative":
        return "paragraph"
    if _is_labelled_heading(walk, at, label, text):
        walk.lists.clear()
        return "section_heading"
    if label.kind == "part":
        walk.lists.clear()
        return "operative" if walk.operative else "paragraph"
    if label.kind == "number" and _is_top_level(walk, label):
        return "operative"
    return _in_list(walk, label.style)


def _is_top_level(walk: _Walk, label: Label) -> bool:
    """Numbered paragraphs that follow the enacting words, or the preamble where there are none, are the operative ones."""
    if walk.counted_as == "number" and walk.frame == "operative":
        return label.style == walk.style
    if walk.placed and walk.placed[-1].kind == "preambular" and not walk.operative:
        return True
    return walk.frame in ("formula", "operative") and not walk.lists and walk.counted_as in ("", "number")


def _in_list(walk: _Walk, style: str) -> str:
    """``item`` for the outermost list that is open, ``subitem`` for what stands inside it."""
    if style in walk.lists:
        del walk.lists[walk.lists.index(style) + 1 :]
    else:
        walk.lists.append(style)
    return "item" if len(walk.lists) == 1 else "subitem"


def _is_labelled_heading(walk: _Walk, at: int, label: Label, text: str) -> bool:
    """``4. Proposed initiatives``: no sentence, and not one of a list of such."""
    bare = text[label.start + len(label.text) :].strip(".:)— –-" + _WRAPPINGS)
    if len(text) > _LONGEST_HEADING or text.rstrip(_WRAPPINGS)[-1:] in (".", ";", ",", ")", "!", "?"):
        return label.kind == "part" and text.rstrip(". ") == label.text
    if text.endswith(":") and label.kind != "part":
        return False
    if label.kind == "part" or (bare and bare.isupper()):
        return True
    if label.kind in ("enclosed", "half") or not bare or bare[0].islower():
        return False
    return not (_next_counts_on(walk, at, label, +1) or _next_counts_on(walk, at, label, -1))


def _next_counts_on(walk: _Walk, at: int, label: Label, step: int) -> bool:
    """Whether the neighbour is the next, or the one before, of the same list: then this is an item, not a heading."""
    if not 0 <= at + step < len(walk.texts):
        return False
    neighbour = walk.labels[at + step]
    if neighbour is None or (step < 0 and walk.placed[at - 1].kind == "section_heading"):
        return False
    here, there = counts(label), counts(neighbour)
    return here is not None and there is not None and here[0] == there[0] and there[1][0] == here[1][0] + step


def _unlabelled(walk: _Walk, at: int) -> str:
    text = walk.texts[at]
    bare = text.strip(_WRAPPINGS)
    if is_list_sign(text):
        return _in_list(walk, "sign")
    if _is_formula(walk, bare):
        walk.lists.clear()
        return "formula"
    if _is_bare_heading(walk, at, bare):
        walk.lists.clear()
        return "section_heading"
    if bare.endswith((":", "：")) or (walk.first_wording and _leads_in(walk, at, bare)):
        walk.lists.clear()
        return "chapeau"
    if not walk.operative and not walk.headed and _PREAMBULAR.match(bare):
        return "preambular"
    return "paragraph"


def _is_formula(walk: _Walk, bare: str) -> bool:
    """The enacting words between preamble and operative part: in capitals, or said as such words are."""
    follows_heading = bool(walk.placed) and walk.placed[-1].kind == "section_heading"
    if not bare.endswith(":") or len(bare) > _LONGEST_FORMULA or follows_heading or walk.operative:
        return False
    return bare.isupper() or (_ENACTING.fullmatch(bare) is not None and not walk.first_wording)


def _leads_in(walk: _Walk, at: int, bare: str) -> bool:
    """Opening words: the first paragraph, where it ends as no sentence does, or begins with those who speak."""
    if at + 1 >= len(walk.texts):
        return False
    if bare.endswith((",", ";")) and not _PREAMBULAR.match(bare):
        return True
    return re.match(r"(?:We|The|Мы|Біз)\b[^.]{0,200}?,", bare) is not None and not bare.endswith(".")


def _is_bare_heading(walk: _Walk, at: int, bare: str) -> bool:
    if not bare or len(bare) > _LONGEST_HEADING or at + 1 >= len(walk.texts) or bare[-1] in ".;:,!?)":
        return False
    if bare.isupper():
        return len(bare) > 3
    words = bare.split()
    return len(bare) <= _LONGEST_BARE_HEADING and len(words) <= 8 and bare[0].isupper() and not _PREAMBULAR.match(bare)
