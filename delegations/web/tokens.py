"""One's own tokens: listed, made (the secret stands in the answer, once), revoked."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from delegations import tokens
from delegations.models import Delegate, Scope, Token, today
from delegations.web.signed_in import signed_in


class TokenForm(forms.Form):
    use_required_attribute = False

    name = forms.CharField(max_length=80, error_messages={"required": gettext_lazy("Give the token a name.")})
    scopes = forms.MultipleChoiceField(choices=Scope.choices, required=False)
    expires_on = forms.DateField(
        error_messages={
            "required": gettext_lazy("Choose the token's last day."),
            "invalid": gettext_lazy("This is no date; write it as 2027-01-31."),
        }
    )


@sensitive_variables("secret")
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def of_mine(request: HttpRequest) -> HttpResponse:
    """The list and the form. A press twice makes two tokens, each with a secret of its own; the list shows both."""
    form = TokenForm(request.POST or None)
    made: Token | None = None
    secret = ""
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = tokens.make(person=_person(request), **form.cleaned_data)
            form = TokenForm()
        except ValidationError as fault:
            form.add_error(None, fault)
    context: dict[str, Any] = {
        "form": form,
        "made": made,
        "secret": secret,
        "tokens": tokens.of_person(_person(request)),
        "choices": [(scope, scope.label, scope == Scope.READ) for scope in Scope],
        "until": today() + timedelta(days=90),
        "latest": today() + Token.LONGEST,
    }
    return render(request, "tokens/page.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def revoke(request: HttpRequest, token_id: UUID) -> HttpResponse:
    if not tokens.revoke(person=_person(request), token_id=token_id):
        raise Http404
    messages.success(request, _("Revoked. Whoever uses this token is refused from now on."))
    return redirect("tokens")


def _person(request: HttpRequest) -> Delegate:
    assert isinstance(request.user, Delegate)
    return request.user
