"""What a Word file holds and is no wording: never silently in the text, never silently out of it."""

import pytest

from documents.notation.package import read_package
from tests.reading import word
from tests.reading.word import (
    box,
    docx,
    field,
    ins,
    notices,
    numbered,
    numbers,
    p,
    quotes,
    r,
    source_of,
    style,
    styles,
    table,
    taken,
)

WHITE = '<w:color w:val="FFFFFF"/>'


# ---- hidden


@pytest.mark.parametrize(
    ("properties", "why"),
    [
        ("<w:vanish/>", "Hidden text"),
        ("<w:specVanish/>", "Hidden text"),
        ('<w:rStyle w:val="Secret"/>', "Hidden text"),
        ("<w:webHidden/>", "hidden on screen"),
        (WHITE, "white text"),
        ('<w:color w:val="fefefe"/>', "white text"),
        ('<w:color w:val="000000" w:themeColor="background1"/>', "white text"),
        ('<w:color w:val="FF0000"/><w:highlight w:val="red"/>', "white text"),
        ("<w14:textFill><w14:noFill/></w14:textFill>", "white text"),
        ('<w14:textFill><w14:solidFill><w14:schemeClr w14:val="bg1"/></w14:solidFill></w14:textFill>', "white text"),
        ('<w:sz w:val="2"/>', "one point or less"),
        ('<w:rtl/><w:szCs w:val="1"/>', "one point or less"),
    ],
)
def test_text_that_nobody_sees_is_listed_with_the_reason_and_not_in_the_text(properties, why):
    secret = styles(style("Secret", "character", rpr="<w:vanish/>"))
    data = docx(p("Boats ", r("never again ", properties), "are lent."), styles=secret)
    assert source_of(data) == "Boats are lent."
    [said] = notices(data, "hidden-text")
    assert (said.at, said.quote) == (6, "never again ")
    assert why in said.message
    assert "“never again”" in said.message


@pytest.mark.parametrize(
    "properties",
    [
        '<w:vanish w:val="0"/>',
        WHITE + '<w:highlight w:val="darkBlue"/>',
        WHITE + '<w:shd w:val="clear" w:fill="1F3864"/>',
        WHITE + '<w:shd w:val="solid" w:color="000000" w:fill="auto"/>',
        '<w:color w:val="FFFFFF" w:themeColor="text1"/>',
        '<w:color w:val="BFBFBF" w:themeColor="background1" w:themeShade="BF"/>',
        '<w:color w:val="auto"/><w:highlight w:val="black"/>',
        '<w:sz w:val="12"/>',
    ],
)
def test_text_that_can_be_read_is_in_the_text(properties):
    data = docx(p("Boats ", r("seen", properties)))
    assert source_of(data) == "Boats seen"
    assert notices(data, "hidden-text") == []


def test_white_text_on_a_dark_paragraph_cell_page_or_box_can_be_read():
    dark = '<w:shd w:val="clear" w:fill="203040"/>'
    white = r("seen", WHITE)
    assert source_of(docx(p(white, pr=dark))) == "seen"
    assert source_of(docx(p(white, style="Banner"), styles=styles(style("Banner", ppr=dark)))) == "seen"
    assert source_of(docx(table((f"<w:tcPr>{dark}</w:tcPr>{p(white)}",)))) == "seen"
    filled = '<a:solidFill><a:srgbClr val="203040"/></a:solidFill>'
    assert source_of(docx(p("a", box(p(white), properties=filled)))) == "a\n\nseen"
    banded = style("Banded", "table").replace(
        "</w:style>", f'<w:tblStylePr w:type="firstRow"><w:tcPr>{dark}</w:tcPr></w:tblStylePr></w:style>'
    )
    assert source_of(docx(table((p(white),), pr='<w:tblStyle w:val="Banded"/>'), styles=styles(banded))) == "seen"


def test_white_text_in_a_plain_cell_or_box_cannot():
    white = r("unseen", WHITE)
    for data in (docx(table((p(white, "a"),))), docx(p("a", box(p(white))))):
        assert source_of(data) == "a"
        assert quotes(data, "hidden-text") == ["unseen"]


