"""Open questions for a first talk: what the family wants to talk about, and what is open still."""

from collections.abc import Callable, Sequence

import pytest
from msgspec.structs import replace

from bot.dialogue.circle import Circle
from bot.dialogue.circle import Person as Someone
from bot.dialogue.summary import Item
from bot.dialogue.tree import Question
from bot.dialogue.vocabulary import COLOURED, THEMES, Theme
from bot.handover import headings
from bot.handover.compose import compose
from bot.handover.entries import words_in
from bot.handover.first_talk import ABOUT_EACH, ABOUT_THESE, ALWAYS, OPEN, SO_MANY, wish
from bot.handover.page import DUTCH, Page
from bot.handover.pdf import page_pdf
from bot.handover.plain import as_text
from bot.handover.sheets import MOST_OURS, MOST_WORDS
from bot.library import authored_folders
from tests.handover import pages
from tests.handover.family_pages import (
    circle,
    empty,
    part,
    three_voices,
    three_wishes,
    told,
    wishing,
)
from tests.handover.test_pdf import Paper, paper, words_of
from tests.world import library

__all__ = ["paper"]


def tells(topic: Theme) -> Item:
    """An answer of which its author says that it tells ``topic``."""
    return replace(told("goed", "wat_speelt", "Zo is het."), tells=topic)


def asked(page: Page) -> list[Theme | str]:
    """The open questions of ``page``, by their topic where they have one."""
    topics = {words: topic for topic, words in OPEN.items()}
    return [topics.get(words, words) for words in page.open_questions]


OMA = circle(Someone("p1", "Oma", important=True))
OPA = circle(Someone("p1", "Opa", thinks_along=True))
STORY = told("vertel", "eigen_woorden", "Hij slaapt niet.")
COLOURED_STORY = replace(STORY, answer=replace(STORY.answer, signals=(COLOURED,)))

TABLE: tuple[tuple[Sequence[Item], Sequence[Theme | str]], ...] = (
    ((), ("verhaal", "erbij", "goed")),
    ((STORY,), ("erbij", "goed", "anders")),
    ((tells("erbij"),), ("verhaal", "goed", "anders")),
    ((STORY, OPA, tells("goed")), ("anders", "merkt", "helpt")),
    ((STORY, OMA), ("erbij", "goed", "anders")),
    ((told("goed", "gaat_goed", "Tekenen."),), ("verhaal", "erbij", "anders")),
    ((told("goed", "wat_speelt", "Ruzie."),), ("verhaal", "erbij", "goed")),
    ((COLOURED_STORY,), ("anders", "merkt", "erbij")),
    ((COLOURED_STORY, tells("anders")), ("merkt", "erbij", "goed")),
    ((COLOURED_STORY, tells("anders"), tells("merkt")), ("erbij", "goed", "helpt")),
    (tuple(tells(topic) for topic in THEMES[:8]), (*THEMES[8:], ALWAYS[0])),
    (tuple(tells(topic) for topic in THEMES), ALWAYS),
)


@pytest.mark.parametrize(("items", "questions"), TABLE)
def test_what_is_asked_is_what_is_not_told_yet(
    items: Sequence[Item], questions: Sequence[Theme | str]
) -> None:
    assert asked(part("parent", DUTCH, *items)) == list(questions)


@pytest.mark.parametrize("topic", THEMES)
def test_nothing_is_asked_that_was_told(topic: Theme) -> None:
    others = tuple(tells(other) for other in THEMES if other != topic)

    assert asked(part("parent", DUTCH, *others))[0] == topic
    assert topic not in asked(part("parent", DUTCH, *others, tells(topic)))


def test_what_any_voice_told_is_asked_of_nobody() -> None:
    page = compose([part("parent", DUTCH, STORY), part("young", DUTCH, tells("goed"), OPA)])

    assert asked(page) == ["anders", "merkt", "helpt"]


def test_there_are_always_three_each_another_and_few_words() -> None:
    for page in (empty(), compose(three_voices()), compose(three_wishes()), pages.overfull()):
        assert len(set(page.open_questions)) == SO_MANY
        assert all(words_in(words) <= 12 for words in page.open_questions)
        assert all(words.endswith("?") for words in page.open_questions)


def test_the_same_page_asks_the_same() -> None:
    assert compose(three_wishes()) == compose(three_wishes())


# --- What someone wants to talk about -----------------------------------------------------------

TALKS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("vertel",), "Je wilt praten over ‘Waar ik mee zit’. Wat is daarin het belangrijkst?"),
    (("vertel", "hoop"), ABOUT_THESE),
)


@pytest.mark.parametrize(("marked", "question"), TALKS)
def test_the_first_question_is_about_what_they_want_to_talk_about(
    marked: tuple[str, ...], question: str
) -> None:
    items = (COLOURED_STORY, told("hoop", "hoop", "Rust."))

    page = part("parent", DUTCH, *wishing(items, *marked))

    assert page.open_questions[0] == question
    assert asked(page)[1:] == ["anders", "merkt"]


