"""In the picture nothing stands over anything else, and nothing falls outside it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations
from math import hypot

import pytest

from bot.dialogue.circle import Circle, Person
from bot.handover import figure
from bot.handover.cards import MARKS, Card, marks_of
from bot.handover.figure import figure_of
from bot.handover.geometry import Box, Oval
from bot.handover.layout import EDGE, SIDE, Drawing, lay_out, samples
from bot.handover.picture import measured
from bot.handover.room import GAP
from bot.handover.visible import one_line
from tests.handover.circles import (
    ARABIC,
    DUTCH,
    LATIN_NAMES,
    full_circle,
    random_circle,
    some_circle,
)

RANDOM_CIRCLES = 300
ROUNDING = 1e-6

PAGE = Box(EDGE, EDGE, SIDE - 2 * EDGE, SIDE - 2 * EDGE)

LONGEST = {
    "words": "de moeder van Sophie-Charlotte, groep 8b",
    "one word": "Wolfeschlegelsteinhausenbergerdorffstein",
    "wide": "W" * 40,
    "Arabic": "المعلمة فاطمة الزهراء من المدرسة الكبيرة"[:40],
    "Ethiopic": "መምህርት ሃይማኖት ገብረእግዚኣብሄር ወልደሚካኤል ኣስመላሽ"[:40],
    "Cyrillic": "Вчителька Олександра Миколаївна Шевченко"[:40],
}


@cache
def drawing_of(circle: Circle, *, right_to_left: bool = False) -> Drawing:
    words = ARABIC if right_to_left else DUTCH
    inks = measured(samples(circle, words))
    return lay_out(circle, words, inks, right_to_left=right_to_left)


def holds(outer: Box, inner: Box) -> bool:
    return (
        outer.x - ROUNDING <= inner.x
        and outer.y - ROUNDING <= inner.y
        and inner.right <= outer.right + ROUNDING
        and inner.bottom <= outer.bottom + ROUNDING
    )


def is_inside(oval: Oval, box: Box) -> bool:
    x, y = box.middle
    u = (abs(x - oval.x) + box.width / 2) / oval.across
    v = (abs(y - oval.y) + box.height / 2) / oval.down
    return hypot(u, v) <= 1 + ROUNDING


def is_outside(oval: Oval, box: Box) -> bool:
    x, y = box.middle
    u = max(abs(x - oval.x) - box.width / 2, 0.0) / oval.across
    v = max(abs(y - oval.y) - box.height / 2, 0.0) / oval.down
    return hypot(u, v) >= 1 - ROUNDING


def overlap(boxes: Iterable[Box]) -> bool:
    return any(not one.clear_of(other, -ROUNDING) for one, other in combinations(boxes, 2))


def what_is_wrong(circle: Circle, drawing: Drawing, page: Box = PAGE) -> Iterator[str]:
    """Everything that is not where it may be, or not there."""
    whole = {f"card {number}": card.box for number, card in enumerate(drawing.cards)}
    whole |= {f"label {number}": label.box for number, label in enumerate(drawing.labels)}
    whole["legend"] = drawing.legend.box
    for (one, box), (other, other_box) in combinations(whole.items(), 2):
        if overlap((box, other_box)):
            yield f"{one} stands over {other}"
    for card, other_card in combinations(drawing.cards, 2):
        if not card.box.clear_of(other_card.box, GAP - ROUNDING):
            yield "two cards stand too close to each other"
    for name, box in whole.items():
        if not holds(page, box):
            yield f"{name} falls outside"
        if not is_outside(drawing.centre, box):
            yield f"{name} stands over the middle"
    yield from what_is_wrong_with_the_words_around(drawing)
    for number, (person, card) in enumerate(zip(circle.people, drawing.cards, strict=True)):
        if not is_where_told(person, card.box, drawing):
            yield f"card {number} stands in another place than was told"
        for wrong in what_is_wrong_with_the_card(card, person):
            yield f"card {number}: {wrong}"


def what_is_wrong_with_the_card(card: Card, person: Person) -> Iterator[str]:
    parts = [line.box for line in card.lines] + [mark.box for mark in card.marks]
    if not all(holds(card.box, part) for part in parts):
        yield "something falls off"
    if overlap(parts):
        yield "something stands over something else"
    name = "".join(line.text for line in card.lines if line.bold)
    if name.replace(" ", "") != one_line(person.name).replace(" ", ""):
        yield "the name is not whole"
    if {mark.kind for mark in card.marks} != set(marks_of(person)) - {"not_asked"}:
        yield "there are other marks than was told"


def what_is_wrong_with_the_words_around(drawing: Drawing) -> Iterator[str]:
    legend = drawing.legend
    shown = [mark.box for mark in legend.marks] + [line.box for line in legend.lines]
    if overlap(shown):
        yield "something in the legend stands over something else"
    if not all(holds(legend.box, box) for box in shown):
        yield "something falls out of the legend"
    for label in drawing.labels:
        if not holds(label.box, label.line.box):
            yield "what a ring is called falls out of its box"
    if not all(is_inside(drawing.centre, line.box) for line in drawing.centre_lines):
        yield "the word in the middle falls out of its dot"


def is_where_told(person: Person, box: Box, drawing: Drawing) -> bool:
    match person.near:
        case True:
            return is_inside(drawing.near, box) and is_outside(drawing.centre, box)
        case False:
            return is_inside(drawing.far, box) and is_outside(drawing.near, box)
        case None:
            return drawing.waiting is not None and holds(drawing.waiting, box)


DRAWN: Counter[str] = Counter()


@pytest.fixture(scope="module", autouse=True)
def _told() -> Iterator[None]:
    """Say how much was drawn and held against each other, for who asks for it with ``-s``."""
    yield
    counts = ", ".join(f"{number} {what}" for what, number in DRAWN.items())
    print(f"\nrandom circles: {counts}", end="")


def counts(where: str, drawing: Drawing, wrong: list[str]) -> None:
    boxes = len(drawing.cards) + len(drawing.labels) + 1
    DRAWN[f"drawn {where}"] += 1
    DRAWN[f"pairs of boxes {where}"] += boxes * (boxes - 1) // 2
    DRAWN[f"mistakes {where}"] += len(wrong)


@pytest.mark.parametrize("seed", range(RANDOM_CIRCLES))
def test_nothing_overlaps_falls_outside_or_is_lost_in_a_random_circle(seed: int) -> None:
    circle = random_circle(seed)

    right_to_left = seed % 3 == 0
    drawing = drawing_of(circle, right_to_left=right_to_left)
    wrong = list(what_is_wrong(circle, drawing))
    counts("as a picture", drawing, wrong)
    assert wrong == []


@pytest.mark.parametrize("seed", range(0, RANDOM_CIRCLES, 5))
def test_on_paper_nothing_overlaps_falls_outside_or_is_lost_either(seed: int) -> None:
    circle = random_circle(seed)

    drawing = figure_of(circle, DUTCH).drawing
    page = Box(figure.EDGE, figure.EDGE, SIDE - 2 * figure.EDGE, drawing.height - 2 * figure.EDGE)
    wrong = list(what_is_wrong(circle, drawing, page))
    counts("on paper", drawing, wrong)
    assert wrong == []
    assert all(line.bold for card in drawing.cards for line in card.lines)


def test_on_paper_a_circle_is_no_higher_than_its_people_need() -> None:
    few, long, many = (
        figure_of(Circle(people), DUTCH).drawing
        for people in (
            full_circle("Oma", near=True).people[:8],
            full_circle(LONGEST["words"], near=True).people[:8],
            full_circle("Oma", near=True).people,
        )
    )

    assert few.height < long.height < many.height == SIDE
    assert min(line.size for card in long.cards for line in card.lines) >= figure.LEGIBLE


@pytest.mark.parametrize("near", [True, False, None])
@pytest.mark.parametrize("name", LONGEST.values(), ids=LONGEST)
def test_twenty_of_the_longest_names_in_one_place_fit_and_can_be_read(
    name: str, *, near: bool | None
) -> None:
    circle = full_circle(name, near=near)

    drawing = drawing_of(circle)
    assert not list(what_is_wrong(circle, drawing))
    assert min(line.size for card in drawing.cards for line in card.lines) >= 12


@pytest.mark.parametrize("count", [0, 1, 60, 600])
def test_nobody_one_person_or_far_more_than_anyone_names_is_a_drawing_too(count: int) -> None:
    people = (Person(str(number), f"nicht {number}", near=True) for number in range(count))
    circle = Circle(tuple(people))

    assert not list(what_is_wrong(circle, drawing_of(circle)))


def test_the_same_circle_is_drawn_the_same_each_time() -> None:
    circle = random_circle(7)
    inks = measured(samples(circle, DUTCH))

    first, second = (lay_out(circle, DUTCH, inks, right_to_left=False) for _ in range(2))
    assert first == second


def test_for_who_reads_from_the_right_the_picture_is_mirrored_and_names_are_not() -> None:
    circle = random_circle(8)
    inks = measured(samples(circle, DUTCH))

    left, right = (lay_out(circle, DUTCH, inks, right_to_left=way) for way in (False, True))
    for one, other in zip(left.cards, right.cards, strict=True):
        assert other.box.x == pytest.approx(SIDE - one.box.right)
        assert [line.text for line in other.lines] == [line.text for line in one.lines]
        kinds = [mark.kind for mark in sorted(other.marks, key=lambda mark: mark.box.x)]
        assert kinds == [mark.kind for mark in one.marks][::-1]
    for mark, other_mark in zip(left.legend.marks, right.legend.marks, strict=True):
        assert other_mark.box.x == pytest.approx(SIDE - mark.box.right)


def test_a_name_reads_in_its_own_direction_in_any_picture() -> None:
    names = {"فاطمة (الجارة)": True, "juf فاطمة": False, "Надія": False, "ኣደይ": False, "12": False}
    people = (Person(name, name, near=True, asked=True) for name in names)

    for card, right_to_left in zip(
        drawing_of(Circle(tuple(people))).cards, names.values(), strict=True
    ):
        assert {line.right_to_left for line in card.lines} == {right_to_left}


def test_the_legend_lists_only_the_marks_that_occur() -> None:
    asked = Person("1", "Oma", near=True, asked=True)
    for circle, shown in (
        (Circle(), []),
        (Circle((asked,)), []),
        (Circle((Person("1", "Oma", gives=True),)), ["gives"]),
        (Circle((Person("1", "Oma", gives=True, asked=False),)), ["gives", "not_asked"]),
        (full_circle("Oma", near=True), list(MARKS)),
    ):
        legend = drawing_of(circle).legend

        assert [mark.kind for mark in legend.marks] == shown
        assert [line.text for line in legend.lines] == [DUTCH[f"picture_{it}"] for it in shown]


def test_who_was_not_asked_has_a_small_word_as_long_as_it_can_be_read() -> None:
    few, many = (
        drawing_of(Circle(full_circle("buurvrouw Ria", near=True).people[:count]))
        for count in (2, 20)
    )

    small = [line for card in few.cards for line in card.lines if not line.bold]
    assert " ".join(line.text for line in small).count("gevraagd") == 2
    assert min(line.size for line in small) >= 16
    assert all(line.bold for card in many.cards for line in card.lines)
    assert all(card.not_asked for card in many.cards)


def test_the_names_of_few_people_have_larger_letters() -> None:
    names = [drawing_of(some_circle(count, LATIN_NAMES, 3)).cards[0].lines[0] for count in (1, 8)]

    assert names[0].size > 1.3 * names[1].size


def test_a_place_for_who_has_none_yet_is_there_only_when_somebody_has_none() -> None:
    placed, unplaced = (
        drawing_of(Circle((Person("1", "Oma", near=near),))) for near in (True, None)
    )

    assert placed.waiting is None
    assert [label.line.text for label in placed.labels] == ["Verder weg", "Heel dichtbij"]
    assert unplaced.waiting is not None
    assert [label.line.text for label in unplaced.labels][2:] == ["Nog geen plek"]


def test_words_of_a_language_with_long_ones_have_room_too() -> None:
    long = {word: f"{text} " * 4 for word, text in DUTCH.items()}
    longest = dict.fromkeys(DUTCH, "onafgebrokenwoord" * 6)
    circle = Circle(full_circle("Oma", near=True).people[:6] + random_circle(3).people)
    for words in (long, longest):
        inks = measured(samples(circle, words))

        drawing = lay_out(circle, words, inks, right_to_left=False)
        assert not list(what_is_wrong(circle, drawing))


def test_many_very_close_and_many_without_a_place_leave_room_for_what_rings_are_called() -> None:
    near = full_circle(LONGEST["words"], near=True).people[:12]
    waiting = full_circle(LONGEST["words"], near=None).people[:16]
    circle = Circle(near + waiting)

    assert not list(what_is_wrong(circle, drawing_of(circle)))


def test_no_name_shows_in_a_log_of_what_was_drawn() -> None:
    circle = Circle((Person("1", "Fatima", near=True),))

    assert "Fatima" not in repr(drawing_of(circle))
    assert "Fatima" not in repr(samples(circle, DUTCH))
