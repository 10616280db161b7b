"""What the review of a received file shows: its parts, what is asked, what was noticed, and the rows of one page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from documents.notation import corrections as decisions
from documents.notation.beside import Part
from documents.notation.corrections import Corrections
from documents.notation.dialects import DIALECTS, HOUSE
from documents.notation.faults import SEVERITIES
from documents.notation.report import Diagnostic
from documents.notation.shown import Notice, from_json
from documents.notation.stripping import stripped
from negotiations.acts import receiving
from negotiations.models import Negotiation, ReceivedFile
from negotiations.web.imports import in_words
from negotiations.web.laid import Laid, address_of, laid_out
from negotiations.web.review_rows import View, row_view
from negotiations.web.table import Table

MOST_NOTES = 40
"""Diagnostics of one code that are listed; each stands in its row as well, and the rest are counted."""
MOST_CODES = 50
"""Codes that one form asks for; those that are not decided come first."""
_FEW_PLACES = 5
_NEAR = 3  # pages before and after this one that are linked

TO_DECIDE = {"unknown-delegation", "odd-character"}
ASIDE = {"hidden-text", "comment", "embedded-object", "external-link", "scanned-page", "unread-element"}
"""What the file holds and the reading does not: listed by itself, each with its quote."""
FOR_INFORMATION = {"invisible-characters", "duplicate-marker", "stray-punctuation", "label-gap", "duplicate-label"}
TO_CHOOSE = {
    "open-origin",
    "bis-or-rival",
    "alternative-of",
    "rivals-side-by-side",
    "rivals-in-one-bracket",
    "other-dialect",
}
"""What was read in the likeliest way; a person may say otherwise in the row."""
DIALECT_WORDS: dict[str, str | Promise] = {
    "signs-after": gettext_lazy("behind the bracket: [and lakes] (+VIE)"),
    "inside": gettext_lazy("inside the bracket: [and lakes - EU; G77 delete]"),
}
GROUPS: dict[str, str | Promise] = {
    "look": gettext_lazy("To look at"),
    "choose": gettext_lazy("Read in the likeliest way; decide otherwise in the row"),
    "know": gettext_lazy("For information"),
}


def group_of(code: str) -> str:
    """What a person has to do about a diagnostic: ``decide``, ``aside`` (look through it), ``look``, ``choose``, ``know``."""
    if code in TO_DECIDE:
        return "decide"
    if code in ASIDE:
        return "aside"
    if code in TO_CHOOSE:
        return "choose"
    return "know" if SEVERITIES.get(code) == "info" or code in FOR_INFORMATION else "look"


@dataclass(frozen=True)
class Review:
    """A file under review: its reading laid out, what was decided, who is at the table."""

    file: ReceivedFile
    laid: Laid
    said: Corrections
    table: Table

    @classmethod
    def of(cls, negotiation: Negotiation, file: ReceivedFile) -> "Review":
        laid = laid_out(receiving.reading_of(file))
        return cls(file, laid, decisions.from_json(file.corrections), Table.of(negotiation))

    def view(self, part: int) -> View:
        return View(self.laid, part, self.table, self.said)

    def row(self, place: int, *, typed: Mapping[str, str] | None = None, fault: str = "") -> dict[str, Any]:
        """One row, by any place in it."""
        part, _page, index = self.laid.where(place)
        return row_view(self.view(part), self.laid.parts[part].rows[index], typed=typed, fault=fault)


def page(review: Review, part: int, number: int) -> dict[str, Any]:
    """The context of one page of one part, both counted from 0; what is not there becomes the nearest that is."""
    laid = review.laid
    if not laid.parts:
        return head(review) | {"empty": True}
    part = min(max(part, 0), len(laid.parts) - 1)
    pages = laid.pages(part)
    number = min(max(number, 0), len(pages) - 1)
    view = review.view(part)
    rows = [row_view(view, laid.parts[part].rows[at]) for at in pages[number]]
    asked = codes(review)
    return head(review) | {
        "said": review.said,
        "codes": asked[:MOST_CODES],
        "codes_left": max(0, len(asked) - MOST_CODES),
        "code_count": len(asked),
        "names": names(review),
        "odd": odd(review),
        "holds_odd": review.laid.holds_odd,
        "dialects": dialects(review),
        "parts": parts(review, part),
        "part": part,
        "place": laid.parts[part].src[0] if not rows else rows[0]["at"],
        "of": of_document(review, part),
        "aside": aside(review, part),
        "groups": groups(review, part),
        "rows": rows,
        "pages": pager(part, number, len(pages)),
    }


def pager(part: int, here: int, count: int) -> list[dict[str, Any]]:
    """Links to the first and last page and to those around this one; a gap where pages are left out."""
    near = {0, count - 1, *range(max(0, here - _NEAR), min(count, here + _NEAR + 1))}
    return [
        {"number": at + 1, "href": address_of(part, at), "here": at == here, "gap": at and at - 1 not in near}
        for at in sorted(near)
    ]


# ---- the head: counts, and what is still open


def head(review: Review) -> dict[str, Any]:
    """What stands at the top of every page and is swapped with every decision."""
    asked = codes(review)
    undecided = [code for code in asked if not code["decided"]]
    named = names(review)
    unnamed = [name for name in named if not name["decided"]]
    open_signs = review.laid.holds_odd and not review.said.strip
    every = len(asked) + len(named) + review.laid.holds_odd
    still = len(undecided) + len(unnamed) + open_signs
    return {
        "counts": review.laid.counts,
        "every": every,
        "done": every - still,
        "still": still,
        "blocked": blocked(review),
        "result": result(review, sum(1 for code in asked if not code["house"])),
    }


def blocked(review: Review) -> str:
    """Why the file cannot be imported as it stands; empty where it can."""
    if not review.laid.counts.paragraphs:
        return _("There is no paragraph in it to import.")
    if review.laid.holds_odd and not review.said.strip:
        return _("It holds characters that no text should hold. Say that they may be taken out.")
    return ""


def result(review: Review, as_printed: int) -> str:
    """What the button does, in words."""
    counts = review.laid.counts
    said = [
        ngettext("%(n)s document", "%(n)s documents", counts.documents) % {"n": counts.documents}
        + ", "
        + ngettext("%(n)s paragraph", "%(n)s paragraphs", counts.paragraphs) % {"n": counts.paragraphs}
    ]
    if as_printed:
        said.append(
            ngettext("%(n)s code stays as printed", "%(n)s codes stay as printed", as_printed) % {"n": as_printed}
        )
    if counts.agreed:
        said.append(
            ngettext("%(n)s paragraph comes in agreed", "%(n)s paragraphs come in agreed", counts.agreed)
            % {"n": counts.agreed}
        )
    else:
        said.append(_("nothing comes in as agreed"))
    return "; ".join(said)


# ---- what a person must decide


def codes(review: Review) -> list[dict[str, Any]]:
    """The codes that the table does not know, in order of printing: how often and where, and what was decided."""
    found = []
    for code, printed in review.laid.codes.items():
        if review.table.knows(code):
            continue
        decided = code in review.said.codes
        suggestion = review.table.suggestion(code)
        house = review.said.codes.get(code, "")
        found.append(
            {
                "code": code,
                "count": printed.count,
                "places": _places(review, printed.places[:_FEW_PLACES]),
                "more": max(0, len(printed.places) - _FEW_PLACES),
                "decided": decided,
                "house": house,
                "suggestion": review.table.delegations.get(suggestion),
                "choices": [(one, one.code == house) for one in review.table.delegations.values()],
            }
        )
    return sorted(found, key=lambda one: one["decided"])


def _places(review: Review, places: Iterable[int]) -> list[dict[str, str]]:
    """Where places of the source are shown, each with the handle of its paragraph."""
    found = []
    for place in places:
        part, _page, index = review.laid.where(place)
        row = review.laid.parts[part].rows[index]
        document = review.laid.parts[part].document
        handle = _("note")
        if row.kind == "paragraph" and document is not None:
            handle = review.laid.handles(document)[row.index]
        found.append({"href": review.laid.anchor(place), "handle": handle})
    return found


def names(review: Review) -> list[dict[str, Any]]:
    """The documents without a title, which people will have to tell apart by a name."""
    documents = {document.begins: document for document in review.laid.package.documents}
    return [
        {
            "begins": begins,
            "name": review.said.names.get(begins, ""),
            "decided": begins in review.said.names,
            "first": documents[begins].paragraphs[0].reading.text[:90],
            "href": review.laid.anchor(begins),
        }
        for begins in review.laid.untitled
    ]


def odd(review: Review) -> list[dict[str, Any]]:
    """The characters that would have to be taken out: what and where."""
    return [_note(review, found) for found in review.laid.odd[:MOST_NOTES]]


def dialects(review: Review) -> list[tuple[str, str | Promise, bool]]:
    """The ways in which houses write positions, to choose from where this file may not be written in ours."""
    package = review.laid.package
    doubted = any(counted["other-dialect"] for counted in review.laid.noticed_by_part)
    if not doubted and package.dialect == HOUSE and review.said.dialect is None:
        return []
    return [(name, DIALECT_WORDS.get(name, name), name == package.dialect) for name in DIALECTS]


# ---- parts, and what is said of one document


def parts(review: Review, current: int) -> list[dict[str, Any]]:
    """The covering note and the documents, with how much there is to look at in each."""
    return [
        {
            "name": _part_name(review, part),
            "number": None if part.document is None else part.document + 1,
            "href": address_of(at),
            "here": at == current,
            "notes": sum(
                n for code, n in review.laid.noticed_by_part[at].items() if group_of(code) in ("aside", "look")
            ),
        }
        for at, part in enumerate(review.laid.parts)
    ]


def _part_name(review: Review, part: Part) -> str:
    if part.document is None:
        return _("Covering note")
    document = review.laid.package.documents[part.document]
    return document.title or review.said.names.get(document.begins) or _("Document without a title")


def of_document(review: Review, part: int) -> dict[str, Any] | None:
    """What can be decided of a document as a whole; None for the covering note."""
    document, index = review.laid.document(part), review.laid.parts[part].document
    if document is None or index is None:
        return None
    facts = review.laid.facts(index)
    return {
        "row": document,
        "name": _part_name(review, review.laid.parts[part]),
        "number": index + 1,
        "facts": facts,
        "clean_bold": len(facts.bold.clean),
        "accepted": bool(facts.bold.clean) and all(at in review.said.agreed for at in facts.bold.clean),
        "opposed": len(facts.opposed),
        "original": bool(facts.opposed) and all(review.said.origins.get(name) == "original" for name in facts.opposed),
        "first": index == 0,
        "moved": bool(review.said.documents),
    }


# ---- what was noticed


def aside(review: Review, part: int) -> list[dict[str, Any]]:
    """What the file holds and the text does not, with every word of it."""
    quotes = {(notice.code, notice.at): notice for notice in _notices(review)}
    found = []
    for diagnostic in review.laid.noticed_in(part):
        if group_of(diagnostic.code) == "aside":
            notice = quotes.get((diagnostic.code, diagnostic.at))
            found.append(
                _note(review, diagnostic)
                | {"quote": stripped(notice.quote if notice else diagnostic.excerpt, keep="").text}
            )
    return found


def _notices(review: Review) -> Iterable[Notice]:
    return from_json(review.file.shown).notices if review.file.shown else ()


def groups(review: Review, part: int) -> list[dict[str, Any]]:
    """The diagnostics of one part by what is to be done about them, then by code."""
    by_group: dict[str, dict[str, list[Diagnostic]]] = {group: defaultdict(list) for group in GROUPS}
    for diagnostic in review.laid.noticed_in(part):
        if (group := group_of(diagnostic.code)) in by_group:
            by_group[group][diagnostic.code].append(diagnostic)
    return [
        {
            "name": GROUPS[group],
            "key": group,
            "count": sum(map(len, found.values())),
            "codes": [
                {
                    "said": in_words(code),
                    "count": len(ones),
                    "notes": [_note(review, one) for one in ones[:MOST_NOTES]],
                    "more": max(0, len(ones) - MOST_NOTES),
                }
                for code, ones in sorted(found.items(), key=lambda item: len(item[1]))
            ],
        }
        for group, found in by_group.items()
        if found
    ]


def _note(review: Review, diagnostic: Diagnostic) -> dict[str, Any]:
    diagnostic = diagnostic._replace(excerpt=stripped(diagnostic.excerpt, keep="").text)
    return {"row": diagnostic, "said": in_words(diagnostic.code), "href": review.laid.anchor(diagnostic.at)}
