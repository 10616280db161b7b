"""ZIP archives written by hand, so that they can lie."""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

STORED, DEFLATED = 0, 8
SYMLINK = 0o120777 << 16
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


@dataclass(frozen=True)
class Entry:
    """One file in an archive. What is None is told truly; ``at`` is where the directory says that it begins."""

    name: str | bytes
    data: bytes
    method: int = DEFLATED
    flags: int = 0
    attributes: int = 0
    size: int | None = None
    packed_size: int | None = None
    crc: int | None = None
    packed: bytes | None = None
    at: int | None = None
    local_name: str | bytes | None = None
    extra: bytes = b""

    def bytes_packed(self) -> bytes:
        if self.packed is not None:
            return self.packed
        return deflated(self.data) if self.method == DEFLATED else self.data

    def sizes(self) -> tuple[int, int, int]:
        """CRC, packed size and size, as told."""
        packed, size, crc = len(self.bytes_packed()), len(self.data), zlib.crc32(self.data)
        told = (self.crc, self.packed_size, self.size)
        return tuple(a if b is None else b for a, b in zip((crc, packed, size), told, strict=True))  # type: ignore[return-value]


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def blown_up(start: bytes, filling: bytes, times: int, end: bytes) -> bytes:
    """The deflate stream of ``start + filling * times + end``, without ever making that."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(filling) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + block * times + packer.compress(end) + packer.flush()


def _raw(name: str | bytes) -> bytes:
    return name if isinstance(name, bytes) else name.encode()


def _header(entry: Entry) -> bytes:
    name = _raw(entry.name if entry.local_name is None else entry.local_name)
    crc, packed, size = entry.sizes()
    return _LOCAL.pack(b"PK\3\4", 20, entry.flags, entry.method, 0, 0, crc, packed, size, len(name), 0) + name


def directory(placed: Sequence[tuple[Entry, int]], begins: int, *, count: int | None = None) -> bytes:
    """The central directory of entries at their places, and the record at the end."""
    rows = []
    for entry, at in placed:
        name = _raw(entry.name)
        crc, packed, size = entry.sizes()
        fields = (0x0314, 20, entry.flags, entry.method, 0, 0, crc, packed, size, len(name), len(entry.extra), 0, 0, 0)
        at = at if entry.at is None else entry.at
        rows.append(_CENTRAL.pack(b"PK\1\2", *fields, entry.attributes, at) + name + entry.extra)
    listed = b"".join(rows)
    number = min(len(rows), 0xFFFF) if count is None else count
    return listed + _END.pack(b"PK\5\6", 0, 0, number, number, len(listed), begins, 0)


def archive(entries: Sequence[Entry], *, before: bytes = b"", count: int | None = None) -> bytes:
    """An archive of these entries, in order."""
    body, placed = bytearray(before), []
    for entry in entries:
        placed.append((entry, len(body)))
        body += _header(entry) + entry.bytes_packed()
    return bytes(body) + directory(placed, len(body), count=count)


def quoted_overlap(names: Sequence[str], kernel: bytes) -> bytes:
    """Files that lie inside each other: each holds the next one's header as a stored block and then goes on as it does.

    After David Fifield, "A better zip bomb" (2019): every file unpacks to the kernel, which is packed once.
    """
    tail, inside = deflated(kernel), kernel
    chain: list[tuple[Entry, bytes]] = []
    for name in reversed(names):
        entry = Entry(name, inside, packed=tail)
        header = _header(entry)
        chain.append((entry, header))
        quote = b"\0" + struct.pack("<HH", len(header), len(header) ^ 0xFFFF)
        tail, inside = quote + header + tail, header + inside
    chain.reverse()
    body, placed = bytearray(), []
    for number, (entry, header) in enumerate(chain):
        placed.append((entry, len(body)))
        body += header
        if number + 1 < len(chain):
            body += b"\0" + struct.pack("<HH", len(chain[number + 1][1]), len(chain[number + 1][1]) ^ 0xFFFF)
    body += deflated(kernel)
    return bytes(body) + directory(placed, len(body))
