"""Ports to listen on."""

import random
import socket

LOWEST, HIGHEST = 20_000, 32_767
"""Above 32767 the kernel hands ports out to outgoing connections: a server that comes back may find its own taken."""


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback interface now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port that is free now, drawn at random so that two installations seldom meet. Raises RuntimeError if none is."""
    for port in random.sample(range(LOWEST, HIGHEST + 1), 200):
        if is_free(port):
            return port
    raise RuntimeError(f"No free port on 127.0.0.1 between {LOWEST} and {HIGHEST}.")


def remembered_or_free(port: int | None) -> int:
    """The port used last time while nobody else has it, so that addresses stay; else another."""
    return port if port is not None and is_free(port) else free_port()
