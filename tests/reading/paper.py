"""Small PDFs, made by hand from what stands on their pages: so that a file holds exactly what a test says."""

from collections.abc import Sequence

from documents.notation.shown import Notice, Shown
from documents.reading.pdf import take_pdf

CATALOG = "<< /Type /Catalog /Pages 2 0 R {} >>"
FONTS = ("Helvetica", "Helvetica-Bold")


def pdf(
    *pages: str,
    box: str = "0 0 595 842",
    page: str = "",
    catalog: str = "",
    objects: Sequence[str] = (),
    trailer: str = "",
) -> bytes:
    """A file with these pages, each the operators of its content.

    The fonts are /F1 (Helvetica), /F2 (bold) and, where ``objects`` has one, whatever ``page`` names. ``objects`` are
    numbered from 11 on; ``page`` goes into the dictionary of each page, ``catalog`` and ``trailer`` into theirs.
    """
    fonts = [f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>" for name in FONTS]
    first = 11 + len(objects)
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(pages)))
    made = {
        1: CATALOG.format(catalog),
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        3: fonts[0],
        4: fonts[1],
        **dict(enumerate(objects, start=11)),
    }
    for at, content in enumerate(pages):
        number = first + 2 * at
        own = "/F1 3 0 R /F2 4 0 R"
        made[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents {number + 1} 0 R "
            f"/Resources << /Font << {own} {'/F3 11 0 R' if objects else ''} >> >> {page} >>"
        )
        made[number + 1] = stream(content)
    return _file(made, trailer)


def stream(content: str, more: str = "") -> str:
    return f"<< /Length {len(content.encode('latin-1'))} {more} >>\nstream\n{content}\nendstream"


def _file(objects: dict[int, str], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    size, table = max(objects) + 1, len(out)
    out += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    for number in range(1, size):
        out += f"{places.get(number, 0):010d} {'00000 n' if number in places else '65535 f'} \n".encode()
    out += f"trailer << /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF".encode("latin-1")
    return bytes(out)


def text(words: str, x: float = 72, y: float = 700, size: float = 12, font: str = "F1", more: str = "") -> str:
    """Words at a place of the page; ``more`` are operators before them."""
    escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT {more} /{font} {size} Tf {x} {y} Td ({escaped}) Tj ET\n"


def lines(*words: str, x: float = 72, y: float = 760, size: float = 12, step: float = 14, font: str = "F1") -> str:
    """Lines one below the other."""
    return "".join(text(line, x, y - at * step, size, font) for at, line in enumerate(words))


def taken(data: bytes) -> tuple[str, Shown]:
    """What the reader takes, once it is certain that all places are places of the source."""
    source, shown = take_pdf(data)
    ranges = [*(shown.bold or ()), *(aside.src for aside in shown.aside)]
    assert all(0 <= start < end <= len(source) for start, end in ranges)
    assert all(0 <= notice.at <= len(source) for notice in shown.notices)
    assert shown.paragraphs is None
    return source, shown


def words(data: bytes) -> list[str]:
    """The lines of the source that are not blank, without white space round them."""
    return [line.strip() for line in taken(data)[0].splitlines() if line.strip()]


def notices(data: bytes, code: str) -> list[Notice]:
    return [notice for notice in taken(data)[1].notices if notice.code == code]
