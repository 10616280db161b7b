"""Writing: the acts' rules through this door; preconditions, keys and replays; the same record as through the pages."""

from collections.abc import Callable
from typing import Any

import pytest

from negotiations import may
from negotiations.acts import sponsors, verdicts
from negotiations.models import Event, Position
from negotiations.models.wording import Heard
from tests.api.asking import Script, problem
from tests.room import Room, proposal_of
from tests.web.visiting import hidden, signed_in, url

OPPOSES = {"stance": "oppose", "reason": "Not in our mandate."}


def position(room: Room, on: str = "PP1.1", code: str = "VIE") -> str:
    target = room.target(on)
    if target.bracket_id:
        return f"brackets/{target.bracket_id}/positions/{code}/"
    return f"paragraphs/{target.paragraph_id}/positions/{code}/"


def answer(room: Room, code: str = "VIE") -> str:
    return f"proposals/{room.bracket('OP1.1').proposal_id}/positions/{code}/"


def tabling(room: Room, in_: str = "PP2") -> str:
    return f"paragraphs/{room.paragraph(in_).pk}/proposals/"


def inserts(room: Room, text: str = "and tyre", **more: object) -> dict[str, object]:
    return {"kind": "insertion", "after": room.at("PP2", "bell"), "text": text, **more}


def tables(room: Room, script: Script, **how: Any) -> Any:
    how.setdefault("tag", script.tag(f"paragraphs/{room.paragraph('PP2').pk}/"))
    return script.post(tabling(room), how.pop("body", None) or inserts(room), **how)


Write = Callable[[Room, Script], Any]
"""Sends one write with ``how``: the seven ways in which a script changes something."""


def _withdraws(room: Room, script: Script, **how: Any) -> Any:
    return _of_proposal(script, "post", _own(room, script), "withdrawal/", **how)


def _own(room: Room, script: Script, code: str = "VIE") -> str:
    """The proposal that the delegation tabled, or one from paper where it tabled none."""
    [own] = script.json(f"proposals/?delegation={code}")["results"] or [{"id": room.bracket("PP1.1").proposal_id}]
    return f"proposals/{own['id']}/"


def _of_proposal(script: Script, method: str, proposal: str, more: str, body: Any = None, **how: Any) -> Any:
    how.setdefault("tag", script.tag(proposal))
    return script.write(method, proposal + more, how.pop("body", body), **how)


def _joined(room: Room) -> None:
    proposal = proposal_of(room.inserts("IND", "and horn", after="bell", in_="PP2"))
    sponsors.co_sponsor(
        actor=room.actors["VIE"],
        negotiation_id=room.negotiation.pk,
        proposal_id=proposal,
        seen=room.seq,
        key=room.key(),
    )


WRITES: dict[str, tuple[Callable[[Room], object], Callable[..., Any], str]] = {
    "take on a bracket": (
        lambda room: None,
        lambda room, s, **h: s.put(position(room), OPPOSES, **h),
        "position.taken",
    ),
    "take on a paragraph": (
        lambda room: None,
        lambda room, s, **h: s.put(position(room, "PP2"), {"stance": "keep_original"}, **h),
        "position.taken",
    ),
    "withdraw from a bracket": (
        lambda room: room.takes("VIE", "tcb", on="PP1.1"),
        lambda room, s, **h: s.delete(position(room), **h),
        "position.withdrawn",
    ),
    "withdraw from a paragraph": (
        lambda room: room.takes("VIE", "tcb", on="PP2"),
        lambda room, s, **h: s.delete(position(room, "PP2"), **h),
        "position.withdrawn",
    ),
    "answer a replacement": (
        lambda room: None,
        lambda room, s, **h: s.put(answer(room), {"answer": "new"}, **h),
        "replacement.answered",
    ),
    "withdraw the answer": (
        lambda room: room.takes("VIE", "tcb", on="OP1.1"),
        lambda room, s, **h: s.delete(answer(room), **h),
        "replacement.silent",
    ),
    "table": (lambda room: None, tables, "proposal.tabled"),
    "table a paragraph": (
        lambda room: None,
        lambda room, s, **h: s.post(
            f"paragraphs/{room.paragraph('PP2').pk}/paragraphs/",
            {"standing": "after", "text": "Noting the pumps;"},
            **{"tag": s.tag(f"paragraphs/{room.paragraph('PP2').pk}/"), **h},
        ),
        "paragraph.tabled",
    ),
    "revise": (
        lambda room: room.inserts("VIE", "and horn", after="bell", in_="PP2"),
        lambda room, s, **h: _of_proposal(s, "post", _own(room, s), "revision/", {"text": "and whistle"}, **h),
        "proposal.revised",
    ),
    "co-sponsor": (
        lambda room: room.inserts("IND", "and horn", after="bell", in_="PP2"),
        lambda room, s, **h: _of_proposal(s, "put", _own(room, s, "IND"), "co-sponsors/VIE/", **h),
        "proposal.co_sponsored",
    ),
    "leave a proposal": (
        lambda room: _joined(room),
        lambda room, s, **h: _of_proposal(s, "delete", _own(room, s, "IND"), "co-sponsors/VIE/", **h),
        "proposal.co_sponsor_left",
    ),
    "take a proposal back": (
        lambda room: room.inserts("VIE", "and horn", after="bell", in_="PP2"),
        _withdraws,
        "proposal.withdrawn",
    ),
    "confirm": (
        lambda room: room.takes("Secretariat", "oppose", on="PP1.1", heard_for="VIE"),
        lambda room, s, **h: s.post(
            f"positions/{Position.objects.get(delegation__code='VIE', bracket=room.bracket('PP1.1')).pk}/confirmation/",
            **{"tag": s.tag(position(room)), **h},
        ),
        "position.confirmed",
    ),
}


