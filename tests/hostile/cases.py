"""One hostile file: how it is made, what must become of it, and the words that were planted in it."""

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

Outcome = Literal["refused", "read", "either"]
_PLANTED = re.compile(r"\b(keep|side|some)[a-z]+\d*\b")


class Case(NamedTuple):
    """``make`` gives the bytes; it is handed the address of a listener that must never hear of it.

    Words that are planted tell by their beginning what must become of them where the file is read: ``keep…`` stands in the
    source, once; ``side…`` in the quote of a notice and not in the source; ``some…`` in either. ``codes`` are notices that
    must be given. ``alone`` is for files that may take a process down with them, ``seconds`` what such a one is given.
    """

    name: str
    make: Callable[[str], "Made"]
    outcome: Outcome
    called: str = "draft.docx"
    codes: tuple[str, ...] = ()
    alone: bool = False
    seconds: int = 10


class Made(NamedTuple):
    """The bytes of a file, and the words planted in it before it was packed."""

    data: bytes
    planted: frozenset[str] = frozenset()


def planted_in(*texts: str | bytes) -> frozenset[str]:
    """The planted words of some texts, as they stand there before anything reads them."""
    said = (text.decode("latin-1") if isinstance(text, bytes) else text for text in texts)
    return frozenset(found[0] for text in said for found in _PLANTED.finditer(text))


def just(data: bytes) -> Callable[[str], Made]:
    """A file that needs no address and in which no words were planted."""
    return lambda _: Made(data)
