"""What every write shares: its headers as arguments, its answer from the event, and what a stale one is told."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model
from django.http import Http404
from django.urls import reverse
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from delegations.models import Delegation
from documents.models import Paragraph
from negotiations.api import problems
from negotiations.api.preconditions import key_of
from negotiations.api.room import RoomView
from negotiations.models import Event
from negotiations.refusals import TextMoved

M = TypeVar("M", bound=Model)


class RecordedSerializer(serializers.Serializer[Any]):
    """The event by which this came on record: a receipt."""

    seq = serializers.IntegerField()
    kind = serializers.CharField()
    at = serializers.DateTimeField()
    hash = serializers.CharField()


class WritingView(RoomView):
    """A view that records. Its answer is made from what the event holds, so a repeat gets the same one."""

    def current(self) -> tuple[Paragraph, str]:
        """The paragraph in question as it is now, and the ETag that a write would have to name."""
        raise NotImplementedError

    def on_stale(self) -> dict[str, Any]:
        """What more a script is told whose precondition failed."""
        return {}

    def handle_exception(self, exc: Exception) -> Any:
        if not isinstance(exc, TextMoved):
            return super().handle_exception(exc)
        paragraph, tag = self.current()
        address = reverse("api:paragraph", args=[self.negotiation.pk, paragraph.pk])
        return problems.answer(exc, self.request, current=tag, paragraph=address, **self.on_stale())

    def common(self) -> dict[str, Any]:
        """The arguments that every act takes. Raises KeyRequired."""
        return {"actor": self.actor, "negotiation_id": self.negotiation.pk, "key": key_of(self.request)}

    def delegation(self, code: str) -> Delegation:
        """A delegation that takes part in this negotiation. Raises Http404."""
        found = Delegation.objects.filter(participations__negotiation=self.negotiation.pk, code=code).first()
        if found is None:
            raise Http404
        return found

    def heard_for(self, code: str | None) -> Delegation | None:
        """For whom the Secretariat writes down what it heard; None: for oneself. Raises ValidationError."""
        if code is None:
            return None
        try:
            return self.delegation(code)
        except Http404:
            raise ValidationError({"on_behalf_of": [f"{code} takes no part in this negotiation."]}) from None


def receipt(event: Event) -> dict[str, Any]:
    return {"seq": event.seq, "kind": event.kind, "at": event.at, "hash": event.hash}


def recorded(event: Event, data: Any, tag: str, *, status: int = 200) -> Response:
    """The answer to a write."""
    headers = {"ETag": tag}
    if event.replayed:
        headers["Idempotent-Replayed"] = "true"
    return Response(data, status=status, headers=headers)


def rows_of(event: Event, model: type[M]) -> list[M]:
    """The rows of one table as the event left them, in the order in which it holds them."""
    rows = event.payload["rows"].get(model._meta.db_table, [])
    return [
        model(**{field.attname: _value(field, row[str(field.column)]) for field in model._meta.concrete_fields})
        for row in rows
    ]


def _value(field: Any, value: Any) -> Any:
    if value is None or field.get_internal_type() == "JSONField":
        return value
    if field.get_internal_type() == "DateTimeField":
        return datetime.fromisoformat(value)
    if field.get_internal_type() in ("UUIDField", "ForeignKey") and isinstance(value, str):
        return UUID(value)
    return value
