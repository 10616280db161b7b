"""What needs no token: where to begin, how the API is described, what each problem means, and that nothing else is here."""

from functools import cache
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from negotiations.api.problems import KINDS, type_of
from negotiations.api.room import METHODS
from negotiations.api.schema import SchemaRenderer


class Open(APIView):
    """For everybody, and so without a token that could be wrong."""

    http_method_names = METHODS
    authentication_classes = []
    permission_classes = []
    throttle_classes = []


class IndexSerializer(serializers.Serializer[Any]):
    negotiations = serializers.CharField()
    schema = serializers.CharField()
    docs = serializers.CharField()


class KindSerializer(serializers.Serializer[Any]):
    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    meaning = serializers.CharField()


class Index(Open):
    @extend_schema(operation_id="index", summary="Where to begin", responses=IndexSerializer)
    def get(self, request: Request) -> Response:
        return Response({name: reverse(f"api:{name}") for name in ("negotiations", "schema", "docs")})


class Problem(Open):
    problems = ("not-found",)

    @extend_schema(operation_id="problem", summary="What a problem means", responses=KindSerializer)
    def get(self, request: Request, code: str) -> Response:
        if (kind := KINDS.get(code)) is None:
            raise Http404
        said = {"title": str(kind.title), "status": kind.status, "meaning": str(kind.meaning)}
        return Response({"type": type_of(code), **said})


class SchemaView(Open):
    renderer_classes = [SchemaRenderer]

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        return Response(drawn_up())


class Nothing(Open):
    """Every other address under ``/api/``: a problem, never a page."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise Http404


class PageRenderer(BaseRenderer):
    media_type = "text/html"
    format = "html"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        return data


class Docs(Open):
    """Every operation on one page, from the schema, without a script."""

    renderer_classes = [PageRenderer]

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        operations = [
            {"path": path, "method": method.upper(), "said": said}
            for path, methods in drawn_up()["paths"].items()
            for method, said in methods.items()
        ]
        kinds = [{"code": code, "kind": kind} for code, kind in KINDS.items()]
        # The page has the bar of every other page, so it is the browser's own request that it is made for.
        return render(request._request, "api/docs.html", {"operations": operations, "kinds": kinds})


def drawn_up() -> Any:
    """The schema of the whole API; it is read, never changed."""
    return _drawn_up_in(get_language())


@cache
def _drawn_up_in(language: str | None) -> Any:
    """Drawn up once a language: it takes long, and nobody needs a token to ask for it."""
    return SchemaGenerator().get_schema(request=None, public=True)
