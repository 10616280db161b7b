"""Reading: every address, from every seat; ETags; pages; filters; nothing that was not asked for."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from delegations.models import Delegate, Delegation, Kind, Role
from negotiations.acts import versions
from negotiations.models import Freeze
from tests.api.asking import Script, problem
from tests.room import Room, proposal_of


@pytest.fixture
def issued(room: Room) -> Room:
    """A room that sat, was suspended and has issued a podium version; one word was tabled before."""
    room.inserts("VIE", "and tyre", after="bell", in_="PP2", reason="Tyres ring too.")
    room.suspends()
    versions.issue(freeze_id=Freeze.objects.get().pk)
    return room


def reads(room: Room, script: Script) -> list[str]:
    """Every address that answers a GET."""
    document, paragraph = room.document.pk, room.paragraph("PP1").pk
    bracket, half = room.bracket("PP1.1").pk, room.bracket("OP1.1")
    version = script.json("versions/")["results"][0]
    files = [file["url"] for file in version["files"]]
    return [
        "/api/v1/negotiations/",
        "",
        "delegations/",
        "sessions/",
        "documents/",
        f"documents/{document}/",
        f"documents/{document}/tree/",
        f"documents/{document}/text/",
        "paragraphs/",
        f"paragraphs/{paragraph}/",
        f"paragraphs/{paragraph}/words/",
        f"paragraphs/{paragraph}/text/",
        f"paragraphs/{paragraph}/positions/CHN/",
        "brackets/",
        f"brackets/{bracket}/",
        f"brackets/{bracket}/positions/TUR/",
        "proposals/",
        f"proposals/{half.proposal_id}/",
        f"proposals/{half.proposal_id}/positions/IND/",
        "positions/",
        "versions/",
        f"versions/{version['id']}/",
        "events/",
        *files,
    ]


@pytest.mark.parametrize("code", ["VIE", "VIE.adviser", "BIRDS", "CHAIR", "Secretariat"])
def test_every_seat_at_the_table_reads_everything_public(issued: Room, code: str) -> None:
    script = Script.of(issued, code, "read")
    for path in reads(issued, script):
        assert script.get(path).status_code == 200, path


def test_for_a_stranger_there_is_nothing(issued: Room) -> None:
    member = Script.of(issued, "VIE")
    elsewhere = Delegation.objects.create(code="MARS", kind=Kind.MEMBER, name_en="Mars")
    who = Delegate.objects.create_user("mars@bells.example", name="Mars", delegation=elsewhere, role=Role.HEAD)
    issued.actors["MARS"] = type(issued.secretariat).of(who)
    stranger = Script.of(issued, "MARS")
    assert stranger.json("/api/v1/negotiations/")["results"] == []
    for path in reads(issued, member)[1:]:
        assert problem(stranger.get(path)) == "not-found", path


def test_what_belongs_to_another_negotiation_is_not_found_under_this_one(room: Room) -> None:
    other = Room.opened()
    script = Script.of(room, "VIE")
    for path in (
        f"documents/{other.document.pk}/",
        f"documents/{other.document.pk}/text/",
        f"paragraphs/{other.paragraph('PP1').pk}/",
        f"brackets/{other.bracket('PP1.1').pk}/",
        f"brackets/{other.bracket('PP1.1').pk}/positions/VIE/",
        f"proposals/{other.bracket('PP1.1').proposal_id}/",
    ):
        assert problem(script.get(path)) == "not-found", path
    assert script.json(f"brackets/?document={other.document.pk}")["results"] == []


def test_nothing_tells_of_a_person(issued: Room) -> None:
    script = Script.of(issued, "VIE")
    said = "".join(
        json.dumps(script.json(path)) for path in reads(issued, script) if "text/" not in path and "files" not in path
    )
    assert "@bells.example" not in said
    assert "entered_by" not in said
    assert "person" not in said


def test_a_text_is_what_the_export_prints(issued: Room, capfdbinary: Any) -> None:
    script = Script.of(issued, "VIE")
    call_command("export_podium", issued.negotiation.slug)
    text = script.get(f"documents/{issued.document.pk}/text/").content
    assert text + b"\n" == capfdbinary.readouterr().out
    assert issued.prints("PP2").encode() == script.get(f"paragraphs/{issued.paragraph('PP2').pk}/text/").content


def test_a_paragraph_is_its_wording_and_a_position_says_how_it_prints(issued: Room) -> None:
    script = Script.of(issued, "BIRDS")
    said = script.json(f"paragraphs/{issued.paragraph('PP1').pk}/")
    assert (said["label"], said["handle"], said["agreement"]) == ("PP1", "PP1", "open")
    assert said["bracketed"] == "PP1. Recalling that bells [ring and] [, where customary,] warn;"
    assert said["wording"] == "PP1. Recalling that bells ring and , where customary, warn;"
    [bracket] = (b for b in script.json("brackets/?state=standing")["results"] if b["number"] == "PP1.2")
    assert (bracket["wording"], bracket["origin"]) == (", where customary,", "unknown")
    [position] = script.json(f"positions/?bracket={bracket['id']}")["results"]
    assert (position["delegation"], position["stance"], position["marker"]) == ("TUR", "oppose", "(-TUR)")
    whole = script.json(f"paragraphs/{issued.paragraph('PP1').pk}/positions/CHN/")
    assert (whole["stance"], whole["marker"], whole["heard"]) == ("tcb", "(CHN tcb)", "printed")


def test_silence_is_an_answer_too(room: Room) -> None:
    answer = Script.of(room, "BIRDS").get(f"brackets/{room.bracket('PP1.1').pk}/positions/VIE/")
    assert (answer.status_code, answer.json()["stance"], answer["ETag"]) == (200, None, '"2-0"')
    nobody = Script.of(room, "BIRDS").get(f"brackets/{room.bracket('PP1.1').pk}/positions/MARS/")
    assert problem(nobody) == "not-found"


def test_an_etag_stays_while_its_words_do_and_moves_with_them(room: Room) -> None:
    script, paragraph = Script.of(room, "VIE"), room.paragraph("PP2").pk
    wording, print_ = f"paragraphs/{paragraph}/", f"documents/{room.document.pk}/text/"
    before = {path: script.tag(path) for path in (wording, print_, "positions/")}
    assert all(script.get(path, **{"If-None-Match": tag}).status_code == 304 for path, tag in before.items())
    room.takes("IND", "tcb", on="PP1.1")
    assert script.get(wording, **{"If-None-Match": before[wording]}).status_code == 304
    assert script.get(print_, **{"If-None-Match": before[print_]}).status_code == 200
    assert script.get("positions/", **{"If-None-Match": before["positions/"]}).status_code == 200
    room.deletes("IND", "bell", "bell", in_="PP2")
    assert script.get(wording, **{"If-None-Match": before[wording]}).status_code == 200


def test_a_list_goes_on_by_its_cursor_without_loss_or_repeat(room: Room) -> None:
    script = Script.of(room, "VIE")
    whole = [row["number"] for row in script.json("brackets/")["results"]]
    assert whole == ["PP1.1", "PP1.2", "OP1.1", "OP1.2", "OP1.3", "OP1.4"]
    found, path = [], "brackets/?limit=2"
    while path:
        page = script.json(path.removeprefix("http://testserver"))
        found += [row["number"] for row in page["results"]]
        path = page["next"]
    assert found == whole


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=501",
        "limit=x",
        "limit=",
        "cursor=x",
        "cursor=cD1hYmM%3D",
        "cursor=cD0lMDA%3D",
        "document=x",
        "state=gone",
    ],
)
def test_a_wrong_parameter_is_named(room: Room, query: str) -> None:
    answer = Script.of(room, "VIE").get(f"brackets/?{query}")
    assert problem(answer) == "invalid-input"
    assert query.partition("=")[0] in answer.json()["errors"]


def test_filters_narrow(room: Room) -> None:
    script = Script.of(room, "VIE")
    pp1 = room.paragraph("PP1").pk
    assert {row["number"] for row in script.json(f"brackets/?paragraph={pp1}")["results"]} == {"PP1.1", "PP1.2"}
    assert {row["delegation"] for row in script.json("positions/?stance=oppose")["results"]} == {"TUR", "IND"}
    assert {row["number"] for row in script.json("positions/?delegation=CHN")["results"]} == {"PP1"}
    room.inserts("VIE", "and tyre", after="bell", in_="PP2")
    [tabled] = script.json("proposals/?delegation=VIE")["results"]
    assert [row["wording"] for row in tabled["brackets"]] == ["and tyre"]
    assert script.json("paragraphs/?agreement=struck")["results"] == []


LISTS = ("delegations/", "sessions/", "documents/", "paragraphs/", "brackets/", "proposals/", "positions/", "events/")


@pytest.mark.parametrize("path", LISTS)
def test_a_list_asks_as_often_for_many_as_for_few(room: Room, path: str) -> None:
    script = Script.of(room, "VIE")

    def asked() -> int:
        script.get(path)  # what is asked once a process is asked
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert script.get(path).status_code == 200
        return len(queries)

    few = asked()
    for code, word in (("VIE", "bell"), ("IND", "owner"), ("TUR", "every")):
        room.inserts(code, f"{code.lower()} words", after=word, in_="PP2")
        room.takes(code, "tcb", on="OP2")
    assert asked() == few <= 10


def test_versions_list_their_files_and_files_are_what_was_issued(issued: Room) -> None:
    script = Script.of(issued, "BIRDS")
    [version] = script.json(f"versions/?document={issued.document.pk}")["results"]
    assert (version["number"], date.fromisoformat(version["as_of"])) == (1, Freeze.objects.get().as_of)
    assert script.json(f"versions/{version['id']}/") == version
    [text] = (file for file in version["files"] if file["format"] == "text")
    answer = script.get(text["url"], Accept="application/pdf")
    assert b"[and tyre] (+VIE)" in answer.content
    assert (len(answer.content), answer["ETag"]) == (text["size"], f'"{text["sha256"]}"')
    assert script.get(text["url"], **{"If-None-Match": answer["ETag"]}).status_code == 304
    assert problem(script.get(text["url"].replace("files/text", "files/odt"))) == "not-found"


def test_a_proposal_shows_its_halves(room: Room) -> None:
    event = room.replaces("VIE", "owner", "owner", "keeper", in_="PP2")
    said = Script.of(room, "IND").json(f"proposals/{proposal_of(event)}/")
    assert [(row["side"], row["wording"], row["number"]) for row in said["brackets"]] == [
        ("out", "owner", "PP2.1"),
        ("in", "keeper", "PP2.2"),
    ]
    assert (said["kind"], said["tabled_by"], said["state"]) == ("replacement", "VIE", "tabled")


def test_a_tree_holds_the_facts_of_its_brackets(room: Room) -> None:
    said = Script.of(room, "VIE").json(f"documents/{room.document.pk}/tree/")
    [op1] = (row for row in said["paragraphs"] if row["handle"] == "OP1")
    assert [row["number"] for row in op1["brackets"]] == ["OP1.1", "OP1.2", "OP1.3", "OP1.4"]
    ids = [node["bracket"] for node in op1["tree"] if isinstance(node, dict) and "bracket" in node]
    assert set(ids) <= {row["id"] for row in op1["brackets"]}
    words = Script.of(room, "VIE").json(f"paragraphs/{op1['id']}/words/")["words"]
    assert [row["word"] for row in words[:4]] == ["Each", "town", "shall", "oil"]
    assert words[3]["bracket"] == ids[0] == words[4]["closes"]
