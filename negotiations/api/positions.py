"""Where delegations stand: on a bracket, or on a paragraph as a whole. One resource for each delegation, silent ones too."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from delegations.models import Delegation, Scope
from documents.models import Paragraph
from documents.notation.write import Mark, marker
from negotiations import printing
from negotiations.acts import positions
from negotiations.acts.positions import Target
from negotiations.api import brackets
from negotiations.api.preconditions import exact_position, tag_of_position
from negotiations.api.room import RoomList, one_moment, with_tag
from negotiations.api.schema import tagged
from negotiations.api.writing import RecordedSerializer, WritingView, receipt, recorded, rows_of
from negotiations.models import Bracket, Event, Position
from negotiations.models.wording import Heard, Stance

ANSWERS = ("bracket-ended", "agreed-text", "session-not-open", "not-on-the-agenda")
"""What every answer to words may meet."""


class PositionSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(allow_null=True, help_text="Null for a delegation that is silent here.")
    document = serializers.UUIDField()
    paragraph = serializers.UUIDField()
    bracket = serializers.UUIDField(allow_null=True, help_text="Null where it is about the whole paragraph.")
    number = serializers.CharField(help_text="Of the bracket, or the paragraph's handle.")
    delegation = serializers.CharField()
    stance = serializers.ChoiceField(Stance.choices, allow_null=True, help_text="Null is silence, not support.")
    reservation = serializers.BooleanField()
    reason = serializers.CharField(allow_blank=True)
    heard = serializers.ChoiceField(Heard.choices, allow_null=True, help_text="How it came on record.")
    on_seq = serializers.IntegerField(help_text="The event on whose wording it was given; 0 for silence.")
    taken_at = serializers.DateTimeField(allow_null=True, help_text="Since when it stands.")
    earlier = serializers.BooleanField(
        help_text="Given on an earlier wording and not said again since: it prints, and a + counts as silence."
    )
    marker = serializers.CharField(allow_null=True, help_text="As it prints.")


class RecordedPositionSerializer(PositionSerializer):
    recorded = RecordedSerializer()


class PositionInput(serializers.Serializer[Any]):
    stance = serializers.ChoiceField(Stance.choices)
    reservation = serializers.BooleanField(default=False, help_text="Counts with support alone.")
    reason = serializers.CharField(
        default="", trim_whitespace=False, allow_blank=True, max_length=10_000, help_text="Everybody may read it."
    )


class PositionFilter(filters.FilterSet):
    document = filters.UUIDFilter(field_name="paragraph__document_id")
    paragraph = filters.UUIDFilter(field_name="paragraph_id")
    bracket = filters.UUIDFilter(field_name="bracket_id")
    delegation = filters.CharFilter(field_name="delegation__code", max_length=16)
    stance = filters.ChoiceFilter(choices=Stance.choices)


@extend_schema_view(get=extend_schema(operation_id="positions", summary="All positions on record"))
class Positions(RoomList):
    serializer_class = PositionSerializer
    filterset_class = PositionFilter

    def get_queryset(self) -> QuerySet[Position]:
        return of_the_room(self.negotiation_id)

    def shown(self, rows: Iterable[Position]) -> Any:
        paragraphs = {position.paragraph_id: position.paragraph for position in rows}
        printed = markers(list(paragraphs.values()))
        return self.get_serializer([shown(row, printed) for row in rows], many=True).data


class PositionOf(WritingView):
    """A delegation's position on one target; which target the address names is said by ``found``."""

    serializer_class = PositionSerializer
    scopes = {"PUT": Scope.POSITIONS, "DELETE": Scope.POSITIONS}
    problems = (*ANSWERS, "nothing-to-withdraw", "text-not-plain")

    def found(self) -> tuple[Paragraph, Bracket | None]:
        """The paragraph, and the bracket where it is about one. Raises Http404."""
        raise NotImplementedError

    def current(self) -> tuple[Paragraph, str]:
        paragraph, bracket = self.found()
        held = _held(paragraph, bracket, self.kwargs["code"])
        return paragraph, tag_of_position(paragraph, held)

    @tagged(summary="Where a delegation stands; a silent one has the stance null")
    def get(self, request: Request, code: str, **kwargs: Any) -> Response:
        with one_moment():
            paragraph, bracket = self.found()
            delegation = self.delegation(code)
            held = list(_held(paragraph, bracket, code))
            data = shown(held[0], markers([paragraph])) if held else silence(paragraph, bracket, delegation)
        return with_tag(request, tag_of_position(paragraph, held), self.get_serializer(data).data)

    @extend_schema(
        summary="Take a position, in place of the one held",
        request=PositionInput,
        responses=RecordedPositionSerializer,
        examples=[
            OpenApiExample("These words go", {"stance": "oppose", "reason": "Not in our mandate."}, request_only=True),
            OpenApiExample("With a caveat", {"stance": "support", "reservation": True}, request_only=True),
        ],
    )
    def put(self, request: Request, code: str, **kwargs: Any) -> Response:
        paragraph, bracket = self.found()
        common, exact = self.common(), exact_position(request)
        delegation = self.delegation(code)
        body = PositionInput(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        event = positions.take(
            **common,
            target=Target(paragraph.pk, bracket.pk if bracket else None),
            stance=Stance(said["stance"]),
            reservation=said["reservation"],
            reason=said["reason"],
            on_behalf_of=delegation,
            seen=exact,
        )
        return answered(self, event, paragraph, bracket, delegation, exact.wording)

    @extend_schema(
        summary="Withdraw it: the delegation is silent again", request=None, responses={200: RecordedPositionSerializer}
    )
    def delete(self, request: Request, code: str, **kwargs: Any) -> Response:
        paragraph, bracket = self.found()
        common, exact = self.common(), exact_position(request)
        delegation = self.delegation(code)
        event = positions.withdraw(
            **common,
            target=Target(paragraph.pk, bracket.pk if bracket else None),
            on_behalf_of=delegation,
            seen=exact,
        )
        return answered(self, event, paragraph, bracket, delegation, exact.wording)


@extend_schema_view(
    get=extend_schema(operation_id="bracket_position"),
    put=extend_schema(operation_id="take_bracket_position"),
    delete=extend_schema(operation_id="withdraw_bracket_position"),
)
class OnBracket(PositionOf):
    def found(self) -> tuple[Paragraph, Bracket | None]:
        bracket = brackets.of_the_room(self.negotiation_id).filter(pk=self.kwargs["bracket_id"]).first()
        if bracket is None:
            raise Http404
        return bracket.paragraph, bracket


@extend_schema_view(
    get=extend_schema(operation_id="paragraph_position"),
    put=extend_schema(operation_id="take_paragraph_position"),
    delete=extend_schema(operation_id="withdraw_paragraph_position"),
)
class OnParagraph(PositionOf):
    def found(self) -> tuple[Paragraph, Bracket | None]:
        return self.paragraph(self.kwargs["paragraph_id"]), None


class Confirmation(WritingView):
    serializer_class = RecordedPositionSerializer
    scopes = {"POST": Scope.POSITIONS}
    problems = ("nothing-to-confirm",)

    def current(self) -> tuple[Paragraph, str]:
        position = of_the_room(self.negotiation_id).filter(pk=self.kwargs["position_id"]).first()
        if position is None:
            raise Http404
        return position.paragraph, tag_of_position(position.paragraph, [position])

    @extend_schema(
        operation_id="confirm_position",
        summary="Say that what was entered as heard is what the delegation said",
        request=None,
        responses={200: RecordedPositionSerializer},
    )
    def post(self, request: Request, position_id: UUID, **kwargs: Any) -> Response:
        common, exact = self.common(), exact_position(request)
        event = positions.confirm(**common, position_id=position_id, seen=exact)
        [then] = rows_of(event, Position)
        paragraph = self.paragraph(then.paragraph_id)
        bracket = Bracket.objects.filter(pk=then.bracket_id).first() if then.bracket_id else None
        return answered(self, event, paragraph, bracket, self.actor.delegation, exact.wording)


def of_the_room(negotiation_id: UUID | None) -> QuerySet[Position]:
    """The negotiation's positions, each with what it is about and whose it is."""
    return Position.objects.select_related("paragraph__document", "bracket", "delegation").filter(
        paragraph__document__agenda_item__negotiation=negotiation_id
    )


def shown(position: Position, printed: dict[tuple[UUID, str | None, str], str]) -> dict[str, Any]:
    """A position as it is answered; one that prints nowhere now is told as the house would write it."""
    code = position.delegation.code
    own = marker(Mark(code, position.stance, position.reservation))
    at = (position.paragraph_id, str(position.bracket_id) if position.bracket_id else None, code)
    return {
        **_about(position.paragraph, position.bracket, code),
        "id": position.pk,
        "stance": position.stance,
        "reservation": position.reservation,
        "reason": position.reason,
        "heard": position.heard,
        "on_seq": position.on_seq,
        "taken_at": position.taken_at,
        "earlier": position.is_earlier,
        "marker": printed.get(at, own) if position.places else own,
    }


def silence(paragraph: Paragraph, bracket: Bracket | None, delegation: Delegation) -> dict[str, Any]:
    said = dict.fromkeys(("id", "stance", "heard", "taken_at", "marker"))
    about = _about(paragraph, bracket, delegation.code)
    return {**about, **said, "reservation": False, "reason": "", "on_seq": 0, "earlier": False}


def markers(paragraphs: list[Paragraph]) -> dict[tuple[UUID, str | None, str], str]:
    """What prints for whom: by paragraph, bracket (None: the whole paragraph) and house code."""
    if not paragraphs:
        return {}
    page = printing.page(paragraphs[0].document, paragraphs)
    found: dict[tuple[UUID, str | None, str], str] = {}
    for paragraph in paragraphs:
        for piece in page.pieces(paragraph):
            for mark in piece.marks:
                found.setdefault((paragraph.pk, piece.bracket, mark.code), piece.text)
    return found


def answered(
    view: WritingView, event: Event, paragraph: Paragraph, bracket: Bracket | None, delegation: Delegation, wording: int
) -> Response:
    """The answer to an act on one position, from the event alone; ``wording`` is the one that was demanded."""
    said = then(event, paragraph, bracket, delegation)
    data = RecordedPositionSerializer({**said, "recorded": receipt(event)}).data
    seq = wording_then(event, paragraph, wording)
    return recorded(event, data, f'"{seq}-{said["on_seq"]}"')


def then(event: Event, paragraph: Paragraph, bracket: Bracket | None, delegation: Delegation) -> dict[str, Any]:
    """The delegation's position on the target as the event left it."""
    for row in rows_of(event, Position):
        if row.bracket_id == (bracket and bracket.pk):
            row.paragraph, row.bracket, row.delegation = paragraph, bracket, delegation
            # At that moment it was on the wording that stood, whatever has become of the words since.
            return {**shown(row, markers([paragraph]) if row.places else {}), "earlier": False}
    return silence(paragraph, bracket, delegation)


def wording_then(event: Event, paragraph: Paragraph, demanded: int) -> int:
    """The paragraph's seq when the event was recorded: the present one, unless the words have changed since."""
    return paragraph.seq if paragraph.seq <= event.seq else demanded


def _about(paragraph: Paragraph, bracket: Bracket | None, code: str) -> dict[str, Any]:
    return {
        "document": paragraph.document_id,
        "paragraph": paragraph.pk,
        "bracket": bracket and bracket.pk,
        "number": f"{paragraph.handle}.{bracket.number}" if bracket else paragraph.handle,
        "delegation": code,
    }


def _held(paragraph: Paragraph, bracket: Bracket | None, code: str) -> QuerySet[Position]:
    found = Position.objects.select_related("paragraph__document", "bracket", "delegation")
    return found.filter(paragraph=paragraph, bracket=bracket, delegation__code=code)
