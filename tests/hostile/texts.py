"""Plain texts that are none, or that a reader could choke on."""

from collections.abc import Callable, Iterator
from functools import partial

from tests.hostile.cases import Case, Made, Outcome, just

MEBIBYTE = 1024 * 1024
GOOD = "OP1. Boats [and keepoars1] (+EVR) are lent.\n\nOP2. keepoars2 are mended.\n"
_KEPT = frozenset({"keepoars1", "keepoars2"})


def _case(name: str, data: Callable[[], bytes], outcome: Outcome, *, kept: bool = False, alone: bool = False) -> Case:
    return Case(
        f"text-{name}", lambda _: Made(data(), _KEPT if kept else frozenset()), outcome, "draft.txt", alone=alone
    )


def _encodings() -> Iterator[Case]:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        yield _case(f"in-{encoding}", partial(GOOD.encode, encoding), "read", kept=True)
    yield _case("in-utf-16-be-marked", lambda: b"\xfe\xff" + GOOD.encode("utf-16-be"), "read", kept=True)
    for encoding in ("utf-16-le", "utf-16-be", "utf-32", "utf-32-le"):
        yield _case(f"in-{encoding}-unmarked", partial(GOOD.encode, encoding), "refused")
    bad = {
        "utf-16-odd-length": b"\xff\xfe" + "boats".encode("utf-16-le") + b"x",
        "utf-16-half-a-pair": b"\xff\xfe" + b"b\0\x00\xd8",
        "utf-16-pair-turned-round": b"\xff\xfe\x00\xdc\x00\xd8",
        "utf-16-mark-alone": b"\xff\xfe",
        "overlong-slash": b"boats \xc0\xaf",
        "overlong-nul": b"boats \xc0\x80",
        "overlong-in-three": b"boats \xe0\x80\xaf",
        "overlong-in-four": b"boats \xf0\x80\x80\xaf",
        "surrogate-low": b"boats \xed\xb0\x80",
        "surrogate-high": b"boats \xed\xa0\x80",
        "surrogates-as-pair": b"boats \xed\xa0\xbd\xed\xba\xb6",
        "above-unicode": b"boats \xf4\x90\x80\x80",
        "five-bytes": b"boats \xf8\x88\x80\x80\x80",
        "lone-continuation": b"boats \x80",
        "cut-in-a-letter": "лодки".encode()[:-1],
        "latin-1": "Mädchen".encode("latin-1"),
        "windows-1251": "лодки".encode("cp1251"),
        "koi8-r": "лодки".encode("koi8-r"),
        "random": bytes(range(256)) * 4,
    }
    for name, data in bad.items():
        yield _case(name, partial(bytes, data), "read" if name == "utf-16-mark-alone" else "refused")
    for number in (*range(0x20), 0x7F):
        name = f"control-{number:02x}"
        white = number in (9, 10, 11, 12, 13, 0x1C, 0x1D, 0x1E, 0x1F)
        yield _case(name, f"boats {chr(number)} oars".encode, "read" if white else "refused")
    yield _case("mark-in-the-middle", lambda: GOOD.replace("mended", "men\ufeffded").encode(), "read", kept=True)
    yield _case("marked-twice", lambda: "\ufeff\ufeff".encode() + GOOD.encode(), "read", kept=True)
    yield _case("of-nothing", lambda: b"", "read")
    yield _case("of-a-mark", lambda: "\ufeff".encode(), "read")
    yield _case("of-blanks", lambda: "\u3000\u2028\u2029\x85\n".encode() * 100, "read")
    odd = "\u200b\u200c\u200d\u2060\u202a\u202e\u2066\u2069\u00ad\u061c"
    yield _case("invisible-everywhere", lambda: odd.join(GOOD.replace("keep", "k")).encode(), "read")
    yield _case(
        "tags-and-private", lambda: (GOOD + "\U000e0041\ue000\U0010ffff\ufffe\u2800\u3164").encode(), "read", kept=True
    )
    yield _case("marks-10000-on-a-letter", lambda: ("a" + "\u0301" * 10_000 + GOOD).encode(), "read")


# ---- size

