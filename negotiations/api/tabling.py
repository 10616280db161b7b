"""What a proposal may become, and whole paragraphs: revising, co-sponsoring, tabling a paragraph or an alternative."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from delegations.models import Scope
from documents.models import Paragraph
from negotiations.acts import paragraphs, revisions, sponsors
from negotiations.acts.paragraphs import Standing
from negotiations.api.preconditions import exact_wording, tag_of_wording
from negotiations.api.proposals import LONGEST, Confirming, RecordedProposalSerializer, Tabling, Words, answered, found
from negotiations.api.writing import WritingView


class ParagraphInput(Tabling):
    standing = serializers.ChoiceField([one.value for one in Standing], help_text="How it stands to the paragraph.")
    text = Words(max_length=LONGEST, help_text="Without a label: it gets the next free one.")


class RevisionInput(Confirming):
    text = Words(max_length=LONGEST, help_text="The words that were put in, as they should read.")
    reason = Words(
        default=None,
        allow_null=True,
        allow_blank=True,
        max_length=10_000,
        help_text="In place of the one given before.",
    )


class TableParagraph(WritingView):
    serializer_class = RecordedProposalSerializer
    scopes = {"POST": Scope.PROPOSALS}
    problems = (
        "agreed-text",
        "session-not-open",
        "not-on-the-agenda",
        "no-place",
        "cannot-bracket",
        "text-not-plain",
        "looks-alike",
    )

    def current(self) -> tuple[Paragraph, str]:
        paragraph = self.paragraph(self.kwargs["paragraph_id"])
        return paragraph, tag_of_wording(paragraph.seq)

    @extend_schema(
        operation_id="table_paragraph",
        summary="Table a paragraph after this one, or an alternative to it",
        request=ParagraphInput,
        responses={201: RecordedProposalSerializer},
        examples=[
            OpenApiExample("After it", {"standing": "after", "text": "Noting the bells;"}, request_only=True),
            OpenApiExample("A rival", {"standing": "alternative", "text": "Noting the pumps;"}, request_only=True),
        ],
    )
    def post(self, request: Request, paragraph_id: UUID, **kwargs: Any) -> Response:
        self.paragraph(paragraph_id)
        common, exact = self.common(), exact_wording(request)
        body = ParagraphInput(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        event = paragraphs.table_paragraph(
            **common,
            paragraph_id=paragraph_id,
            standing=Standing(said["standing"]),
            text=said["text"],
            seen=exact,
            on_behalf_of=self.heard_for(said["on_behalf_of"]),
            to_come_back=said["to_come_back"],
            reason=said["reason"],
            confirmed_mixed=said["confirm_mixed_scripts"],
        )
        return answered(event, status=201)


class OfProposal(WritingView):
    """A write whose precondition is the proposal's wording."""

    serializer_class = RecordedProposalSerializer

    def current(self) -> tuple[Paragraph, str]:
        proposal = found(self.negotiation_id, self.kwargs["proposal_id"])
        return proposal.paragraph, tag_of_wording(proposal.paragraph.seq)


class Revision(OfProposal):
    scopes = {"POST": Scope.PROPOSALS}
    problems = (
        "agreed-text",
        "bracket-ended",
        "session-not-open",
        "not-on-the-agenda",
        "origin-unknown",
        "cannot-bracket",
        "text-not-plain",
        "looks-alike",
    )

    @extend_schema(
        operation_id="revise_proposal",
        summary="Give the words that a proposal puts in another wording",
        description="Positions stay as they are; those of others are from then on on an earlier wording.",
        request=RevisionInput,
        responses={200: RecordedProposalSerializer},
        examples=[OpenApiExample("Other words", {"text": "and wheel"}, request_only=True)],
    )
    def post(self, request: Request, proposal_id: UUID, **kwargs: Any) -> Response:
        found(self.negotiation_id, proposal_id)
        common, exact = self.common(), exact_wording(request)
        body = RevisionInput(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        event = revisions.revise(
            **common,
            proposal_id=proposal_id,
            text=said["text"],
            seen=exact,
            reason=said["reason"],
            confirmed_mixed=said["confirm_mixed_scripts"],
        )
        return answered(event)


class CoSponsors(OfProposal):
    scopes = {"PUT": Scope.PROPOSALS, "DELETE": Scope.PROPOSALS}
    problems = ("agreed-text", "bracket-ended", "session-not-open", "not-on-the-agenda", "nothing-to-withdraw")

    @extend_schema(
        operation_id="co_sponsor",
        summary="Put a delegation's name to a proposal, and the tabler's signs under its code",
        request=None,
        responses={200: RecordedProposalSerializer},
    )
    def put(self, request: Request, proposal_id: UUID, code: str, **kwargs: Any) -> Response:
        found(self.negotiation_id, proposal_id)
        common, exact, delegation = self.common(), exact_wording(request), self.delegation(code)
        return answered(sponsors.co_sponsor(**common, proposal_id=proposal_id, seen=exact, on_behalf_of=delegation))

    @extend_schema(
        operation_id="leave_proposal",
        summary="Take the name off again; the signs stay until they are changed",
        request=None,
        responses={200: RecordedProposalSerializer},
    )
    def delete(self, request: Request, proposal_id: UUID, code: str, **kwargs: Any) -> Response:
        found(self.negotiation_id, proposal_id)
        common, exact, delegation = self.common(), exact_wording(request), self.delegation(code)
        return answered(sponsors.leave(**common, proposal_id=proposal_id, seen=exact, on_behalf_of=delegation))
