"""Lines put together to paragraphs, by judgement.

A blank line proves little: files taken out of a PDF have one between any two wrapped lines, and none between two
paragraphs at the turn of a page. What counts is what stands at the end of one line and at the beginning of the next
(labels, ends of sentences, capitals, open brackets), whether the next word would still have fitted on the line, and
whether the gap is wider than this text's wrapped lines have it.
"""

import re
from collections.abc import Container
from dataclasses import dataclass
from itertools import pairwise

from documents.notation.habits import Habits, fill, widths
from documents.notation.labels import Label, counts, is_list_sign, read_label
from documents.notation.lines import Lines
from documents.notation.markers import positions

_ENDS = ".;:!?。；：！？"
_SENTENCE = frozenset(".;:")
_SENTENCE_SIGNS = {".": ".", "!": ".", "?": ".", ";": ";", ":": ":"}
_CLOSERS = ")]）］”\"»’'“"
_CONNECTING = re.compile(
    r"a|an|the|of|and|or|to|in|on|at|by|for|from|with|as|its|their|our|this|that|which|under|among|between|"
    r"и|или|в|во|на|о|об|по|с|со|к|для|от|из|за|при|их|его|не|что|мен|және"
)
_AND = re.compile(r"(?:and|or|и|или|және)$", re.IGNORECASE)
_END = 9  # characters at the end of a line that are enough to know its last word, where that is a short one
_MARKER_FIRST = re.compile(r"[(（][^()（）\[\]]{1,120}[)）]")
_OPEN_END = re.compile(r"[(（][^()（）\[\]［］]{0,60}$")
_CLOSED = re.compile(r"[^()（）\[\]［］]{0,60}[)）]")
_OPEN_LINES = 4
_LONGEST_OPEN = 60
_OPENS = "[［(（“«\"‘'"
# A line that begins so after a comma or a marker begins a paragraph of a preamble, however full the line before is.
_PREAMBULAR = re.compile(
    r"[\[［“«\"\s]*(?:(?:Fully|Deeply|Gravely|Strongly|Further|Also)\s)?(?:Acknowledging|Affirming|Appreciating|Bearing in mind|"
    r"Believing|Cognizant|Commending|Concerned|Confirming|Conscious|Considering|Convinced|Deploring|Desiring|Determined|"
    r"Alarmed|Aware|Bearing|Deeply|Emphasi[sz]ing|Encouraged|Encouraging|Fulfilling|Having|Inspired|Pursuant|Regretting|Remaining|"
    r"Expressing|Guided by|Highlighting|Mindful|Noting|Observing|Reaffirming|Reali[sz]ing|Recalling|"
    r"Recogni[sz]ing|Reiterating|Seeking|Stressing|Taking into|Taking note|Underlining|Underscoring|Welcoming|"
    r"Подтверждая|Признавая|Отмечая|Ссылаясь|Учитывая|Приветствуя|Подч[её]ркивая|Принимая во|Выражая|Напоминая|Стремясь|Сознавая|Вновь|Осознавая|"
    r"Считая|Руководствуясь|Будучи)\b"
)
_OPENING_WORD = re.compile(
    r"[\[［“«\"\s]*(?:[A-Z][a-z]+ing|Having|Mindful|Cognizant|Aware|Conscious|Convinced|Concerned|Alarmed|Guided|Determined|"
    r"Deeply|Gravely|Bearing|Inspired|Committed|[А-Я][а-я]+(?:ая|яя|уя|вая|ясь|аясь|ив|ывая|ивая|дя|мая))\b"
)
# How much of a full line counts as ended on purpose where the text itself does not show it: a line that ends a
# sentence needs less proof than one that does not.
_AFTER_SENTENCE = 0.9
_IN_SENTENCE = 0.85
_HEADING = 0.7
_GOES_ON = re.compile(r"[\[［]{0,3}\s?[,;:)\]）］]|\.(?!\.)")
_CLOSES_WITHIN = 60  # lines
_BRACKET = re.compile(r"[\[\]［］]")
_AGREED_ALONE = re.compile(r"[\[［]\s?(?:agreed|согласован\w*)[\s-]ad[\s-]ref\w*\.?\s?[\]］]", re.IGNORECASE)
_BEGINS_SENTENCE = re.compile(
    r"(?:We|The|This|These|Each|Every|In|Under|For|With|To|All|Resolve|Мы|В|Настоящ\w+|Кажд\w+)\s[a-zа-яё]"
)


