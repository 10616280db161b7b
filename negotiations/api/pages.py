"""Lists in pages with a cursor: no totals, no page numbers, so that a page costs the same at either end."""

from typing import Any

from django.core.exceptions import ValidationError as NotAValue
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request


class Pages(CursorPagination):
    """``?cursor=`` goes on where the page before ended; ``?limit=`` is how many at most."""

    page_size = 100
    max_page_size = 500
    page_size_query_param = "limit"
    page_size_query_description = "How many at most on a page."
    cursor_query_description = "Where to go on: found in next, never made up."
    ordering = "pk"
    template = None

    def get_ordering(self, request: Request, queryset: QuerySet[Model], view: Any) -> tuple[str, ...]:
        return getattr(view, "ordering", ("pk",))

    def get_page_size(self, request: Request) -> int:
        asked = request.query_params.get("limit")
        if asked is None:
            return self.page_size
        if not asked.isascii() or not asked.isdigit() or not 1 <= int(asked[:9]) <= self.max_page_size:
            raise ValidationError({"limit": [_("This is a whole number from 1 to 500.")]})
        return int(asked)

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        try:
            return super().paginate_queryset(queryset, request, view)
        except (NotFound, ValueError, OverflowError, NotAValue):
            raise ValidationError({"cursor": [_("This is not a cursor that a page gave.")]}) from None

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        found = super().get_schema_operation_parameters(view)
        for parameter in found:
            if parameter["name"] == "limit":
                parameter["schema"] = {"type": "integer", "minimum": 1, "maximum": 500, "default": 100}
        return found

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        properties = {"next": link, "previous": link, "results": schema}
        return {"type": "object", "required": list(properties), "properties": properties}
