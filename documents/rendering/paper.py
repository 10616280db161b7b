"""What the renditions for paper share: words without what no font draws, and the lines that name the version."""

from django.utils.translation import gettext as _

from documents.rendering.language import count
from documents.rendering.printed import PrintedDocument

# C0 and C1 controls; those among them that end or space a line are spaces.
_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)))
_SPACES = dict.fromkeys((0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), " ")
_ON_PAPER = str.maketrans(_CONTROLS | _SPACES)


def on_paper(words: str) -> str:
    """The words without control characters, which no font draws, and with line ends as spaces."""
    return words.translate(_ON_PAPER)


def version_line(printed: PrintedDocument) -> str:
    """Which version this is, in the language now spoken."""
    return _("Podium version %(number)s · seq %(seq)s") % {"number": printed.number, "seq": count(printed.seq)}


def page_of_pages() -> str:
    """``Page {page} of {pages}``, in the language now spoken."""
    return _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"}


def shortened(title: str, longest: int = 90) -> str:
    """The title for the foot of a page, where it must not take more than one line."""
    if len(title) <= longest:
        return title
    return title[:longest].rsplit(" ", 1)[0] + " …"
