"""What Django itself answers when something goes wrong: a problem under ``/api/``, a page everywhere else."""

from django.http import HttpRequest, HttpResponse

from delegations.web import errors as pages
from negotiations.api.problems import KINDS, problem


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _problem(request, "malformed") if _of_the_api(request) else pages.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _problem(request, "not-allowed") if _of_the_api(request) else pages.forbidden(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _problem(request, "not-found") if _of_the_api(request) else pages.not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    return _problem(request, "internal-error") if _of_the_api(request) else pages.server_error(request)


def _of_the_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _problem(request: HttpRequest, code: str) -> HttpResponse:
    return problem(request, code, KINDS[code].meaning)
