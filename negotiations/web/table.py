"""Who sits at the table, as a reading needs it: every spelling that is known, and the delegations to choose from."""

from dataclasses import dataclass
from functools import cached_property

from delegations.models import Alias, Delegation
from documents.notation.questions import spelled, suggested
from negotiations.models import Negotiation


@dataclass(frozen=True)
class Table:
    """The delegations of a negotiation by house code, and the aliases of each."""

    delegations: dict[str, Delegation]
    aliases: dict[str, str]

    @classmethod
    def of(cls, negotiation: Negotiation) -> "Table":
        seated = Delegation.objects.filter(participations__negotiation=negotiation)
        aliases = Alias.objects.filter(delegation__participations__negotiation=negotiation)
        return cls(
            {delegation.code: delegation for delegation in seated},
            dict(aliases.values_list("code", "delegation__code")),
        )

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {spelled(code): code for code in self.delegations} | {
            spelled(alias): code for alias, code in self.aliases.items()
        }

    @cached_property
    def _names(self) -> dict[str, str]:
        return {
            name: code
            for code, delegation in self.delegations.items()
            for name in (delegation.name_en, delegation.name_ru, delegation.name_kk)
            if name
        }

    def knows(self, printed: str) -> str:
        """The house code of a code as printed, "" where the table does not know it."""
        return self._codes.get(spelled(printed), "")

    def suggestion(self, printed: str) -> str:
        """The house code that a printed one may mean, "" where none comes near."""
        return suggested(printed, self._names | self._codes)
