"""How the API is described: OpenAPI 3.1, drawn up from the views, with the problems and headers that all of them share."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.renderers import BaseRenderer

from negotiations.api.problems import KINDS, MEDIA_TYPE

PLAIN = "text/plain; charset=utf-8"
WRITES = ("POST", "PUT", "DELETE")

TREE = {"$ref": "#/components/schemas/Tree"}
_ID = {"type": "string", "format": "uuid"}

ETAG = OpenApiParameter(
    "ETag", str, OpenApiParameter.HEADER, response=[200, 201], description="Of this very state; strong."
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="An ETag that you have: 304 if nothing changed."
)
IF_MATCH = OpenApiParameter(
    "If-Match", {"type": "string", "pattern": r'^"[0-9]{1,18}(-[0-9]{1,18})?"$'}, OpenApiParameter.HEADER, required=True,
    description="The ETag of what this is about, as you read it; an asterisk is refused.",
)  # fmt: skip
KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "pattern": r"^[\x21-\x7e]{1,100}$"},
    OpenApiParameter.HEADER,
    required=True,
    description="Your name for this request. Sent again with it, the request gets the same answer and nothing more is done.",
)
REPLAYED = OpenApiParameter(
    "Idempotent-Replayed", str, OpenApiParameter.HEADER, response=[200, 201],
    description="true where this answers a request that was sent again; absent otherwise.",
)  # fmt: skip

COMPONENTS = {
    "Tree": {
        "type": "array",
        "description": "Wording in order. A paragraph is a tree, and so is what stands in a bracket.",
        "items": {"$ref": "#/components/schemas/Node"},
    },
    "Node": {
        "oneOf": [
            {"type": "string", "description": "Words as they print, white space included."},
            {
                "type": "object",
                "description": "The paragraph's label with its punctuation.",
                "required": ["label"],
                "properties": {"label": {"type": "string"}},
                "additionalProperties": False,
            },
            {
                "type": "object",
                "description": "Contested wording; its id is the bracket's.",
                "required": ["bracket", "inside"],
                "properties": {
                    "bracket": _ID,
                    "inside": TREE,
                    "signs": {"type": "string", "description": "Where the source printed other ones than []."},
                },
                "additionalProperties": False,
            },
            {
                "type": "object",
                "description": "Where the markers of a bracket, or of the whole paragraph (null), print in an imported text, and how the source printed them: white space, markers, the places of their positions.",
                "required": ["anchor", "imprint"],
                "properties": {
                    "anchor": {"type": ["string", "null"], "format": "uuid"},
                    "imprint": {
                        "type": "array",
                        "items": {
                            "type": "array",
                            "prefixItems": [
                                {"type": "string"},
                                {"type": "string"},
                                {"type": "array", "items": {"type": "integer"}},
                            ],
                        },
                    },
                },
                "additionalProperties": False,
            },
        ]
    },
    "Problem": {
        "type": "object",
        "description": "What went wrong (RFC 9457). Compare type; detail is for people.",
        "required": ["type", "title", "status", "detail", "instance"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "instance": {"type": "string", "format": "uri-reference"},
            "errors": {"type": "object", "description": "By field or parameter."},
            "current": {"type": "string", "description": "The ETag of what is there now."},
            "paragraph": {"type": "string", "format": "uri-reference"},
            "suggestion": {"type": ["object", "null"], "description": "Your proposal on the present words."},
        },
    },
}


class PlainTextRenderer(BaseRenderer):
    media_type = "text/plain"
    format = "text"
    charset = "utf-8"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> str:
        return str(data)


class SchemaRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        return as_bytes(data)


def as_bytes(schema: Any) -> bytes:
    """The schema as it is served and as it is kept in the documentation."""
    return json.dumps(schema, indent=1, ensure_ascii=False, default=str).encode() + b"\n"


def tagged(**more: Any) -> Any:
    """``extend_schema`` for a read with an ETag of its own."""
    return extend_schema(parameters=[ETAG, IF_NONE_MATCH, *more.pop("parameters", [])], **more)


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = "negotiations.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A token made on the page /tokens/."}


class Schema(AutoSchema):
    """The framework's description of a view, with what holds for every view of this API."""

    def get_description(self) -> str:  # type: ignore[override]  # as the framework itself overrides it
        return ""  # docstrings of views are for their builders; operations say what is for readers

    def _is_list_view(self, serializer: Any = None) -> bool:
        return getattr(self.view, "lists", False) or super()._is_list_view(serializer)

    def get_override_parameters(self) -> list[Any]:
        found = list(super().get_override_parameters())
        if self.method in WRITES:
            found += [IF_MATCH, KEY, ETAG, REPLAYED]
        elif getattr(self.view, "moves_with_the_ledger", False):
            found += [ETAG, IF_NONE_MATCH]
        return found

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        found: dict[str, Any] = dict(super()._get_response_bodies(direction))
        if any(header["name"] == "If-None-Match" for header in self._get_parameters()):
            found["304"] = {"description": "Nothing changed since the ETag of If-None-Match."}
        by_status: dict[int, list[str]] = {}
        for code in self._problems():
            by_status.setdefault(KINDS[code].status, []).append(code)
        for status, codes in by_status.items():
            found[str(status)] = _documented(codes)
        return dict(sorted(found.items()))

    def _problems(self) -> Iterator[str]:
        yield from ("not-acceptable", "internal-error", "unavailable")
        if self.view.get_authenticators():
            yield from ("token-refused", "scope-missing", "rate-limited")
        if "{" in self.path:
            yield "not-found"
        if self.method in WRITES:
            yield from ("malformed", "invalid-input", "idempotency-key-required", "not-allowed", "stale-version")
            yield from ("too-large", "unsupported-media-type", "precondition-required", "idempotency-mismatch")
        elif any(parameter["in"] == "query" for parameter in self._get_parameters()):
            yield "invalid-input"
        yield from getattr(self.view, "problems", ())


def with_components(result: dict[str, Any], **_generation: Any) -> dict[str, Any]:
    """The generator's result with what no serializer describes."""
    result["components"]["schemas"] = dict(sorted({**result["components"]["schemas"], **COMPONENTS}.items()))
    result["components"]["examples"] = {code: {"value": _example(code)} for code in KINDS}
    return result


_HEADERS = {
    401: {"WWW-Authenticate": {"schema": {"type": "string"}}},
    429: {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds."}},
    503: {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds."}},
}


def _documented(codes: Iterable[str]) -> dict[str, Any]:
    """One response for the problems of one status, with an example of each."""
    found = list(dict.fromkeys(codes))
    examples = {code: {"$ref": f"#/components/examples/{code}"} for code in found}
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": examples}
    answer: dict[str, Any] = {
        "description": "; ".join(f"{KINDS[code].title} (`{code}`)" for code in found),
        "content": {MEDIA_TYPE: content},
    }
    if headers := _HEADERS.get(KINDS[found[0]].status):
        answer["headers"] = headers
    return answer


def _example(code: str) -> dict[str, Any]:
    kind = KINDS[code]
    more: dict[str, Any] = {}
    if code == "stale-version":
        more = {"current": '"57-0"', "paragraph": "/api/v1/negotiations/…/paragraphs/…/"}
    if code == "invalid-input":
        more = {"errors": {"limit": ["This is a whole number from 1 to 500."]}}
    said = {"type": f"/api/v1/problems/{code}/", "title": str(kind.title), "status": kind.status}
    return {**said, "detail": str(kind.meaning), "instance": "/api/v1/negotiations/…/", **more}