def test_hidden_by_the_style_of_the_paragraph_and_shown_again_by_the_run():
    made = styles(style("Secret", rpr="<w:vanish/>"))
    data = docx(p("one ", r("two", '<w:vanish w:val="0"/>'), style="Secret"), styles=made)
    assert source_of(data) == "two"
    assert quotes(data, "hidden-text") == ["one "]


def test_neighbouring_hidden_runs_are_one_notice_and_those_of_another_reason_are_another():
    data = docx(p(r("a ", "<w:vanish/>"), r("b ", "<w:vanish/>"), r("c", WHITE), "d", r("e", "<w:vanish/>")))
    assert source_of(data) == "d"
    assert quotes(data, "hidden-text") == ["a b ", "c", "e"]


def test_a_paragraph_that_is_hidden_whole_leaves_no_label_and_cuts_nothing():
    hidden = p(r("gone", "<w:vanish/>"), pr=numbered() + "<w:rPr><w:vanish/></w:rPr>")
    data = docx(p("one"), hidden, p("two"), numbering=numbers(("decimal", "%1.")))
    source, shown = taken(data)
    assert source.split() == ["one", "two"]
    assert len(shown.paragraphs or ()) == 2


def test_page_numbers_of_a_table_of_contents_are_hidden_only_on_the_web():
    data = docx(p(field(" TOC \\o ", "Boats ", r("7", "<w:webHidden/>"))))
    assert source_of(data) == "Boats 7"


def test_a_long_quote_is_whole_in_the_notice_and_cut_in_its_sentence():
    words = "never " * 200
    [said] = notices(docx(p("a", r(words, "<w:vanish/>"))), "hidden-text")
    assert said.quote == words
    assert said.message.endswith("… and 699 more characters”.")


def test_what_is_hidden_is_reported_at_its_place_in_the_reading():
    source, shown = taken(docx(p("one"), p("two ", r("never", "<w:vanish/>"), "three")))
    [said] = read_package(source, shown=shown).diagnostics
    assert (said.code, said.line, said.column, said.excerpt) == ("hidden-text", 3, 5, "three")


def test_the_placeholder_of_an_empty_content_control_is_listed():
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('Click here.')}</w:sdtContent></w:sdt>"
    data = docx(p("Name: ", control))
    assert source_of(data) == "Name: "
    assert quotes(data, "hidden-text") == ["Click here."]


def test_a_hidden_row_and_text_in_a_cell_that_does_not_show_are_listed():
    row = f"<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{p('gone')}</w:tc></w:tr>"
    assert quotes(docx(p("a"), f"<w:tbl>{row}</w:tbl>"), "hidden-text") == ["gone"]
    data = docx(table((p("a"),), (f"<w:tcPr><w:vMerge/></w:tcPr>{p('gone')}",)))
    assert source_of(data) == "a"
    assert quotes(data, "hidden-text") == ["gone"]


def test_a_header_that_is_on_no_page_is_listed():
    referred = '<w:sectPr><w:headerReference w:type="first" r:id="rId_header1"/>{}</w:sectPr>'
    unused = docx(p("a"), referred.format(""), header1=p("First page"))
    assert quotes(unused, "hidden-text") == ["First page"]
    used = docx(p("a"), referred.format("<w:titlePg/>"), header1=p("First page"))
    assert source_of(used) == "a\n\nFirst page"


def test_what_is_hidden_in_a_header_is_listed_though_its_words_stood_in_another():
    referred = '<w:sectPr><w:headerReference w:type="default" r:id="rId_header{}"/></w:sectPr>'
    data = docx(
        p("a", pr=referred.format(1)),
        p("b"),
        referred.format(2),
        header1=p("Town", PICTURE.format("", "")),
        header2=p("Town", PICTURE.format("", ""), r("never", "<w:vanish/>")),
    )
    assert quotes(data, "hidden-text") == ["never"]
    assert quotes(data, "embedded-object") == ["A river"]


def test_an_entry_of_a_list_in_a_hidden_row_leaves_no_label():
    row = f"<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{p('gone', pr=numbered())}</w:tc></w:tr>"
    assert source_of(docx(p("a"), f"<w:tbl>{row}</w:tbl>", numbering=numbers(("decimal", "%1.")))) == "a"


