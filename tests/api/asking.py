"""A script at the door: its token, its headers, and the addresses of a room as the API names them."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from django.test import Client

from delegations import tokens
from delegations.models import Delegate, Scope, today
from tests.room import Room

_keys = count(1)


def secret_for(room: Room, code: str, *scopes: str) -> str:
    """A token of the person who sits for ``code``; with every scope unless some are named."""
    person = Delegate.objects.get(pk=room.actors[code].person_id)
    _token, secret = tokens.make(
        person=person,
        name="test",
        scopes=scopes or Scope.values,
        expires_on=today() + timedelta(days=1),
    )
    return secret


@dataclass
class Script:
    """Asks below one negotiation. ``put``, ``post`` and ``delete`` name a new key unless they are given one."""

    room: Room
    secret: str
    client: Client = field(default_factory=Client)

    @classmethod
    def of(cls, room: Room, code: str, *scopes: str) -> "Script":
        return cls(room, secret_for(room, code, *scopes))

    def address(self, path: str) -> str:
        return path if path.startswith("/") else f"/api/v1/negotiations/{self.room.negotiation.pk}/{path}"

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(self.address(path), headers=self._headers(headers))

    def json(self, path: str, **headers: str) -> Any:
        answer = self.get(path, **headers)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def tag(self, path: str) -> str:
        return str(self.get(path)["ETag"])

    def write(self, method: str, path: str, body: Any = None, *, key: str | None = "", tag: str | None = "") -> Any:
        """``key`` and ``tag``: what stands in the headers; "" for a fresh key and the present ETag, None for none."""
        headers = {}
        if key is not None:
            headers["Idempotency-Key"] = key or f"script-{next(_keys)}"
        if tag is not None:
            headers["If-Match"] = tag or self.tag(path)
        sent = {} if body is None else {"data": body, "content_type": "application/json"}
        return getattr(self.client, method)(self.address(path), headers=self._headers(headers), **sent)

    def put(self, path: str, body: Any, **how: Any) -> Any:
        return self.write("put", path, body, **how)

    def delete(self, path: str, **how: Any) -> Any:
        return self.write("delete", path, **how)

    def post(self, path: str, body: Any = None, *, tag: str | None, **how: Any) -> Any:
        return self.write("post", path, body, tag=tag, **how)

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}", **more}


def problem(answer: Any) -> str:
    """The code of the problem that an answer is, with its shape checked."""
    assert answer["Content-Type"] == "application/problem+json", answer.content
    said = answer.json()
    assert said["status"] == answer.status_code
    assert {"type", "title", "detail", "instance"} <= said.keys()
    return str(said["type"].rstrip("/").rsplit("/", 1)[1])
