"""Rows that were never model instances."""

from itertools import islice
from uuid import UUID

from negotiations.columns import new_ids


def test_ids_are_uuids_of_version_7_in_growing_order_and_never_twice():
    made = list(islice(new_ids(), 10_000)) + list(islice(new_ids(), 10))
    assert {(UUID(one).version, UUID(one).variant) for one in made} == {(7, "specified in RFC 4122")}
    assert [str(UUID(one)) for one in made] == made
    assert made[:10_000] == sorted(made[:10_000])
    assert len(set(made)) == len(made)