@dataclass(slots=True)
class Body:
    """The lines of one document's body in order: indexes among the lines, without page furniture and footnotes.

    ``interrupted`` holds those before which something was taken out or a page was turned.
    """

    lines: Lines
    own: list[int]
    interrupted: set[int]


def paragraph_starts(body: Body, habits: Habits, *, after_title: bool = False) -> list[int]:
    """The positions in ``body.own`` at which a paragraph begins; the first is always 0 where there are lines.

    ``after_title``: the first paragraph is a title, which any label and any wider gap ends.
    """
    if not body.own:
        return []
    judge = _Judge(body, habits)
    judge.begin(0)
    starts = [0]
    wrap, interrupted = habits.wrap, body.interrupted
    lines = zip(body.own, judge.texts, judge.gaps, strict=True)
    _, before, _ = next(lines)
    for at, (line, text, gap) in enumerate(lines, start=1):
        # Two lines in three: a small letter after a word or a comma, nothing in between. No need to think.
        if (
            gap <= wrap
            and text[0].islower()
            and (before[-1].islower() or before[-1] == ",")
            and not (")" in text[1:5] or "." in text[1:5])
            and line not in interrupted
        ):
            if "[" in text or "]" in text or "［" in text or "］" in text:
                judge.go_on(text)
        elif judge.breaks(at, before, text, is_title=after_title and len(starts) == 1):
            starts.append(at)
            judge.begin(at)
        else:
            judge.go_on(text)
        before = text
    return starts


def known_starts(body: Body, begins: Container[int]) -> list[int]:
    """The same where the file says which lines begin a paragraph; one that begins with a marker goes on with the last."""
    texts = body.lines.texts
    return [
        at
        for at, line in enumerate(body.own)
        if at == 0 or (line in begins and not (texts[line][0] in "(（" and _begins_with_marker(texts[line])))
    ]


