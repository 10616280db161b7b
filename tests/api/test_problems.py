"""Errors: a problem each, never a page; and every refusal has its place in the catalogue."""

import json

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client, override_settings

from negotiations import refusals
from negotiations.api import authentication, problems
from negotiations.refusals import Refusal
from tests.api.asking import Script, problem
from tests.room import Room


def test_no_error_under_the_api_is_a_page(room: Room) -> None:
    script = Script.of(room, "VIE")
    auth = {"Authorization": f"Bearer {script.secret}"}
    bracket = script.address(f"brackets/{room.bracket('PP1.1').pk}/positions/VIE/")
    client = Client()
    assert problem(client.get("/api/")) == "not-found"
    assert problem(client.get("/api/v2/x/", headers={"Accept": "text/html"})) == "not-found"
    assert problem(client.get("/api/v1/negotiations")) == "not-found"
    assert problem(script.get("nowhere/")) == "not-found"
    assert problem(client.delete(script.address(""), headers=auth)) == "method-not-allowed"
    assert problem(client.options(script.address(""), headers=auth)) == "method-not-allowed"
    assert problem(script.get("", Accept="text/html")) == "not-acceptable"
    assert problem(client.get(script.address(""))) == "token-refused"
    full = {**auth, "If-Match": '"2-0"', "Idempotency-Key": "k"}
    assert problem(client.put(bracket, b"{", content_type="application/json", headers=full)) == "malformed"
    assert problem(client.put(bracket, b"[1]", content_type="application/json", headers=full)) == "malformed"
    deep = b"[" * 100_000
    assert problem(client.put(bracket, deep, content_type="application/json", headers=full)) == "malformed"
    long = json.dumps({"stance": "tcb", "reason": "x" * 300_000})
    assert problem(client.put(bracket, long, content_type="application/json", headers=full)) == "too-large"
    assert problem(client.put(bracket, "a=b", content_type="text/plain", headers=full)) == "unsupported-media-type"
    assert problem(client.get("/api/v1/", headers={"Host": "elsewhere.example"})) == "malformed"
    assert room.seq == 3


def test_what_breaks_here_is_a_problem_and_a_database_away_says_when_to_come_back(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = Script.of(room, "VIE")
    for fault, code in ((OperationalError("no"), "unavailable"), (ZeroDivisionError(), "internal-error")):

        def broken(*_: object, fault: Exception = fault, **__: object) -> None:
            raise fault

        monkeypatch.setattr("negotiations.api.negotiations.One.get", broken)
        answer = script.get("")
        assert problem(answer) == code
        assert "Retry-After" in answer or code == "internal-error"


def test_every_refusal_that_a_script_can_meet_is_in_the_catalogue() -> None:
    kinds = {kind for kind in vars(refusals).values() if isinstance(kind, type) and issubclass(kind, Refusal)}
    by_pen = {
        "session-already-open",
        "nothing-on-the-agenda",
        "nothing-to-close",
        "empty-agenda",
        "not-clean",
        "codes-look-alike",
        "no-text",
        "empty-file",
        "not-read-yet",
        "imported-already",
        "not-taken-back",
        "nothing-chosen",
        "unanswered",
        "needs-another",
    }
    of_pages = {"too-many-drafts", "draft-changed", "draft-gone", "nothing-ticked"}  # what the API does not have
    for kind in kinds - {Refusal}:
        code = problems.RENAMED.get(kind.code, kind.code)
        assert (code in problems.KINDS) != (code in by_pen | of_pages), code
        if code in problems.KINDS:
            assert problems.KINDS[code].status == kind.status


def test_a_type_is_an_address_that_explains_it() -> None:
    for code, kind in problems.KINDS.items():
        said = Client().get(problems.type_of(code)).json()
        assert (said["status"], said["meaning"]) == (kind.status, str(kind.meaning))
    assert problem(Client().get("/api/v1/problems/none/")) == "not-found"


def test_a_token_that_asks_too_often_is_told_to_wait(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(authentication.TokenThrottle, "rate", "3/m", raising=False)
    eager, other = Script.of(room, "VIE"), Script.of(room, "IND")
    assert [eager.get("").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert int(eager.get("")["Retry-After"]) > 0
    assert other.get("").status_code == 200


@override_settings(
    CACHES={"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:9/0"}}
)
def test_an_absent_cache_stops_nobody(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authentication.TokenThrottle, "rate", "1/m", raising=False)
    script = Script.of(room, "VIE")
    assert [script.get("").status_code for _ in range(2)] == [200, 200]


def test_answers_are_kept_out_of_shared_caches(room: Room) -> None:
    assert Script.of(room, "VIE").get("documents/")["Cache-Control"] == "private, no-cache"
