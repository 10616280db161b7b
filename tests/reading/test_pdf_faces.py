"""Words in a face that is not in the file: whoever reads it has one to stand in, or has none."""

import pytest

from documents.reading.guarded import take_guarded
from documents.reading.taken import take
from tests.hostile.portable import Objects, lines, one_page, stream, written

WORDS = "Подтверждая значение"
_DESCRIBED = b"<</Type/FontDescriptor/FontName/%s/Flags 32/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>"
_DESCENDANT = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 9 0 R/DW 500>>"
_FONT = b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[7 0 R]/ToUnicode 8 0 R>>"


def in_face(face: bytes) -> Objects:
    """A page in Latin, and a line in Cyrillic in a face that the file only names."""
    numbers = {letter: 50 + at for at, letter in enumerate(sorted(set(WORDS)))}
    shown = "".join(f"{numbers[letter]:04X}" for letter in WORDS)
    rows = "".join(f"<{number:04X}> <{ord(letter):04X}>\n" for letter, number in numbers.items())
    said = f"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n{len(numbers)} beginbfchar\n{rows}endbfchar endcmap"
    objects = one_page(lines("OP1. Boats are lent.") + f"BT /F2 12 Tf 60 600 Td <{shown}> Tj ET")
    objects[3] = objects[3].replace(b"/F1 5 0 R", b"/F1 5 0 R/F2 6 0 R")
    return objects | {6: _FONT % face, 7: _DESCENDANT % face, 8: stream(said.encode()), 9: _DESCRIBED % face}


@pytest.mark.parametrize("face", [b"TimesNewRoman", b"ArialMT", b"Unheard"])
def test_letters_that_the_machine_cannot_draw_are_read_all_the_same(face):
    data = written(in_face(face))
    here, there = take(data, "a.pdf"), take_guarded(data, "a.pdf")
    assert here.source.split("\n") == ["OP1. Boats are lent.", "", WORDS, ""]
    assert here.shown.notices == ()
    assert (there.source, there.shown) == (here.source, here.shown)
