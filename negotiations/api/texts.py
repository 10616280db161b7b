"""What is negotiated: documents, their paragraphs as trees, and the text that prints."""

from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, ExpressionWrapper, F, Max, QuerySet
from django.db.models.functions import Cast
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from documents.models import Agreement, Document, Paragraph
from documents.notation import tree as trees
from documents.notation.words import words
from documents.notation.write import write
from documents.rendering import text
from negotiations import printing
from negotiations.api.brackets import BracketSerializer, of_the_room
from negotiations.api.preconditions import tag_of_ledger, tag_of_wording, unchanged
from negotiations.api.room import RoomList, RoomView, one_moment, with_tag
from negotiations.api.schema import ETAG, PLAIN, TREE, PlainTextRenderer, tagged
from negotiations.models import Bracket, Event

FAR = 1_000_000_000
"""More places than any document has: a paragraph's place in its negotiation is one number."""


class DocumentSerializer(serializers.Serializer[Document]):
    id = serializers.UUIDField()
    name = serializers.CharField(help_text="What lists call it.")
    title = serializers.CharField(help_text="As the source printed it; empty where it had none.")
    language = serializers.CharField()


class ParagraphSerializer(serializers.Serializer[Paragraph]):
    """A paragraph's wording. Nothing of it changes unless ``seq`` does; positions stand apart from it."""

    id = serializers.UUIDField()
    document = serializers.UUIDField(source="document_id")
    label = serializers.SerializerMethodField(  # type: ignore[assignment]  # a field named as one of a field's own
        help_text="As it prints, without closing punctuation; it never moves."
    )
    handle = serializers.CharField(help_text="Its frozen name in the document: PP5, II-3, ¶7.")
    kind = serializers.CharField()
    language = serializers.CharField()
    agreement = serializers.ChoiceField(Agreement.choices)
    alternative_to = serializers.UUIDField(source="alternative_to_id", allow_null=True)
    seq = serializers.IntegerField(help_text="The event that last changed the wording; its ETag.")
    tree = serializers.SerializerMethodField(help_text="The wording with its brackets, as data.")
    wording = serializers.SerializerMethodField(help_text="The words alone.")
    bracketed = serializers.SerializerMethodField(help_text="The words and the square brackets, without markers.")

    def get_label(self, paragraph: Paragraph) -> str | None:
        return paragraph.label or None

    @extend_schema_field(TREE)
    def get_tree(self, paragraph: Paragraph) -> Any:
        return paragraph.tree

    def get_wording(self, paragraph: Paragraph) -> str:
        return trees.wording(paragraph.nodes)

    def get_bracketed(self, paragraph: Paragraph) -> str:
        return write(_without_imprint(paragraph.nodes), {})


class ParagraphWithBracketsSerializer(ParagraphSerializer):
    brackets = BracketSerializer(many=True, help_text="Those that stand, in order of their numbers.")


class DocumentTreeSerializer(serializers.Serializer[Any]):
    document = serializers.UUIDField()
    paragraphs = ParagraphWithBracketsSerializer(many=True, help_text="In the order of the text.")


class WordSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField(help_text="By which a proposal says which words it means.")
    word = serializers.CharField(help_text="A word, a sign of punctuation, or a bracket's closing sign.")
    bracket = serializers.UUIDField(allow_null=True, help_text="The bracket in which it stands.")
    closes = serializers.UUIDField(allow_null=True, help_text="For a closing sign, its bracket.")


class WordsSerializer(serializers.Serializer[Any]):
    paragraph = serializers.UUIDField()
    words = WordSerializer(many=True)


class ParagraphFilter(filters.FilterSet):
    document = filters.UUIDFilter(field_name="document_id")
    agreement = filters.ChoiceFilter(choices=Agreement.choices)


@extend_schema_view(get=extend_schema(operation_id="documents", summary="The documents on the agenda, in its order"))
class Documents(RoomList):
    serializer_class = DocumentSerializer
    ordering = ("on_agenda",)

    def get_queryset(self) -> QuerySet[Document]:
        return Document.objects.filter(agenda_item__negotiation=self.negotiation_id).annotate(
            on_agenda=F("agenda_item__place")
        )


class OneDocument(RoomView):
    serializer_class = DocumentSerializer

    @extend_schema(operation_id="document", summary="A document")
    def get(self, request: Request, document_id: UUID, **kwargs: Any) -> Response:
        return Response(self.get_serializer(self.document(document_id)).data)


