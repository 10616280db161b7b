"""The person who acts, with the seat that the act is done from."""

from dataclasses import dataclass
from uuid import UUID

from delegations.models import Delegate, Delegation, Kind, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person, the seat and the role. On whose behalf is an argument of the act."""

    person_id: int
    delegation: Delegation
    role: Role

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