_TIMES = 100_000
_FEWER = 10_000
_MANY = ("open-brackets", "closed-brackets", "brackets-with-markers", "open-parentheses", "markers", "spaces", "marks")
"""Of these there are so many; of the others fewer, only to save time: the time grows with the text."""
TOKENS = {
    "open-brackets": "[",
    "closed-brackets": "]",
    "open-brackets-wide": "［",
    "brackets-crossed": "[(])",
    "brackets-of-two-widths": "[］",
    "brackets-empty": "[]",
    "brackets-with-markers": "[a] (+EVR) ",
    "brackets-doubled": "[[a]] ",
    "open-parentheses": "(",
    "closed-parentheses": ")",
    "markers": "(+EVR) ",
    "markers-unclosed": "(+EVR ",
    "markers-empty": "(+) ",
    "markers-with-words": "(EVR: keep original) ",
    "markers-with-words-unclosed": "(EVR: keep original ",
    "markers-that-are-none": "(EVR, SLN, PLT and ",
    "signs": "+-–—−",
    "agreed": "(agreed ad ref) ",
    "hyphens-at-line-ends": "a-\n",
    "soft-hyphens-at-line-ends": "a\u00ad\n",
    "labels": "PP1. a\n\n",
    "labels-in-a-line": "PP1. ",
    "labels-alt": "PP1 alt. ",
    "items": "(a) boats;\n",
    "items-roman": "iii) boats;\n",
    "dashes": "– boats;\n",
    "status-lines": "Podium version as of 1 May 2024\n",
    "page-numbers": "\n\f7\n\n",
    "form-feeds": "\f",
    "returns": "\r",
    "returns-and-feeds": "a\r\n\r\n",
    "separators": "a\u2028b\u2029",
    "group-separators": "\x1d",
    "capitals": "EVR SLN ",
    "capitals-in-a-line": "EVRSLN",
    "commas": ",",
    "colons": "EVR: ",
    "spaces": " ",
    "tabs": "\ta",
    "marks": "\ufeff",
    "numbers": "1",
    "roman": "i",
    "quotes": "“[”",
    "words-of-two-alphabets": "boаt ",
    "letters-full-width": "ＡＢ ",
    "letters-private": "\ue000 ",
    "brackets-that-name-delegations": "[a - EVR; SLN delete] ",
}


def _sizes() -> Iterator[Case]:
    for name, token in TOKENS.items():
        times = _TIMES if name in _MANY else _FEWER
        yield _case(f"{times}-{name}", (token * times).encode, "read")
    yield _case("nested-100000-deep", lambda: ("[" * _TIMES + "a" + "]" * _TIMES).encode(), "read", alone=True)
    yield _case("nested-with-markers", lambda: ("[" * 20_000 + "a" + "] (+EVR)" * 20_000).encode(), "read")
    names = ", ".join(f"A{number}" for number in range(_TIMES))
    yield _case("one-marker-of-100000-names", lambda: f"[a] (+{names})".encode(), "read")
    yield _case("one-label-of-100000-letters", lambda: b"PP" + b"1" * _TIMES + b". a", "read")
    yield _case("one-line-of-10-mb", lambda: (b"boats and oars, " * 700_000)[: 10 * MEBIBYTE], "read", alone=True)
    yield _case("one-word-of-10-mb", lambda: b"b" * (10 * MEBIBYTE), "read", alone=True)
    yield _case("5-million-blank-lines", lambda: b"\n" * 5_000_000, "read", alone=True)
    yield _case("200000-lines", lambda: b"ab\n" * 200_000, "either", alone=True)
    yield _case("of-10-mib", lambda: GOOD.encode().ljust(10 * MEBIBYTE), "read", kept=True, alone=True)
    yield _case("of-10-mib-and-one", lambda: GOOD.encode().ljust(10 * MEBIBYTE + 1), "refused")
    yield _case("of-50-mb", lambda: b"a" * 50_000_000, "refused")
    yield _case(
        "of-10-mib-in-utf-16",
        lambda: "🛶".encode("utf-16") + "б ".encode("utf-16-le") * 2_600_000,
        "either",
        alone=True,
    )
    hopeless = lambda: b"[" * (10 * MEBIBYTE)  # noqa: E731
    yield _case("of-10-mib-of-open-brackets", hopeless, "refused", alone=True)._replace(seconds=2)


def texts() -> Iterator[Case]:
    """Every case of this page."""
    yield from _encodings()
    yield from _sizes()
    yield Case("text-in-html", just(b"<html><script>alert(1)</script>OP1. Boats</html>"), "read", "draft.txt")
