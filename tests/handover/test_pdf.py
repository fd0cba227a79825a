"""The page on paper: one A4 first, everything complete, whatever was typed."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue import circle as circles
from bot.dialogue.answers import Chosen, Counted, Named, Person, Reached
from bot.dialogue.circle import Circle
from bot.dialogue.summary import Item
from bot.handover import headings
from bot.handover.figure import figure_of
from bot.handover.in_words import alternative
from bot.handover.page import Page
from bot.handover.pdf import NO_LETTER, Pdf, page_pdf
from bot.handover.sheets import MOST_WORDS
from tests.handover import pages
from tests.handover.circles import (
    ARABIC_NAMES,
    LATIN_NAMES,
    MIXED_NAMES,
    full_circle,
    some_circle,
)
from tests.handover.test_page import a_page
from tests.web.desk_house import A_STORY, item, told

A4 = "595.276 x 841.89 pts (A4)"
RIGHT_EDGE = 595.276 - 19 / 25.4 * 72

LONG = " ".join(f"woord{number}" for number in range(900))

PANICKING = "\u0644\u06e1\u200d"
"""Typst 0.15 panics on this, a letter with an accent that no font has, in a line of Dutch."""


@pytest.fixture(autouse=True)
def paper(tmp_path: Path) -> "Paper":
    return Paper(tmp_path / "page.pdf")


class Paper:
    """What poppler reads in a PDF."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def facts(self, made: Pdf, *options: str) -> str:
        return self._run("pdfinfo", made, *options)

    def sheets(self, made: Pdf) -> list[str]:
        """What can be copied from each sheet, its lines joined."""
        text = self._run("pdftotext", made, "-", "-raw")
        return [" ".join(sheet.split()) for sheet in text.split("\f")[:-1]]

    def edges(self, made: Pdf) -> list[float]:
        """Where each word ends, from the left."""
        found = re.findall(r'xMax="([0-9.]+)"', self._run("pdftotext", made, "-", "-bbox"))
        return [float(edge) for edge in found]

    def images(self, made: Pdf) -> list[str]:
        """What is drawn dot by dot in it."""
        return self._run("pdfimages", made, "-list").splitlines()[2:]

    def _run(self, program: str, made: Pdf, *arguments: str) -> str:
        command = shutil.which(program)
        assert command, f"{program} is missing: install poppler-utils"
        self.file.write_bytes(made.body)
        done = subprocess.run([command, self.file, *arguments], capture_output=True, check=True)
        return done.stdout.decode()


def printed(page: Page, delete_after: int | None = None) -> Pdf:
    """The PDF of ``page``, with the words of the drawing in Dutch."""
    return page_pdf(page, pages.WORDS, delete_after)


def words_of(text: str) -> list[str]:
    """What a reader counts as words."""
    return [word for word in text.split() if any(sign.isalnum() for sign in word)]


def told_of(*texts: str, language: str = "nl") -> list[Item]:
    """Each of ``texts`` as the answer to a question of its own."""
    return [told(text, language, f"vraag{number}") for number, text in enumerate(texts)]


# --- As it is on most days ----------------------------------------------------------------------


@pytest.mark.parametrize("story", [(), A_STORY], ids=["nothing told", "a story"])
def test_an_ordinary_page_is_one_a4_that_says_which_standards_it_follows(
    story: Sequence[Item], paper: Paper
) -> None:
    page = a_page(*story)

    made = printed(page)

    facts = paper.facts(made)
    assert made.is_standard
    assert re.search(r"^Pages: +1$", facts, re.MULTILINE)
    assert re.search(r"^Tagged: +yes$", facts, re.MULTILINE)
    assert A4 in facts
    assert f"Samenspraak {page.code}" in facts
    assert b"<pdfuaid:part>1<" in made.body
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A<" in made.body
    assert b"/DisplayDocTitle true" in made.body


def test_everything_that_was_told_is_on_it(paper: Paper) -> None:
    page = a_page(*A_STORY)

    (sheet,) = paper.sheets(printed(page))

    for words in (
        "Over wie het gaat Over mijn kind Çocuğum hakkında",
        "Waar je mee zit Uyuyamıyor. Okula gitmek istemiyor. Ben de çok yoruldum.",
        "Hier wil ik over praten Slapen Uyku School Okul",
        "Hoe zeker je bent (0 tot 10) 4",
        "Telefoon 06 12 34 56 78",
        "Kind of jongere: nog niet gehoord.",
        "Nog niet gehoord: andere ouder.",
        *page.open_questions,
        headings.bare(["hoop", "kring"]),
        headings.UNSAFE_UNSAID,
        headings.NO_DIAGNOSIS,
        headings.consent("Wijkteam Noord"),
        "Ingevuld door ouder of verzorger, Turks, knoppen en eigen woorden",
        "Gekomen 21 november 2025",
    ):
        assert words in sheet, words


