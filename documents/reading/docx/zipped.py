"""The ZIP around a Word file, looked at before anything in it is inflated: what cannot be honest is refused in words."""

import io
import re
import stat
import struct
import zipfile
import zlib

from documents.reading.refusal import gettext_noop as _
from documents.reading.text import LARGEST, NotText

MOST_ENTRIES = 10_000
LARGEST_PART = 64 * 1024 * 1024  # bytes, inflated
LARGEST_SUM = 160 * 1024 * 1024  # bytes, of all parts that are read

_MAGIC = b"PK\x03\x04"
_LISTED = b"PK\x01\x02"
_LOCAL = struct.Struct("<4s22xHH")
_DRIVE = re.compile(r"[A-Za-z]:")
_ENCRYPTED = 0x1 | 0x40
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Zipped:
    """The entries of a ZIP by name. Raises NotText where the ZIP is damaged or hostile; so does each reading."""

    def __init__(self, data: bytes) -> None:
        if len(data) > LARGEST:
            raise NotText(_("it is larger than 10 MiB"))
        if not data.startswith(_MAGIC):
            raise NotText(_("it is not a Word file (.docx)"))
        # Counted before the list is read: 200,000 entries fit into 10 MiB and take more memory than there is.
        if data.count(_LISTED) > MOST_ENTRIES:
            raise NotText(_("it holds more than 10,000 parts"))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            listed = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OverflowError, struct.error, NotImplementedError, OSError):
            raise NotText(_("it is damaged: the list of its parts cannot be read")) from None
        for entry in listed:
            _look_at(entry)
        # The names of parts know no case, so two that differ in nothing else are one.
        self._entries = {entry.filename.casefold(): entry for entry in listed}
        if len(self._entries) < len(listed):
            raise NotText(_("two of its parts have the same name"))
        _look_at_places(data, listed)
        self._left = LARGEST_SUM

    @property
    def names(self) -> list[str]:
        return [entry.filename for entry in self._entries.values()]

    def __contains__(self, path: str) -> bool:
        return path.casefold() in self._entries

    def read(self, path: str) -> bytes:
        """One part, inflated. Raises KeyError where there is none, NotText where it is too large or damaged."""
        entry = self._entries[path.casefold()]
        most = min(LARGEST_PART, self._left)
        if entry.file_size > most:
            raise NotText(_("it is too large when unpacked"))
        try:
            # Hardly more than was declared is ever inflated; a part that declares too little fails its checksum.
            with self._zip.open(entry) as part:
                found = part.read(entry.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError, RuntimeError):
            raise NotText(_("it is damaged: a part of it cannot be unpacked")) from None
        if len(found) != entry.file_size:
            raise NotText(_("it is damaged: a part of it is not as long as it says"))
        self._left -= len(found)
        return found


def _look_at(entry: zipfile.ZipInfo) -> None:
    steps = entry.orig_filename.replace("\\", "/")
    if steps.startswith("/") or ".." in steps.split("/") or "\0" in steps or _DRIVE.match(steps):
        raise NotText(_("the name of one of its parts leads out of the file"))
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise NotText(_("one of its parts is a link to another file"))
    if entry.flag_bits & _ENCRYPTED:
        raise NotText(_("it is protected by a password"))
    if entry.compress_type not in _METHODS:
        raise NotText(_("a part of it is compressed in a way that Word does not use"))


def _look_at_places(data: bytes, listed: list[zipfile.ZipInfo]) -> None:
    """Each entry lies behind the one before it, and is called there what the list calls it."""
    free = 0
    for entry in sorted(listed, key=lambda one: one.header_offset):
        start = entry.header_offset
        if start < free or start + 30 > len(data):
            raise NotText(_("it is damaged: parts of it overlap"))
        magic, name_size, extra_size = _LOCAL.unpack_from(data, start)
        if magic != _MAGIC:
            raise NotText(_("it is damaged: a part is not where it should be"))
        called = data[start + 30 : start + 30 + name_size]
        if called != entry.orig_filename.encode("utf-8" if entry.flag_bits & 0x800 else "cp437", "replace"):
            raise NotText(_("it is damaged: a part has two names"))
        free = start + 30 + name_size + extra_size + entry.compress_size
    if free > len(data):
        raise NotText(_("it is damaged: it ends too early"))
