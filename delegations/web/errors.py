"""Error pages in words: what happened, what was not done, what to do now.

Wired in ``config/urls.py`` (handler400, handler403, handler404, handler500) and by ``CSRF_FAILURE_VIEW``. htmx swaps
error answers, so it gets one notice for the top of the page and never a page inside a page.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from delegations.web.kept import held_from
from delegations.web.signed_in import asked_by_htmx


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    # The request itself may be what is wrong (a host, a body), so nothing of it is read for the page.
    return HttpResponse(render_to_string("400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _say(request, "403.html", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _say(request, "404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    # Without request and context: a page that says what broke must not need the thing that broke.
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is from before the last sign-in, or from another site: show what was typed, but offer no way to send it.

    A button here would let another site send a form through our own page.
    """
    return _say(request, "403_csrf.html", 403, held=held_from(request))


def _say(request: HttpRequest, page: str, status: int, **shown: object) -> HttpResponse:
    if not asked_by_htmx(request):
        return render(request, page, shown, status=status)
    answer = render(request, "_refused.html", {"status": status, "csrf": page == "403_csrf.html"}, status=status)
    answer["HX-Retarget"] = "#said"
    answer["HX-Reswap"] = "innerHTML"
    return answer
