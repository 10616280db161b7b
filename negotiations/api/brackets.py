"""Contested wording: what is true of each bracket. Who stands where on it is said by positions."""

from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, ExpressionWrapper, F, QuerySet
from django.db.models.functions import Cast
from django.http import Http404
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from documents.notation import tree as trees
from negotiations.api.preconditions import tag_of_wording
from negotiations.api.room import RoomList, RoomView, with_tag
from negotiations.api.schema import tagged
from negotiations.models import Bracket
from negotiations.models.wording import BracketState, Origin

FAR, NUMBERS = 1_000_000_000, 100_000
"""More places than any document has, and more brackets than any paragraph: a bracket's place is one number."""


class BracketSerializer(serializers.Serializer[Bracket]):
    id = serializers.UUIDField(help_text="Also the name of its node in the paragraph's tree, for life.")
    number = serializers.SerializerMethodField(help_text="As people say it: PP5.3. Frozen, never used again.")
    document = serializers.UUIDField(source="paragraph.document_id")
    paragraph = serializers.UUIDField(source="paragraph_id")
    proposal = serializers.UUIDField(source="proposal_id")
    side = serializers.SerializerMethodField(help_text="Which half of a replacement it is: out, in, or null.")
    origin = serializers.ChoiceField(Origin.choices, help_text="Whether its words were there before.")
    state = serializers.ChoiceField(BracketState.choices)
    ended_with = serializers.UUIDField(source="ended_with_id", allow_null=True)
    wording = serializers.SerializerMethodField(help_text="Its words; null once it has ended.")
    worded_seq = serializers.IntegerField(
        allow_null=True, help_text="The event that gave it other words; null where it has those it came with."
    )
    paragraph_seq = serializers.IntegerField(source="paragraph.seq", help_text="Its ETag.")

    def get_number(self, bracket: Bracket) -> str:
        return f"{bracket.paragraph.handle}.{bracket.number}"

    def get_side(self, bracket: Bracket) -> str | None:
        return bracket.side or None

    def get_wording(self, bracket: Bracket) -> str | None:
        if bracket.state != BracketState.STANDING:
            return None
        return trees.wording(trees.find(bracket.paragraph.nodes, str(bracket.pk)).inside)


class BracketFilter(filters.FilterSet):
    document = filters.UUIDFilter(field_name="paragraph__document_id")
    paragraph = filters.UUIDFilter(field_name="paragraph_id")
    state = filters.ChoiceFilter(choices=BracketState.choices)


@extend_schema_view(get=extend_schema(operation_id="brackets", summary="Brackets, those that ended among them"))
class Brackets(RoomList):
    serializer_class = BracketSerializer
    filterset_class = BracketFilter
    ordering = ("in_order",)

    def get_queryset(self) -> QuerySet[Bracket]:
        document = Cast("paragraph__document__agenda_item__place", BigIntegerField())
        place = (document * FAR + F("paragraph__place")) * NUMBERS + F("number")
        return of_the_room(self.negotiation_id).annotate(in_order=ExpressionWrapper(place, BigIntegerField()))


class OneBracket(RoomView):
    serializer_class = BracketSerializer

    @tagged(operation_id="bracket", summary="A bracket")
    def get(self, request: Request, bracket_id: UUID, **kwargs: Any) -> Response:
        found = of_the_room(self.negotiation_id).filter(pk=bracket_id).first()
        if found is None:
            raise Http404
        return with_tag(request, tag_of_wording(found.paragraph.seq), self.get_serializer(found).data)


def of_the_room(negotiation_id: UUID | None) -> QuerySet[Bracket]:
    """The negotiation's brackets, each with its paragraph."""
    return Bracket.objects.select_related("paragraph").filter(
        paragraph__document__agenda_item__negotiation=negotiation_id
    )
