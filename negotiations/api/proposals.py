"""What was put to the room: proposals with their brackets; tabling, taking back, answering a replacement as one."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiExample, PolymorphicProxySerializer, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from delegations.models import Delegation, Scope
from documents.models import Paragraph
from negotiations.acts import wording
from negotiations.acts.wording import Change, Deletion, Insertion, Replacement
from negotiations.api.brackets import BracketSerializer
from negotiations.api.preconditions import NEVER, exact_wording, tag_of_wording
from negotiations.api.room import RoomList, RoomView, with_tag
from negotiations.api.schema import tagged
from negotiations.api.writing import RecordedSerializer, WritingView, receipt, recorded, rows_of
from negotiations.history import co_sponsors_at
from negotiations.models import Bracket, CoSponsor, Event, Proposal
from negotiations.models.wording import ProposalKind, ProposalState

LONGEST = 20_000
"""Characters in one proposal: more is a text to import."""


class ProposalSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    document = serializers.UUIDField(source="paragraph.document_id")
    paragraph = serializers.UUIDField(source="paragraph_id")
    kind = serializers.ChoiceField(ProposalKind.choices)
    state = serializers.ChoiceField(ProposalState.choices)
    tabled_by = serializers.CharField(
        source="tabled_by.code", allow_null=True, default=None, help_text="Null where it was read from paper."
    )
    co_sponsors = serializers.SerializerMethodField(help_text="Who else put its name to it, first come first.")
    as_heard = serializers.BooleanField(help_text="Whether the Secretariat wrote it down for the delegation.")
    reason = serializers.CharField(allow_blank=True)
    tabled_at = serializers.DateTimeField()
    seq = serializers.IntegerField(help_text="The event by which it was tabled.")
    paragraph_seq = serializers.IntegerField(source="paragraph.seq", help_text="Its ETag.")
    brackets = BracketSerializer(many=True, source="brackets.all", help_text="Two for a replacement: out and in.")

    def get_co_sponsors(self, proposal: Any) -> list[str]:
        if isinstance(proposal, dict):
            return list(proposal["co_sponsors"])
        return [name.delegation.code for name in proposal.names]


class RecordedProposalSerializer(ProposalSerializer):
    recorded = RecordedSerializer(source="*")


class ProposalFilter(filters.FilterSet):
    document = filters.UUIDFilter(field_name="paragraph__document_id")
    paragraph = filters.UUIDFilter(field_name="paragraph_id")
    state = filters.ChoiceFilter(choices=ProposalState.choices)
    kind = filters.ChoiceFilter(choices=ProposalKind.choices)
    delegation = filters.CharFilter(field_name="tabled_by__code", max_length=16)


class Words(serializers.CharField):
    """Words as they were sent, white space included: what stands at their ends is judged like the rest."""

    def __init__(self, **more: Any) -> None:
        super().__init__(trim_whitespace=False, **more)


class Confirming(serializers.Serializer[Any]):
    confirm_mixed_scripts = serializers.BooleanField(
        default=False, help_text="Words with letters of two alphabets are meant so; the history names them."
    )


class Tabling(Confirming):
    to_come_back = serializers.BooleanField(default=False, help_text="Print (X tcb) in place of the sign.")
    reason = Words(default="", allow_blank=True, max_length=10_000)
    on_behalf_of = serializers.CharField(
        default=None, allow_null=True, max_length=16, help_text="The Secretariat's: for whom this was heard."
    )


class InsertionInput(Tabling):
    kind = serializers.ChoiceField(["insertion"])
    after = serializers.IntegerField(min_value=-1, max_value=1_000_000, help_text="A word's number; -1: at the start.")
    text = Words(max_length=LONGEST)


class DeletionInput(Tabling):
    kind = serializers.ChoiceField(["deletion"])
    first = serializers.IntegerField(min_value=0, max_value=1_000_000, help_text="The first word that should go.")
    last = serializers.IntegerField(min_value=0, max_value=1_000_000, help_text="The last one.")


class ReplacementInput(DeletionInput):
    kind = serializers.ChoiceField(["replacement"])
    text = Words(max_length=LONGEST)


INPUTS: dict[str, type[serializers.Serializer[Any]]] = {
    "insertion": InsertionInput,
    "deletion": DeletionInput,
    "replacement": ReplacementInput,
}


@extend_schema_view(get=extend_schema(operation_id="proposals", summary="Proposals, settled ones among them"))
class Proposals(RoomList):
    serializer_class = ProposalSerializer
    filterset_class = ProposalFilter

    def get_queryset(self) -> QuerySet[Proposal]:
        return of_the_room(self.negotiation_id)


class OneProposal(RoomView):
    serializer_class = ProposalSerializer

    @tagged(operation_id="proposal", summary="A proposal")
    def get(self, request: Request, proposal_id: UUID, **kwargs: Any) -> Response:
        proposal = found(self.negotiation_id, proposal_id)
        return with_tag(request, tag_of_wording(proposal.paragraph.seq), self.get_serializer(proposal).data)


class Table(WritingView):
    serializer_class = RecordedProposalSerializer
    scopes = {"POST": Scope.PROPOSALS}
    problems = (
        "agreed-text",
        "session-not-open",
        "not-on-the-agenda",
        "cannot-bracket",
        "text-not-plain",
        "looks-alike",
    )
    change: Change | None = None

    def current(self) -> tuple[Paragraph, str]:
        paragraph = self.paragraph(self.kwargs["paragraph_id"])
        return paragraph, tag_of_wording(paragraph.seq)

    def on_stale(self) -> dict[str, Any]:
        seen = exact_wording(self.request).wording
        paragraph, tag = self.current()
        moved = wording.moved(paragraph, self.change, seen) if self.change and seen != NEVER else None
        return {"suggestion": {**_as_body(moved), "if_match": tag} if moved else None}

    @extend_schema(
        operation_id="table_proposal",
        summary="Table an insertion, a deletion or a replacement",
        description="Words are named by their numbers in the wording of If-Match (`paragraphs/{id}/words/`).",
        request=PolymorphicProxySerializer("Change", list(INPUTS.values()), "kind"),
        responses={201: RecordedProposalSerializer},
        examples=[
            OpenApiExample("Insertion", {"kind": "insertion", "after": 3, "text": "and tyre"}, request_only=True),
            OpenApiExample("Deletion", {"kind": "deletion", "first": 2, "last": 4}, request_only=True),
            OpenApiExample(
                "Replacement", {"kind": "replacement", "first": 2, "last": 2, "text": "each"}, request_only=True
            ),
        ],
    )
    def post(self, request: Request, paragraph_id: UUID, **kwargs: Any) -> Response:
        self.paragraph(paragraph_id)
        common, exact = self.common(), exact_wording(request)
        said = _read(dict(request.data))
        self.change = _change(said)
        event = wording.table(
            **common,
            paragraph_id=paragraph_id,
            change=self.change,
            seen=exact,
            on_behalf_of=self.heard_for(said["on_behalf_of"]),
            to_come_back=said["to_come_back"],
            reason=said["reason"],
            confirmed_mixed=said["confirm_mixed_scripts"],
        )
        return answered(event, status=201)


class Withdrawal(WritingView):
    serializer_class = RecordedProposalSerializer
    scopes = {"POST": Scope.PROPOSALS}
    problems = ("agreed-text", "session-not-open", "not-on-the-agenda", "origin-unknown")

    def current(self) -> tuple[Paragraph, str]:
        proposal = found(self.negotiation_id, self.kwargs["proposal_id"])
        return proposal.paragraph, tag_of_wording(proposal.paragraph.seq)

    @extend_schema(
        operation_id="withdraw_proposal",
        summary="Take a proposal back: the text is what it was before",
        request=None,
        responses={200: RecordedProposalSerializer},
    )
    def post(self, request: Request, proposal_id: UUID, **kwargs: Any) -> Response:
        common, exact = self.common(), exact_wording(request)
        return answered(wording.withdraw(**common, proposal_id=proposal_id, seen=exact))


def of_the_room(negotiation_id: UUID | None) -> QuerySet[Proposal]:
    """The negotiation's proposals, each with its paragraph, its tabler and its brackets."""
    inner = Bracket.objects.select_related("paragraph").order_by("number")
    found = Proposal.objects.select_related("paragraph", "tabled_by").prefetch_related(Prefetch("brackets", inner))
    named = Prefetch("co_sponsors", CoSponsor.objects.select_related("delegation"), to_attr="names")
    return found.prefetch_related(named).filter(paragraph__document__agenda_item__negotiation=negotiation_id)


