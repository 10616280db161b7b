"""Every error of the API is a problem (RFC 9457): one catalogue, one place where exceptions become answers.

``type`` is a path of this house under which the problem is explained; machines compare it or the ``code`` at its end.
"""

import json
import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from rest_framework import exceptions, status

from negotiations.refusals import NotFound, Refusal

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
AWAY = 5
"""Seconds after which a script that met an absent database may try again."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its HTTP status, its name for people, what it means and what to do."""

    status: int
    title: str | Promise
    meaning: str | Promise


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        # The request itself
        "malformed": Kind(400, later("The request cannot be read"), later("The body is not JSON, or the address is not one of this host. Send a JSON object in UTF-8.")),
        "invalid-input": Kind(400, later("A value is missing or wrong"), later("The member errors says of each field or parameter what is wrong with it. Nothing was recorded.")),
        "idempotency-key-required": Kind(400, later("An Idempotency-Key is needed"), later("Every write carries the header Idempotency-Key: 1 to 100 visible ASCII characters, a new one for each thing you want done, the same one when you send it again.")),
        "token-refused": Kind(401, later("A live token is needed"), later("Send the header Authorization: Bearer with a token that is neither revoked nor past its last day, of a person who still has a seat.")),
        "scope-missing": Kind(403, later("The token's scopes do not reach so far"), later("The token may be used for less than this. Make one with the scope that the detail names.")),
        "not-allowed": Kind(403, later("This seat does not do that"), later("The person whose token this is may not do this here, whatever the token's scopes.")),
        "not-found": Kind(404, later("Nothing here that you can see"), later("There is no such thing, or it is not for this seat; the two are not told apart.")),
        "method-not-allowed": Kind(405, later("No such method here"), later("The header Allow lists the methods that this address knows.")),
        "not-acceptable": Kind(406, later("Not to be had in that form"), later("The header Accept asks for a media type in which this is not offered.")),
        "too-large": Kind(413, later("The request is too long"), later("The body is longer than anything that can be recorded. Nothing was read of it.")),
        "unsupported-media-type": Kind(415, later("Not a body that is understood"), later("Send Content-Type: application/json.")),
        "precondition-required": Kind(428, later("If-Match is needed"), later("Every write says in If-Match the ETag of what it was made on. An asterisk says nothing and is refused.")),
        "rate-limited": Kind(429, later("Too many requests"), later("Wait as many seconds as Retry-After says.")),
        "internal-error": Kind(500, later("Something went wrong on our side"), later("It is in the log. A write may be sent again with the same Idempotency-Key: it is not recorded twice.")),
        "unavailable": Kind(503, later("Not available for a moment"), later("The database does not answer. Send the same request again after Retry-After, a write with the same Idempotency-Key.")),
        # The state of the text and of the room
        "stale-version": Kind(412, later("Changed since you read it"), later("The words, or the position, are not those of your If-Match; nothing was recorded. current is the ETag of what is there now, paragraph its address; suggestion, where there is one, is your proposal moved onto the present words.")),
        "session-not-open": Kind(409, later("The session is not open"), later("Positions and proposals are taken while a session is open. Read the sessions, or the events, to see when.")),
        "not-on-the-agenda": Kind(409, later("Not on the agenda of this sitting"), later("The document is read, not negotiated, until the Secretariat puts it on the agenda of the session.")),
        "no-place": Kind(409, later("Nothing to stand beside"), later("There is nothing there that a new paragraph could stand beside or in the place of.")),
        "bracket-ended": Kind(409, later("The bracket no longer stands"), later("It was retained, struck, withdrawn or fell with an outer one; there is nothing left to answer.")),
        "agreed-text": Kind(409, later("Agreed text is not edited"), later("The paragraph is agreed ad referendum, or struck. It can only be reopened.")),
        "nothing-to-withdraw": Kind(409, later("There is no position to withdraw"), later("The delegation is silent here already.")),
        "nothing-to-confirm": Kind(409, later("Nothing waits for confirmation"), later("The position was taken by the delegation itself, was read from paper, or is confirmed already.")),
        "origin-unknown": Kind(409, later("Who brought it is not known"), later("It was read from paper; only the Secretariat says what becomes of it.")),
        "cannot-bracket": Kind(422, later("These words cannot stand in a bracket"), later("The choice crosses a bracket, fills one, names words that are not there, or the new words hold square brackets.")),
        "text-not-plain": Kind(422, later("A character that cannot be seen"), later("An invisible or misleading character stands in what was sent; the detail names it and its word.")),
        "looks-alike": Kind(422, later("Letters of two alphabets in one word"), later("A word has letters that look like those of another alphabet; the detail names them. Type it in one, or send confirm_mixed_scripts: true where it is meant so; the history of the paragraph then shows it.")),
        "idempotency-mismatch": Kind(422, later("The key answered another request"), later("This Idempotency-Key was used for something else. Take a new one for each thing you want done.")),
        "refused": Kind(409, later("Not done"), later("The detail says why.")),
    }
)  # fmt: skip
"""By code. Refusals that no address of the API can meet are answered as ``refused``."""

