"""Who asks: the person of a token, from the seat that the person has now. A session's cookie opens nothing here."""

import logging
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from delegations import tokens
from delegations.models import Delegate, Scope, Token
from delegations.web.lockout import count_try
from negotiations.api.problems import ScopeMissing

log = logging.getLogger(__name__)


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer podium_…``.

    Wrong secrets are counted for the address that sends them. A right one is never refused for others' wrong ones: at
    256 random bits guessing is hopeless, and many delegations may share an address.
    """

    def authenticate(self, request: Request) -> tuple[Delegate, Token] | None:
        scheme, _space, secret = get_authorization_header(request).partition(b" ")
        if not scheme:
            return None
        token = tokens.find(secret.decode("latin-1").strip()) if scheme.lower() == b"bearer" else None
        if token is None:
            if wait := count_try("", request.META.get("REMOTE_ADDR", "")):
                raise Throttled(wait)
            raise AuthenticationFailed(_("This is no live token: it is wrong, revoked or past its last day."))
        return token.person, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Podium"'


class HasScope(BasePermission):
    """Reading needs a token; a write needs the scope that its view names."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not isinstance(request.auth, Token):
            return False
        wanted = getattr(view, "scopes", {}).get(request.method, Scope.READ)
        if wanted not in request.auth.scopes:
            raise ScopeMissing(scope=wanted)
        return True


class TokenThrottle(SimpleRateThrottle):
    """So many requests of one token within a second; the rate is ``API_RATE`` of the settings."""

    scope = "token"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        return f"api-rate-{request.auth.pk}" if isinstance(request.auth, Token) else None

    def allow_request(self, request: Request, view: Any) -> bool:
        try:
            return bool(super().allow_request(request, view))
        except Exception:  # each cache has errors of its own
            log.warning("Requests of the API are not being counted: the cache does not answer.")
            return True

    def wait(self) -> Any:
        return super().wait() or 1