def test_when_it_goes_is_on_it(paper: Paper) -> None:
    page = a_page(*A_STORY)

    assert "Wordt gewist 30 dagen na antwoord" in paper.sheets(printed(page))[0]
    assert "Wordt gewist op 22 november 2025." in paper.sheets(printed(page, page.came + 86_400))[0]


def test_our_own_words_leave_the_sheet_to_the_family(paper: Paper) -> None:
    """At most 150 words of ours (promises, S11), as the text of a page has them."""
    page = a_page(*A_STORY, told("Samen eten.", question="hoop"))
    theirs = [one for part in page.sections for one in part.items]

    (sheet,) = paper.sheets(printed(page))

    told_words = sum(
        len(words_of(f"{one.heading} {one.dutch or ''} {one.original or ''}")) for one in theirs
    )
    in_the_tongue = 3 * sum(one.own_words and one.language != "nl" for one in theirs)
    assert len(words_of(sheet)) - told_words - in_the_tongue <= 150


def test_the_same_page_gives_the_same_file_and_it_shows_nothing_in_a_repr() -> None:
    page = a_page(*A_STORY)

    assert printed(page) == printed(page)
    assert "Uyuyam" not in repr(printed(page))


def test_several_people_may_want_one_at_once() -> None:
    pages = [a_page(told(f"Gezin {number}")) for number in range(6)]

    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(printed, pages)) == [printed(page) for page in pages]


# --- For who cannot see it ----------------------------------------------------------------------


def test_headings_go_down_one_step_at_a_time_and_start_at_the_first(paper: Paper) -> None:
    made = printed(a_page(*A_STORY, told(LONG)))

    steps = [int(step) for step in re.findall(r"^ *H(\d) ", paper.facts(made, "-struct"), re.M)]
    assert steps[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(steps))
    assert steps.count(1) == 1
    sections = {one.section for one in A_STORY} | {"veiligheid"}
    # What is empty stands together; then come the questions, and what is whole further on.
    assert steps.count(2) == len(sections) + 3
    assert {3, 4} <= set(steps)


def test_own_words_are_a_quote_in_the_language_they_were_said_in(paper: Paper) -> None:
    made = printed(
        a_page(told("Rustig", "nl"), told("هادئ", "ar", "wens"), told("?", "xx", "goed"))
    )

    assert made.is_standard
    assert paper.facts(made, "-struct").count("BlockQuote") == 3
    assert made.body.count(b"/Lang(nl)") == 1
    assert made.body.count(b"/Lang(ar)") == 1
    assert b"/Lang(xx)" not in made.body


def test_every_script_can_be_copied_from_it(paper: Paper) -> None:
    words = [
        "نحن متعبون",
        "ما خسته ایم",
        "ንሕና ደኺምና",
        "Ми втомились",
        "Biz yorulduk",
        "Jesteśmy zmęczeni",
    ]

    made = printed(a_page(*told_of(*words)))

    text = " ".join(paper.sheets(made))
    assert made.is_standard
    for word in " ".join(words).split():
        assert word in text, word


def test_what_can_be_copied_has_no_signs_that_were_not_typed(paper: Paper) -> None:
    address = "https://www.school.example/" + "groep-acht/" * 9

    made = printed(a_page(told(address), item("adres", "kring", Reached(address))))

    (sheet,) = paper.sheets(made)
    assert sheet.replace(" ", "").count(address) == 2
    assert "\u200b" not in sheet


# --- The circle, drawn --------------------------------------------------------------------------

CIRCLES = {
    "one": some_circle(1, LATIN_NAMES, 1),
    "three": some_circle(3, LATIN_NAMES, 3),
    "eight in three scripts": some_circle(8, MIXED_NAMES, 5),
    "eight in Arabic": some_circle(8, ARABIC_NAMES, 4),
}


def alternatives(made: Pdf) -> list[str]:
    """What each figure in it says in words."""
    found = re.findall(rb"/Alt<([0-9A-F]+)>", made.body)
    return [bytes.fromhex(text.decode()).decode("utf-16") for text in found]


@pytest.mark.parametrize("circle", CIRCLES.values(), ids=CIRCLES)
def test_the_circle_is_drawn_on_the_first_sheet_when_it_fits_there(
    circle: Circle, paper: Paper
) -> None:
    made = printed(pages.a_page(pages.people(circle)))

    (sheet,) = paper.sheets(made)
    assert made.is_standard
    assert len(words_of(sheet)) <= MOST_WORDS
    assert "Heel dichtbij" in sheet
    assert "Getekend: blad" not in sheet
    for name in {word for person in circle.people for word in person.name.split()}:
        assert sheet.count(name) >= 2, name


