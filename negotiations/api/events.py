"""The change feed: every event after a number, gap-free, with the ids of what it touched. It can be waited for."""

from typing import Any
from uuid import UUID

from django.db.models import F, Func, JSONField, QuerySet, Value
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.response import Response

from delegations import tokens
from delegations.actor import Actor
from delegations.models import Token
from documents.models import Document, Paragraph
from negotiations.api import waiting
from negotiations.api.room import RoomView
from negotiations.models import Bracket, Event, Negotiation, Position, Proposal, Session

LONGEST_WAIT = 25
SHOWN = {
    "documents": Document,
    "paragraphs": Paragraph,
    "brackets": Bracket,
    "proposals": Proposal,
    "positions": Position,
    "sessions": Session,
}
"""What an event may touch that can be read here."""


class ActorSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    role = serializers.CharField()


class TouchedSerializer(serializers.Serializer[Any]):
    documents = serializers.ListField(child=serializers.UUIDField())
    paragraphs = serializers.ListField(child=serializers.UUIDField())
    brackets = serializers.ListField(child=serializers.UUIDField())
    proposals = serializers.ListField(child=serializers.UUIDField())
    positions = serializers.ListField(child=serializers.UUIDField())
    sessions = serializers.ListField(child=serializers.UUIDField())


class EventSerializer(serializers.Serializer[Any]):
    seq = serializers.IntegerField()
    kind = serializers.CharField()
    at = serializers.DateTimeField()
    actor = ActorSerializer(help_text="Whose person entered it.")
    on_behalf_of = serializers.CharField(help_text="Whose act it is.")
    session = serializers.UUIDField(allow_null=True)
    document = serializers.UUIDField(allow_null=True)
    paragraph = serializers.UUIDField(allow_null=True)
    facts = serializers.DictField(help_text="What is said of this kind of event and stands in no row.")
    changed = TouchedSerializer(help_text="Ids of what is otherwise, or new, since this event.")
    gone = TouchedSerializer(help_text="Ids of what is no more: a position that was withdrawn.")
    previous_hash = serializers.CharField()
    hash = serializers.CharField()


class EventsSerializer(serializers.Serializer[Any]):
    events = EventSerializer(many=True)
    head_seq = serializers.IntegerField(help_text="The last event on record when this was answered.")


class EventsQuery(serializers.Serializer[Any]):
    after = serializers.IntegerField(default=0, min_value=0, max_value=2**53)
    limit = serializers.IntegerField(default=100, min_value=1, max_value=500)
    wait = serializers.IntegerField(default=0, min_value=0, max_value=LONGEST_WAIT)


class Events(RoomView):
    serializer_class = EventsSerializer

    @extend_schema(
        operation_id="events",
        summary="What happened after a number; waits for it if asked to",
        description="Ask again with `after` as the last `seq` you have. No number is ever missing in between. With `wait` an empty answer comes only after so many seconds, or at once with Retry-After where too many are waiting.",
        parameters=[
            EventsQuery,
            OpenApiParameter("Retry-After", int, OpenApiParameter.HEADER, response=[200], description="Seconds."),
        ],
    )
    def get(self, request: Request, **kwargs: Any) -> Response:
        asked = EventsQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        after, limit, wait = (asked.validated_data[name] for name in ("after", "limit", "wait"))
        found = self._found(after, limit)
        headers: dict[str, str] = {}
        if not found and wait:
            with waiting.place() as taken:
                if taken:
                    waiting.until_after(self.negotiation.pk, after, wait)
                    self._still_seated(request)
                    found = self._found(after, limit)
                else:
                    headers["Retry-After"] = "1"
        # The head was read first, so a script never takes itself to be further than it is.
        head = max([self.negotiation.head_seq, *(event["seq"] for event in found)])
        return Response(self.get_serializer({"events": found, "head_seq": head}).data, headers=headers)

    def _found(self, after: int, limit: int) -> list[dict[str, Any]]:
        if after >= self.negotiation.head_seq:
            return []
        return [_shown(event) for event in _after(self.negotiation_id, after)[:limit]]

    def _still_seated(self, request: Request) -> None:
        """A wait is long enough to lose a right in. Raises AuthenticationFailed, Http404."""
        token = tokens.again(request.auth) if isinstance(request.auth, Token) else None
        if token is None:
            raise AuthenticationFailed(_("This token is live no more."))
        seated = Negotiation.objects.visible_to(Actor.of(token.person)).filter(pk=self.negotiation.pk).first()
        if seated is None:
            raise Http404
        self.negotiation = seated


class _Ids(Func):
    """The ids of an event's rows of one table, picked out by the database: an import holds a whole text."""

    function = "jsonb_path_query_array"
    template = "%(function)s(%(expressions)s::jsonpath)"
    output_field = JSONField()


def _after(negotiation_id: UUID | None, seq: int) -> QuerySet[Event, dict[str, Any]]:
    touched = {
        f"{what}_{name}": _Ids(F("payload"), Value(f"$.{what}.{model._meta.db_table}[*]{at}"))
        for what, at in (("rows", ".id"), ("gone", ""))
        for name, model in SHOWN.items()
    }
    said = (
        "seq",
        "kind",
        "at",
        "actor_code",
        "actor_role",
        "on_behalf_of",
        "session_id",
        "document_id",
        "paragraph_id",
    )
    found = Event.objects.filter(negotiation=negotiation_id, seq__gt=seq).order_by("seq")
    return found.annotate(**touched).values(*said, "hash", "previous_hash", "payload__facts", *touched)


def _shown(event: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: event[name] for name in ("seq", "kind", "at", "on_behalf_of", "hash", "previous_hash")},
        **{name: event[f"{name}_id"] for name in ("session", "document", "paragraph")},
        "actor": {"code": event["actor_code"], "role": event["actor_role"]},
        "facts": event["payload__facts"],
        "changed": {name: event[f"rows_{name}"] for name in SHOWN},
        "gone": {name: event[f"gone_{name}"] for name in SHOWN},
    }
