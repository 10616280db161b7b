"""What a paragraph is made of: every character that is not plain ASCII, by its code point and name, word by word."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from documents.notation.lookalikes import letters_of, mixed_words
from documents.notation.plain import name_of
from documents.rendering.text import one_line
from negotiations import printing
from negotiations.acts.typed import letters_in_words
from negotiations.web.frame import RoomRequest, in_the_room, shown
from negotiations.web.paragraphs import of_the_room


@in_the_room
@require_safe
def of_paragraph(request: RoomRequest, paragraph_id: UUID) -> HttpResponse:
    """The text is the one that is exported and that a version's checksum is taken over."""
    paragraph = of_the_room(request, paragraph_id)
    printed = printing.page(paragraph.document, [paragraph]).pieces(paragraph)
    text = one_line("".join(piece.text for piece in printed))
    mixed = [(word.word, "; ".join(letters_in_words(letters_of(word.word)))) for word in mixed_words(text)]
    context = {"paragraph": paragraph, "text": text, "words": list(_words(text)), "mixed": mixed}
    return shown(request, "reading/characters.html", context, current="negotiation")


def _words(text: str) -> Iterator[dict[str, Any]]:
    """The words that hold something beside ASCII, with each such character once, in order."""
    for number, word in enumerate(text.split(" "), start=1):
        signs = dict.fromkeys(sign for sign in word if not sign.isascii())
        if signs:
            named = [(sign, *name_of(sign).split(" ", 1)) for sign in signs]
            yield {"number": number, "word": word, "signs": named}