def test_a_header_of_even_pages_counts_where_they_differ():
    referred = '<w:sectPr><w:headerReference w:type="even" r:id="rId_header1"/></w:sectPr>'
    assert quotes(docx(p("a"), referred, header1=p("Even")), "hidden-text") == ["Even"]
    data = docx(p("a"), referred, header1=p("Even"), settings="<w:evenAndOddHeaders/>")
    assert source_of(data) == "a\n\nEven"


def test_a_note_that_nothing_refers_to_is_listed():
    notes = f'<w:footnote w:id="3">{p("Stray.")}</w:footnote>'
    assert quotes(docx(p("a"), footnotes=notes), "hidden-text") == ["Stray."]
    reference = '<w:r><w:rPr><w:vanish/></w:rPr><w:footnoteReference w:id="3"/></w:r>'
    hidden = docx(p("a", reference), footnotes=notes)
    assert source_of(hidden) == "a"
    assert quotes(hidden, "hidden-text") == ["Stray."]


def test_what_only_old_programs_would_show_is_listed_where_it_says_something_else():
    branches = '<mc:AlternateContent><mc:Choice Requires="{}">{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>'
    data = docx(p("a ", branches.format("wps", r("new words"), r("old words"))))
    assert source_of(data) == "a new words"
    assert quotes(data, "hidden-text") == ["old words"]
    unknown = docx(p("a ", branches.format("x", r("strange"), r("usual"))))
    assert source_of(unknown) == "a usual"
    assert quotes(unknown, "hidden-text") == ["strange"]


# ---- comments


def test_a_comment_is_listed_whole_at_the_place_it_begins():
    made = f'<w:comment w:id="0" w:author="Mara">{p("Is this ours?")}{p("Ask.")}</w:comment>'
    span = ('<w:commentRangeStart w:id="0"/>', '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>')
    data = docx(p("Boats ", span[0], "and oars", span[1], " are lent."), comments=made)
    assert source_of(data) == "Boats and oars are lent."
    [said] = notices(data, "comment")
    assert (said.at, said.quote.split()) == (6, ["Is", "this", "ours?", "Ask."])
    assert "Mara" in said.message


def test_a_comment_on_nothing_is_listed_too():
    data = docx(p("Boats"), comments=f'<w:comment w:id="9" w:author="Mara">{p("Lost.")}</w:comment>')
    assert quotes(data, "comment") == ["Lost."]


# ---- fields and links


def test_a_harmless_field_is_not_worth_telling():
    data = docx(p(*(field(f" {code} ", "1") for code in ("PAGE", "REF x \\h", 'DATE \\@ "d MMMM"', "SEQ Table"))))
    assert taken(data)[1].notices == ()


@pytest.mark.parametrize(
    "code", ['IF 1 = 1 "seen" "never"', "MACROBUTTON Run press here", 'XE "secret"', "PAGE " + "word " * 50]
)
def test_an_instruction_that_holds_more_is_listed(code):
    data = docx(p("a ", field(code, "shown")))
    assert source_of(data) == "a shown"
    assert quotes(data, "field-code") == [code.strip()]


def test_text_in_the_place_of_an_instruction_is_listed():
    begin, done = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    instruction = "<w:r><w:instrText> PAGE </w:instrText></w:r>"
    data = docx(p("a ", begin, instruction, r("smuggled"), done, "b"))
    assert source_of(data) == "a b"
    assert "smuggled" in quotes(data, "field-code")[0]


def test_an_instruction_without_a_field_is_listed():
    data = docx(p("a", "<w:r><w:instrText>stray words</w:instrText></w:r>"))
    assert source_of(data) == "a"
    assert quotes(data, "field-code") == ["stray words"]


@pytest.mark.parametrize(
    "code",
    [
        'HYPERLINK "https://example.org/a" \\o "tip"',
        'INCLUDETEXT "C:\\\\other.docx"',
        "DDEAUTO excel sheet",
        "LINK Word x",
    ],
)
def test_a_field_that_fetches_or_leads_outside_is_a_link(code):
    data = docx(p(field(code, "words")), p("x", f"<w:fldSimple w:instr='{code}'>{r('too')}</w:fldSimple>"))
    assert source_of(data) == "words\n\nxtoo"
    assert quotes(data, "external-link") == [code, code]


