"""Waiting for what a page will show, and reading what it does."""

import time
from collections.abc import Callable
from typing import Any

import pytest


def until(page: Any, done: Callable[[], bool], patience: float = 8) -> None:
    """Wait in small steps: the page's policy lets nobody evaluate strings in it, not even the test."""
    deadline = time.monotonic() + patience
    while not done():
        if time.monotonic() > deadline:
            pytest.fail("it did not happen in time")
        page.wait_for_timeout(50)


def shows(page: Any, words: str) -> Callable[[], bool]:
    return lambda: words in (page.text_content("body") or "")


def prints(page: Any, handle: str) -> str:
    """A paragraph as it stands on the page, to the character."""
    text: str = page.text_content(f'article[aria-label="{handle}"] .p')
    return text


def reads(page: Any, handle: str, words: str, *, within: float) -> None:
    until(page, lambda: words in prints(page, handle), patience=within)