@pytest.fixture(params=WRITES)
def write(request: pytest.FixtureRequest, room: Room) -> tuple[Callable[..., Any], str]:
    prepare, send, kind = WRITES[request.param]
    prepare(room)
    return send, kind


def test_a_write_is_one_event_and_says_so(room: Room, write: tuple[Callable[..., Any], str]) -> None:
    send, kind = write
    script, before = Script.of(room, "VIE"), room.seq
    done = send(room, script)
    assert done.status_code in (200, 201), done.content
    event = Event.objects.get(negotiation=room.negotiation, seq=before + 1)
    assert (room.seq, event.kind, event.on_behalf_of) == (before + 1, kind, "VIE")
    assert (done.json()["recorded"]["seq"], done.json()["recorded"]["hash"]) == (event.seq, event.hash)
    assert "Idempotent-Replayed" not in done


def test_a_write_sent_again_gets_the_same_answer_and_does_nothing_more(
    room: Room, write: tuple[Callable[..., Any], str]
) -> None:
    send, _kind = write
    script, tag = Script.of(room, "VIE"), _tag_for(room, write)
    first = send(room, script, key="once", tag=tag)
    after = room.seq
    room.inserts("TUR", "loud", after="lent", in_="OP2")
    again = send(room, script, key="once", tag=tag)
    assert again["Idempotent-Replayed"] == "true"
    assert (again.status_code, again.json(), again["ETag"]) == (first.status_code, first.json(), first["ETag"])
    assert room.seq == after + 1


def _tag_for(room: Room, write: tuple[Callable[..., Any], str]) -> str:
    """The ETag that the write would name: kept, because a repeat sends the same headers."""
    found: list[str] = []

    class Listening(Script):
        def write(self, method: str, path: str, body: Any = None, *, key: Any = "", tag: Any = "") -> Any:
            found.append(tag or self.tag(path))

    write[0](room, Listening.of(room, "VIE"))
    return found[0]


def test_without_its_headers_nothing_is_written(room: Room, write: tuple[Callable[..., Any], str]) -> None:
    send, _kind = write
    script, before = Script.of(room, "VIE"), room.seq
    assert problem(send(room, script, tag=None)) == "precondition-required"
    assert problem(send(room, script, tag="*")) == "precondition-required"
    for key in (None, "x" * 101, "a b"):
        assert problem(send(room, script, key=key)) == "idempotency-key-required"
    assert room.seq == before


def test_a_stale_write_is_refused_with_what_is_there_now(room: Room, write: tuple[Callable[..., Any], str]) -> None:
    send, _kind = write
    script, before, current = Script.of(room, "VIE"), room.seq, _tag_for(room, write)
    for tag in ('"1"', '"1-0"', '"999"', '"2-77"', 'W/"2"', "words", '"2", "3"'):
        refused = send(room, script, tag=tag)
        assert problem(refused) == "stale-version", tag
        assert refused.json()["current"] == current
    assert script.get(refused.json()["paragraph"]).status_code == 200
    assert room.seq == before
    assert send(room, script, tag=current).status_code in (200, 201)


def test_a_token_without_the_scope_does_not_write(room: Room, write: tuple[Callable[..., Any], str]) -> None:
    send, kind = write
    before = room.seq
    wrong = "positions" if kind.startswith(("proposal", "paragraph")) else "proposals"
    for scopes in (("read",), ("read", wrong)):
        refused = send(room, Script.of(room, "VIE", *scopes))
        assert problem(refused) == "scope-missing"
    assert room.seq == before