def test_a_link_outside_is_listed_and_one_inside_is_not():
    links = (("rId9", "hyperlink", "https://example.org/list"),)
    data = docx(
        p(
            "see ",
            f'<w:hyperlink r:id="rId9">{r("the list")}</w:hyperlink>',
            f'<w:hyperlink w:anchor="x">{r(" there")}</w:hyperlink>',
        ),
        links=links,
    )
    assert source_of(data) == "see the list there"
    assert [(one.at, one.quote) for one in notices(data, "external-link")] == [(4, "https://example.org/list")]


def test_a_template_a_subdocument_and_a_relation_nobody_uses_are_links():
    template = word.relations(("rId1", "attachedTemplate", "https://example.org/evil.dotm"))
    data = docx(
        p("a"),
        '<w:p><w:subDoc r:id="rId8"/></w:p>',
        links=(("rId8", "subDocument", "file:///part.docx"), ("rId7", "image", "https://example.org/pixel.png")),
        settings="<w:zoom/>",
        settings_rels=template,
    )
    assert sorted(quotes(data, "external-link")) == [
        "file:///part.docx",
        "https://example.org/evil.dotm",
        "https://example.org/pixel.png",
    ]


# ---- embedded things

PICTURE = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="A river{}"/><a:graphic><pic:pic>{}</pic:pic></a:graphic></wp:inline></w:drawing></w:r>'


def test_a_picture_is_listed_with_the_words_that_describe_it():
    data = docx(p("a ", PICTURE.format("", '<a:blip r:embed="rId3"/>'), "b"))
    assert source_of(data) == "a b"
    [said] = notices(data, "embedded-object")
    assert (said.at, said.quote) == (2, "A river")
    assert "picture" in said.message


def test_a_picture_that_lies_outside_is_a_link_too():
    data = docx(
        p(PICTURE.format("", '<a:blip r:link="rId3"/>')), links=(("rId3", "image", "https://example.org/p.png"),)
    )
    assert quotes(data, "external-link") == ["https://example.org/p.png"]


def test_an_embedded_file_a_control_and_word_art_are_listed():
    ole = '<w:r><w:object><v:shape alt="Budget"><v:imagedata r:id="rId5"/></v:shape><o:OLEObject ProgID="Excel.Sheet.12" r:id="rId4"/></w:object></w:r>'
    art = '<w:r><w:pict><v:shape><v:textpath string="DRAFT COPY"/></v:shape></w:pict></w:r>'
    control = '<w:r><w:control r:id="rId6" w:name="Button"/></w:r>'
    found = quotes(docx(p("a", ole, art, control)), "embedded-object")
    assert [set(quote.split()) for quote in found] == [{"Budget", "Excel.Sheet.12"}, {"DRAFT", "COPY"}, set()]


def test_letters_that_are_drawn_are_listed():
    drawn = "<w:r><w:drawing><a:graphic><a:p><a:r><a:t>drawn words</a:t></a:r></a:p></a:graphic></w:drawing></w:r>"
    assert quotes(docx(p("a", drawn)), "embedded-object") == ["drawn words"]


def test_the_words_of_a_chart_are_listed():
    chart = '<w:r><w:drawing><a:graphic><c:chart r:id="rId_chart1"/></a:graphic></w:drawing></w:r>'
    content = word.HEAD + f"<c:chartSpace {word.NAMESPACES}><a:t>Boats lent by year</a:t></c:chartSpace>"
    assert quotes(docx(p("a", chart), chart1=content), "embedded-object") == ["Boats lent by year"]
    assert quotes(docx(p("a", chart), chart1="<?broken"), "embedded-object") == [""]


def test_a_file_in_place_of_paragraphs_is_named():
    data = docx(p("a"), '<w:altChunk r:id="rId9"/>', links=(("rId9", "aFChunk", "afchunk.html"),))
    assert quotes(data, "embedded-object") == ["word/afchunk.html"]


def test_macros_are_listed_and_nothing_else_happens():
    data = word.zipped([*word.entries(p("a")), ("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")])
    assert source_of(data) == "a"
    assert quotes(data, "embedded-object") == ["word/vbaProject.bin"]