def found(negotiation_id: UUID | None, proposal_id: UUID) -> Proposal:
    """One of them. Raises Http404."""
    found = of_the_room(negotiation_id).filter(pk=proposal_id).first()
    if found is None:
        raise Http404
    return found


def _read(said: dict[str, Any]) -> dict[str, Any]:
    """The body of a tabling, checked for its kind."""
    kind = said.get("kind")
    if not isinstance(kind, str) or kind not in INPUTS:
        raise ValidationError({"kind": [f"This is one of {', '.join(INPUTS)}."]})
    body = INPUTS[kind](data=said)
    body.is_valid(raise_exception=True)
    found: dict[str, Any] = body.validated_data
    return found


def _change(said: dict[str, Any]) -> Change:
    match said["kind"]:
        case "insertion":
            return Insertion(said["after"], said["text"])
        case "deletion":
            return Deletion(said["first"], said["last"])
    return Replacement(said["first"], said["last"], said["text"])


def _as_body(change: Change) -> dict[str, Any]:
    match change:
        case Insertion(after, text):
            return {"kind": "insertion", "after": after, "text": text}
        case Deletion(first, last):
            return {"kind": "deletion", "first": first, "last": last}
        case Replacement(first, last, text):
            return {"kind": "replacement", "first": first, "last": last, "text": text}


def answered(event: Event, *, status: int = 200) -> Response:
    """The proposal with its brackets as the event left them."""
    [paragraph] = (row for row in rows_of(event, Paragraph) if row.pk == event.paragraph_id)
    [proposal] = (row for row in rows_of(event, Proposal) if row.paragraph_id == paragraph.pk)
    proposal.paragraph = paragraph
    proposal.tabled_by = Delegation.objects.filter(pk=proposal.tabled_by_id).first() if proposal.tabled_by_id else None
    brackets = {row.pk: row for row in Bracket.objects.filter(proposal=proposal.pk)}
    # Those that the event does not hold had ended before, and what has ended stays as it is.
    brackets |= {row.pk: row for row in rows_of(event, Bracket) if row.proposal_id == proposal.pk}
    for bracket in brackets.values():
        bracket.paragraph = paragraph
    said = {"brackets": {"all": sorted(brackets.values(), key=lambda b: b.number)}}
    data = ProposalSerializer({**_plain(proposal), **said, "co_sponsors": co_sponsors_at(proposal, event.seq)}).data
    return recorded(
        event, {**data, "recorded": RecordedSerializer(receipt(event)).data}, tag_of_wording(event.seq), status=status
    )


def _plain(proposal: Proposal) -> dict[str, Any]:
    names = ("id", "paragraph_id", "paragraph", "kind", "state", "tabled_by", "as_heard", "reason", "tabled_at", "seq")
    return {name: getattr(proposal, name) for name in names}
