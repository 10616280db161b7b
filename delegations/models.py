"""Who is in the room: delegations, the codes they go by, and their people. Nothing here knows of texts."""

import uuid
from datetime import UTC, date, timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import ExpressionWrapper, Q
from django.db.models.functions import Lower, TruncDate
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

house_code = RegexValidator(
    r"\A[A-Za-z][A-Za-z-]{1,15}\Z", _("A house code is 2 to 16 plain Latin letters, such as BANGL.")
)


class Kind(models.TextChoices):
    """What a delegation is to the room. Only members count for or against consensus (``rules.md`` 3)."""

    MEMBER = "member", _("Member")
    OBSERVER = "observer", _("Observer")
    CHAIR = "chair", _("Chair")
    SECRETARIAT = "secretariat", _("Secretariat")


class Role(models.TextChoices):
    """What a person may do for the delegation (``rules.md`` 8)."""

    HEAD = "head", _("Head of delegation")
    DELEGATE = "delegate", _("Delegate")
    ADVISER = "adviser", _("Adviser")
    OBSERVER = "observer", _("Observer")


class Delegation(models.Model):
    """A delegation under its house code; global to the house (``rules.md`` 11)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=16, validators=[house_code])
    kind = models.CharField(max_length=16, choices=Kind.choices)
    name_en = models.CharField(max_length=120)
    name_ru = models.CharField(max_length=120, blank=True)
    name_kk = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(Lower("code"), name="one_delegation_per_code"),
            models.CheckConstraint(condition=Q(code__regex=r"^[A-Za-z][A-Za-z-]{1,15}$"), name="house_code_is_ascii"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="known_kind_of_delegation"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """The name in the reader's language, English where it has none."""
        return getattr(self, f"name_{(get_language() or 'en')[:2]}", "") or self.name_en

    @property
    def is_member(self) -> bool:
        return self.kind == Kind.MEMBER


class Alias(models.Model):
    """Another spelling of a delegation's code, in any script, as texts from outside print it (``rules.md`` 29)."""

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="aliases")
    code = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code"], name="one_delegation_per_alias")]

    def __str__(self) -> str:
        return self.code


class DelegateManager(BaseUserManager["Delegate"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Delegate":
        """A person with a seat. The address is kept in lower case: it is what people sign in with."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Delegate":
        return self.get(email=(username or "").strip().lower())


class Delegate(AbstractBaseUser):
    """A person, seated in one delegation. Never deleted, only made inactive (``rules.md`` 11)."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="people")
    role = models.CharField(max_length=16, choices=Role.choices)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = DelegateManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="email_in_lower_case"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="known_role"),
        ]

    def __str__(self) -> str:
        return self.name


class Scope(models.TextChoices):
    """What a token may be used for. It only ever narrows what its person may do."""

    READ = "read", _("read what you may read")
    POSITIONS = "positions", _("take and withdraw positions")
    PROPOSALS = "proposals", _("table proposals, revise, co-sponsor and take them back")


class Token(models.Model):
    """What a script shows in place of a passphrase: it acts from its person's seat, as that seat is now.

    The secret itself is shown once and never stored. ``expires_on`` is the last day, in UTC, on which it is taken.
    """

    LONGEST = timedelta(days=366)
    NAME_LENGTH = 80

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Delegate, models.PROTECT, related_name="tokens")
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=16, choices=Scope.choices))
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_token_has_a_name"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="a_token_is_kept_as_its_digest"),
            models.CheckConstraint(
                condition=Q(scopes__contains=[Scope.READ]) & Q(scopes__contained_by=Scope.values), name="known_scopes"
            ),
            models.CheckConstraint(
                condition=Q(
                    expires_on__lte=ExpressionWrapper(
                        TruncDate("made_at") + timedelta(days=366), output_field=models.DateField()
                    )
                ),
                name="a_token_ends_within_a_year",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        """Whether it is taken today: not revoked, not past its last day, its person still seated."""
        return self.revoked_at is None and self.expires_on >= today() and self.person.is_active


def today() -> date:
    """The day by which tokens end: everywhere that of UTC."""
    return timezone.now().astimezone(UTC).date()
