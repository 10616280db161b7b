"""What a person typed, as it goes on record: plain, and meant as it stands.

Every act that takes words takes them through here. ``documents.notation.plain`` says what is plain,
``documents.notation.lookalikes`` which words have letters that look like others.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.notation.lookalikes import MixedWord, mixed_words
from documents.notation.plain import NotPlainText, as_plain
from negotiations.refusals import LooksAlike, NotPlain

ALPHABETS: Mapping[str, str | Promise] = {
    "Latin": _("Latin"),
    "Cyrillic": _("Cyrillic"),
    "Greek": _("Greek"),
    "Armenian": _("Armenian"),
    "Cherokee": _("Cherokee"),
    "Coptic": _("Coptic"),
    "Lisu": _("Lisu"),
    "Deseret": _("Deseret"),
    "Full-width": _("full-width"),
    "Styled": _("styled as in formulas"),
    "Phonetic": _("phonetic"),
    "Roman numeral": _("a Roman numeral in one character"),
}
"""The alphabets of a mixed word's letters, as people call them."""


def plain_text(typed: str) -> str:
    """The words as they are stored: no difference that could be seen. Raises NotPlain."""
    try:
        return as_plain(typed)
    except NotPlainText as fault:
        odd = fault.odd
        raise NotPlain(what=odd.name, word=odd.word, at=odd.at) from None


def meant(words: str, *, confirmed_mixed: bool) -> dict[str, Any]:
    """What an event says of words that mix alphabets, so that the room sees them; nothing where there are none.

    Raises LooksAlike unless whoever typed them confirms that they are meant so.
    """
    found = mixed_words(words)
    if found and not confirmed_mixed:
        first = found[0]
        raise LooksAlike(word=first.word, number=first.number, at=first.at + 1, letters=_in_words(first))
    return {"mixed_scripts": list(dict.fromkeys(mixed.word for mixed in found))} if found else {}


def letters_in_words(letters: Iterable[tuple[str, str]]) -> list[str]:
    """The letters of each alphabet: ``["С, Н: Cyrillic", "N: Latin"]``."""
    return [f"{', '.join(signs)}: {ALPHABETS[name]}" for name, signs in letters]


def _in_words(mixed: MixedWord) -> str:
    return "; ".join(letters_in_words(mixed.letters))
