"""Answering a replacement as one: the new words, the old words, or not yet; the signs on both halves follow."""

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from delegations.models import Delegation, Scope
from documents.models import Paragraph
from negotiations.acts import replacements
from negotiations.acts.replacements import CROSSED, Answer
from negotiations.api import brackets
from negotiations.api.positions import ANSWERS, PositionSerializer, markers, shown, silence, then, wording_then
from negotiations.api.preconditions import exact_position, tag_of_position
from negotiations.api.room import one_moment, with_tag
from negotiations.api.schema import tagged
from negotiations.api.writing import RecordedSerializer, WritingView, receipt, recorded
from negotiations.models import Bracket, Event, Position
from negotiations.models.wording import Side

ASKED = [(Answer.NEW, "the new words"), (Answer.OLD, "the old words"), (Answer.TCB, "to come back")]


class AnswerSerializer(serializers.Serializer[Any]):
    proposal = serializers.UUIDField()
    document = serializers.UUIDField()
    paragraph = serializers.UUIDField()
    delegation = serializers.CharField()
    answer = serializers.ChoiceField(
        ASKED, allow_null=True, help_text="Null for silence, or for signs that do not cross."
    )
    positions = PositionSerializer(many=True, help_text="On each half, in order of their numbers.")


class RecordedAnswerSerializer(AnswerSerializer):
    recorded = RecordedSerializer()


class AnswerInput(serializers.Serializer[Any]):
    answer = serializers.ChoiceField(ASKED)
    reason = serializers.CharField(default="", trim_whitespace=False, allow_blank=True, max_length=10_000)


class OnProposal(WritingView):
    serializer_class = AnswerSerializer
    scopes = {"PUT": Scope.POSITIONS, "DELETE": Scope.POSITIONS}
    problems = (*ANSWERS, "nothing-to-withdraw", "text-not-plain")

    def halves(self) -> list[Bracket]:
        """Both halves, in order of their numbers. Raises Http404 where it is no replacement."""
        found = brackets.of_the_room(self.negotiation_id).filter(proposal=self.kwargs["proposal_id"])
        halves = list(found.exclude(side=Side.NONE).order_by("number"))
        if not halves:
            raise Http404
        return halves

    def current(self) -> tuple[Paragraph, str]:
        halves = self.halves()
        return halves[0].paragraph, tag_of_position(halves[0].paragraph, _held(halves, self.kwargs["code"]).values())

    @tagged(operation_id="replacement_answer", summary="What a delegation says of a replacement as a whole")
    def get(self, request: Request, proposal_id: UUID, code: str, **kwargs: Any) -> Response:
        with one_moment():
            halves, delegation = self.halves(), self.delegation(code)
            held, printed = _held(halves, code), markers([halves[0].paragraph])
        said = [
            shown(held[half.pk], printed) if half.pk in held else silence(half.paragraph, half, delegation)
            for half in halves
        ]
        data = self.get_serializer(_answer(halves, delegation, said)).data
        return with_tag(request, tag_of_position(halves[0].paragraph, held.values()), data)

    @extend_schema(
        operation_id="answer_replacement",
        summary="Answer both halves at once, with crossed signs",
        request=AnswerInput,
        responses=RecordedAnswerSerializer,
    )
    def put(self, request: Request, proposal_id: UUID, code: str, **kwargs: Any) -> Response:
        halves = self.halves()
        common, exact = self.common(), exact_position(request)
        delegation = self.delegation(code)
        body = AnswerInput(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        event = replacements.answer(
            **common,
            proposal_id=proposal_id,
            answer=Answer(said["answer"]),
            reason=said["reason"],
            on_behalf_of=delegation,
            seen=exact,
        )
        return _answered(event, halves, delegation, exact.wording)

    @extend_schema(
        operation_id="withdraw_replacement_answer",
        summary="Withdraw whatever is held on either half",
        request=None,
        responses={200: RecordedAnswerSerializer},
    )
    def delete(self, request: Request, proposal_id: UUID, code: str, **kwargs: Any) -> Response:
        halves = self.halves()
        common, exact = self.common(), exact_position(request)
        delegation = self.delegation(code)
        event = replacements.withdraw_answer(**common, proposal_id=proposal_id, on_behalf_of=delegation, seen=exact)
        return _answered(event, halves, delegation, exact.wording)


def _held(halves: list[Bracket], code: str) -> dict[UUID | None, Position]:
    found = Position.objects.select_related("paragraph__document", "bracket", "delegation")
    return {position.bracket_id: position for position in found.filter(bracket__in=halves, delegation__code=code)}


def _answer(halves: list[Bracket], delegation: Delegation, said: list[dict[str, Any]]) -> dict[str, Any]:
    signs = {half.side: position["stance"] for half, position in zip(halves, said, strict=True)}
    return {
        "proposal": halves[0].proposal_id,
        "document": halves[0].paragraph.document_id,
        "paragraph": halves[0].paragraph_id,
        "delegation": delegation.code,
        "answer": next((answer for answer, crossed in CROSSED.items() if crossed == signs), None),
        "positions": said,
    }


def _answered(event: Event, halves: list[Bracket], delegation: Delegation, wording: int) -> Response:
    paragraph = halves[0].paragraph
    said = [then(event, paragraph, half, delegation) for half in halves]
    data = {**_answer(halves, delegation, said), "recorded": receipt(event)}
    tag = f'"{wording_then(event, paragraph, wording)}-{max(position["on_seq"] for position in said)}"'
    return recorded(event, RecordedAnswerSerializer(data).data, tag)