@pytest.mark.parametrize(
    "circle", [*CIRCLES.values(), some_circle(20, LATIN_NAMES, 20)], ids=[*CIRCLES, "twenty"]
)
def test_the_circle_is_a_drawing_of_lines_that_says_the_same_in_words(
    circle: Circle, paper: Paper
) -> None:
    made = printed(pages.ordinary(circle))

    assert made.is_standard
    assert alternatives(made) == [alternative(circle, pages.WORDS)]
    assert paper.facts(made, "-struct").count("Figure") == 1
    assert paper.images(made) == []


def test_a_circle_that_does_not_fit_stands_at_the_head_of_the_second_sheet(paper: Paper) -> None:
    circle = some_circle(8, LATIN_NAMES, 8)

    first, second = paper.sheets(printed(pages.ordinary(circle)))

    assert "(blad" not in first
    assert "Getekend: blad 2." in first
    assert "Heel dichtbij" not in first
    assert "De kring, getekend" in second
    for person in circle.people:
        assert f"{person.name}: " in first
        assert person.name in second


def test_no_word_is_cut_on_the_first_sheet_to_make_room_for_the_circle(paper: Paper) -> None:
    first, second, *_ = paper.sheets(printed(pages.overfull()))

    assert len(words_of(first)) <= MOST_WORDS
    assert "Getekend: blad 2." in first
    assert second.index("De kring, getekend") < second.index("Voluit")


def test_the_drawing_adds_few_words_of_ours_and_they_count(paper: Paper) -> None:
    circle = some_circle(3, LATIN_NAMES, 3)
    names = sum(len(words_of(person.name)) for person in circle.people)

    figure = figure_of(circle, pages.WORDS)
    (sheet,) = paper.sheets(printed(pages.a_page(pages.people(circle))))

    _, drawn = sheet.split("al gevraagd", 1)
    drawn, _ = drawn.split("Nog leeg", 1)
    assert figure.words == len(words_of(drawn))
    assert figure.words - names <= 20


def test_a_page_without_people_has_no_drawing_and_no_word_of_one(paper: Paper) -> None:
    made = printed(pages.ordinary(Circle()))

    assert "Figure" not in paper.facts(made, "-struct")
    assert "etekend" not in " ".join(paper.sheets(made))


def test_the_longest_names_and_more_people_than_anyone_names_fit_on_a_sheet(paper: Paper) -> None:
    long = full_circle("de moeder van Sophie-Charlotte, groep 8b", near=None)
    crowd = Circle(long.people * 5)

    for circle in (long, crowd):
        made = printed(pages.a_page(pages.people(circle)))

        assert made.is_standard
        assert max(paper.edges(made)) < RIGHT_EDGE + 0.5
        assert paper.sheets(made)[1].count("Nog geen plek") == 1


@pytest.mark.parametrize("name", ["汉字", PANICKING, "\ue000 \u202eoma", "\ud83d x", "a\u0302" * 9])
def test_no_name_stops_the_pdf(name: str, paper: Paper) -> None:
    circle = Circle((circles.Person("p1", name, near=True), circles.Person("p2", "Oma", near=True)))

    made = printed(pages.a_page(pages.people(circle)))

    assert "Oma" in " ".join(paper.sheets(made))
    assert made.is_standard == (name not in ("汉字", PANICKING))


# --- When more was told than fits ---------------------------------------------------------------


def test_own_words_that_do_not_fit_are_cut_visibly_and_complete_on_the_sheets_after(
    paper: Paper,
) -> None:
    made = printed(a_page(told(LONG), *A_STORY))

    first, *others = paper.sheets(made)
    rest = " ".join(others)
    assert made.is_standard
    assert len(words_of(first)) <= MOST_WORDS
    shown = re.search(r"woord(\d+) … \(blad 2\)", first)
    assert shown is not None
    assert int(shown[1]) > 100
    assert "Voluit" in rest
    assert re.findall(r"woord\d+", rest) == LONG.split()


def test_a_sheet_on_which_something_is_cut_is_nearly_full(paper: Paper) -> None:
    first, *_ = paper.sheets(printed(a_page(told(LONG))))

    assert MOST_WORDS * 0.85 <= len(words_of(first)) <= MOST_WORDS


