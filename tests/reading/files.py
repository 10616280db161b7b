"""Files of all three kinds, read from their bytes to documents."""

from documents.notation.contents import Package
from documents.notation.package import read_package
from documents.reading.docx import take_docx
from documents.reading.pdf import take_pdf
from documents.reading.text import decode_text


def read_pdf(data: bytes) -> Package:
    source, shown = take_pdf(data)
    return read_package(source, shown=shown)


def read_docx(data: bytes) -> Package:
    source, shown = take_docx(data)
    return read_package(source, shown=shown)


def read_text(data: bytes) -> Package:
    return read_package(decode_text(data))
