"""What was set aside, said in one sentence each, with its place in the source."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from documents.notation.shown import Notice
from documents.reading.pdf.beside import Beside
from documents.reading.pdf.page import Page
from documents.reading.pdf.source import Written

_LONGEST_QUOTE = 500  # characters; all of it stands in the notice's own field
_WHY = {
    "white": "in the colour of the ground",
    "invisible": "printed without ink",
    "tiny": "of one point or less",
    "outside": "outside the page",
    "covered": "covered by something else, clipped or on a layer that is off",
    "flat": "without breadth",
}


def notices(pages: Sequence[Page], beside: Iterable[Beside], written: Written) -> tuple[Notice, ...]:
    """All notices in the order of the source."""
    said = [notice for page in pages for notice in _of_page(page, written)]
    said += [_of_thing(thing, written) for thing in beside]
    return tuple(sorted(said, key=lambda notice: notice.at))


def quoted(words: str) -> str:
    """Words in quotation marks, white space collapsed; long ones cut, with what is left out counted."""
    plain = " ".join(words.split())
    if len(plain) <= _LONGEST_QUOTE:
        return f"“{plain}”"
    return f"“{plain[:_LONGEST_QUOTE]}” … and {len(plain) - _LONGEST_QUOTE} more characters"


def _of_page(page: Page, written: Written) -> Iterator[Notice]:
    name, top = f"page {page.number + 1}", _place(written, page.number, float("inf"))
    if page.is_unread:
        yield Notice("unread-element", top, "", f"The file is damaged at {name}, which could not be read.")
        return
    hidden = sorted(page.hidden, key=lambda one: one.why)
    for why, same in groupby(hidden, key=lambda one: one.why):
        lines = sorted(same, key=lambda one: -one.y)
        quote = "\n".join(one.text for one in lines)
        message = f"Words on {name} that nobody sees ({_WHY[why]}) were left out: {quoted(quote)}."
        yield Notice("hidden-text", _place(written, page.number, lines[0].y), quote, message)
    for told, printed in page.replaced:
        message = f"On {name} the file prints {quoted(printed)} but says that it reads {quoted(told)}; what is printed was taken."
        yield Notice("hidden-text", top, told, message)
    if page.unreadable:
        count = f"{page.unreadable} character{'s' if page.unreadable > 1 else ''}"
        message = f"The file does not say what {count} on {name} mean, so the text taken from there may be wrong."
        yield Notice("unreadable-characters", top, "", message)
    if page.turned:
        quote = "\n".join(piece.text for pieces in page.turned.values() for piece in pieces)
        message = f"Text on {name} is turned and was read behind the rest of the page: {quoted(quote)}."
        yield Notice("rotated-text", top, quote, message)
    yield from _pictures(page, name, top)


def _pictures(page: Page, name: str, top: int) -> Iterator[Notice]:
    if page.recognised:
        message = f"The text on {name} was recognised by a machine from a picture, so it may be wrong."
        yield Notice("scanned-page", top, "", message)
    elif not page.pieces and not page.turned and (page.pictures or page.drawings):
        message = f"What is on {name} is a picture or a drawing without text, so nothing was read there."
        yield Notice("scanned-page", top, "", message)
    if page.pictures:
        count = "a picture" if page.pictures == 1 else f"{page.pictures} pictures"
        yield Notice(
            "embedded-object",
            top,
            "",
            f"There is {count} on {name}; words in it were not read."
            if page.pictures == 1
            else f"There are {count} on {name}; words in them were not read.",
        )


def _of_thing(thing: Beside, written: Written) -> Notice:
    quote = f": {quoted(thing.quote)}" if thing.quote.strip() else ""
    verb = "points to" if thing.code == "external-link" else "holds"
    if thing.code == "external-link":
        message = f"{thing.what.capitalize()} on page {thing.page + 1} leads out of the file{quote}."
    elif thing.code == "comment":
        message = f"There is {thing.what} on page {thing.page + 1}, which is not part of the text{quote}."
    else:
        message = f"The file {verb} {thing.what}, which was not read{quote}."
    return Notice(thing.code, _place(written, thing.page, thing.y or float("inf")), thing.quote, message)


def _place(written: Written, page: int, y: float) -> int:
    """Where in the source something stands that is at this height of a page: at the line there or the next below."""
    if page >= len(written.places):
        return 0
    places = written.places[page]
    return next((at for height, at in places if height <= y), places[-1][1])
