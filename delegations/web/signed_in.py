"""The door to every page: who is not signed in is asked to, and what was typed is kept."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from delegations.web.forms import SignInForm
from delegations.web.kept import held_from

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]

PANEL = "closest .panel, closest .more, closest section, closest main"
"""Where htmx shows the sign-in form after a press: in the panel that was sent, whose typed text it carries on."""


def signed_in(view: View[Rest]) -> View[Rest]:
    """Let only signed-in people in.

    A signed-out GET is led to the sign-in page and back. A signed-out POST is answered 401 with the sign-in page, which
    shows and carries all that was typed. htmx gets the form alone: in the sent panel, or where the answer was to go.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method in ("GET", "HEAD"):
            return _ask_reader(request)
        return _ask_writer(request)

    return guarded


def asked_by_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _ask_reader(request: HttpRequest) -> HttpResponse:
    if asked_by_htmx(request):
        # A redirect would put the whole sign-in page into a corner of this one.
        here = held_from(request).back or "/"
        return render(request, "sign_in/_panel.html", {"form": SignInForm(), "next": here}, status=401)
    return redirect(f"{reverse('sign-in')}?{urlencode({'next': request.get_full_path()})}")


def _ask_writer(request: HttpRequest) -> HttpResponse:
    shown = {"form": SignInForm(), "next": request.get_full_path(), "held": held_from(request)}
    if not asked_by_htmx(request):
        return render(request, "sign_in/page.html", shown, status=401)
    answer = render(request, "sign_in/_panel.html", shown, status=401)
    answer["HX-Retarget"] = PANEL
    answer["HX-Reswap"] = "innerHTML"
    return answer
