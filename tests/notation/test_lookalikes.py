"""Words of two alphabets: every generated one is found, no sound word is, and codes are told apart as they look."""

import random
import re
from pathlib import Path

import pytest

from documents.notation.lookalikes import LOOKALIKES, alike, alphabet_of, mixed_words, skeleton
from documents.notation.package import read_package

SAMPLE = Path("negotiations/sample/night-of-lanterns.txt")
WORDS = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
OF_LATIN: dict[str, list[str]] = {}
OF_CYRILLIC: dict[str, list[str]] = {}
for letter, latin in LOOKALIKES.items():
    OF_LATIN.setdefault(latin, []).append(letter)
    if alphabet_of(letter) == "Cyrillic":
        OF_CYRILLIC.setdefault(letter, []).append(latin)


def spoofs(count: int) -> list[tuple[str, str]]:
    """Words and codes of the sample with one letter or more in another alphabet, and at least one as it was."""
    chance = random.Random(35)
    words = sorted(set(WORDS.findall(SAMPLE.read_text(encoding="utf-8"))))
    made: list[tuple[str, str]] = []
    while len(made) < count:
        word = chance.choice(words)
        others = OF_CYRILLIC if alphabet_of(word[0]) == "Cyrillic" else OF_LATIN
        open_to = [at for at, letter in enumerate(word) if letter in others]
        letters = sum(letter.isalpha() for letter in word)
        if not open_to or letters < 2:
            continue
        signs = list(word)
        for at in chance.sample(open_to, chance.randint(1, min(len(open_to), letters - 1))):
            signs[at] = chance.choice(others[signs[at]])
        made.append((word, "".join(signs)))
    return made


def test_ten_thousand_spoofs_are_flagged() -> None:
    made = spoofs(10_000)
    assert {alphabet_of(word[0]) for word, _ in made} == {"Latin", "Cyrillic"}
    missed = [pair for pair in made if not mixed_words(f"notes that {pair[1]}, with")]
    assert len(missed) <= 10, missed[:20]


@pytest.mark.parametrize("word", ["СНN", "VIЕ", "КAZ", "ІRAN", "pеace", "мiр", "өil", "H2О", "VΙE", "ՍNESCO", "ᎠEU"])
def test_a_letter_of_another_alphabet_is_named(word: str) -> None:
    [mixed] = mixed_words(f"in the {word} of")
    assert (mixed.word, mixed.at, mixed.number) == (word, 7, 3)
    assert "".join(letters for _, letters in mixed.letters) == "".join(
        dict.fromkeys(sign for name, _ in mixed.letters for sign in word if alphabet_of(sign) == name)
    )


def test_the_letters_are_told_by_alphabet() -> None:
    assert mixed_words("СНN")[0].letters == (("Cyrillic", "СН"), ("Latin", "N"))


@pytest.mark.parametrize("word", ["ＩＮＤ", "𝐈𝐍𝐃", "ℝussia", "ꜱecretariat".replace("ꜱ", "ɡ"), "VⅠE"])
def test_letters_that_no_language_is_written_in_are_flagged(word: str) -> None:
    assert mixed_words(word)


@pytest.mark.parametrize("word", ["со-operation", "Со-operation", "co-операция", "town’ѕ", "TOWN’Ѕ"])
def test_a_part_of_a_word_that_passes_for_the_other_alphabet_is_flagged(word: str) -> None:
    assert mixed_words(word)


@pytest.mark.parametrize(
    "text",
    [
        "COVID-19 ИКТ-2023 G-77 №5 5G CO2-нейтральный XXI век 3D-модель XXI-го XX-е IT-компания",
        "CICA-ға ЮНЕСКО-ның NATO’ның UNESCO/ЮНЕСКО 40°C µg H2O кВт·ч т.б. O’Connor Д’Артаньян",
        "Қазақстан Республикасы ЕҚЫҰ Türkiye Azərbaycan Việt Nam naïve Ελλάδα Հայաստան ქართული",
        "α-частица β-распад 中文 日本語のTシャツ हिन्दी العربية",
    ],
)
def test_sound_words_do_not_alarm(text: str) -> None:
    assert mixed_words(text) == []


def test_the_sample_in_three_languages_does_not_alarm() -> None:
    assert mixed_words(SAMPLE.read_text(encoding="utf-8")) == []


def test_the_real_package_in_three_languages_does_not_alarm(real_file: Path) -> None:
    source = real_file.read_text(encoding="utf-8")
    assert mixed_words(source) == []
    codes = {found.code for found in read_package(source).diagnostics}
    assert codes.isdisjoint({"mixed-script-word", "mixed-script-code", "odd-character", "look-alike-code"})


def test_a_file_reports_a_mixed_word_at_its_place_and_a_mixed_code_with_its_marker() -> None:
    source = "Мы.\n\nPP1. The pеace [and] (+IND) (-ІRAN) holds.\n"
    found = {(d.code, d.line, d.column) for d in read_package(source).diagnostics if d.code.startswith("mixed-")}
    assert found == {("mixed-script-word", 3, 10), ("mixed-script-code", 3, 29)}


@pytest.mark.parametrize(
    ("code", "codes"),
    [
        ("ЕУ", {"unknown-delegation", "look-alike-code"}),  # all of it Cyrillic
        ("РОС", set()),  # an alias
        ("РУС", {"unknown-delegation"}),
        ("EY", set()),
        ("lND", {"unknown-delegation", "look-alike-code"}),
    ],
)
def test_a_code_that_looks_like_a_known_one_is_reported_and_an_alias_in_other_letters_is_not(
    code: str, codes: set[str]
) -> None:
    package = read_package(f"PP1. One [two] (+{code}).", known_codes=["EY", "РОС", "IND"])
    assert {found.code for found in package.diagnostics if found.code.endswith(("-delegation", "-code"))} == codes


def test_codes_of_one_skeleton_cannot_stand_for_two_delegations() -> None:
    assert skeleton("СНN") == skeleton("CHN") != skeleton("CHI")
    assert alike([("CHN", "China"), ("СНN", "China"), ("ИНД", "India")]) is None
    assert alike([("CHN", "China"), ("IND", "India"), ("ІND", "Indonesia")]) == ("IND", "ІND")


def test_a_long_text_of_one_word_is_looked_through_in_one_walk() -> None:
    assert len(mixed_words("а" * 200_000 + "b")) == 1
    assert len(mixed_words("aб " * 20_000)) == 20_000