RENAMED = {"text-moved": "stale-version"}
"""A form is told that the text moved; a script, that its precondition failed."""


class ScopeMissing(Refusal):
    code, status = "scope-missing", 403
    message = later("This token has not the scope “%(scope)s”. Nothing was recorded.")


class PreconditionRequired(Refusal):
    code, status = "precondition-required", 428
    message = later("Say in If-Match the ETag of what you read. Nothing was recorded.")


class KeyRequired(Refusal):
    code, status = "idempotency-key-required", 400
    message = later("Send an Idempotency-Key of 1 to 100 visible ASCII characters. Nothing was recorded.")


def handler(exc: Exception, context: dict[str, Any]) -> HttpResponse:
    """What the API answers to whatever a view raised. Wired as DRF's exception handler."""
    return answer(exc, context["request"])


def answer(exc: Exception, request: HttpRequest | Any, **members: Any) -> HttpResponse:
    """The exception as a problem, with ``members`` beside what it says itself."""
    if isinstance(exc, (Http404, NotFound)):
        return problem(request, "not-found", NotFound())
    if isinstance(exc, Refusal):
        return problem(request, RENAMED.get(exc.code, exc.code), exc, status=exc.status, **members)
    if isinstance(exc, PermissionDenied):
        return problem(request, "not-allowed", KINDS["not-allowed"].meaning)
    if isinstance(exc, exceptions.ValidationError):
        return problem(request, "invalid-input", _("Some values are missing or wrong."), errors=_errors(exc))
    if isinstance(exc, exceptions.APIException):
        return _of_the_framework(exc, request)
    if isinstance(exc, (OperationalError, InterfaceError)):
        log.error("The database did not answer a request of the API: %s", type(exc).__name__)
        return problem(request, "unavailable", KINDS["unavailable"].meaning, headers={"Retry-After": str(AWAY)})
    log.exception("A request of the API could not be answered.")
    return problem(request, "internal-error", KINDS["internal-error"].meaning)


_BY_STATUS = {
    status.HTTP_400_BAD_REQUEST: "malformed",
    status.HTTP_401_UNAUTHORIZED: "token-refused",
    status.HTTP_403_FORBIDDEN: "not-allowed",
    status.HTTP_404_NOT_FOUND: "not-found",
    status.HTTP_405_METHOD_NOT_ALLOWED: "method-not-allowed",
    status.HTTP_406_NOT_ACCEPTABLE: "not-acceptable",
    status.HTTP_413_REQUEST_ENTITY_TOO_LARGE: "too-large",
    status.HTTP_415_UNSUPPORTED_MEDIA_TYPE: "unsupported-media-type",
    status.HTTP_429_TOO_MANY_REQUESTS: "rate-limited",
}


def _of_the_framework(exc: exceptions.APIException, request: Any) -> HttpResponse:
    headers = {}
    if challenge := getattr(exc, "auth_header", ""):
        headers["WWW-Authenticate"] = challenge
    if isinstance(exc, exceptions.Throttled):
        headers["Retry-After"] = str(max(1, math.ceil(getattr(exc, "wait", None) or 1)))
    return problem(request, _BY_STATUS.get(exc.status_code, "malformed"), exc.detail, headers=headers)


def _errors(exc: exceptions.ValidationError) -> Any:
    return exc.detail if isinstance(exc.detail, dict) else {"": exc.detail}


def problem(
    request: Any,
    code: str,
    detail: object,
    *,
    status: int | None = None,
    headers: Mapping[str, str] | None = None,
    **members: Any,
) -> HttpResponse:
    """The answer itself. A code that is not in the catalogue is told as ``refused``."""
    code = code if code in KINDS else "refused"
    kind = KINDS[code]
    said = {
        "type": type_of(code),
        "title": str(kind.title),
        "status": status or kind.status,
        "detail": str(detail),
        "instance": escape_uri_path(request.path),
        **members,
    }
    body = json.dumps(said, ensure_ascii=False, default=str)
    answer = HttpResponse(body, status=said["status"], content_type=MEDIA_TYPE)
    for name, value in (headers or {}).items():
        answer[name] = value
    answer["Cache-Control"] = "no-store"
    return answer


def type_of(code: str) -> str:
    return reverse("api:problem", args=[code])
