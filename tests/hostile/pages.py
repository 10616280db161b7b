"""PDFs that lead in circles, swell, hide, or do more than show a page."""

import zlib
from collections.abc import Callable, Iterator
from functools import partial

from tests.hostile.cases import Case, Made, Outcome
from tests.hostile.portable import PLAIN, Objects, deflated, lines, made, many_pages, one_page, stream, written
from tests.hostile.zips import blown_up

MEGABYTE = 1024 * 1024


def _case(
    name: str,
    objects: Callable[[], Objects],
    outcome: Outcome = "read",
    *codes: str,
    trailer: str = "",
    alone: bool = False,
    counted: bool = True,
) -> Case:
    """``counted`` is False where nobody can say which words of the file a page shows."""

    def make(address: str) -> Made:
        held = {number: content.replace(b"ADDRESS", address.encode()) for number, content in objects().items()}
        file = made(held, trailer.replace("ADDRESS", address))
        return file if counted else Made(file.data)

    return Case(f"pdf-{name}", make, outcome, "draft.pdf", codes, alone)


def _raw(name: str, data: Callable[[], bytes], outcome: Outcome, *, alone: bool = False) -> Case:
    return Case(f"pdf-{name}", lambda _: Made(data()), outcome, "draft.pdf", alone=alone)


# ---- damage

GOOD = one_page(PLAIN)


