"""Nothing is silently in the text of a PDF, and nothing silently out of it."""

import pytest

from tests.reading.paper import lines, notices, pdf, stream, taken, text, words
from tests.reading.three_formats import typeset

SEEN = text("Each town shall", y=760)
IMAGE = "q 100 0 0 100 300 300 cm BI /W 1 /H 1 /BPC 8 /CS /G ID a EI Q\n"
WHOLE_PAGE = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID a EI Q\n"
HIDDEN = {
    "white": "q " + text("secret words", more="1 g") + "Q\n",
    "nearly white": "q " + text("secret words", more="0.98 g") + "Q\n",
    "invisible": "q " + text("secret words", more="3 Tr") + "Q\n",
    "tiny": text("secret words", size=0.9),
    "outside": text("secret words", x=700),
    "above": text("secret words", y=900),
    "covered": text("secret words") + "0 g 60 690 120 20 re f\n",
    "under a picture": text("secret words", 310, 350) + IMAGE,
    "clipped": "q 0 0 10 10 re W n " + text("secret words") + "Q\n",
    "without breadth": "q " + text("secret words", more="0 Tz") + "Q\n",
}


@pytest.mark.parametrize("kind", HIDDEN)
def test_words_that_nobody_sees_are_left_out_and_quoted(kind: str):
    data = pdf(SEEN + HIDDEN[kind])
    assert words(data) == ["Each town shall"]
    (notice,) = notices(data, "hidden-text")
    assert notice.quote == "secret words"
    assert "“secret words”" in notice.message


def test_one_hidden_word_within_a_line_is_left_out_alone():
    data = pdf(text("Each town shall not pay") + "1 g 158.5 695 19 16 re f\n")
    assert words(data) == ["Each town shall pay"]
    assert [notice.quote for notice in notices(data, "hidden-text")] == ["not"]


def test_white_words_on_a_dark_ground_are_seen():
    data = pdf("0.2 g 60 690 200 24 re f\nq " + text("Each town shall", more="1 g") + "Q\n")
    assert words(data) == ["Each town shall"]
    assert not notices(data, "hidden-text")


def test_grey_words_and_words_on_a_tint_are_seen():
    data = pdf("q " + text("Each town", more="0.6 g") + "Q\n1 1 0 rg 60 650 200 24 re f 0 g " + text("shall", y=656))
    assert words(data) == ["Each town", "shall"]
    assert not notices(data, "hidden-text")


def test_words_on_a_layer_that_is_off_are_hidden():
    layer = "<< /Type /OCG /Name (drafting) >>"
    off = "/OCProperties << /OCGs [11 0 R] /D << /OFF [11 0 R] >> >>"
    content = SEEN + "/OC /Layer BDC " + text("secret words") + "EMC\n"
    data = pdf(content, objects=[layer], catalog=off).replace(b"/F3 11 0 R >>", b">> /Properties << /Layer 11 0 R >>")
    assert words(data) == ["Each town shall"]
    assert [notice.quote for notice in notices(data, "hidden-text")] == ["secret words"]


def test_a_long_quote_is_cut_in_the_message_alone():
    secret = " ".join(f"word{at}" for at in range(200))
    data = pdf(SEEN + "q " + text(secret, size=1, x=10) + "Q\n")
    (notice,) = notices(data, "hidden-text")
    assert notice.quote == secret
    assert notice.message.endswith("… and 989 more characters.")


def test_words_that_the_file_says_to_read_otherwise_are_read_as_printed():
    data = pdf("/Span << /ActualText (forty) >> BDC " + text("Each town pays fifty") + "EMC\n")
    assert words(data) == ["Each town pays fifty"]
    (notice,) = notices(data, "hidden-text")
    assert notice.quote == "forty"
    assert "“Each town pays fifty”" in notice.message


def test_another_writing_of_the_same_words_is_no_lie():
    data = pdf("/Span << /ActualText (Each Town) >> BDC " + text("EACH TOWN") + "EMC\n")
    assert not notices(data, "hidden-text")


def test_a_page_with_nothing_but_recognised_text_is_read_and_said():
    layer = "q " + lines("Each town shall", "keep a book") + "Q\n"
    data = pdf(WHOLE_PAGE + layer.replace("BT ", "BT 3 Tr "))
    assert words(data) == ["Each town shall", "keep a book"]
    assert "recognised" in notices(data, "scanned-page")[0].message
    assert not notices(data, "hidden-text")


