"""PDFs with a text layer, read into a source text in reading order and what they show beyond its letters."""

from documents.reading.pdf.take import take_pdf

__all__ = ["take_pdf"]
