"""The person who acts, with the seat that the act is done from."""

from dataclasses import dataclass
from uuid import UUID

from delegations.models import Delegate, Delegation, Kind, Role


@dataclass(frozen=True, slots=True)
class FromFile:
    """The file that an act was read from: its number among the files received, its name, the checksum of its bytes."""

    id: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person, the seat and the role. On whose behalf is an argument of the act.

    ``file`` is set where the act was read from a file and consented to: the record of it says so.
    """

    person_id: int
    delegation: Delegation
    role: Role
    file: FromFile | None = None

    @classmethod
    def of(cls, person: Delegate) -> "Actor":
        """The actor for a signed-in person; reads ``person.delegation``."""
        return cls(person.pk, person.delegation, Role(person.role))

    @property
    def delegation_id(self) -> UUID:
        return self.delegation.pk

    @property
    def is_secretariat(self) -> bool:
        return self.delegation.kind == Kind.SECRETARIAT

    @property
    def is_chair(self) -> bool:
        return self.delegation.kind == Kind.CHAIR

    @property
    def speaks(self) -> bool:
        """Heads and delegates speak for their delegation; advisers and observers do not (``rules.md`` 8)."""
        return self.role in (Role.HEAD, Role.DELEGATE)
