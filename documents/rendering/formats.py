"""The formats in which a podium version can be had: one table, for the worker, the download page and the API."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.rendering import docx, html, pdf, podium, text
from documents.rendering.printed import PrintedDocument, file_stem


@dataclass(frozen=True, slots=True)
class Format:
    """``render`` is pure: the same version always gives the same bytes."""

    name: str
    media_type: str
    suffix: str
    label: str | Promise
    render: Callable[[PrintedDocument], bytes]

    def file_name(self, printed: PrintedDocument) -> str:
        """What the file is called when somebody downloads it."""
        return f"{file_stem(printed)}{self.suffix}"


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        found.name: found
        for found in (
            Format("text", "text/plain; charset=utf-8", ".txt", _("Text: notation in plain characters"), text.render),
            Format("html", "text/html; charset=utf-8", ".html", _("HTML: for reading in a browser"), html.render),
            Format("pdf", "application/pdf", ".pdf", _("PDF: A4, for print and archive"), pdf.render),
            Format(
                "docx",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                ".docx",
                _("Word: real styles, for further work"),
                docx.render,
            ),
            Format("json", "application/json", ".json", _("Data: podium/1, brackets and positions"), podium.render),
        )
    }
)