def _damage() -> Iterator[Case]:
    good = written(GOOD)
    for tenth in range(10):
        yield _raw(f"cut-at-{tenth}-tenths", partial(bytes, good[: 9 + len(good) * tenth // 10]), "either")
    table = good.index(b"xref\n")
    yield _raw("of-its-signature", lambda: b"%PDF-", "refused")
    yield _raw("of-its-first-line", lambda: b"%PDF-1.7\n", "refused")
    yield _raw("of-noise", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 100, "refused")
    yield _raw("without-its-table", lambda: good[:table], "either")
    yield _raw("with-a-table-of-noise", lambda: good[:table] + b"xref\n\xff\xff\xff", "either")
    yield _raw("of-version-9", lambda: written(GOOD, header=b"%PDF-9.9\n"), "read")
    yield _raw("whose-places-are-wrong", lambda: good.replace(b"00000 n", b"00001 n"), "either")
    yield _raw("whose-table-begins-elsewhere", lambda: good.replace(b"startxref\n", b"startxref\n9"), "either")
    for name, trailer in {
        "table-before-itself": f"/Prev {table}",
        "table-before-at-0": "/Prev 0",
        "table-before-negative": "/Prev -1",
        "table-before-far": "/Prev 99999999999999",
        "size-of-a-billion": "/Size 1000000000",
        "size-negative": "/Size -7",
        "root-missing": "/Root 99 0 R",
        "root-a-page": "/Root 3 0 R",
        "encrypted": f"/Encrypt<</Filter/Standard/V 1/R 2/O<{'41' * 32}>/U<{'42' * 32}>/P -4>>/ID[<00><00>]",
        "encrypted-strongly": f"/Encrypt<</Filter/Standard/V 5/R 6/Length 256/O<{'41' * 48}>/U<{'42' * 48}>/P -4>>",
        "encrypted-by-another": "/Encrypt<</Filter/Unheard/V 9>>",
        "info-in-a-ring": "/Info 1 0 R/Root 1 0 R",
    }.items():
        outcome: Outcome = "refused" if name.startswith("encrypted") else "either"
        yield _raw(name, partial(written, GOOD, trailer), outcome)
    again = good + b"4 0 obj\n" + stream(lines("OP1. later").encode()) + b"\nendobj\n" + good[table:]
    yield _raw("written-on", lambda: again, "either")


# ---- trees and streams

_RINGS: dict[str, tuple[dict[int, bytes], Outcome]] = {
    "pages-in-a-ring": ({2: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"}, "refused"),
    "pages-in-a-ring-of-two": (
        {2: b"<</Type/Pages/Kids[20 0 R]/Count 1>>", 20: b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 1/Parent 2 0 R>>"},
        "either",
    ),
    "pages-told-as-a-billion": ({2: b"<</Type/Pages/Kids[3 0 R]/Count 1000000000>>"}, "either"),
    "pages-told-as-minus-one": ({2: b"<</Type/Pages/Kids[3 0 R]/Count -1>>"}, "either"),
    "pages-none": ({2: b"<</Type/Pages/Kids[]/Count 0>>"}, "refused"),
    "pages-that-are-no-tree": ({2: b"7"}, "refused"),
    "page-twice": ({2: b"<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>"}, "either"),
    "page-that-is-a-number": ({3: b"7"}, "either"),
    "page-its-own-parent": ({3: b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]>>"}, "either"),
    "contents-in-a-ring": ({4: b"[4 0 R 4 0 R]"}, "either"),
    "contents-of-its-own-length": ({4: b"<</Length 4 0 R>>\nstream\nBT ET\nendstream"}, "either"),
    "length-of-a-billion": ({4: b"<</Length 1000000000>>\nstream\nBT ET\nendstream"}, "either"),
    "length-negative": ({4: b"<</Length -1>>\nstream\nBT ET\nendstream"}, "either"),
    "filter-unheard-of": ({4: stream(PLAIN.encode(), "/Filter/Unheard")}, "either"),
    "filters-10000": ({4: stream(PLAIN.encode(), f"/Filter[{'/ASCIIHexDecode' * 10_000}]")}, "either"),
    "filter-of-noise": ({4: stream(b"\xff" * 500, "/Filter/FlateDecode")}, "either"),
    "filter-lzw-of-noise": ({4: stream(b"\x80\x0b\x60" * 500, "/Filter/LZWDecode")}, "either"),
    "predictor-of-a-billion": (
        {4: deflated(PLAIN.encode(), "/DecodeParms<</Predictor 15/Columns 1000000000/Colors 30>>")},
        "either",
    ),
    "arrays-100000-deep": ({10: b"[" * 100_000 + b"]" * 100_000}, "either"),
    "dictionaries-100000-deep": ({10: b"<</A" * 100_000 + b">>" * 100_000}, "either"),
    "name-of-1-mb": ({10: b"/" + b"a" * MEGABYTE}, "read"),
    "string-of-1-mb-unclosed": ({10: b"(" * MEGABYTE}, "either"),
    "number-of-1-mb": ({10: b"9" * MEGABYTE}, "read"),
    "object-stream-of-a-billion": ({10: stream(b"1 0 7", "/Type/ObjStm/N 1000000000/First 4")}, "read"),
    "object-stream-that-extends-itself": ({10: stream(b"1 0 7", "/Type/ObjStm/N 1/First 4/Extends 10 0 R")}, "read"),
    "form-that-shows-itself": (
        {
            4: stream(PLAIN.encode() + b"/X1 Do"),
            10: stream(b"/X1 Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X1 10 0 R>>>>"),
        },
        "read",
    ),
    "font-that-shows-itself": (
        {
            5: b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 10 0 R>>/FirstChar 66"
            b"/LastChar 66/Widths[1]/Encoding<</Differences[66/a]>>/Resources<</Font<</F1 5 0 R>>>>>>",
            10: stream(b"1 0 d0 BT /F1 9 Tf (B) Tj ET"),
        },
        "either",
    ),
    "font-missing": ({5: b"null"}, "either"),
    "font-of-noise": (
        {
            5: b"<</Type/Font/Subtype/TrueType/BaseFont/A/FontDescriptor<</FontFile2 10 0 R/FontName/A/Flags 4>>>>",
            10: stream(bytes(range(256)) * 40),
        },
        "either",
    ),
    "letters-mapped-to-others": (
        {
            5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 10 0 R>>",
            10: stream(
                b"begincmap 1 begincodespacerange <00><ff> endcodespacerange 1 beginbfrange <41><5a><0391> endbfrange endcmap"
            ),
        },
        "either",
    ),
    "letters-mapped-to-a-million": (
        {
            5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 10 0 R>>",
            10: stream(b"begincmap 1 beginbfrange <00000000><ffffffff><0041> endbfrange endcmap"),
        },
        "either",
    ),
    "letters-mapped-to-nothing": (
        {
            5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 10 0 R>>",
            10: stream(b"begincmap 1 beginbfrange <00><ff><0000> endbfrange endcmap"),
        },
        "either",
    ),
    "letters-mapped-to-halves-of-pairs": (
        {
            5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 10 0 R>>",
            10: stream(b"begincmap 1 beginbfrange <41><7a><d800> endbfrange endcmap"),
        },
        "either",
    ),
}


def _bomb(layers: int) -> bytes:
    """300 MB of a content stream, packed once or several times."""
    packed = blown_up(PLAIN.encode(), b"q Q " * (MEGABYTE // 4), 300, b"")
    packed = b"\x78\x9c" + packed + b"\0\0\0\0"
    for _ in range(layers - 1):
        packed = zlib.compress(packed)
    return stream(packed, f"/Filter[{'/FlateDecode' * layers}]")


def _changed(objects: Objects) -> Objects:
    return GOOD | objects


def _bombed(layers: int) -> Objects:
    return GOOD | {4: _bomb(layers)}


def _trees() -> Iterator[Case]:
    for name, (objects, outcome) in _RINGS.items():
        yield _case(name, partial(_changed, objects), outcome, alone=True, counted=outcome == "read")
    for layers in (1, 2, 3):
        yield _case(f"bomb-of-300-mb-packed-{layers}-times", partial(_bombed, layers), "either", alone=True)
    deep: Objects = {
        20 + n: b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (21 + n, 19 + n) for n in range(5_000)
    }
    deep[5_020] = GOOD[3]
    yield _case(
        "pages-5000-deep", lambda: GOOD | {2: b"<</Type/Pages/Kids[20 0 R]/Count 1>>"} | deep, "either", alone=True
    )
    forms: Objects = {
        10 + n: stream(b"/X1 Do", f"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X1 {11 + n} 0 R>>>>")
        for n in range(5_000)
    }
    yield _case("forms-5000-deep", lambda: GOOD | {4: stream(PLAIN.encode() + b"/X1 Do")} | forms, "either", alone=True)
    twice: Objects = {
        10 + n: stream(b"/X1 Do /X1 Do ", f"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X1 {11 + n} 0 R>>>>")
        for n in range(14)
    }
    yield _case(
        "forms-that-double-14-times",
        lambda: GOOD | {4: stream(PLAIN.encode() + b"/X1 Do")} | twice,
        "either",
        alone=True,
    )


# ---- pages

_BOXES = {
    "of-a-billion": "[0 0 1000000000 1000000000]",
    "of-nothing": "[0 0 0 0]",
    "turned-round": "[595 842 0 0]",
    "negative": "[-1000 -1000 -10 -10]",
    "of-words": "[/a /b /c /d]",
    "of-two-numbers": "[0 0]",
    "far-away": "[100000 100000 100595 100842]",
    "a-hair-wide": "[0 0 0.001 842]",
}


def _sheets() -> Iterator[Case]:
    for name, box in _BOXES.items():
        yield _case(f"box-{name}", partial(one_page, PLAIN.replace("keep", "some"), f"/MediaBox{box}"), "either")
    for turn in (90, 180, 270, 45, 1_000_000_000):
        yield _case(f"turned-by-{turn}", partial(one_page, PLAIN, f"/Rotate {turn}"), "read")
    yield _case("unit-of-a-million", lambda: one_page(PLAIN, "/UserUnit 1000000"), "either")
    yield _case("without-words", lambda: one_page("0 0 m 100 100 l S"), "refused")
    yield _case("empty-page", lambda: one_page(""), "read")
    image = stream(
        b"\0" * 100, "/Type/XObject/Subtype/Image/Width 10/Height 10/BitsPerComponent 8/ColorSpace/DeviceGray"
    )
    yield _case("of-a-picture", lambda: one_page("q 500 0 0 700 50 50 cm /X1 Do Q", o10=image), "refused")
    huge = image.replace(b"/Width 10/Height 10", b"/Width 60000/Height 60000")
    yield _case("picture-of-60000-by-60000", lambda: one_page(PLAIN + "q 9 0 0 9 5 5 cm /X1 Do Q", o10=huge), "read")
    for kind in ("JBIG2Decode", "JPXDecode", "DCTDecode", "CCITTFaxDecode"):
        noise = image.replace(b"/Type/XObject", b"/Filter/%s" % kind.encode())
        yield _case(
            f"picture-of-noise-{kind}", partial(one_page, PLAIN + "q 9 0 0 9 5 5 cm /X1 Do Q", o10=noise), "read"
        )
    yield _case("pages-2001", lambda: many_pages([PLAIN.replace("keep", "k")] * 2_001), "refused", alone=True)
    yield _case("pages-10000", lambda: many_pages([PLAIN.replace("keep", "k")] * 10_000), "refused", alone=True)
    yield _case(
        "pages-200", lambda: many_pages([lines(f"OP{n}. keepline{n} a") for n in range(200)]), "read", alone=True
    )
    one = lines("a")
    yield _case("words-10000-each-on-its-own", lambda: one_page(one * 10_000), "either", alone=True)
    yield _case("one-string-of-100000", lambda: one_page(lines("boats " * 16_000)), "either", alone=True)
    yield _case("same-words-2000-times", lambda: one_page(PLAIN.replace("keep", "k") * 2_000), "either", alone=True)
    scattered = "".join(
        lines("a", top=(n * 7919) % 800).replace(" 60 ", f" {(n * 104729) % 590} ") for n in range(1_500)
    )
    yield _case("letters-1500-scattered", lambda: one_page(scattered), "either", alone=True)
    yield _case("states-saved-1000000-times", lambda: one_page("q " * 1_000_000 + PLAIN), "either", alone=True)
    yield _case("states-restored-1000000-times", lambda: one_page("Q " * 1_000_000 + PLAIN), "either", alone=True)
    yield _case("paths-50000", lambda: one_page("0 0 m 9 9 l S " * 50_000 + PLAIN), "either", alone=True)
    for name, matrix in {
        "nan": "nan 0 0 nan 0 0",
        "nothing": "0 0 0 0 0 0",
        "vast": "1e38 0 0 1e38 0 0",
        "mirror": "-1 0 0 1 500 0",
    }.items():
        yield _case(f"matrix-{name}", partial(one_page, f"q {matrix} cm {PLAIN.replace('keep', 'some')} Q"), "either")


# ---- words that are not seen, and more than words

_UNSEEN = {
    "invisible": "BT 3 Tr /F1 11 Tf 60 500 Td (sidehidden1 words) Tj ET",
    "white": "BT 1 1 1 rg /F1 11 Tf 60 500 Td (sidehidden1 words) Tj ET",
    "white-by-grey": "BT 1 g /F1 11 Tf 60 500 Td (sidehidden1 words) Tj ET",
    "white-by-cmyk": "BT 0 0 0 0 k /F1 11 Tf 60 500 Td (sidehidden1 words) Tj ET",
    "tiny": "BT /F1 0.8 Tf 60 500 Td (sidehidden1 words) Tj ET",
    "tiny-by-matrix": "q 0.05 0 0 0.05 0 0 cm BT /F1 11 Tf 1200 9000 Td (sidehidden1 words) Tj ET Q",
    "off-the-page": "BT /F1 11 Tf 60 5000 Td (sidehidden1 words) Tj ET",
    "left-of-the-page": "BT /F1 11 Tf -900 500 Td (sidehidden1 words) Tj ET",
}
_ANNOTATIONS = {
    "note": ("/Subtype/Text/Contents(sidenote1 words)", "comment"),
    "free-text": ("/Subtype/FreeText/Contents(sidenote1 words)/DA(/F1 9 Tf)", "comment"),
    "mark": ("/Subtype/Highlight/QuadPoints[60 700 90 700 60 690 90 690]/Contents(sidenote1 words)", "comment"),
    "stamp": ("/Subtype/Stamp/Contents(sidenote1 words)", "comment"),
    "field": ("/Subtype/Widget/FT/Tx/T(a)/V(sidefield1 words)", "comment"),
    "link": ("/Subtype/Link/A<</S/URI/URI(http://ADDRESS/sidelink1)>>", "external-link"),
}
_DOES = {
    "script-on-opening": "/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://ADDRESS/'\\))>>",
    "script-by-name": "/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert\\(1\\))>>]>>>>",
    "script-on-closing": "/AA<</WC<</S/JavaScript/JS(1)>>>>",
    "program-on-opening": "/OpenAction<</S/Launch/F(cmd.exe)>>",
    "address-on-opening": "/OpenAction<</S/URI/URI(http://ADDRESS/)>>",
    "other-file-on-opening": "/OpenAction<</S/GoToR/F(http://ADDRESS/a.pdf)/D[0/Fit]>>",
    "form-that-sends": "/OpenAction<</S/SubmitForm/F<</FS/URL/F(http://ADDRESS/)>>>>",
    "form-of-xml": "/AcroForm<</Fields[]/XFA 10 0 R>>",
    "layers": "/OCProperties<</OCGs[]/D<</OFF[]>>>>",
    "names-in-a-ring": "/Names<</EmbeddedFiles 11 0 R>>",
    "outline-in-a-ring": "/Outlines 12 0 R",
}
_BESIDE = {
    "o10": stream(b"<xdp/>"),
    "o11": b"<</Kids[11 0 R]>>",
    "o12": b"<</First 12 0 R/Last 12 0 R/Next 12 0 R/Title(a)>>",
}


def _unseen() -> Iterator[Case]:
    for name, content in _UNSEEN.items():
        yield _case(f"words-{name}", partial(one_page, PLAIN + content), "read", "hidden-text")
    only = PLAIN.replace("BT ", "BT 3 Tr ")
    yield _case("words-invisible-alone", lambda: one_page(only), "read", "scanned-page")
    yield _case("words-turned", lambda: one_page(PLAIN + "BT /F1 11 Tf 0 1 -1 0 300 300 Tm (keepturned1) Tj ET"))
    clipped = PLAIN + "q 0 0 1 1 re W n BT /F1 11 Tf 60 400 Td (someclipped1) Tj ET Q"
    yield _case("words-clipped-away", lambda: one_page(clipped))
    covered = PLAIN + "BT /F1 11 Tf 60 400 Td (somecovered1) Tj ET 50 390 200 30 re f"
    yield _case("words-covered", lambda: one_page(covered))
    for name, (content, code) in _ANNOTATIONS.items():
        yield _case(
            f"annotation-{name}",
            partial(one_page, PLAIN, f"/Annots[<</Type/Annot/Rect[60 690 90 700]{content}>>]"),
            "read",
            code,
        )
    hidden = "<</Type/Annot/Rect[60 690 90 700]/F 2/Subtype/Text/Contents(sidenote1 words)>>"
    yield _case("annotation-hidden", lambda: one_page(PLAIN, f"/Annots[{hidden}]"), "read", "comment")
    yield _case("annotations-in-a-ring", lambda: one_page(PLAIN, "/Annots 10 0 R", o10=b"[10 0 R 10 0 R]"), "read")
    many = "<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(a)>>" * 20_000
    yield _case("annotations-20000", lambda: one_page(PLAIN, f"/Annots[{many}]"), "either", alone=True)
    named = "/Names<</EmbeddedFiles<</Names[(sidefile1.exe) 10 0 R]>>>>"
    file = b"<</Type/Filespec/F(sidefile1.exe)/UF(sidefile1.exe)/EF<</F 11 0 R>>>>"
    held = {"o10": file, "o11": stream(b"MZ", "/Type/EmbeddedFile")}
    yield _case("file-attached", lambda: one_page(PLAIN, "", named, **held), "read", "embedded-object")
    for name, catalog in _DOES.items():
        yield _case(f"does-{name}", partial(one_page, PLAIN, "", catalog, **_BESIDE), "read")
    yield _case("page-that-does", lambda: one_page(PLAIN, "/AA<</O<</S/JavaScript/JS(1)>>>>"), "read")


def pages() -> Iterator[Case]:
    """Every case of this page."""
    yield from _damage()
    yield from _trees()
    yield from _sheets()
    yield from _unseen()
