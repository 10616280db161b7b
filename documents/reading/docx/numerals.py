"""Numbers as lists and notes print them."""

from collections.abc import Callable

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"  # no ё, й, ъ, ы, ь, as Word and people count
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_SIGNS = "*†‡§"
_MOST_REPEATED = 30  # times a letter is repeated; a number that asks for more is printed in figures
_RAISED = str.maketrans("0123456789abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")


def numeral(number: int, form: str) -> str:
    """``number`` in one of Word's number formats (``lowerRoman``); in figures where the format is not known.

    >>> numeral(28, "lowerLetter"), numeral(4, "upperRoman"), numeral(7, "decimalZero")
    ('bb', 'IV', '07')
    """
    if form == "none":
        return ""
    make = _FORMS.get(form)
    return make(number) if make is not None and number > 0 else str(number)


def raised(text: str) -> str:
    """Figures and small letters as superscript characters; others stay as they are."""
    return text.translate(_RAISED)


def _letters(alphabet: str) -> Callable[[int], str]:
    return lambda number: _repeated(alphabet, number)


def _repeated(alphabet: str, number: int) -> str:
    times, at = divmod(number - 1, len(alphabet))
    return alphabet[at] * (times + 1) if times < _MOST_REPEATED else str(number)


def _roman(number: int) -> str:
    if number > 3999:
        return str(number)
    made = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        made += letters * times
    return made


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 < number % 100 < 14 else ending}"


_FORMS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters(_LATIN),
    "upperLetter": _letters(_LATIN.upper()),
    "russianLower": _letters(_RUSSIAN),
    "russianUpper": _letters(_RUSSIAN.upper()),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "ordinal": _ordinal,
    "decimalZero": lambda number: f"{number:02}",
    "chicago": _letters(_SIGNS),
}