def test_in_a_closed_room_only_what_was_heard_is_confirmed(room: Room, write: tuple[Callable[..., Any], str]) -> None:
    send, kind = write
    room.suspends()
    answered = send(room, Script.of(room, "VIE"))
    if kind == "position.confirmed":
        assert answered.status_code == 200
    else:
        assert problem(answered) == "session-not-open"


def test_another_seat_does_not_write_for_the_delegation(room: Room, write: tuple[Callable[..., Any], str]) -> None:
    send, kind = write
    before = room.seq
    # What one tables is one's own whoever tables; a name is put to a proposal by whoever is named.
    others = ["VIE.adviser", "BIRDS"] if kind.endswith(".tabled") else ["VIE.adviser", "BIRDS", "IND"]
    for code in others:
        refused = send(room, Script.of(room, code))
        assert problem(refused) in ("not-allowed", "not-found"), refused.content
    assert room.seq == before


def test_a_key_that_answered_something_else_is_refused(room: Room) -> None:
    script = Script.of(room, "VIE")
    script.put(position(room), OPPOSES, key="one")
    for body in ({"stance": "support"}, {**OPPOSES, "reason": "other"}):
        assert problem(script.put(position(room), body, key="one")) == "idempotency-mismatch"
    assert problem(script.put(position(room, "PP1.2"), OPPOSES, key="one")) == "idempotency-mismatch"
    assert room.takes("IND", "tcb", on="PP1.1", key="one").kind == "position.taken"  # a key is its person's own


def test_the_secretariat_names_the_delegation_that_it_heard(room: Room) -> None:
    pen = Script.of(room, "Secretariat")
    heard = pen.put(position(room, code="TUR"), {"stance": "oppose"})
    assert (heard.json()["heard"], heard.json()["delegation"]) == (Heard.AS_HEARD, "TUR")
    tabled = tables(room, pen, body=inserts(room, on_behalf_of="IND"))
    assert (tabled.json()["tabled_by"], tabled.json()["as_heard"]) == ("IND", True)
    stranger = tables(room, pen, body=inserts(room, on_behalf_of="MARS"))
    assert "on_behalf_of" in stranger.json()["errors"]
    confirmed = Script.of(room, "TUR").post(f"positions/{heard.json()['id']}/confirmation/", tag=heard["ETag"])
    assert confirmed.json()["heard"] == Heard.CONFIRMED


def test_what_was_heard_otherwise_meanwhile_is_not_confirmed_unseen(room: Room) -> None:
    pen, turkey = Script.of(room, "Secretariat"), Script.of(room, "TUR")
    first = pen.put(position(room, code="TUR"), {"stance": "oppose"})
    pen.put(position(room, code="TUR"), {"stance": "support"})
    refused = turkey.post(f"positions/{first.json()['id']}/confirmation/", tag=first["ETag"])
    assert problem(refused) == "stale-version"


def test_crossed_signs_follow_the_answer(room: Room) -> None:
    script = Script.of(room, "VIE")
    said = script.put(answer(room), {"answer": "new"}).json()
    assert [(row["number"], row["marker"]) for row in said["positions"]] == [("OP1.1", "(-VIE)"), ("OP1.2", "(+VIE)")]
    assert script.json(answer(room))["answer"] == "new"
    assert "[oil] (-IND) (-VIE) [polish] (+IND) (+VIE)" in room.prints("OP1")
    script.put(position(room, "OP1.1"), {"stance": "support"})
    assert script.json(answer(room))["answer"] is None


def test_a_tabled_replacement_answers_with_both_brackets(room: Room) -> None:
    at = room.at("PP2", "owner")
    body = {"kind": "replacement", "first": at, "last": at, "text": "keeper", "to_come_back": True, "reason": "Kept."}
    done = tables(room, Script.of(room, "VIE"), body=body)
    assert (done.status_code, done["ETag"]) == (201, f'"{room.seq}"')
    assert [(row["side"], row["wording"]) for row in done.json()["brackets"]] == [("out", "owner"), ("in", "keeper")]
    assert done.json() == {
        **Script.of(room, "IND").json(f"proposals/{done.json()['id']}/"),
        "recorded": done.json()["recorded"],
    }
    assert "[owner] (VIE tcb) [keeper] (VIE tcb)" in room.prints("PP2")


