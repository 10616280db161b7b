"""Passphrases given out by the house."""

import secrets


def new_passphrase() -> str:
    """A random passphrase of 64 bits, easy to type."""
    return "-".join(secrets.token_hex(2) for _ in range(4))
