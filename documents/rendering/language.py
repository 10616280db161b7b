"""The language that a rendition's own words (legend, page numbers) are in: the document's, never the reader's.

The same version must give the same bytes whoever asks for the file and whichever worker makes it.
"""

from contextlib import AbstractContextManager
from datetime import date

from django.conf import settings
from django.utils import formats, translation


def speaking(language: str) -> AbstractContextManager[None]:
    """Within this, gettext answers in the language of the document, or in English where the house lacks it."""
    known = {code for code, _name in settings.LANGUAGES}
    tag = language.lower()
    return translation.override(next((code for code in (tag, tag.partition("-")[0]) if code in known), "en"))


def day(when: date) -> str:
    """``28 September 2022``, in the language now spoken; ``E`` is the month as it stands in a date."""
    return formats.date_format(when, "j E Y")


def count(number: int) -> str:
    """A number with the separators of the language now spoken."""
    return formats.number_format(number, use_l10n=True, force_grouping=True)
