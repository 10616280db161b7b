"""The roll: who sits in a negotiation, as a table that anybody can write, and its people enlisted."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from delegations.models import Alias, Delegate, Delegation, Kind, Role

COLUMNS = ("code", "kind", "name_en", "name_ru", "name_kk", "aliases", "email", "person", "role")
"""The first row of a roll. Needed are ``code``, ``email`` and, for a delegation that is new to the house, ``name_en``."""


class RollFault(ValueError):
    """What is wrong with a roll, and in which of its lines (the row of column names is line 1)."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(_("line %(line)s: %(why)s") % {"line": line, "why": why})
        self.line = line


@dataclass(frozen=True, slots=True)
class Seat:
    """One row: a person in a delegation. ``aliases`` are other spellings of the delegation's code."""

    code: str
    kind: str
    names: tuple[str, str, str]
    email: str
    person: str
    role: str
    aliases: tuple[str, ...] = ()


def read_roll(text: str) -> Iterator[tuple[int, Seat]]:
    """The rows of a comma-separated table with their line numbers. Raises RollFault."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), restkey="more", restval="")
    unknown = sorted(set(rows.fieldnames or ()) - set(COLUMNS))
    if unknown or "code" not in (rows.fieldnames or ()):
        raise RollFault(
            1,
            _("The first row names the columns: %(columns)s. Unknown: %(unknown)s.")
            % {"columns": ", ".join(COLUMNS), "unknown": ", ".join(unknown) or _("none")},
        )
    for row in rows:
        if row.get("more"):
            raise RollFault(
                rows.line_num, _("There are more cells than columns; put quotes round a cell with a comma.")
            )
        said = {name: value.strip() for name, value in row.items()}
        if any(said.values()):
            yield rows.line_num, _seat(said)


def _seat(said: dict[str, str]) -> Seat:
    kind = said.get("kind", "").lower() or Kind.MEMBER
    role = said.get("role", "").lower() or (Role.OBSERVER if kind == Kind.OBSERVER else Role.DELEGATE)
    names = (said.get("name_en", ""), said.get("name_ru", ""), said.get("name_kk", ""))
    email = said.get("email", "").lower()
    aliases = tuple(said.get("aliases", "").split())
    return Seat(said["code"], kind, names, email, said.get("person", "") or email.partition("@")[0], role, aliases)


def enlist(seat: Seat, passphrase: str | None) -> tuple[Delegate, bool]:
    """The person in this seat, and whether they are new to the house; the delegation too is made where it is new.

    Whoever is there already keeps name, role and passphrase; a new one given none cannot sign in yet. Raises ValidationError, with sentences for people.
    """
    delegation = Delegation.objects.filter(code__iexact=seat.code).first() or _new_delegation(seat)
    if delegation.kind != seat.kind:
        raise ValidationError(
            _("%(code)s is on record as %(kind)s.") % {"code": delegation.code, "kind": delegation.get_kind_display()}
        )
    for code in seat.aliases:
        if Alias.objects.get_or_create(code=code, defaults={"delegation": delegation})[0].delegation != delegation:
            raise ValidationError(_("%(code)s stands for another delegation already.") % {"code": code})
    person = Delegate.objects.select_related("delegation").filter(email=seat.email).first()
    if person is None:
        return _new_person(seat, delegation, passphrase), True
    if person.delegation_id != delegation.pk:
        raise ValidationError(
            _("%(email)s sits for %(code)s.") % {"email": person.email, "code": person.delegation.code}
        )
    return person, False


def name_also(delegation: Delegation, code: str) -> bool:
    """Give a delegation another spelling of its code, if it is free in the house; false where it is not, or is no code."""
    length = Alias._meta.get_field("code").max_length or 0
    if not code or len(code) > length or any(map(str.isspace, code)):
        return False
    if Delegation.objects.filter(code__iexact=code).exists() or Alias.objects.filter(code__iexact=code).exists():
        return False
    Alias.objects.create(delegation=delegation, code=code)
    return True


def _new_delegation(seat: Seat) -> Delegation:
    en, ru, kk = seat.names
    delegation = Delegation(code=seat.code, kind=seat.kind, name_en=en, name_ru=ru, name_kk=kk)
    delegation.full_clean()
    delegation.save()
    return delegation


def _new_person(seat: Seat, delegation: Delegation, passphrase: str | None) -> Delegate:
    made = Delegate(email=seat.email, name=seat.person, delegation=delegation, role=seat.role)
    made.full_clean(exclude=["delegation", "password"])
    return Delegate.objects.create_user(seat.email, passphrase, name=seat.person, delegation=delegation, role=seat.role)
