"""PDFs in a few strings, without a library that would refuse to write bad ones."""

import zlib
from collections.abc import Sequence
from functools import cache

from tests.hostile.cases import Made, planted_in

Objects = dict[int, bytes]
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def stream(data: bytes, told: str = "") -> bytes:
    """A stream object; ``told`` is added to its dictionary."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), told.encode("latin-1"), data)


def deflated(data: bytes, told: str = "") -> bytes:
    return stream(zlib.compress(data), f"/Filter/FlateDecode{told}")


def lines(*words: str, size: int = 11, top: int = 760) -> str:
    """A content stream that shows lines of text one below the other."""
    shown = "".join(f"({line}) Tj 0 -{size + 4} Td\n" for line in words)
    return f"BT /F1 {size} Tf 60 {top} Td\n{shown}ET\n"


def written(objects: Objects, trailer: str = "", *, header: bytes = b"%PDF-1.7\n") -> bytes:
    """The file with a true table of places."""
    body, places = bytearray(header + b"%\xe2\xe3\xcf\xd3\n"), {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    size = max(objects) + 1
    begins = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        at = places.get(number)
        body += b"0000000000 00000 f \n" if at is None else b"%010d 00000 n \n" % at
    body += b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (size, trailer.encode("latin-1"))
    return bytes(body + b"startxref\n%d\n%%%%EOF\n" % begins)


def one_page(content: str | bytes, page: str = "", catalog: str = "", **more: bytes) -> Objects:
    """The objects of a file with one page; ``more`` are objects by ``o`` and their number, from 10 on."""
    data = content.encode("latin-1") if isinstance(content, str) else content
    return {
        1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode("latin-1"),
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: (
            "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</X1 10 0 R>>>>"
            f"{page if '/MediaBox' in page else '/MediaBox[0 0 595 842]' + page}>>"
        ).encode("latin-1"),
        4: stream(data),
        5: FONT,
        **{int(name[1:]): held for name, held in more.items()},
    }


def many_pages(contents: Sequence[str]) -> Objects:
    """A page for each content; pages with the same content share it."""
    streams = {content: 10 + at for at, content in enumerate(dict.fromkeys(contents))}
    first = 10 + len(streams)
    kids = " ".join(f"{first + at} 0 R" for at in range(len(contents)))
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    return {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>".encode(),
        5: FONT,
        **{at: stream(content.encode("latin-1")) for content, at in streams.items()},
        **{first + at: page.format(streams[content]).encode() for at, content in enumerate(contents)},
    }


def made(objects: Objects, trailer: str = "", **how: bytes) -> Made:
    """The file, and the words planted in any of its objects."""
    return Made(written(objects, trailer, **how), planted_in(*objects.values(), trailer))


PLAIN = lines("OP1. Boats [and keepoars1] \\(+EVR\\) are lent to", "all keeptowns1.", "", "OP2. keepoars2 are mended.")
"""A page without any harm in it."""


@cache
def good_file() -> Made:
    """A small file of two pages without any harm."""
    return made(many_pages([PLAIN, lines("OP3. keepnets1 are shared.", "", "OP4. keepropes1 are coiled.")]))
