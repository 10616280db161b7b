"""The hostile files, all of them: made by the same script the same at every run, none of them kept."""

from functools import cache

from tests.hostile.archives import archives
from tests.hostile.cases import Case
from tests.hostile.disguises import disguises
from tests.hostile.markup import markup
from tests.hostile.pages import pages
from tests.hostile.texts import texts
from tests.hostile.unseen import unseen


@cache
def corpus() -> dict[str, Case]:
    """Every case by its name, which says what is wrong with the file."""
    cases = [case for source in (archives, markup, unseen, texts, pages, disguises) for case in source()]
    named = {case.name: case for case in cases}
    assert len(named) == len(cases)
    return named
