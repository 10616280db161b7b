"""The words beside a delegation's code that say where it stands, in English and Russian (podium/1, table of stances)."""

import re

_OBJECT = (
    r"(?:\s+(?:the|this|its|our|whole|entire|original|para(?:graph)?s?|text|wording|language|words?|brackets?|sentence|"
    r"formulation|proposal|position|весь|этот|эт[оу]|свою|исходн\w+|первоначальн\w+|оригинальн\w+|текст\w*|"
    r"вариант\w*|редакци\w+|формулировк\w+|позици\w+|абзац\w*|пункт\w*|слов\w*|к\s+вопросу))*"
)

# Two columns: what may stand beside a code without a colon, and what is understood behind a colon only, since
# "(UN support)" or "(FAO proposal)" are wording.
_VERBS: tuple[tuple[str, str, str], ...] = (
    (
        "tcb",
        r"t\.?\s?c\.?\s?b\.?|(?:(?:to|will|shall|wants?\s+to)\s+)?come\s+back|comes\s+back|reverts?|to\s+revert|"
        r"верн[её]тся|верн[её]мся|вернуться|вернутся",
        r"pending|later|позднее|позже",
    ),
    (
        "keep_original",
        r"(?:keeps?|retains?|prefers?)\s+(?:the\s+)?original(?:\s+(?:text|wording|language|formulation))?|"
        r"original(?:\s+(?:text|wording|language|formulation))|retains?|"
        r"(?:сохранить|оставить|за)\s+(?:исходн|первоначальн|оригинальн|прежн)\w+(?:\s+(?:текст|вариант|редакци|формулировк)\w*)?|"
        r"(?:исходн|первоначальн|оригинальн|прежн)\w+\s+(?:текст|вариант|редакци|формулировк)\w*|"
        r"(?:сохранить|оставить)\s+оригинал|сохранить|оставить",
        r"keeps?|original|noc|no\s+change|оригинал|без\s+изменений",
    ),
    (
        "reservation",
        r"(?:scrutiny\s+)?reservations?|reserves?|reserved|reserving|with\s+(?:a\s+)?reservations?|"
        r"(?:с\s+)?оговорк\w+|резервирует",
        r"reserve",
    ),
    (
        "support",
        r"supports|supported|supporting|proposes|agrees|accepts|поддерживает|поддерживают|предлагает",
        r"support|propose|proposal|agree|accept|add|insert|yes|ok|за|согласн\w+|поддержать|добавить|поддержка",
    ),
    (
        "oppose",
        r"deletes?|opposes|opposed|objects|removes?|strikes?|удалить|исключить|снять|против|возражает|возражают",
        r"oppose|object|objection|deletion|no|не\s+поддерживает|исключение|возражение",
    ),
)


def _alternatives(*columns: int) -> str:
    return "|".join(row[column] for row in _VERBS for column in columns)


# "reserves its position" is "reserves" said at length: a short object may follow, nothing else.
_STANCES = tuple((row[0], re.compile(rf"(?:{row[1]}|{row[2]}){_OBJECT}[.!]?", re.IGNORECASE)) for row in _VERBS)
_ALONE = _alternatives(1)
VERB_LAST = re.compile(rf"(?P<rest>\S.*?)[\s,–—-]+(?P<verb>(?i:(?:{_ALONE}){_OBJECT}))\.?")
VERB_FIRST = re.compile(rf"(?P<verb>(?i:(?:{_ALONE}){_OBJECT}))[\s,–—-]+(?P<rest>\S.*)")
WITH_RESERVATION = re.compile(r"\b(?:with\s+(?:a\s+)?reservations?|с\s+оговорк\w+)\.?\Z", re.IGNORECASE)
AGREED = re.compile(r"(?:agreed|согласовано)\s+ad\s+ref(?:erendum|\.)?|согласовано\s+ад\s+референдум", re.IGNORECASE)


def stance_of(words: str) -> str | None:
    """The stance that these words are known for, or None: ``keep original text`` is ``keep_original``."""
    words = words.strip()
    return next((stance for stance, known in _STANCES if known.fullmatch(words)), None)
