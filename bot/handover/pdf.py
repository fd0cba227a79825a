"""Makes a PDF of the page.

It follows PDF/UA-1 and PDF/A-2a. A character for which there is no letter in any font cannot stand
in such a file; it does not stop the PDF, which is then made without those standards, and says so.
"""

from contextlib import suppress
from dataclasses import dataclass, field

import msgspec
import typst
from msgspec import Struct

from bot.handover import headings
from bot.handover.entries import Part, parts_of, plain, spelled, words_in
from bot.handover.moments import moment
from bot.handover.page import Page
from bot.handover.sheets import MORE, Sheet, first_sheets
from bot.handover.typesetting import compiler, is_panic
from bot.handover.visible import one_line

NO_LETTER = (
    "Voor sommige tekens is hier geen letter. Daar staat een vakje. De tekst op het bureau is wel"
    " heel. Deze PDF volgt daardoor niet alle regels voor voorlezen en bewaren (PDF/UA, PDF/A)."
)
"""Said on a page with characters that no font has."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF file. ``is_standard`` is whether it follows PDF/UA-1 and PDF/A-2a."""

    body: bytes = field(repr=False)
    is_standard: bool


class Talk(Struct, frozen=True):
    """What helps with a first talk: whose words are missing, and open questions."""

    heading: str
    not_heard: str
    questions: tuple[str, ...]


class Rest(Struct, frozen=True):
    """What stands above everything that was cut on the first sheet."""

    heading: str = "Voluit"
    line: str = "Dit staat niet helemaal op blad 1."


class Paper(Struct, frozen=True):
    """All that ``templates/page.typ`` draws, in words that are ready to be read."""

    title: str
    code: str
    facts: tuple[tuple[str, str], ...]
    notice: str
    talk: Talk
    small_print: tuple[str, ...]
    parts: tuple[Part, ...]
    sheets: tuple[Sheet, ...] = ()
    brand: str = "Samenspraak"
    sheet: str = "blad"
    of: str = "van"
    more: tuple[str, str] = MORE
    rest: Rest = Rest()


def page_pdf(page: Page, delete_after: int | None = None) -> Pdf:
    """The page on paper; the same page gives the same bytes.

    ``delete_after`` is when the page goes; None says how long after an answer it goes. Takes tens
    of milliseconds: call it in a thread. Calls from several threads do not wait for each other.
    Does not fail for anything someone can type.
    """
    with suppress(_Unprintable):
        return Pdf(_printed(_paper(page, delete_after), page.came, by_rule=True), is_standard=True)
    with suppress(_Unprintable):
        loose = _paper(page, delete_after, NO_LETTER)
        return Pdf(_printed(loose, page.came, by_rule=False), is_standard=False)
    plainest = _paper(spelled(page), delete_after, NO_LETTER)
    return Pdf(_printed(plainest, page.came, by_rule=False), is_standard=False)


class _Unprintable(RuntimeError):
    """Typst gives up on a page."""


def _paper(page: Page, delete_after: int | None, notice: str = "") -> Paper:
    facts = (
        ("Voor", page.team_name),
        ("Gekomen", moment(page.came)),
        ("Ingevuld door", f"{page.filled_in_by}, {page.mode}"),
        ("Taal", page.language_name),
        ("Toestemming", headings.consent(page.team_name)),
    )
    not_heard = f"Nog niet gehoord: {', '.join(page.not_heard)}." if page.not_heard else ""
    paper = Paper(
        title=f"Samenspraak {one_line(page.code)}",
        code=plain(page.code),
        facts=tuple((name, plain(value)) for name, value in facts),
        notice=notice,
        talk=Talk("Voor een eerste gesprek", plain(not_heard), headings.OPEN_QUESTIONS),
        small_print=headings.small_print(page.page_days, delete_after),
        parts=parts_of(page),
    )
    return msgspec.structs.replace(paper, sheets=first_sheets(paper.parts, _other_words(paper)))


def _other_words(paper: Paper) -> int:
    """How many words stand on the first sheet besides its sections."""
    numbered = f"{paper.brand} {paper.sheet} 1 {paper.of} 1"
    told = [text for fact in paper.facts for text in fact]
    talk = (paper.talk.heading, paper.talk.not_heard, *paper.talk.questions)
    texts = (numbered, paper.code, *told, paper.notice, *talk, *paper.small_print)
    return sum(words_in(text) for text in texts)


def _printed(paper: Paper, came: int, *, by_rule: bool) -> bytes:
    try:
        made = compiler("page.typ", paper=paper).compile(
            format="pdf", pdf_standards=["ua-1", "a-2a"] if by_rule else [], timestamp=came
        )
    except BaseException as failure:
        # The message may quote what someone said, so it goes no further than here.
        if isinstance(failure, typst.TypstError) or is_panic(failure):
            raise _Unprintable(type(failure).__name__) from None
        raise
    assert isinstance(made, bytes)  # noqa: S101 - one file, and no path to write it to
    return made
