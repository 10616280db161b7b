"""What every address below a negotiation begins with: who asks, in which negotiation, at which moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.http import Http404
from django.http.response import HttpResponseBase
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from delegations.actor import Actor
from delegations.models import Delegate, Scope
from documents.models import Document, Paragraph
from negotiations.api.preconditions import tag_of_ledger, unchanged
from negotiations.models import Negotiation

METHODS = ["get", "head", "post", "put", "delete"]
"""No OPTIONS: nothing here is for a page of another site to call, and the schema says the rest."""


@contextmanager
def one_moment() -> Iterator[None]:
    """All reads within see the database as it was at one moment: a tree never meets the rows of another."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def actor_of(request: Request) -> Actor:
    assert isinstance(request.user, Delegate)
    return Actor.of(request.user)


class RoomView(GenericAPIView[Any]):
    """A view whose address names a negotiation: for whoever takes no part in it there is nothing here.

    ``scopes`` names the scope that each writing method needs.
    """

    http_method_names = METHODS
    actor: Actor
    negotiation: Negotiation
    scopes: dict[str, Scope] = {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.actor = actor_of(request)
        found = Negotiation.objects.visible_to(self.actor).filter(pk=kwargs["negotiation_id"]).first()
        if found is None:
            raise Http404
        self.negotiation = found

    @property
    def negotiation_id(self) -> UUID | None:
        """None only where the schema is drawn up."""
        return self.kwargs.get("negotiation_id")

    def document(self, document_id: UUID) -> Document:
        """The document, if it is on this negotiation's agenda. Raises Http404."""
        found = Document.objects.filter(pk=document_id, agenda_item__negotiation=self.negotiation_id).first()
        if found is None:
            raise Http404
        return found

    def paragraph(self, paragraph_id: UUID) -> Paragraph:
        """The paragraph, if its document is on this negotiation's agenda. Raises Http404."""
        found = Paragraph.objects.select_related("document").filter(
            pk=paragraph_id, document__agenda_item__negotiation=self.negotiation_id
        )
        if (paragraph := found.first()) is None:
            raise Http404
        return paragraph


class RoomList(RoomView):
    """A list of what the ledger holds: its ETag is the ledger's head, so an idle room answers 304 without reading."""

    lists = True
    ordering: tuple[str, ...] = ("pk",)
    moves_with_the_ledger = True

    def get(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        tag = tag_of_ledger(self.negotiation.head_seq)
        if self.moves_with_the_ledger and (known := unchanged(request, tag)):
            return known
        with one_moment():
            page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
            answer = self.get_paginated_response(self.shown(page or []))
        if self.moves_with_the_ledger:
            answer["ETag"] = tag
        return answer

    def shown(self, rows: Any) -> Any:
        """The rows of one page, as they are answered."""
        return self.get_serializer(rows, many=True).data


def with_tag(request: Request, tag: str, data: Any) -> Response:
    """The representation with its ETag, or 304 where the script has it already."""
    return unchanged(request, tag) or Response(data, headers={"ETag": tag})
