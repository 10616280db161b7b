"""Labels at the beginning of a paragraph: PP5b altern., OP3 bis, (1), a), 13., Alt., Pillar II."""

import re

_SUFFIX = r"(?:\s?(?:bis|ter|quater|quinquies|altern|alt)\b\.?(?:\s?\d+\b)?)*"
_LABEL = re.compile(
    r"[\[［\s]*(?P<label>"
    rf"(?P<named>(?:PP|OP|ПП|ОП)\s?\d+(?:\s?[a-z]\b|[a-z]{{1,2}}\b)?{_SUFFIX})(?=[.:\s\]］]|\Z)"
    r"|(?P<alt>Alt(?:ern(?:ative)?)?)(?=\.|\s\d|:)(?:\s\d+)?"
    r"|(?P<part>(?:Pillar|Section|Chapter|Part|Article|Раздел|Глава|Статья)\s(?:[IVXLC]+|\d+)\b)"
    r"|(?P<roman>[IVX]+(?=\.\s))"
    rf"|(?P<number>\d{{1,3}}(?:\s?[a-z])?{_SUFFIX}(?=\.\s|\.?\s?[\[［]\w))"
    r"|(?P<sub>\(\w{1,4}\)|\w{1,2}\))(?=\s|[\[［])"
    r")"
)
_STRONG = ("named", "alt", "part", "number", "sub", "roman")


def find_label(line: str) -> tuple[str, str] | None:
    """The label that ``line`` begins with, if any, as ``(kind, label)``.

    Kinds: ``named`` (PP5, OP3 bis), ``alt``, ``part`` (Pillar II), ``roman``, ``number`` (13.), ``sub`` ((1), a)).
    The label comes without a closing full stop or colon.
    """
    match = _LABEL.match(line)
    if match is None:
        return None
    kind = next(kind for kind in _STRONG if match[kind])
    label = match["label"].strip().rstrip(".:")
    return (kind, label) if label else None


def number_of(label: str) -> tuple[str, int] | None:
    """The sequence that a label counts in and its number there: ``OP8`` is ``("OP", 8)``; None for others."""
    match = re.fullmatch(r"(\D*?)\s?(\d+)(\D?)", label)
    return (match[1] + match[3], int(match[2])) if match else None
