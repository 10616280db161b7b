"""I2: a text read and imported, stored and committed, beside one compiled-regex pass over it."""

import resource
import statistics
import sys
import time

from bench import reading

KIND = "a paragraph a line, a bracket every 20 words"
SIZES = ((1, 3), (10, 4))
"""Megabytes, and how many pairs."""


def report() -> None:
    print(f"I2 {KIND}: read, imported and committed, against one compiled-regex pass (goal 0.01)")
    print("      size    import / regex   regex     whole    of which reading   event")
    whole = {}
    for megabytes, pairs in SIZES:
        found = [_pair(megabytes, number) for number in range(pairs)]
        regex, read, whole[megabytes], event = (statistics.median(column) for column in zip(*found, strict=True))
        print(
            f"      {megabytes:2} MB    {regex / whole[megabytes]:.4f}           {regex:.3f} s   {whole[megabytes]:5.1f} s   "
            f"{read:.2f} s             {event / 1e6:.0f} MB"
        )
    print(f"      10 MB : 1 MB = {whole[10] / whole[1]:.1f} (linear is 10; goal <= 12)")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(f"      most memory that the process had: {peak / 1e6:.0f} MB")


def _pair(megabytes: int, number: int) -> tuple[float, float, float, float]:
    """Seconds of the regex pass, of reading, of reading and importing; and how large the event is."""
    from django.db import connection

    from documents.notation.package import read_package
    from negotiations.acts import texts
    from tests.room import Room

    room = Room.opened("PP1. A text that was there before.\n")
    source = reading.synthetic(megabytes, KIND).replace("EVR", "VIE")
    began = time.perf_counter()
    reading.regex_pass(source)
    regex = time.perf_counter() - began
    began = time.perf_counter()
    package = read_package(source)
    read = time.perf_counter() - began
    events = texts.import_package(
        actor=room.secretariat, negotiation_id=room.negotiation.pk, package=package, name="long", key=room.key()
    )
    whole = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("SELECT octet_length(payload::text) FROM negotiations_event WHERE id = %s", [events[0].pk])
        return regex, read, whole, cursor.fetchone()[0]
