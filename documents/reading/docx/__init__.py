"""Word files (.docx): text, tracked changes, notes, tables, and what is hidden, embedded or linked."""

from documents.reading.docx.reader import take_docx

__all__ = ["take_docx"]
