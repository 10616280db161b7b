"""The hand-written table as statuses: which seat should get what of which address, by which method, on whose object."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.matrix.routes import METHODS, Route

FILE = Path(__file__).with_name("expected.yaml")
READING = ("GET", "HEAD")
OF_THE_ROW = ("scope", "ledger")
"""What a row says beside its methods."""
OBJECTS = ("own", "other")
"""Whose object it may be; of what answers before Django, also in which negotiation."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One request. ``of`` says whose object is asked for: own, other, elsewhere, smuggled, or nobody's in particular."""

    route: Route
    method: str
    seat: str
    of: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.route.name} as {self.seat}{' of ' + self.of if self.of else ''}"


class Faulty(AssertionError):
    """The table does not say one thing of every cell."""


@dataclass(frozen=True, slots=True)
class Table:
    said: dict[str, Any]

    @classmethod
    def read(cls, text: str | None = None) -> "Table":
        return cls(yaml.safe_load(FILE.read_text() if text is None else text))

    def rows(self) -> dict[str, dict[str, Any]]:
        return {name: row for section in self.said["sections"] for name, row in self.said[section].items()}

    def section(self, name: str) -> tuple[str, str]:
        """The door and the kind of the section in which the row stands."""
        for section, (door, kind) in self.said["sections"].items():
            if name in self.said[section]:
                return door, kind
        raise Faulty(f"{name} has no row")

    def faults(self, routes: Iterable[Route], methods: dict[str, set[str]]) -> list[str]:
        """What is missing or too much, with a line to paste. ``methods`` are those of the API's description."""
        found, names = [], []
        for route in routes:
            names.append(route.name)
            if route.name not in self.rows():
                found.append(f"no row for {route.pattern}; paste: {route.name}: {{GET HEAD: {{seated: 200}}}}")
                continue
            kind = self.section(route.name)[1]
            if (kind == "room") != route.is_in_a_negotiation:
                found.append(f"{route.name} stands in a section that is not for its address")
            row = self._methods(route.name)
            if unknown := set(row) - set(METHODS):
                found.append(f"{route.name}: no such method: {', '.join(sorted(unknown))}")
            if (known := methods.get(route.name)) is not None:
                found += [
                    f"{route.name} has no {method}; paste: {method}: {{seated: 200}}"
                    for method in sorted(known - set(row))
                ]
                found += [f"{route.name}: {method} is not described" for method in sorted(set(row) - known - {"HEAD"})]
        found += [f"{name} is the row of no route" for name in self.rows() if name not in names]
        found += [f"two routes are called {name}" for name in set(names) if names.count(name) > 1]
        return found

    def _methods(self, name: str) -> dict[str, Any]:
        row = self.rows()[name]
        return {
            method: said for methods, said in row.items() if methods not in OF_THE_ROW for method in methods.split()
        }

    def records(self, name: str) -> bool:
        """Whether what the address does is put on the ledger; a row that says ``ledger: untouched`` is of things beside it."""
        return self.section(name)[1] == "room" and self.rows()[name].get("ledger") != "untouched"

    def seats(self, door: str) -> list[str]:
        """Every seat at a door; at that of the API, each with a token of every reach."""
        doors = self.said["doors"][door]
        seated = (
            [f"{seat}/{scope}" for seat in doors["seated"] for scope in doors["scopes"]]
            if door == "api"
            else doors["seated"]
        )
        return [*doors["outside"], *doors["stranger"], *seated]

    def cells(self, route: Route) -> Iterator[tuple[Cell, int]]:
        """Every cell of a route with the status that it should have. Raises Faulty.

        What a token reaches is tried where the row asks for it: by methods that there are, on what is there.
        """
        door, kind = self.section(route.name)
        for method in METHODS:
            is_known = method in self._methods(route.name)
            for seat in self.seats(door):
                reaches_all = seat.partition("/")[2] in ("", "all")
                if not reaches_all and (not is_known or kind == "open"):
                    continue
                for of in self._objects(route, method, seat, is_known and reaches_all):
                    cell = Cell(route, method, seat, of)
                    yield cell, self.expected(cell)

    def _objects(self, route: Route, method: str, seat: str, of_another: bool) -> list[str]:
        said = self._methods(route.name).get(method, {})
        found = [of for of in OBJECTS if of in said and not self.stands_in(seat, said[of].get("none", ""))] or [""]
        if self.section(route.name)[1] == "open":
            found += [of for of in ("elsewhere", "smuggled") if of in said]
        if of_another and self.section(route.name)[1] == "room" and not self.stands_in(seat, "outside, stranger"):
            found.append("elsewhere")
            if route.objects:
                found.append("smuggled")
        return found

    def expected(self, cell: Cell) -> int:
        """The status by the rules of the house, else the one in the row. Raises Faulty."""
        door, kind = self.section(cell.route.name)
        rules, said = self.said["rules"], self._methods(cell.route.name).get(cell.method)
        if kind != "open":
            if self.stands_in(cell.seat, "outside"):
                outside = rules["outside"][door]
                return int(outside if door == "api" else outside["reading" if cell.method in READING else "writing"])
            if door == "api" and said is not None and not self._reaches(cell):
                return int(rules["without the scope"])
            if kind == "room" and (self.stands_in(cell.seat, "stranger") or cell.of == "elsewhere"):
                return int(rules["who takes no part"])
        if said is None:
            return int(rules["no such method"])
        if cell.of == "smuggled" and "smuggled" not in said:
            return int(rules["what is of another negotiation"])
        return self._status(cell, said.get(cell.of, said) if cell.of else said)

    def _reaches(self, cell: Cell) -> bool:
        """Whether the token has the scope that the row asks for."""
        wanted = "read" if cell.method in READING else self.rows()[cell.route.name].get("scope", "read")
        scope = cell.seat.partition("/")[2]
        return wanted == "read" or scope in ("all", "", wanted)

    def _status(self, cell: Cell, said: dict[str, Any]) -> int:
        found = [status for groups, status in said.items() if groups != "none" and self.stands_in(cell.seat, groups)]
        if len(found) != 1 or not isinstance(found[0], int):
            raise Faulty(f"{cell}: the row says {found or 'nothing'}; paste: {cell.seat.split('/')[0]}: 403")
        return found[0]

    def stands_in(self, seat: str, groups: str) -> bool:
        """Whether the seat is among these seats and groups, which are written with commas between."""
        return seat.split("/")[0] in {name for group in groups.split(", ") for name in self._members(group)}

    def _members(self, group: str) -> list[str]:
        doors = self.said["doors"]
        if group in ("outside", "stranger", "seated"):
            return [*doors["pages"][group], *doors["api"][group]]
        named = self.said["groups"].get(group)
        return [group] if named is None else [name for inner in named for name in self._members(inner)]
