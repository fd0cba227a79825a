"""Makes a PDF of the page, with the circle drawn in it.

It follows PDF/UA-1 and PDF/A-2a. A character for which there is no letter in any font cannot stand
in such a file; it does not stop the PDF, which is then made without those standards, and says so.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import msgspec
import typst
from msgspec import Struct

from bot.handover import first_talk, headings
from bot.handover.circle_page import circles_on
from bot.handover.entries import Part, parts_of, plain, spelled, words_in
from bot.handover.figure import Figure, figure_of
from bot.handover.moments import day
from bot.handover.page import Page
from bot.handover.sheets import MORE, Count, Sheet, first_sheets
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
    """What helps with a first talk: what to talk about, whose words are missing, open questions."""

    heading: str
    wish: str
    not_heard: str
    questions: tuple[str, ...]


class Rest(Struct, frozen=True):
    """What stands above everything that was cut on the first sheet."""

    heading: str = "Voluit"
    line: str = "Dit staat niet helemaal op blad 1."


MOST_WISHES = 4
"""So many things to talk about are named together on the first sheet; each has its own mark too."""

MOST_BESIDE = 4
"""So many voices have room for a column each; more stand below each other."""

DRAWN = "De kring, getekend"
ELSEWHERE = ("Getekend: blad ", ".")


class Drawn(Struct, frozen=True):
    """What stands around the drawing of the circle, when it has a sheet to itself too.

    ``elsewhere`` is around the number of that sheet.
    """

    figure: Figure
    heading: str = DRAWN
    elsewhere: tuple[str, str] = ELSEWHERE


class Bare(Struct, frozen=True):
    """What has nothing to show, in one line; "" when everything has."""

    heading: str = "Nog leeg"
    line: str = ""


class Paper(Struct, frozen=True):
    """All that ``templates/page.typ`` draws, in words that are ready to be read."""

    title: str
    code: str
    facts: tuple[tuple[str, str], ...]
    notice: str
    talk: Talk
    small_print: tuple[str, ...]
    parts: tuple[Part, ...]
    bare: Bare = Bare()
    voices: tuple[tuple[str, str], ...] = ()
    beside: bool = False
    circles: tuple[Drawn, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    brand: str = "Samenspraak"
    sheet: str = "blad"
    of: str = "van"
    more: tuple[str, str] = MORE
    rest: Rest = Rest()


def page_pdf(page: Page, words: Mapping[str, str], delete_after: int | None = None) -> Pdf:
    """The page on paper; the same page gives the same bytes.

    ``words`` are those of the drawing of the circle (``circle_page.paper_words``), which stands on
    the first sheet when it fits there, else on the second. ``delete_after`` is when the page goes;
    None says how long after an answer it goes. Takes tens of milliseconds: call it in a thread.
    Calls from several threads do not wait for each other. Does not fail for anything someone can
    type.
    """
    with suppress(_Unprintable):
        paper = _paper(page, words, delete_after)
        return Pdf(_printed(paper, page.came, by_rule=True), is_standard=True)
    with suppress(_Unprintable):
        loose = _paper(page, words, delete_after, NO_LETTER)
        return Pdf(_printed(loose, page.came, by_rule=False), is_standard=False)
    plainest = _paper(spelled(page), words, delete_after, NO_LETTER)
    return Pdf(_printed(plainest, page.came, by_rule=False), is_standard=False)


class _Unprintable(RuntimeError):
    """Typst gives up on a page."""


def _paper(
    page: Page, words: Mapping[str, str], delete_after: int | None, notice: str = ""
) -> Paper:
    facts = (
        ("Gekomen", day(page.came)),
        *([] if page.is_shared else _alone(page)),
        *([("Aangevuld", day(page.renewed))] if page.renewed is not None else []),
        ("Toestemming", headings.consent(page.team_name)),
    )
    beside = page.is_shared and len(page.voices) <= MOST_BESIDE
    # That there is no child or young person stands where their words would have stood.
    missing = [who for who in page.not_heard if who != headings.NO_YOUNG]
    not_heard = f"Nog niet gehoord: {', '.join(missing)}." if missing else ""
    wish = first_talk.wish(page, _most_wishes(page))
    paper = Paper(
        title=f"Samenspraak {one_line(page.code)}",
        code=plain(page.code),
        facts=tuple((name, plain(value)) for name, value in facts),
        notice=notice,
        talk=Talk(
            "Eerste gesprek",
            f"{headings.SIGN} {plain(wish)}" if wish else "",
            plain(not_heard),
            tuple(map(plain, page.open_questions)),
        ),
        small_print=headings.small_print(page.page_days, delete_after),
        parts=parts_of(page, marks=not beside),
        bare=Bare(line=headings.bare(page.bare_sections)),
        voices=_voices(page) if page.is_shared else (),
        beside=beside,
        circles=_circles(page, words),
    )
    in_circle = _in_circle(page, paper.circles[0]) if len(paper.circles) == 1 else None
    sheets = first_sheets(paper.parts, _around(paper), in_circle)
    return msgspec.structs.replace(paper, sheets=sheets)


def _alone(page: Page) -> list[tuple[str, str]]:
    """Who filled it in, and in which language, when that is one."""
    return [("Ingevuld door", f"{page.filled_in_by}, {page.language_name}, {page.mode}")]


def _voices(page: Page) -> tuple[tuple[str, str], ...]:
    """Whose words are on the page, and how and in which language they told."""
    return tuple(
        (plain(each.label), f"{each.language_name}, {_brief(each.mode)}") for each in page.voices
    )


def _most_wishes(page: Page) -> int:
    """How many things to talk about there is room to name for each voice."""
    return max(1, MOST_WISHES // max(1, len(page.voices)))


def _brief(mode: str) -> str:
    return mode.replace(" en ", ", ")


def _circles(page: Page, words: Mapping[str, str]) -> tuple[Drawn, ...]:
    """The circle of each voice that named somebody, apart."""
    drawn = []
    with _typst():
        for voice, circle in circles_on(page):
            title = f"{DRAWN}: {plain(voice)}" if page.is_shared else DRAWN
            drawn.append(Drawn(figure_of(circle, words), title))
    return tuple(drawn)


def _in_circle(page: Page, drawn: Drawn) -> Count:
    names = sum(words_in(plain(person.name)) for person in page.circle)
    return Count(drawn.figure.words, drawn.figure.words - names)


def _around(paper: Paper) -> Count:
    """The words on the first sheet besides its sections: all of them ours."""
    numbered = f"{paper.brand} {paper.sheet} 1 {paper.of} 1"
    told = [text for fact in (*paper.facts, *paper.voices) for text in fact]
    talk = paper.talk
    texts = [numbered, paper.code, *told, talk.heading, talk.wish, talk.not_heard]
    texts += [*talk.questions, *paper.small_print]
    if paper.bare.line:
        texts += [paper.bare.heading, paper.bare.line]
    if paper.circles:
        texts.append("2".join(ELSEWHERE))
    words = sum(words_in(text) for text in texts)
    # What a reader has to know of this one file comes on top of what is on every page.
    return Count(words + words_in(paper.notice), words)


def _printed(paper: Paper, came: int, *, by_rule: bool) -> bytes:
    with _typst():
        made = compiler("page.typ", paper=paper).compile(
            format="pdf", pdf_standards=["ua-1", "a-2a"] if by_rule else [], timestamp=came
        )
    assert isinstance(made, bytes)  # noqa: S101 - one file, and no path to write it to
    return made


@contextmanager
def _typst() -> Iterator[None]:
    """Whatever typst gives up on inside, by an error or a panic, is ``_Unprintable``."""
    try:
        yield
    except BaseException as failure:
        # The message may quote what someone said, so it goes no further than here.
        if isinstance(failure, typst.TypstError) or is_panic(failure):
            raise _Unprintable(type(failure).__name__) from None
        raise