class _Judge:
    """What is known of the paragraph that is being put together: its first line, its open brackets, its label."""

    def __init__(self, body: Body, habits: Habits) -> None:
        self.body, self.habits = body, habits
        self.gaps = _gaps(body)
        self.texts = [body.lines.texts[line] for line in body.own]
        indents = body.lines.indents
        self.lengths = widths(self.texts, [indents[line] for line in body.own])
        # A text whose lines are wrapped at a column shows exactly which of them were ended on purpose.
        self.after_sentence = max(_AFTER_SENTENCE, min(1.0, habits.slack))
        self.in_sentence = max(_IN_SENTENCE, min(1.0, habits.slack))
        self.first = 0
        self.depth = 0
        self.label: Label | None = None
        self.seen: Label | None = None  # the label of the line last judged
        self.in_title = False
        self.last_count: dict[str, int] = {}

    def begin(self, at: int) -> None:
        text = self.texts[at]
        self.first, self.depth = at, 0
        self.label = read_label(text) if at == 0 else self.seen
        if self.label and (counted := counts(self.label)):
            self.last_count[counted[0]] = counted[1][0]
        self.go_on(text)

    def go_on(self, text: str) -> None:
        """Pass over a line: how many brackets are open behind it."""
        if "［" in text or "］" in text:
            text = text.replace("［", "[").replace("］", "]")
        if "]" in text:
            *closed, text = text.split("]")
            depth = self.depth
            for piece in closed:
                depth += piece.count("[")
                depth -= depth > 0
            self.depth = depth
        self.depth += text.count("[")

    def breaks(self, at: int, before: str, text: str, *, is_title: bool) -> bool:
        """Whether a new paragraph begins with the line at ``at``. The rules stand in order of their weight."""
        interrupted = self.body.own[at] in self.body.interrupted
        wide = self.gaps[at] > self.habits.wrap and not interrupted
        self.in_title = is_title
        if self._marker_runs_on(at):
            return False
        self.seen = label = read_label(text)
        if label is not None and self._label_begins(label, at, before, wide=wide or is_title):
            return True
        if _parenthesis_runs_on(before, text) or (text[0] in "(（" and _begins_with_marker(text)):
            return False
        if _AGREED_ALONE.match(text):
            return False
        ended, opens = self._ended(at, before), _opens(text)
        if self.depth and self._closes_from(at):
            # An open bracket runs on over blank lines and pages, but not over the clear end of a paragraph: one that
            # nobody closed must not swallow the rest of the document.
            clear = wide or (not interrupted and self._is_short(at, self.after_sentence))
            return ended in _SENTENCE and opens and clear
        if before[-1] == "-" or _GOES_ON.match(text):
            return False
        if is_title and not wide and text.isupper() and before.isupper():
            return False
        if is_list_sign(text) and (wide or ended or self._is_short(at, 0.7)):
            return True
        if _shouts(text) != _shouts(before) and (
            ended or wide or _shouts(before) or self._is_short(at, self.in_sentence)
        ):
            return not (_shouts(before) and _ends_connecting(before.casefold()))
        if not opens:
            return wide and ended in _SENTENCE and not _ends_with_marker(before)
        if interrupted:
            begins = not ended and not is_title and _BEGINS_SENTENCE.match(text) and not _ends_connecting(before)
            short = self._is_short(at, _IN_SENTENCE if ended or self._heads(at) else 0.6)
            return bool(begins) or short or ended in _SENTENCE
        if wide:
            return not _ends_connecting(before)
        return self._breaks_without_gap(at, before, text, ended)

    def _breaks_without_gap(self, at: int, before: str, text: str, ended: str) -> bool:
        """A line that could begin a paragraph, where the gap says nothing."""
        if ended in (";", ":") or self._is_set_in(at):
            return True
        if self.habits.spaced:
            return False
        if ended and _PREAMBULAR.match(text):
            return True
        if ended == ".":
            return self._is_short(at, self.after_sentence) or self._stands_alone(at, text)
        if not ended and _BEGINS_SENTENCE.match(text) and not _ends_connecting(before):
            return not self.in_title
        if ended == "," and _OPENING_WORD.match(text):
            return self._is_short(at, 1.0)
        if _shouts(before) and _shouts(text):
            return False
        if _ends_connecting(before):
            return False
        first = text.split(" ", 1)[0]
        if not first.isalpha() and any(sign in first for sign in "/0123456789"):
            return False
        return self._is_short(at, self.in_sentence)

    def _label_begins(self, label: Label, at: int, before: str, *, wide: bool) -> bool:
        """A label at the beginning of a line begins a paragraph, unless a sentence is in full flow there."""
        text = self.texts[at]
        behind = text[label.start + len(label.text) :]
        if label.kind in ("clause", "alternative") and behind[:1] in (".", ":", ")"):
            return True
        ended = self._ended(at, before)
        if label.kind in ("number", "letter") and self.depth and not ended:
            return False
        if wide or ended or _ends_with_and(before):
            return True
        counted = counts(label)
        if counted and self.last_count.get(counted[0], -1) + 1 in counted[1] and label.kind != "letter":
            return True
        return self._is_short(at, self.in_sentence)

    def _marker_runs_on(self, at: int) -> bool:
        """Whether a marker is opened before this line and closed in it or soon, whatever the line begins with: ``S)``."""
        if "(" not in self.texts[at - 1] and "（" not in self.texts[at - 1] and len(self.texts[at - 1]) > _LONGEST_OPEN:
            return False
        since = max(self.first, at - _OPEN_LINES)
        opened = _OPEN_END.search(" ".join([text[-_LONGEST_OPEN:] for text in self.texts[since:at]]))
        if opened is None:
            return False
        closed = _CLOSED.match(" ".join([text[:_LONGEST_OPEN] for text in self.texts[at : at + _OPEN_LINES]]))
        return closed is not None and bool(positions(f"{opened[0]} {closed[0]}"))

    def _closes_from(self, at: int) -> bool:
        """Whether the outermost bracket that is open before this line is closed soon, and not forgotten."""
        depth = self.depth
        for text in self.texts[at : at + _CLOSES_WITHIN]:
            if "[" in text or "]" in text or "［" in text or "］" in text:
                for sign in _BRACKET.findall(text):
                    depth += 1 if sign in "[［" else -1
                    if depth == 0:
                        return True
        return False

    def _is_short(self, at: int, share: float) -> bool:
        """Whether the line before was ended on purpose: the first word of this one would still have had room on it."""
        return fill(self.lengths, at, self.texts[at]) <= share

    def _stands_alone(self, at: int, text: str) -> bool:
        """Whether a line that ends no sentence was ended on purpose: after the end of one it is a heading."""
        if text[-1] in _ENDS or text[-1] == "," or text[-1] in _CLOSERS or at + 1 >= len(self.texts):
            return False
        return _opens(self.texts[at + 1]) and not _ends_connecting(text) and self._is_short(at + 1, _HEADING)

    def _heads(self, at: int) -> bool:
        """Whether the paragraph so far is one line with a label such as headings have."""
        return self.label is not None and self.label.kind in ("part", "number", "letter") and at - 1 == self.first

    def _ended(self, at: int, before: str) -> str:
        """What ends the wording before this line; a marker broken over a line end is seen whole."""
        if before[-1] in ")）" and "(" not in before and "（" not in before and at - 1 > self.first:
            before = f"{self.texts[at - 2]} {before}"
        return _ended(before)

    def _is_set_in(self, at: int) -> bool:
        """Whether this line is set in as first lines are: against most lines of the text, and not hanging under a label."""
        indents, own = self.body.lines.indents, self.body.own
        here, before, after_first = indents[own[at]], indents[own[at - 1]], at - 1 == self.first
        if here < self.habits.indent + 2 or (after_first and self.label is not None):
            return False
        return here > before if not after_first else here == before


