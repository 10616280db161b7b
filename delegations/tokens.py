"""Tokens: made, found and revoked here alone. The secret is shown once; what is kept is its SHA-256."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.models import Delegate, Scope, Token, today

PREFIX = "podium_"
"""So that a secret that was published by mistake can be told for what it is."""

SELDOM = timedelta(minutes=1)
"""A use is written down at most this often: reading must not write a row each time."""


def make(*, person: Delegate, name: str, scopes: Iterable[str], expires_on: date) -> tuple[Token, str]:
    """A new token and its secret, which cannot be had again. Reading is always among its scopes.

    Raises ValidationError, by field.
    """
    asked = {Scope.READ, *scopes}
    if not 0 < len(name.strip()) <= Token.NAME_LENGTH:
        raise ValidationError({"name": _("Give the token a name of up to 80 characters, by which you will know it.")})
    if unknown := asked - set(Scope.values):
        raise ValidationError({"scopes": _("There is no scope “%(scope)s”.") % {"scope": sorted(unknown)[0]}})
    if not today() <= expires_on <= today() + Token.LONGEST:
        raise ValidationError({"expires_on": _("Choose a last day from today to a year from now.")})
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token(
        person=person,
        name=name.strip(),
        digest=_digest(secret),
        scopes=[scope for scope in Scope.values if scope in asked],
        made_at=timezone.now(),
        expires_on=expires_on,
    )
    token.save()
    return token, secret


def find(secret: str) -> Token | None:
    """The live token of this secret, with its person and seat as they are now; its use is noted."""
    found = _with_seat().filter(digest=_digest(secret)).first()
    if found is None or not found.is_live:
        return None
    _note_use(found)
    return found


def again(token: Token) -> Token | None:
    """The token as it is now, or None where it is live no more: for a request that has been waiting."""
    found = _with_seat().filter(pk=token.pk).first()
    return found if found is not None and found.is_live else None


def of_person(person: Delegate) -> QuerySet[Token]:
    """The person's tokens, newest first."""
    return Token.objects.filter(person=person)


def revoke(*, person: Delegate, token_id: UUID) -> bool:
    """End a token of this person's, for good; false where there is none to end."""
    return bool(of_person(person).filter(pk=token_id, revoked_at=None).update(revoked_at=timezone.now()))


def _with_seat() -> QuerySet[Token]:
    return Token.objects.select_related("person__delegation")


def _note_use(token: Token) -> None:
    now = timezone.now()
    if token.last_used_at is not None and token.last_used_at > now - SELDOM:
        return
    # Asked again in the statement: of many requests at once, one writes.
    long_ago = Q(last_used_at=None) | Q(last_used_at__lt=now - SELDOM)
    Token.objects.filter(long_ago, pk=token.pk).update(last_used_at=now)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