def test_a_stale_proposal_is_moved_onto_the_present_words_where_no_guess_is_needed(room: Room) -> None:
    script, tag, body = (
        Script.of(room, "VIE"),
        Script.of(room, "VIE").tag(f"paragraphs/{room.paragraph('PP2').pk}/"),
        inserts(room),
    )
    room.inserts("IND", "nearly", after="that", in_="PP2")
    refused = tables(room, script, body=body, tag=tag)
    suggestion = refused.json()["suggestion"]
    assert suggestion == {**inserts(room), "if_match": script.tag(f"paragraphs/{room.paragraph('PP2').pk}/")}
    done = tables(room, script, body=suggestion, tag=suggestion["if_match"])
    assert done.status_code == 201
    assert room.prints("PP2") == "PP2. Noting that [nearly] (+IND) every bell [and tyre] (+VIE) has an owner;"


def test_where_it_needs_a_guess_nothing_is_suggested(room: Room) -> None:
    script, tag, body = (
        Script.of(room, "VIE"),
        Script.of(room, "VIE").tag(f"paragraphs/{room.paragraph('PP2').pk}/"),
        inserts(room),
    )
    room.deletes("IND", "bell", "bell", in_="PP2")
    assert tables(room, script, body=body, tag=tag).json()["suggestion"] is None


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"kind": "insertion"}, "invalid-input"),
        ({"kind": "rewrite"}, "invalid-input"),
        ({"kind": ["insertion"]}, "invalid-input"),
        ({"kind": "deletion", "first": -1, "last": 2}, "invalid-input"),
        ({"kind": "deletion", "first": 500, "last": 501}, "cannot-bracket"),
        ({"kind": "insertion", "after": 1, "text": "and [tyre]"}, "cannot-bracket"),
        ({"kind": "insertion", "after": 1, "text": "ty\u202ere"}, "text-not-plain"),
        ({"kind": "insertion", "after": 1, "text": "ty\x00re"}, "invalid-input"),
        ({"kind": "insertion", "after": 1, "text": "ty\ud800re"}, "invalid-input"),
    ],
)
def test_what_cannot_be_tabled_is_refused_by_name(room: Room, body: dict[str, object], code: str) -> None:
    before = room.seq
    assert problem(tables(room, Script.of(room, "VIE"), body=body)) == code
    assert room.seq == before


def test_an_ended_bracket_and_agreed_text_take_no_answer(room: Room) -> None:
    script, bracket = Script.of(room, "VIE"), room.bracket("PP1.1")
    common = {"actor": room.secretariat, "negotiation_id": room.negotiation.pk, "paragraph_id": bracket.paragraph_id}
    verdicts.decide(**common, ways={bracket.pk: "strike"}, seen=room.seq, key=room.key())  # type: ignore[arg-type]
    assert problem(script.put(position(room), OPPOSES)) == "bracket-ended"
    common["paragraph_id"] = room.paragraph("PP2").pk
    verdicts.agree(**common, seen=room.seq, key=room.key())  # type: ignore[arg-type]
    assert problem(script.put(position(room, "PP2"), OPPOSES)) == "agreed-text"
    assert problem(tables(room, script)) == "agreed-text"
    assert problem(script.delete(position(room, "PP1.2"))) == "nothing-to-withdraw"


def test_the_same_act_through_the_page_leaves_the_same_record(room: Room) -> None:
    page, script = signed_in(room, "IND"), Script.of(room, "VIE")
    address = url(room, "bracket-position", room.bracket("PP1.2").pk)
    form = hidden(page.get(url(room, "bracket", room.bracket("PP1.2").pk)).content.decode())
    page.post(address, {**form, "stance": "support", "reservation": "on", "reason": "With care."})
    script.put(position(room, "PP1.2"), {"stance": "support", "reservation": True, "reason": "With care."})
    first, second = (
        {name: value for name, value in event.payload["rows"]["negotiations_position"][0].items() if name not in OWN}
        for event in Event.objects.filter(negotiation=room.negotiation, kind="position.taken").order_by("seq")
    )
    assert first == second
    kinds = Event.objects.filter(negotiation=room.negotiation).order_by("-seq").values_list("kind", flat=True)[:2]
    assert list(kinds) == ["position.taken"] * 2


OWN = ("id", "delegation_id", "entered_by_id", "on_seq", "taken_at")
"""What differs between two delegations' positions that say the same."""


def test_a_right_is_the_acts_not_the_doors(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Break the right in ``may`` and this door opens: it has no rule of its own that could drift."""
    monkeypatch.setattr(may, "speak_for", lambda actor, delegation: None)
    assert Script.of(room, "VIE.adviser").put(position(room), OPPOSES).status_code == 200


def test_taking_back_what_another_tabled_is_not_allowed(room: Room) -> None:
    proposal = proposal_of(room.inserts("IND", "and horn", after="bell", in_="PP2"))
    script = Script.of(room, "VIE")
    tag = script.tag(f"proposals/{proposal}/")
    assert problem(script.post(f"proposals/{proposal}/withdrawal/", tag=tag)) == "not-allowed"