def test_a_short_text_stays_whole_beside_a_long_one(paper: Paper) -> None:
    short = "Hij lacht weer af en toe, en dat is lang geleden."

    first, *others = paper.sheets(printed(a_page(told(LONG), told(short, question="goed"))))

    assert short in first
    assert short not in " ".join(others)


def test_lines_take_room_too(paper: Paper) -> None:
    lines = "\n".join(f"regel{number}" for number in range(150))

    first, *others = paper.sheets(printed(a_page(told(lines), *A_STORY)))

    assert "(blad 2)" in first
    assert headings.CHANGING in first
    assert re.findall(r"regel\d+", " ".join(others)) == lines.split()


def test_a_mark_names_the_sheet_where_the_rest_is(paper: Paper) -> None:
    first, *others = paper.sheets(printed(a_page(told(LONG), told(LONG.upper(), question="hoop"))))

    places = [int(place) for place in re.findall(r"… \(blad (\d+)", first)]
    assert len(places) == 2
    for place, beginning in zip(places, ("woord0 woord1", "WOORD0 WOORD1"), strict=True):
        assert beginning in others[place - 2]


def test_when_too_much_was_chosen_own_words_stay_and_everything_is_on_the_sheets_after(
    paper: Paper,
) -> None:
    unknown = [
        item(f"vraag{number}", "wat_speelt", Chosen(tuple(f"keuze{number}x{n}" for n in range(12))))
        for number in range(40)
    ]
    safe = item("veilig", "veiligheid", Chosen(("thuis", "buiten")))

    first, *others = paper.sheets(printed(a_page(safe, told("Zo zit dat."), *unknown)))

    rest = " ".join(others)
    assert len(words_of(first)) <= MOST_WORDS
    assert "thuis" in first
    assert "buiten" in first
    assert "Zo zit dat." in first
    assert "(blad 2)" in first
    for number in range(40):
        assert all(f"keuze{number}x{n}" in f"{first} {rest}" for n in range(12))


def test_nothing_runs_off_the_sheet(paper: Paper) -> None:
    made = printed(a_page(told("W" * 300), *told_of("a" * 99, "é" * 99, "\u202e" * 40)))

    assert max(paper.edges(made)) < RIGHT_EDGE + 0.5


# --- Whatever was typed -------------------------------------------------------------------------


def test_a_character_without_a_letter_stops_no_page_and_is_told(paper: Paper) -> None:
    made = printed(a_page(told("汉字 en gewone woorden")))

    (sheet,) = paper.sheets(made)
    assert not made.is_standard
    assert "gewone woorden" in sheet
    assert NO_LETTER in sheet
    assert b"pdfuaid:part>1" not in made.body


def test_a_page_that_typst_panics_on_is_spelled_out(paper: Paper) -> None:
    page = a_page(told("Rustig"), item("bellen", "praktisch", Reached(PANICKING)))

    made = printed(page)

    (sheet,) = paper.sheets(made)
    assert not made.is_standard
    assert "Rustig" in sheet
    assert "U+06E1" in sheet
    assert NO_LETTER in sheet


def test_what_cannot_be_seen_is_shown_and_does_nothing(paper: Paper) -> None:
    made = printed(a_page(told("rustig \u202eniet\u202c\ue000 \x00"), *told_of("\ud83d x")))

    (sheet,) = paper.sheets(made)
    assert made.is_standard
    assert re.search(r"rustig U\+202E ?niet ?U\+202C ?U\+E000 ?U\+0000", sheet)


def test_nothing_that_was_typed_is_read_as_a_template(paper: Paper) -> None:
    words = '#panic(1) *x* $y$ = z `a` @b <c> \\d #read("/etc/passwd")'

    (sheet,) = paper.sheets(printed(a_page(told(words), item("naam", "kring", Reached(words)))))

    assert sheet.count(words) == 2


def test_a_name_keeps_its_direction_and_turns_nothing_around_it(paper: Paper) -> None:
    person = circles.Person("p1", "أمي", near=True)
    who = Item(
        "kring", "ouder/kring", "kring", Named((Person("p1", "أمي"),)), circle=Circle((person,))
    )

    made = printed(a_page(who))

    (sheet,) = paper.sheets(made)
    assert made.is_standard
    assert "أمي" in sheet
    assert "U+2068" not in sheet


@settings(max_examples=40)
@given(st.lists(st.text(st.characters(), max_size=400), max_size=4), st.text(st.characters()))
def test_nothing_anyone_can_type_stops_a_pdf(texts: list[str], line: str) -> None:
    page: Page = a_page(
        *told_of(*texts), item("bellen", "praktisch", Reached(line)), item("x", "hoop", Counted(3))
    )

    assert printed(page).body.startswith(b"%PDF-")
