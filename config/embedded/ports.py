"""Ports to listen on."""

import errno
import random
import socket

from config.embedded import ServerFailed

LOWEST, HIGHEST = 20_000, 32_767
"""Above 32767 the kernel hands ports out to outgoing connections: a server that comes back may find its own taken."""

LOOPBACK = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))
"""What `localhost` may mean. We listen on the first; a browser would find whoever listens on the second before us."""


def why_not(port: int) -> str | None:
    """Why no server of ours could listen on this port now, as the end of a sentence; None if one could."""
    for family, address in LOOPBACK:
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do
                probe.bind((address, port))
        except OSError as fault:
            if fault.errno == errno.EADDRINUSE:
                return "is taken by another program"
            if fault.errno == errno.EACCES:
                return "may be used by root alone"
            # Anything else: this machine has no such address.
    return None


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback interface now."""
    return why_not(port) is None


def free_port() -> int:
    """A port that is free now, drawn at random so that two installations seldom meet. Raises ServerFailed if none is."""
    for port in random.sample(range(LOWEST, HIGHEST + 1), 200):
        if is_free(port):
            return port
    raise ServerFailed(f"No free port on 127.0.0.1 between {LOWEST} and {HIGHEST}.")


def free_after(port: int) -> int:
    """The next port from 8000 on that is free now: what to try where this one cannot be had."""
    return next(filter(is_free, range(max(port + 1, 8000), HIGHEST + 1)), None) or free_port()


def remembered_or_free(port: int | None) -> int:
    """The port used last time while nobody else has it, so that addresses stay; else another."""
    return port if port is not None and is_free(port) else free_port()
