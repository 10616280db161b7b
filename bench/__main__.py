"""``make bench``: I1 (reading), W1 and W2 (durable acts) and R3 (queries a page), each beside its peer."""

import statistics
import time
from collections.abc import Callable

from bench import reading

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
    print("I1 reading to a tree with offsets and diagnostics, against one compiled-regex pass (goal 0.1)")
    for kind in reading.KINDS:
        print(f"   {kind}")
        times = []
        for megabytes in (1, 10):
            source = reading.synthetic(megabytes, kind)
            against, peer, ours = ratio(lambda s=source: reading.regex_pass(s), lambda s=source: reading.ours(s))
            times.append(ours)
            print(f"      {megabytes:2} MB: {against:.3f} x regex; {peer:.3f} s and {ours:.2f} s")
        print(
            f"      10 MB : 1 MB = {times[1] / times[0]:.1f} (linear is 10; goal <= 12); "
            f"peak memory {reading.peak(source):.1f} x the text (goal <= 12)"
        )


def main() -> None:
    report_reading()

    from bench import acts

    acts.report(ratio)


if __name__ == "__main__":
    main()
