"""Tokens: made once, kept as a digest, narrowed by scopes, ended by a day, a press, or the loss of a seat."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from delegations import tokens
from delegations.models import Delegate, Token, today
from delegations.web.lockout import TRIES
from tests.api.asking import Script, problem
from tests.room import Room
from tests.web.visiting import signed_in

TOMORROW = today() + timedelta(days=1)


def person(room: Room, code: str = "VIE") -> Delegate:
    return Delegate.objects.get(pk=room.actors[code].person_id)


def status(room: Room, secret: str) -> int:
    return Script(room, secret).get("").status_code


@pytest.fixture(autouse=True)
def _no_wrong_tries() -> None:
    cache.clear()


def test_the_secret_stands_nowhere_but_in_the_answer(room: Room) -> None:
    token, secret = tokens.make(person=person(room), name="mirror", scopes=["positions"], expires_on=TOMORROW)
    assert re.fullmatch(r"podium_[\w-]{43}", secret)
    kept = Token.objects.filter(pk=token.pk).values().get()
    assert not any(secret in str(value) or secret[7:] in str(value) for value in kept.values())
    assert kept["scopes"] == ["read", "positions"]
    assert status(room, secret) == 200


def test_a_token_ends_by_revoking_by_its_last_day_and_with_the_seat(room: Room) -> None:
    token, secret = tokens.make(person=person(room), name="mirror", scopes=[], expires_on=today())
    assert status(room, secret) == 200
    Token.objects.update(expires_on=today() - timedelta(days=1))
    assert status(room, secret) == 401
    Token.objects.update(expires_on=TOMORROW)
    Delegate.objects.filter(pk=token.person_id).update(is_active=False)
    assert status(room, secret) == 401
    Delegate.objects.filter(pk=token.person_id).update(is_active=True)
    assert tokens.revoke(person=person(room), token_id=token.pk)
    assert status(room, secret) == 401
    assert not tokens.revoke(person=person(room), token_id=token.pk)


def test_a_wrong_token_is_a_problem_with_a_challenge_and_too_many_are_told_to_wait(room: Room) -> None:
    right = Script.of(room, "VIE")
    for _ in range(TRIES):
        answer = Script(room, "podium_wrong").get("")
        assert problem(answer) == "token-refused"
        assert answer["WWW-Authenticate"] == 'Bearer realm="Podium"'
    late = Script(room, "podium_wrong").get("")
    assert problem(late) == "rate-limited"
    assert int(late["Retry-After"]) > 0
    assert right.get("").status_code == 200  # others at the same address are not shut out


def test_a_session_opens_nothing_here(room: Room) -> None:
    answer = signed_in(room, "VIE").get("/api/v1/negotiations/")
    assert answer.status_code == 401
    assert problem(answer) == "token-refused"


def test_a_use_is_written_down_at_most_once_a_minute(room: Room) -> None:
    script = Script.of(room, "VIE")
    script.get("")
    first = Token.objects.get().last_used_at
    script.get("")
    assert Token.objects.get().last_used_at == first is not None
    Token.objects.update(last_used_at=timezone.now() - timedelta(minutes=2))
    script.get("")
    assert first is not None
    assert (Token.objects.get().last_used_at or first) > first


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "x" * 81},
        {"scopes": ["verdicts"]},
        {"expires_on": today() - timedelta(days=1)},
        {"expires_on": today() + timedelta(days=367)},
    ],
)
def test_what_cannot_be_a_token_is_refused_in_words(room: Room, wrong: dict[str, object]) -> None:
    right: dict[str, object] = {"name": "mirror", "scopes": [], "expires_on": TOMORROW}
    with pytest.raises(ValidationError):
        tokens.make(person=person(room), **{**right, **wrong})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"digest": "abc"}, {"scopes": ["positions"]}, {"expires_on": today() + timedelta(days=370)}]
)
def test_the_database_refuses_what_no_token_is(room: Room, wrong: dict[str, object]) -> None:
    tokens.make(person=person(room), name="mirror", scopes=[], expires_on=TOMORROW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Token.objects.update(**wrong)


def test_the_page_makes_a_token_shows_it_once_and_revokes_it(room: Room) -> None:
    client = signed_in(room, "BIRDS")
    assert "You have no token" in client.get("/tokens/").content.decode()
    page = client.post("/tokens/", {"name": "nightly", "expires_on": str(TOMORROW)}).content.decode()
    [secret] = re.findall(r"podium_[\w-]{43}", page)
    assert status(room, secret) == 200
    page = client.get("/tokens/").content.decode()
    assert secret not in page
    assert "last used" in page
    [address] = re.findall(r'action="(/tokens/[^"]+/revoke/)"', page)
    assert signed_in(room, "VIE").post(address).status_code == 404
    client.post(address)
    assert status(room, secret) == 401
    assert "revoked on" in client.get("/tokens/").content.decode()


@pytest.mark.parametrize("typed", [{"name": ""}, {"expires_on": "soon"}, {"expires_on": "2001-01-01"}])
def test_the_page_says_what_is_wrong_and_keeps_what_was_typed(room: Room, typed: dict[str, str]) -> None:
    answer = signed_in(room, "VIE").post("/tokens/", {"name": "nightly", "expires_on": str(TOMORROW), **typed})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Token.objects.exists()


def test_who_is_signed_out_has_no_tokens() -> None:
    assert Client().get("/tokens/")["Location"].startswith("/sign-in/")


def test_a_command_makes_one_too(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("make_token", person(room).email, "--name", "nightly", "--scope", "positions")
    secret = capsys.readouterr().out.split()[0]
    assert status(room, secret) == 200
    with pytest.raises(CommandError, match="Nobody"):
        call_command("make_token", "nobody@bells.example", "--name", "nightly")
    with pytest.raises(CommandError, match="last day"):
        call_command("make_token", person(room).email, "--name", "nightly", "--until", "2001-01-01")