def test_a_stamp_on_a_scanned_page_does_not_hide_its_recognised_text():
    layer = "q " + lines(*["Each town shall keep a book"] * 4).replace("BT ", "BT 3 Tr ") + "Q\n"
    data = pdf(WHOLE_PAGE + "1 g 60 30 60 20 re f 0 g " + text("No. 7", 72, 36) + layer)
    assert words(data) == [*["Each town shall keep a book"] * 4, "No. 7"]


def test_a_page_without_text_among_others_is_said():
    (notice,) = notices(pdf(SEEN, WHOLE_PAGE), "scanned-page")
    assert "page 2" in notice.message
    assert not notices(pdf(SEEN, ""), "scanned-page")


def test_a_page_with_pictures_is_said_once():
    assert [notice.message for notice in notices(pdf(SEEN + IMAGE + IMAGE), "embedded-object")] == [
        "There are 2 pictures on page 1; words in them were not read."
    ]


def annotated(*annotations: str, more: str = "") -> bytes:
    numbers = " ".join(f"{12 + at} 0 R" for at in range(len(annotations)))
    return pdf(SEEN, page=f"/Annots [{numbers}]", objects=["<< >>", *annotations], catalog=more)


def test_notes_and_fields_are_comments():
    data = annotated(
        "<< /Type /Annot /Subtype /Text /Rect [72 700 90 720] /Contents (delete this) /T (Tarn) >>",
        "<< /Type /Annot /Subtype /FreeText /Rect [72 600 200 620] /Contents (written over it) >>",
        "<< /Type /Annot /Subtype /StrikeOut /Rect [72 755 90 770] /QuadPoints [72 770 90 770 72 755 90 755] >>",
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (rate) /V (forty marks) /Rect [72 500 200 520] >>",
        more="/AcroForm << /Fields [15 0 R] >>",
    )
    assert sorted(notice.quote for notice in notices(data, "comment")) == [
        "", "delete this", "forty marks", "written over it",
    ]  # fmt: skip
    assert any("a note by Tarn" in notice.message for notice in notices(data, "comment"))
    assert words(data) == ["Each town shall"]


def test_links_that_lead_out_of_the_file_are_listed():
    data = annotated(
        "<< /Type /Annot /Subtype /Link /Rect [72 755 90 770] /A << /S /URI /URI (https://example.org/x) >> >>",
        "<< /Type /Annot /Subtype /Link /Rect [72 755 90 770] /A << /S /GoToR /F (other.pdf) /D [0 /Fit] >> >>",
        "<< /Type /Annot /Subtype /Link /Rect [72 755 90 770] /Dest [1 /Fit] >>",
    )
    assert [notice.quote for notice in notices(data, "external-link")] == ["https://example.org/x", "other.pdf"]


def test_attached_files_scripts_and_programs_are_embedded_objects():
    data = annotated(
        "<< /Type /Annot /Subtype /Link /Rect [72 755 90 770] /A << /S /Launch /F (calc.exe) >> >>",
        "<< /Type /Filespec /F (budget.xls) /UF (budget.xls) /EF << /F 15 0 R >> >>",
        "<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
        stream("1", "/Type /EmbeddedFile"),
        more="/Names << /EmbeddedFiles << /Names [(budget.xls) 13 0 R] >> /JavaScript << /Names [(a) 14 0 R] >> >>",
    )
    quotes = {notice.quote for notice in notices(data, "embedded-object")}
    assert {"calc.exe", "budget.xls", "app.alert(1)"} <= quotes


def test_every_notice_names_its_page_and_stands_where_the_thing_stood():
    page = lines("One", "two", "three", step=40) + "q " + text("secret", y=725, more="1 g") + "Q\n"
    source, shown = taken(pdf(SEEN, page))
    (notice,) = shown.notices
    assert "page 2" in notice.message
    assert source[notice.at :].startswith("two")


def test_hyphenation_is_no_hidden_text():
    body = '#set page(width: 70mm, height: 90mm)\n#set par(justify: true)\n#set text(lang: "en", hyphenate: true)\n'
    data = typeset(body + "unreasonable bureaucracies " * 12, {})
    assert "\xad" in taken(data)[0]
    assert taken(data)[1].notices == ()
