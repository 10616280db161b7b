"""The podium versions that were issued, and their files."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Length
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from documents.models import PodiumVersion, Rendition
from documents.rendering.formats import FORMATS
from documents.rendering.printed import from_json
from negotiations.api.preconditions import unchanged
from negotiations.api.room import RoomList, RoomView
from negotiations.api.schema import ETAG, IF_NONE_MATCH


class FileSerializer(serializers.Serializer[Rendition]):
    format = serializers.ChoiceField(list(FORMATS))
    media_type = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()
    sha256 = serializers.CharField()
    size = serializers.IntegerField(help_text="In bytes.")

    def get_media_type(self, made: Rendition) -> str:
        return FORMATS[made.format].media_type

    def get_url(self, made: Rendition) -> str:
        negotiation = self.context["view"].kwargs["negotiation_id"]
        return reverse("api:file", args=[negotiation, made.version_id, made.format])


class VersionSerializer(serializers.Serializer[PodiumVersion]):
    id = serializers.UUIDField()
    document = serializers.UUIDField(source="document_id")
    number = serializers.IntegerField()
    seq = serializers.IntegerField(help_text="What stood on the podium after this event.")
    as_of = serializers.DateField(help_text="The day in the room by which it is named.")
    sha256 = serializers.CharField(help_text="Of its content; of the files, see each.")
    files = FileSerializer(many=True, source="renditions.all")


class VersionFilter(filters.FilterSet):
    document = filters.UUIDFilter(field_name="document_id")


@extend_schema_view(get=extend_schema(operation_id="versions", summary="Podium versions, oldest first"))
class Versions(RoomList):
    serializer_class = VersionSerializer
    filterset_class = VersionFilter
    moves_with_the_ledger = False  # a worker makes them from what the ledger pinned, a moment later
    ordering = ("seq", "pk")

    def get_queryset(self) -> QuerySet[PodiumVersion]:
        return _of_the_room(self.negotiation_id)


class OneVersion(RoomView):
    serializer_class = VersionSerializer

    @extend_schema(operation_id="version", summary="A podium version and its files")
    def get(self, request: Request, version_id: UUID, **kwargs: Any) -> Response:
        found = _of_the_room(self.negotiation_id).filter(pk=version_id).first()
        if found is None:
            raise Http404
        return Response(self.get_serializer(found).data)


class AnyRenderer(BaseRenderer):
    """Files are what they are: the address says the format, whatever Accept says."""

    media_type = "*/*"
    format = "file"
    charset = None

    def render(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        return data


class File(RoomView):
    renderer_classes = [AnyRenderer]

    @extend_schema(
        operation_id="version_file",
        summary="A podium version as a file",
        parameters=[OpenApiParameter("format", str, OpenApiParameter.PATH, enum=list(FORMATS)), ETAG, IF_NONE_MATCH],
        responses={
            (200, form.media_type): OpenApiTypes.OBJECT if form.name == "json" else OpenApiTypes.BINARY
            for form in FORMATS.values()
        },
    )
    def get(self, request: Request, version_id: UUID, format: str, **kwargs: Any) -> HttpResponseBase:
        made = Rendition.objects.select_related("version").filter(
            version=version_id, format=format, version__document__agenda_item__negotiation=self.negotiation_id
        )
        if format not in FORMATS or (found := made.first()) is None:
            raise Http404
        tag = f'"{found.sha256}"'
        if known := unchanged(request, tag):
            return known
        answer = HttpResponse(bytes(found.body), content_type=FORMATS[format].media_type, headers={"ETag": tag})
        name = FORMATS[format].file_name(from_json(found.version.content))
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer


def _of_the_room(negotiation_id: UUID | None) -> QuerySet[PodiumVersion]:
    sizes = Rendition.objects.filter(format__in=FORMATS).annotate(size=Length("body")).defer("body")
    found = PodiumVersion.objects.defer("content").prefetch_related(Prefetch("renditions", sizes))
    return found.filter(document__agenda_item__negotiation=negotiation_id)
