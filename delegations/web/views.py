"""Sign-in, sign-out, and the style sheet that points at a delegation."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from delegations.models import Delegation
from delegations.web.forms import SignInForm
from delegations.web.kept import held_again, own_path
from delegations.web.lockout import count_try, forget_tries
from delegations.web.signed_in import signed_in


@sensitive_post_parameters("passphrase")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with e-mail and passphrase; then the page one came from, or the form that was sent while signed out."""
    if request.method != "POST":
        onward = own_path(request, request.GET.get("next", ""))
        if request.user.is_authenticated:
            return redirect(onward or resolve_url(settings.LOGIN_REDIRECT_URL))
        return render(request, "sign_in/page.html", {"form": SignInForm(), "next": onward})

    onward = own_path(request, request.POST.get("next", ""))
    held = held_again(request)
    form = SignInForm(request.POST)
    wait = _try_to_sign_in(request, form)
    if not request.user.is_authenticated or form.errors:
        form.mark_wrong()
        shown = {"form": form, "next": onward, "held": held}
        answer = render(request, "sign_in/page.html", shown, status=429 if wait else 422)
        if wait:
            answer["Retry-After"] = str(wait)
        return answer
    if held is not None and onward:
        # Nothing is sent on by itself: a press records, and the person may no longer want to.
        return render(request, "sign_in/kept.html", {"next": onward, "held": held})
    return redirect(onward or resolve_url(settings.LOGIN_REDIRECT_URL))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session. A form, because a link could be followed by a browser that only looks ahead."""
    logout(request)
    messages.info(request, _("You are signed out."))
    return redirect(resolve_url(settings.LOGOUT_REDIRECT_URL or "sign-in"))


@signed_in
@require_safe
def pointing(request: HttpRequest) -> HttpResponse:
    """The rules that outline one delegation's brackets and dim the rest: a pair for each house code, and "mine".

    Codes are plain letters and hyphens by a constraint of the table, so they need no escaping in a style sheet.
    """
    codes = Delegation.objects.order_by("code").values_list("code", flat=True)
    answer = HttpResponse("\n".join(_rules_for(code) for code in codes), content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=300"
    return answer


def _try_to_sign_in(request: HttpRequest, form: SignInForm) -> int:
    """Sign the person in, or put into the form why not. Returns the seconds until the next try may be made, or 0.

    One sentence for an unknown e-mail, a wrong passphrase and a seat that is no longer active: none may be told apart.
    """
    if not form.is_valid():
        return 0
    email, address = form.cleaned_data["email"], request.META.get("REMOTE_ADDR", "")
    if wait := count_try(email, address):
        form.add_error(None, _("Too many wrong tries. %(when)s") % {"when": _next_try(wait)})
        return wait
    person = authenticate(request, username=email, password=form.cleaned_data["passphrase"])
    if person is None:
        form.add_error(None, _("This e-mail and passphrase do not belong together."))
        return 0
    forget_tries(email, address)
    login(request, person)  # gives the session a new key, so one that was planted before is worth nothing
    return 0


def _next_try(seconds: int) -> str:
    if seconds < 60:
        return ngettext("Next try in %(n)d second.", "Next try in %(n)d seconds.", seconds) % {"n": seconds}
    minutes = -(-seconds // 60)
    return ngettext("Next try in %(n)d minute.", "Next try in %(n)d minutes.", minutes) % {"n": minutes}


def _rules_for(code: str) -> str:
    pointed = f'body:is(:has(.chip[href="#{code}"]:is(:hover, :focus-visible)), :has(#{code}:target)) .text'
    return (
        f"{pointed} .p {{ color: var(--faded); }}\n"
        f"{pointed} :is(.b, .m)[data-who~={code}] {{ color: var(--ink); outline: 2px solid; outline-offset: 2px; }}\n"
        f'.of-{code} .card .chip[href="#{code}"] {{ border-bottom: 2px solid; border-radius: 0; }}\n'
    )
