"""Every address of the product, from its URLconf, and every method of the API, from its description."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Route:
    """``name`` with its namespace; an address without a name is called after its pattern."""

    name: str
    pattern: str
    names: tuple[str, ...]

    @property
    def is_in_a_negotiation(self) -> bool:
        return "slug" in self.names or "negotiation_id" in self.names

    @property
    def objects(self) -> tuple[str, ...]:
        """What the address names below the negotiation."""
        ids = ("document_id", "paragraph_id", "bracket_id", "proposal_id", "position_id", "version_id", "draft_id")
        return tuple(name for name in self.names if name in ids)


def routes(patterns: list[Any], space: str = "", before: str = "", names: tuple[str, ...] = ()) -> Iterator[Route]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        below = (*names, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            own = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from routes(pattern.url_patterns, space + own, here, below)
        elif isinstance(pattern, URLPattern):
            yield Route(space + (pattern.name or "anything else"), here, below)


def described(schema: Any) -> dict[str, set[str]]:
    """The methods that the API's description gives to each address, by the pattern of the URLconf."""
    return {path: {method.upper() for method in methods} for path, methods in schema["paths"].items()}