def test_when_several_want_to_talk_all_are_asked_where_to_begin() -> None:
    assert compose(three_wishes()).open_questions[0] == ABOUT_EACH


def test_a_line_names_it_as_the_page_does() -> None:
    items = wishing((STORY, told("hoop", "hoop", "Rust."), tells("goed")), "vertel", "hoop", "goed")
    page = part("parent", DUTCH, *items)

    assert wish(page) == "Wil praten over: ‘Waar ik mee zit’, ‘Wat goed gaat’, ‘Wat ik hoop’."
    assert wish(page, 1) == "Wil praten over: ‘Waar ik mee zit’, en nog 2."
    assert wish(part("parent", DUTCH, STORY)) == ""


def test_on_a_shared_page_the_line_says_whose_wish_it_is() -> None:
    assert wish(compose(three_wishes()), 1) == (
        "Hierover praten: jongere (‘Wat fijn is’), ouder (‘Waar ik mee zit’, en nog 2),"
        " andere ouder (‘Wat ik hoop’, en nog 1)."
    )
    assert wish(compose(three_voices())) == ""


def test_the_text_says_so_at_each_of_them() -> None:
    text = as_text(part("parent", DUTCH, *wishing((STORY, OMA, tells("goed")), "vertel", "mensen")))

    assert "Waar ik mee zit:\n  💬 Hier wil ik over praten\n  | Hij slaapt niet.\n" in text
    assert "Wie wil meedenken:\n  💬 Hier wil ik over praten\n" in text
    assert text.count(headings.TALK_ABOUT) == 2
    assert "OPEN VRAGEN\n💬 Wil praten over: ‘Waar ik mee zit’, ‘Wie wil meedenken’.\n- " in text


@pytest.mark.parametrize(
    "page",
    [
        pages.ordinary(Circle(), "vertel", "zwaar", "hoop"),
        pages.overfull(talk_about=True),
        compose(three_wishes()),
    ],
    ids=["ordinary", "overfull", "three voices"],
)
def test_the_first_sheet_has_them_in_words_and_stays_one_a4(
    page: Page, paper: Paper, counted: Callable[[str], None]
) -> None:
    first, *rest = paper.sheets(page_pdf(page, pages.WORDS))

    marked = [item for section in page.sections for item in section.items if item.talk_about]
    counted(f"first sheet with {len(marked)} to talk about: {len(words_of(first))} words")
    assert len(words_of(first)) <= MOST_WORDS
    assert "praten:" in first or "praten over:" in first
    # What found no place on the first sheet, or was cut there, is marked where it stands whole.
    assert " ".join([first, *rest]).count(headings.TALK_ABOUT_ON_PAPER) >= len(marked)
    assert first.count(headings.TALK_ABOUT_ON_PAPER) > 0


def test_what_is_marked_stays_longest_where_room_is_scarce(paper: Paper) -> None:
    page = compose(three_wishes())

    first, *_ = paper.sheets(page_pdf(page, pages.WORDS))

    assert "(blad" in first
    assert first.count(headings.TALK_ABOUT_ON_PAPER) == 6


def test_one_wish_leaves_the_words_of_ours_few(paper: Paper) -> None:
    page = pages.ordinary(Circle(), "hoop")
    theirs = [item for section in page.sections for item in section.items]

    first, *_ = paper.sheets(page_pdf(page, pages.WORDS))

    told_words = sum(words_in(f"{item.dutch or ''} {item.original or ''}") for item in theirs)
    assert len(words_of(first)) - told_words <= MOST_OURS


# --- What the authors wrote ---------------------------------------------------------------------

BY_MARKS: set[Theme] = {"erbij", "belangrijk"}
"""What a circle tells."""

AUTHORED: tuple[tuple[str, set[Theme]], ...] = (
    ("ouder", set(THEMES) - BY_MARKS),
    ("jongere", set(THEMES) - BY_MARKS - {"merkt"}),
    ("ander", {"verhaal", "goed", "anders", "helpt", "hoop"}),
    ("kind", {"verhaal", "goed", "hoop", "belangrijk"}),
)


def test_the_manual_tells_which_question_falls_away() -> None:
    manual = authored_folders().dialogues.joinpath("README.md").read_text("utf-8")
    rows = [f"| `{topic}` | {words} |" for topic, words in OPEN.items()]

    assert "\n".join(rows) in manual
    assert tuple(OPEN) == THEMES


@pytest.mark.parametrize(("name", "topics"), AUTHORED)
def test_our_dialogues_say_what_their_questions_tell(name: str, topics: set[Theme]) -> None:
    nodes = library().dialogues[name].nodes.values()

    assert {node.tells for node in nodes if isinstance(node, Question) and node.tells} == topics
