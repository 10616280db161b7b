"""A received file as it reads with what was decided about it: computed from the file's row, never stored.

One process keeps the last few, since a review asks for the same reading again and again. A kept one holds several times
its text in memory, so what is kept is bounded by characters.
"""

import json
from collections import OrderedDict
from threading import Lock
from typing import Any
from uuid import UUID

from delegations.models import Alias, Delegation
from documents.notation import corrections as decisions
from documents.notation import shown as showings
from documents.notation.contents import Package
from documents.notation.corrections import Corrections, corrected
from documents.notation.package import Cuts, read_package
from negotiations.models import ReceivedFile

MOST_CHARACTERS = 12_000_000
MOST = 8
_Key = tuple[Any, ...]
_kept: OrderedDict[_Key, Package] = OrderedDict()
_lock = Lock()


def reading_of(file: ReceivedFile) -> Package:
    """The package: read with the cuts that were decided, then corrected."""
    said = decisions.from_json(file.corrections)
    known = known_codes(file.negotiation_id, said)
    key = (file.pk, file.sha256, json.dumps(file.corrections, sort_keys=True), tuple(sorted(known)))
    if (package := _kept_under(key)) is None:
        package = corrected(_read(file, said, known), said)
        _keep(key, package)
    return package


def _read(file: ReceivedFile, said: Corrections, known: frozenset[str]) -> Package:
    """Read anew only where lines were cut otherwise: other decisions leave the reading as it is."""
    cuts = Cuts(said.paragraphs, said.documents)
    cut = tuple(tuple(sorted(decided.items())) for decided in cuts)
    key = (file.pk, file.sha256, cut, said.dialect, said.strip, tuple(sorted(known)))
    if (package := _kept_under(key)) is None:
        shown = showings.from_json(file.shown) if file.shown else showings.NOTHING_SHOWN
        package = read_package(file.source, known_codes=known, shown=shown, cuts=cuts, dialect=said.dialect)
        _keep(key, package)
    return package


def known_codes(negotiation_id: UUID, said: Corrections = decisions.NO_CORRECTIONS) -> frozenset[str]:
    """Every spelling of the codes at this table, and those that a person said belong to it."""
    seated = Delegation.objects.filter(participations__negotiation=negotiation_id)
    aliases = Alias.objects.filter(delegation__in=seated).values_list("code", flat=True)
    mapped = (code for code, delegation in said.codes.items() if delegation)
    return frozenset((*seated.values_list("code", flat=True), *aliases, *mapped))


def _kept_under(key: _Key) -> Package | None:
    with _lock:
        if key not in _kept:
            return None
        _kept.move_to_end(key)
        return _kept[key]


def _keep(key: _Key, package: Package) -> None:
    with _lock:
        _kept[key] = package
        while len(_kept) > 1 and (len(_kept) > MOST or _characters() > MOST_CHARACTERS):
            _kept.popitem(last=False)


def _characters() -> int:
    """Of all texts that are kept. A corrected package shares its text, and nearly all else, with the one it was made of."""
    return sum({id(package.source): len(package.source) for package in _kept.values()}.values())