class DocumentTree(RoomView):
    serializer_class = DocumentTreeSerializer

    @tagged(operation_id="document_tree", summary="All its paragraphs as trees, with the facts of their brackets")
    def get(self, request: Request, document_id: UUID, **kwargs: Any) -> HttpResponseBase:
        with one_moment():
            document = self.document(document_id)
            newest = Paragraph.objects.filter(document=document).aggregate(seq=Max("seq"))["seq"] or 0
            tag = tag_of_wording(newest)
            if known := unchanged(request, tag):
                return known
            paragraphs = list(Paragraph.objects.filter(document=document))
            standing: dict[UUID, list[Bracket]] = {}
            for bracket in of_the_room(self.negotiation_id).filter(paragraph__document=document, state="standing"):
                standing.setdefault(bracket.paragraph_id, []).append(bracket)
        for paragraph in paragraphs:
            paragraph.__dict__["brackets"] = standing.get(paragraph.pk, [])
        return with_tag(request, tag, self.get_serializer({"document": document.pk, "paragraphs": paragraphs}).data)


class DocumentText(RoomView):
    renderer_classes = [PlainTextRenderer]

    @extend_schema(
        operation_id="document_text",
        summary="The document as it prints now, with every marker",
        responses={(200, PLAIN): OpenApiTypes.STR},
        parameters=[ETAG],
    )
    def get(self, request: Request, document_id: UUID, **kwargs: Any) -> HttpResponseBase:
        with one_moment():
            document = self.document(document_id)
            tag = _tag_of_print(document)
            if known := unchanged(request, tag):
                return known
            body = text.render(printing.as_it_stands(self.negotiation, document))
        return HttpResponse(body, content_type=PLAIN, headers={"ETag": tag})


@extend_schema_view(get=extend_schema(operation_id="paragraphs", summary="Paragraphs, in the order of the texts"))
class Paragraphs(RoomList):
    serializer_class = ParagraphSerializer
    filterset_class = ParagraphFilter
    ordering = ("in_order",)

    def get_queryset(self) -> QuerySet[Paragraph]:
        document = Cast("document__agenda_item__place", BigIntegerField())
        found = Paragraph.objects.filter(document__agenda_item__negotiation=self.negotiation_id)
        return found.annotate(in_order=ExpressionWrapper(document * FAR + F("place"), BigIntegerField()))


class OneParagraph(RoomView):
    serializer_class = ParagraphSerializer

    @tagged(operation_id="paragraph", summary="A paragraph's wording")
    def get(self, request: Request, paragraph_id: UUID, **kwargs: Any) -> Response:
        found = self.paragraph(paragraph_id)
        return with_tag(request, tag_of_wording(found.seq), self.get_serializer(found).data)


class ParagraphWords(RoomView):
    serializer_class = WordsSerializer

    @tagged(operation_id="paragraph_words", summary="Its words by number, for a proposal to point at")
    def get(self, request: Request, paragraph_id: UUID, **kwargs: Any) -> Response:
        found = self.paragraph(paragraph_id)
        numbered = [
            {"number": word.index, "word": word.text, "bracket": word.container, "closes": word.closes}
            for word in words(found.nodes)
        ]
        return with_tag(request, tag_of_wording(found.seq), {"paragraph": str(found.pk), "words": numbered})


class ParagraphText(RoomView):
    renderer_classes = [PlainTextRenderer]

    @extend_schema(
        operation_id="paragraph_text",
        summary="The paragraph as it prints now, with every marker",
        responses={(200, PLAIN): OpenApiTypes.STR},
        parameters=[ETAG],
    )
    def get(self, request: Request, paragraph_id: UUID, **kwargs: Any) -> HttpResponseBase:
        with one_moment():
            found = self.paragraph(paragraph_id)
            tag = _tag_of_print(found.document)
            if known := unchanged(request, tag):
                return known
            printed = printing.page(found.document, [found]).pieces(found)
        body = text.one_line("".join(piece.text for piece in printed))
        return HttpResponse(body, content_type=PLAIN, headers={"ETag": tag})


def _tag_of_print(document: Document) -> str:
    """What prints moves with every act on the document, a position as well as a word."""
    last = Event.objects.filter(document_id=document.pk).aggregate(seq=Max("seq"))["seq"] or 0
    return tag_of_ledger(last)


def _without_imprint(tree: trees.Tree) -> trees.Tree:
    """The tree without the places where a source printed its markers."""
    kept: list[trees.Node] = []
    for node in tree:
        if isinstance(node, trees.Bracket):
            kept.append(trees.Bracket(node.id, _without_imprint(node.inside), node.signs))
        elif not isinstance(node, trees.Anchor):
            kept.append(node)
    return tuple(kept)
