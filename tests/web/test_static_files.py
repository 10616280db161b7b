"""What is served as it is: scripts of others are what they were, and pages need nothing inline."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "static" / "vendor"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))


def test_vendored_scripts_are_byte_for_byte_what_was_recorded():
    lines = (VENDOR / "SHA256SUMS").read_text().splitlines()
    recorded = {name: digest for digest, name in (line.split("  ") for line in lines)}
    scripts = sorted(path.name for path in VENDOR.glob("*.js"))
    assert scripts == sorted(recorded)  # nothing unrecorded lies beside them
    for name, digest in recorded.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest, name


INLINE = {
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.I),
    "an inline style": re.compile(r"<style|\sstyle\s*=", re.I),
    "an event attribute": re.compile(r"\son[a-z]+\s*=", re.I),
    "htmx code in an attribute": re.compile(r"hx-on|[\"'](js|javascript):", re.I),
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_needs_a_hole_in_the_content_security_policy(template):
    text = template.read_text()
    assert [what for what, sign in INLINE.items() if sign.search(text)] == []


@pytest.mark.parametrize("sheet", [path for path in STYLES if path.name != "tokens.css"], ids=lambda path: path.name)
def test_colours_have_their_names_in_tokens_css_and_nowhere_else(sheet):
    assert re.findall(r"#[0-9a-f]{3,8}\b(?![^{]*\{)|\brgba?\(|\bhsl", sheet.read_text(), re.I) == []


def test_light_and_dark_name_the_same_colours():
    tokens = (ROOT / "static" / "css" / "tokens.css").read_text()
    by_setting, by_class = (
        dict(re.findall(r"(--[\w-]+): ([^;]+);", block))
        for block in re.findall(r":root(?::not\(\.light\)|\.dark) \{([^}]*)\}", tokens.partition("@media print")[0])
    )
    assert by_setting == by_class
    assert len(by_setting) == 15
