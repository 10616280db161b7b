"""Words of two alphabets in a form: named letter by letter, and confirmed by whoever typed them."""

from typing import TypedDict

from django.http import HttpRequest

from documents.notation.lookalikes import mixed_words
from negotiations.acts.typed import letters_in_words


class Mixed(TypedDict):
    """A mixed word, its number among those that were typed, and its letters by alphabet."""

    word: str
    number: int
    letters: str


def mixed_in(words: str) -> list[Mixed]:
    """What a form shows of each mixed word in it."""
    return [
        {"word": mixed.word, "number": mixed.number, "letters": "; ".join(letters_in_words(mixed.letters))}
        for mixed in mixed_words(words)
    ]


def confirmed(request: HttpRequest) -> bool:
    """Whether the form says that its mixed words are meant so."""
    return request.POST.get("mixed") == "on"
