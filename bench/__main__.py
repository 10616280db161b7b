"""``make bench``: the figures of docs/figures.md, each beside its peer. ``make bench ARGS="P2 R1"`` runs some of them."""

import statistics
import sys
import time
from collections.abc import Callable

from bench import reading
from bench.house import services

PAIRS = 5


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def ratio(peer: Callable[[], object], ours: Callable[[], object], pairs: int = PAIRS) -> tuple[float, float, float]:
    """Median of peer/ours over alternating pairs (1 is as fast as the peer), with both medians in seconds."""
    found = [(seconds(peer), seconds(ours)) for _ in range(pairs)]
    medians = [statistics.median(column) for column in zip(*found, strict=True)]
    return statistics.median(a / b for a, b in found), medians[0], medians[1]


def report_reading() -> None:
    """I1 on each kind of text, at 1 MB and at 10 MB."""
    print("I1 reading to a tree with offsets and diagnostics, against one compiled-regex pass (goal 0.15)")
    for kind in reading.KINDS:
        print(f"   {kind}")
        times = []
        for megabytes in (1, 10):
            source = reading.synthetic(megabytes, kind)
            against, peer, ours = ratio(lambda s=source: reading.regex_pass(s), lambda s=source: reading.ours(s))
            times.append(ours)
            print(f"      {megabytes:2} MB: {against:.3f} x regex; {peer:.3f} s and {ours:.2f} s")
        source = reading.synthetic(1, kind)
        against, peer, ours = ratio(lambda s=source: reading.lalr(s), lambda s=source: reading.ours(s), pairs=3)
        print(f"       1 MB: {against:.1f} x lark LALR (goal >= 4); {peer:.2f} s and {ours:.2f} s")
        print(
            f"      10 MB : 1 MB = {times[1] / times[0]:.1f} (linear is 10; goal <= 12); "
            f"peak memory {reading.peak(source):.1f} x the text (goal <= 12)"
        )


def report_imports() -> None:
    from bench import imports

    imports.report()


def report_word() -> None:
    from bench import word

    word.report(seconds)


def report_acts() -> None:
    from bench import acts

    acts.writes(ratio)


def report_queries() -> None:
    from bench import acts

    acts.queries()


def report_fanout() -> None:
    from bench import fanout

    fanout.report()


def report_pages() -> None:
    from bench import pages

    pages.report()


def report_exports() -> None:
    from bench import exports

    exports.report(ratio)


PARTS: dict[str, Callable[[], None]] = {
    "I1": report_reading,
    "I2": report_imports,
    "I4": report_word,
    "W1": report_acts,
    "W2": report_acts,
    "R3": report_queries,
    "P2": report_fanout,
    "R1": report_pages,
    "R2": report_pages,
    "E1": report_exports,
    "E2": report_exports,
}
PURE = {report_reading, report_word}
"""What needs no server."""


def main(*names: str) -> None:
    """Run the parts named, or all of them, in the order of the table."""
    if unknown := sorted(set(names) - set(PARTS)):
        sys.exit(f"There is no figure {', '.join(unknown)}. There are: {', '.join(PARTS)}.")
    chosen = dict.fromkeys(work for name, work in PARTS.items() if not names or name in names)
    if set(chosen) <= PURE:
        for work in chosen:
            work()
        return
    with services():
        for work in chosen:
            work()


if __name__ == "__main__":
    main(*sys.argv[1:])
