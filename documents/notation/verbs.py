"""The words beside a delegation's code that say where it stands, in English and Russian (podium/1, table of stances)."""

import re

_OBJECT = (
    r"(?:\s+(?:the|this|its|our|on|whole|entire|original|para(?:graph)?s?|text|wording|language|words?|brackets?|sentence|"
    r"formulation|proposal|position|first|later|весь|вс[её]|этот|эт[оу]|этому|свою|исходн\w+|первоначальн\w+|"
    r"оригинальн\w+|текст\w*|вариант\w*|редакци\w+|формулировк\w+|позици\w+|абзац\w*|пункт\w*|слов\w*|"
    r"позже|позднее|к(?:\s+(?:вопросу|рассмотрению))?))*"
)
# "wants to delete" is "delete" said politely.
_WISH = (
    r"(?:(?:(?:wants?|wish(?:es)?|prefers?|asks?|proposes?|requests?|would\s+(?:like|prefer))\s+)?to\s+|please\s+|"
    r"(?:просит|предлагает|хочет|желает)\s+)?"
)
_ORIGINAL_RU = r"(?:исходн|первоначальн|оригинальн|прежн)\w+"
_TEXT_RU = r"(?:текст|вариант|редакци|формулировк)\w*"

# Three columns: what may stand beside a code without a colon; what may stand so beside several, since "(UN support)" is
# wording and "(IND and NEP support)" is not; and what is understood behind a colon only, as "(FAO proposal)" is wording.
_VERBS: tuple[tuple[str, str, str, str], ...] = (
    (
        "tcb",
        r"t\.?\s?c\.?\s?b\.?|(?:(?:will|shall)\s+)?come\s+back|comes\s+back|reverts?|верн[её]тся|верн[её]мся|вернуться|вернутся",
        r"will\s+revert",
        r"pending|later|позднее|позже",
    ),
    (
        "keep_original",
        r"(?:keeps?|retains?|prefers?)\s+(?:the\s+)?original(?:\s+(?:text|wording|language|formulation))?|"
        r"original(?:\s+(?:text|wording|language|formulation))?|retains?|keeps?|"
        rf"(?:(?:сохранить|сохраняет|оставить|предпочитает|за)\s+)?{_ORIGINAL_RU}\s+{_TEXT_RU}|"
        rf"(?:сохранить|оставить|предпочитает|за)\s+{_ORIGINAL_RU}|"
        r"(?:сохранить|оставить)\s+(?:оригинал|как\s+есть|без\s+изменений)|сохранить|оставить",
        r"retain",
        r"noc|no\s+change|as\s+is|оригинал|без\s+изменений",
    ),
    (
        "reservation",
        r"(?:(?:has|have|enters?|makes?)\s+)?(?:a\s+|an?\s+|scrutiny\s+)*reservations?|reserves?|reserved(?:\s+by)?|reserving|"
        r"with\s+(?:a\s+)?reservations?|(?:с\s+|делает\s+|имеет\s+)?оговорк\w+|резервирует|резервируют",
        r"reserve",
        r"reserve|резерв",
    ),
    (
        "support",
        r"supports|supported(?:\s+by)?|supporting|proposes|proposed\s+by|agrees|accepts|can\s+(?:support|accept|agree|go\s+along)|"
        r"поддерживает|поддерживают|предлагает|предлагают|соглас(?:ен|на|ны)|за",
        r"support|propose|agree|accept",
        r"proposal|add|insert|yes|ok|согласн\w+|соглас(?:ие|ен)|поддержать|добавить|поддержка",
    ),
    (
        "oppose",
        r"deletes?|opposes|opposed(?:\s+by)?|objects|removes?|strikes?|(?:does|do)(?:\s+not|n['’]t)\s+(?:support|accept|agree)|"
        r"can\s?(?:not|['’]t)\s+(?:support|accept|agree)|"
        r"удалить|исключить|снять|убрать|вычеркнуть|против|возражает|возражают|не\s+(?:поддерживает|поддерживают|согласен|согласна|согласны)",
        r"oppose|object",
        r"objection|deletion|no|исключение|возражение|возражения",
    ),
)


def _alternatives(*columns: int) -> str:
    return "|".join(row[column] for row in _VERBS for column in columns)


def _verb(*columns: int) -> str:
    return rf"(?P<verb>(?i:{_WISH}(?:{_alternatives(*columns)}){_OBJECT}))"


# "reserves its position" is "reserves" said at length: a short object may follow, nothing else.
_STANCES = tuple(
    (row[0], re.compile(rf"{_WISH}(?:{row[1]}|{row[2]}|{row[3]}){_OBJECT}[.!]?", re.IGNORECASE)) for row in _VERBS
)
_BESIDE = r"[\s,，、–—-]+"
VERB_LAST = re.compile(rf"(?P<rest>\S.*?){_BESIDE}{_verb(1)}\.?")
VERB_OF_SEVERAL = re.compile(rf"(?P<rest>\S.*?){_BESIDE}{_verb(1, 2)}\.?")
VERB_FIRST = re.compile(rf"(?!(?:за|против)\s){_verb(1)}{_BESIDE}(?P<rest>\S.*)")
WITH_RESERVATION = re.compile(
    r"[\s,(–—-]*\b(?:with\s+(?:(?:a|some|scrutiny)\s+)?reservations?|(?:with\s+)?(?:scrutiny\s+)?reservations?|с\s+оговорк\w+|оговорк\w+)"
    r"(?:\s+(?:on|about|regarding|concerning|as\s+to|по|о|об|относительно)\b.*)?[.)]?\Z",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"(?P<head>\S.*?)[\s,–—-]+(?P<words>(?:if|provided|subject|only|for\s+now|pending|but|unless|until|see|without|"
    r"with\s+(?!(?:an?\s+)?(?:scrutiny\s+)?reserv)|as\s+(?:long|amended|is)|in\s+(?:principle|case|place)|et\s+al|conditional\w*|tbc|"
    r"если|при\s+условии|пока|только|но|см|в\s+принципе)\b.*)"
)
"""A sign with strings attached: ``+IND if OP3 stays`` is not the position that the sign alone would be."""
AGREED = re.compile(
    r"(?:(?:provisionally\s+)?agreed|(?:предварительно\s+)?согласован\w*)[\s,–—-]+(?:ad[\s-]?ref(?:erendum|\.)?|ад[\s-]?реф(?:ерендум|\.)?)"
    r"(?:[\s,]+(?:on\s+)?\d[\d\w ./]*)?[.!]?",
    re.IGNORECASE,
)


def stance_of(words: str) -> str | None:
    """The stance that these words are known for, or None: ``keep original text`` is ``keep_original``."""
    words = words.strip()
    return next((stance for stance, known in _STANCES if known.fullmatch(words)), None)
