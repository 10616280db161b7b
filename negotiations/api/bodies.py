"""The one kind of body that the API reads: a JSON object of a size that somebody may have written."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser


class TooLarge(APIException):
    status_code = 413


class JsonBody(JSONParser):
    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        request = (parser_context or {})["request"]
        longest = settings.API_MAX_BODY_BYTES
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if int(announced) > longest:
            raise TooLarge(_("The body is longer than %(longest)s bytes.") % {"longest": longest})
        try:
            found = super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise ParseError(_("The body nests too deep.")) from None
        if not isinstance(found, dict):
            raise ParseError(_("The body is not a JSON object."))
        return found
