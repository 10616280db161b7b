"""What a script read, and whether it still holds: ETag, If-None-Match, If-Match, Idempotency-Key.

A paragraph, a bracket and a proposal have the ETag of the paragraph's wording; a position that and the event on which
it was taken. The check itself is the act's, under its lock; here headers become arguments.
"""

import re
from collections.abc import Iterable
from uuid import UUID

from django.utils.http import parse_etags
from rest_framework.request import Request
from rest_framework.response import Response

from documents.models import Paragraph
from negotiations.api.problems import KeyRequired, PreconditionRequired
from negotiations.models import Position
from negotiations.room import Exact

_KEY = re.compile(r"[\x21-\x7e]{1,100}")
_WORDING = re.compile(r'"(\d{1,18})"')
_POSITION = re.compile(r'"(\d{1,18})-(\d{1,18})"')
NEVER = -1
"""A seq that no wording has: a tag that is not one of ours matches nothing, and the act says so in its turn."""


def tag_of_wording(seq: int) -> str:
    return f'"{seq}"'


def tag_of_position(paragraph: Paragraph, held: Iterable[Position]) -> str:
    """Of one position, or of the two by which a replacement is answered; silence is 0."""
    return f'"{paragraph.seq}-{max((position.on_seq for position in held), default=0)}"'


def exact_wording(request: Request) -> Exact:
    """The wording that a write was made on. Raises PreconditionRequired."""
    found = _WORDING.fullmatch(_if_match(request))
    return Exact(int(found[1])) if found else Exact(NEVER)


def exact_position(request: Request) -> Exact:
    """The wording and the position that a write was made on. Raises PreconditionRequired."""
    found = _POSITION.fullmatch(_if_match(request))
    return Exact(int(found[1]), int(found[2])) if found else Exact(NEVER, NEVER)


def _if_match(request: Request) -> str:
    tag = request.headers.get("If-Match", "").strip()
    if tag in ("", "*"):
        raise PreconditionRequired()
    return tag


def key_of(request: Request) -> str:
    """The name of the request, under which its answer is kept. Raises KeyRequired."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if not _KEY.fullmatch(key):
        raise KeyRequired()
    return key


def unchanged(request: Request, tag: str) -> Response | None:
    """304 where the script has this very state already."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if known == ["*"] or tag in (other.removeprefix("W/") for other in known):
        return Response(status=304, headers={"ETag": tag})
    return None


def tag_of_ledger(seq: int, *more: UUID | str) -> str:
    """The ETag of what may change with every event up to ``seq``."""
    return f'"{"-".join([str(seq), *map(str, more)])}"'
