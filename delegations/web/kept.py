"""What a signed-out person typed: carried through the sign-in form, never stored on the server.

It goes from the form that was sent to the sign-in page and back to the form as fields named ``kept-<name>``. Drafts are
private to a delegation (``rules.md`` 10), so they wait in the person's own page and not in a table or a session.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

PREFIX = "kept-"
NEVER_KEPT = "csrfmiddlewaretoken"
SECRETS = ("password", "passphrase", "secret", "token")

LABELS: Mapping[str, str | Promise] = {
    "words": _("Words"),
    "text": _("Text"),
    "wording": _("Wording"),
    "notation": _("Text with brackets"),
    "reason": _("Reason"),
    "caveat": _("Reservation"),
    "note": _("Private note"),
    "comment": _("Comment"),
    "title": _("Title"),
    "line": _("From the floor"),
}
"""Fields that people type into, in their words. What else a form holds is shown only if it reads like typed text."""


@dataclass(frozen=True, slots=True)
class KeptField:
    """One value of one field; a field with several values is kept several times, in order."""

    name: str
    value: str

    @property
    def kept_name(self) -> str:
        return PREFIX + self.name

    @property
    def typed(self) -> bool:
        """Whether a person wrote it. Numbers, keys and choices of a form are carried, but not shown as text."""
        return bool(self.value.strip()) and (self.name in LABELS or any(sign.isspace() for sign in self.value.strip()))

    @property
    def label(self) -> str | Promise:
        return LABELS.get(self.name, _("What you typed"))


@dataclass(frozen=True, slots=True)
class Held:
    """A form that was sent while signed out: its fields, the files that cannot be kept, the page it stood on."""

    fields: tuple[KeptField, ...]
    files: tuple[str, ...] = ()
    back: str = ""

    @property
    def typed(self) -> tuple[KeptField, ...]:
        return tuple(field for field in self.fields if field.typed)


def held_from(request: HttpRequest) -> Held:
    """What was sent in this request, without its CSRF token and without anything that sounds like a secret."""
    files = tuple(file.name or "" for name in request.FILES for file in request.FILES.getlist(name))
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    return Held(tuple(_fields(request.POST)), files, own_path(request, page))


def held_again(request: HttpRequest) -> Held | None:
    """What the sign-in form carries in its ``kept-`` fields, or None where nothing was sent while signed out."""
    if "held" not in request.POST:
        return None
    carried = (
        KeptField(name.removeprefix(PREFIX), value)
        for name in request.POST
        if name.startswith(PREFIX)
        for value in request.POST.getlist(name)
    )
    return Held(tuple(carried), back=own_path(request, request.POST.get("back", "")))


def own_path(request: HttpRequest, address: str) -> str:
    """The path of an address on this host, or "" for any other: nobody is led elsewhere by a link to the sign-in."""
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return ""
    own = f"{request.scheme}://{request.get_host()}"
    path = address.removeprefix(own)
    return path if path.startswith("/") and not path.startswith("//") else ""


def _fields(sent: QueryDict) -> Iterable[KeptField]:
    for name in sent:
        if name != NEVER_KEPT and not any(secret in name.lower() for secret in SECRETS):
            yield from (KeptField(name, str(value)) for value in sent.getlist(name))
