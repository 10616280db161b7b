"""The frame: negotiations, who takes part in one, when it sits."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from delegations.models import Delegation, Kind
from negotiations.api.room import METHODS, RoomList, RoomView, actor_of
from negotiations.models import Negotiation, Session
from negotiations.models.frame import SessionState


class SessionSerializer(serializers.Serializer[Session]):
    id = serializers.UUIDField()
    number = serializers.IntegerField()
    state = serializers.ChoiceField(SessionState.choices)
    sitting_began = serializers.DateTimeField(help_text="When the present or last sitting was opened.")
    sitting_ended = serializers.DateTimeField(allow_null=True)


class NegotiationSerializer(serializers.Serializer[Negotiation]):
    id = serializers.UUIDField()
    slug = serializers.CharField(help_text="Its short name, as in the addresses of its pages.")
    title = serializers.CharField()
    organisation = serializers.CharField()
    zone = serializers.CharField(help_text="The IANA time zone of the room; instants here are UTC all the same.")
    written_positions = serializers.BooleanField(help_text="Whether positions are taken between sessions too.")
    head_seq = serializers.IntegerField(help_text="The number of the last event on record.")


class DelegationSerializer(serializers.Serializer[Delegation]):
    code = serializers.CharField(help_text="The house code, by which every other answer names it.")
    kind = serializers.ChoiceField(Kind.choices)
    name_en = serializers.CharField()
    name_ru = serializers.CharField()
    name_kk = serializers.CharField()


@extend_schema_view(
    get=extend_schema(operation_id="negotiations", summary="The negotiations in which the delegation takes part")
)
class Negotiations(ListAPIView[Negotiation]):
    http_method_names = METHODS
    lists = True
    serializer_class = NegotiationSerializer
    ordering = ("slug",)

    def get_queryset(self) -> QuerySet[Negotiation]:
        if getattr(self, "swagger_fake_view", False):
            return Negotiation.objects.none()
        return Negotiation.objects.visible_to(actor_of(self.request))


class One(RoomView):
    serializer_class = NegotiationSerializer

    @extend_schema(operation_id="negotiation", summary="A negotiation, and how far its record goes")
    def get(self, request: Request, **kwargs: Any) -> Response:
        return Response(self.get_serializer(self.negotiation).data)


@extend_schema_view(get=extend_schema(operation_id="delegations", summary="Who takes part"))
class Delegations(RoomList):
    serializer_class = DelegationSerializer
    moves_with_the_ledger = False  # names and kinds are the house's, not this negotiation's
    ordering = ("code",)

    def get_queryset(self) -> QuerySet[Delegation]:
        return Delegation.objects.filter(participations__negotiation=self.negotiation_id)


@extend_schema_view(get=extend_schema(operation_id="sessions", summary="Its sessions, the open one among them"))
class Sessions(RoomList):
    serializer_class = SessionSerializer
    ordering = ("number",)

    def get_queryset(self) -> QuerySet[Session]:
        return Session.objects.filter(negotiation=self.negotiation_id)