def test_a_hidden_text_box_is_not_in_the_text():
    inner = (
        f"<w:drawing><wps:wsp><wps:txbx><w:txbxContent>{p('boxed')}</w:txbxContent></wps:txbx></wps:wsp></w:drawing>"
    )
    data = docx(p("a", f"<w:r><w:rPr><w:vanish/></w:rPr>{inner}</w:r>"))
    assert source_of(data) == "a"
    assert quotes(data, "hidden-text") == ["boxed"]


# ---- elements that are not known


def test_an_unknown_element_of_word_is_read_and_one_of_another_program_is_set_aside():
    data = docx(
        p("a ", f"<w:novelty>{r('new')}</w:novelty>", f"<x:note>their {r('own')}</x:note>"),
        f"<w:wrapper>{p('b')}</w:wrapper>",
    )
    assert source_of(data) == "a new\n\nb"
    assert quotes(data, "unread-element") == ["new", "their own", "b"]


def test_text_that_stands_in_no_run_is_listed():
    assert quotes(docx("<w:p>loose words<w:r><w:t>a</w:t>tail</w:r></w:p>"), "unread-element") == [
        "loose words",
        "tail",
    ]


def test_text_among_properties_is_listed():
    assert quotes(docx(p("a", pr=r("smuggled"))), "unread-element") == ["smuggled"]
    assert quotes(docx(p(r("a", r("smuggled")))), "unread-element") == ["smuggled"]


def test_a_second_body_is_listed():
    data = docx(p("a"), "</w:body><w:body>", p("b"))
    assert source_of(data) == "a"
    assert quotes(data, "unread-element") == ["b"]


def test_runs_that_stand_in_no_paragraph_are_one():
    assert source_of(docx(r("stray"), p("one"), r("again"))) == "stray\n\none\n\nagain"


def test_a_paragraph_inside_of_a_paragraph_loses_nothing():
    assert source_of(docx(f"<w:p>{r('a')}{p('b')}{r('c')}</w:p>")).split() == ["a", "b", "c"]


# ---- looks that mean something in some houses


def test_struck_text_stays_and_is_listed():
    data = docx(p("Boats ", r("shall ", "<w:strike/>"), r("not ", "<w:dstrike/><w:b/>"), "be lent."))
    assert source_of(data) == "Boats shall not be lent."
    assert [(one.at, one.quote) for one in notices(data, "struck-text")] == [(6, "shall not ")]


def test_each_colour_is_told_of_once_a_file():
    red = '<w:color w:val="FF0000"/>'
    data = docx(
        p("Boats are lent ", r("by EVR ", red), "to all"),
        p(r("and oars", red), r(" too", '<w:highlight w:val="yellow"/>')),
    )
    said = notices(data, "coloured-text")
    assert [(one.at, one.quote) for one in said] == [(15, "by EVR"), (38, "too")]
    assert "15 characters" in said[0].message
    assert "FF0000" in said[0].message


def test_the_usual_colour_of_a_file_is_not_told_of():
    navy = '<w:color w:val="000080"/>'
    data = docx(p(r("Boats are lent by everybody", navy), r(" now", '<w:color w:val="000000"/>')))
    assert [one.quote for one in notices(data, "coloured-text")] == ["now"]
    assert notices(docx(p(r("Boats", '<w:color w:val="000000"/>'), " are")), "coloured-text") == []


def test_underlined_and_slanted_letters_are_told_of_once_unless_usual():
    data = docx(
        p("Boats are lent ", r("by all", '<w:u w:val="single"/>'), r(" here", "<w:i/>"), r(".", '<w:u w:val="none"/>'))
    )
    assert [one.quote for one in notices(data, "coloured-text")] == ["by all", "here"]
    assert notices(docx(p(r("Boats", "<w:i/>"))), "coloured-text") == []


def test_what_is_set_aside_in_an_insertion_is_still_set_aside():
    data = docx(p("a ", ins(r("b", "<w:vanish/>"), "c")))
    assert source_of(data) == "a [c] (+EVR)"
    assert quotes(data, "hidden-text") == ["b"]