def _gaps(body: Body) -> list[int]:
    """The line ends between each line of the body and the one before it, whatever was taken out between them."""
    gaps, own = body.lines.gaps, body.own
    if own[-1] - own[0] + 1 == len(own):
        return gaps[own[0] : own[-1] + 1]
    return [
        0,
        *(gaps[here] if here == before + 1 else sum(gaps[before + 1 : here + 1]) for before, here in pairwise(own)),
    ]


def _ended(text: str) -> str:
    """The sign that ends the wording of a line, markers aside: one of ``.;:,``, or nothing in mid-sentence.

    A line that ends with a marker or a closing bracket counts as ended with a full stop.
    """
    last = text[-1]
    if last in ".!?。！？":
        return "."
    if last in ";；" or last in ":：":
        return ";" if last in ";；" else ":"
    if last == ",":
        return ","
    if last in _CLOSERS:
        bare = _without_markers(text)
        inner = bare.rstrip(_CLOSERS)
        if inner[-1:] in _SENTENCE_SIGNS:
            return _SENTENCE_SIGNS[inner[-1]]
        if last in "]］" or bare != text:
            return "."
    return ""


def _without_markers(text: str) -> str:
    """A line without the markers that end it: ``of the UN; (BANGL: keep original)`` ends with a semicolon."""
    end = half = full = len(text)
    while text.endswith((")", "）"), 0, end):
        # Each sign is looked for again only where the one found last was passed: a line may hold 100,000 markers.
        half = text.rfind("(", 0, end) if half >= end else half
        full = text.rfind("（", 0, end) if full >= end else full
        opened = max(half, full)
        if opened <= 0 or not positions(text[opened:end]):
            break
        end = opened
        while end and text[end - 1] in " ,":
            end -= 1
    return text[:end]


def _ends_with_marker(text: str) -> bool:
    """Whether a line ends with a marker or a bracket behind which no sentence ended."""
    bare = _without_markers(text).rstrip(_CLOSERS) if text[-1] in _CLOSERS else text
    return len(bare) < len(text) and bare[-1:] not in _SENTENCE_SIGNS


def _ends_connecting(text: str) -> bool:
    """Whether a line ends with a word that no sentence ends with. Only its end is looked at: it may be a whole paragraph."""
    if not text[-1].isalpha():
        return False
    last = text[-_END:].replace("(", " ").replace("[", " ").split()[-1]
    return _CONNECTING.fullmatch(last) is not None


def _ends_with_and(text: str) -> bool:
    """Whether a line ends with ``, and`` or the like: so does the last but one of a list."""
    match = _AND.search(text, max(0, len(text) - _END)) if text[-1].isalpha() else None
    return match is not None and text[: match.start()].rstrip()[-1:] in (";", ",")


def _opens(text: str) -> bool:
    """Whether a line could begin a paragraph: with a letter that is no small one, or with a figure."""
    bare = text.lstrip(_OPENS)
    return bare[:1].isalnum() and not bare[0].islower()


def _parenthesis_runs_on(before: str, text: str) -> bool:
    """A parenthesis opened in one line that the next one closes: a marker broken over a line end, mostly."""
    if ")" not in text and "）" not in text:
        return False
    opened = max(before.rfind("("), before.rfind("（"))
    if opened < 0 or opened < max(before.rfind(")"), before.rfind("）")):
        return False
    close = min((at for at in (text.find(")"), text.find("）")) if at >= 0), default=-1)
    again = min((at for at in (text.find("("), text.find("（")) if at >= 0), default=len(text))
    return 0 <= close < again


def _begins_with_marker(text: str) -> bool:
    match = _MARKER_FIRST.match(text)
    return match is not None and bool(positions(match[0]))


def _shouts(text: str) -> bool:
    """A line in capitals, of two words at least; markers are no words."""
    return text.isupper() and len(text) > 9 and " " in text and text.lstrip(_OPENS)[:1].isalpha()
