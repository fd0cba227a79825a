"""A dialogue on one sheet: everything is on it, nothing overlaps, nothing runs through a box.

``python -m tests.authoring.test_chart FOLDER`` writes the drawing of every dialogue there.
"""

import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.authoring.chart import Chart, Placed, chart
from bot.authoring.drawing import svg
from bot.authoring.layers import crossings, layers
from bot.authoring.measuring import broken, width_of
from bot.authoring.placing import nearest
from bot.authoring.tracks import Point
from bot.authoring.wordings import InDutch, ways
from bot.dialogue.tree import Choice, Dialogue, Ending, Node, Route
from bot.library import Library
from tests import world
from tests.authoring import small

NAMES = sorted(world.library().dialogues)


@pytest.fixture(scope="module")
def books() -> Library:
    return world.library()


def drawn(books: Library, name: str) -> Chart:
    return chart(InDutch(books.dialogues[name], books.texts, books.values(None)))


class Marks(HTMLParser):
    """What a drawing says of itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.nodes: set[str] = set()
        self.routes: set[tuple[str, int, str]] = set()
        self.words: list[str] = []
        self.root: dict[str, str | None] = {}
        self.feed(text)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given_ = dict(attrs)
        self.root = self.root or given_
        if "data-stap" in given_:
            self.nodes.add(given_["data-stap"] or "")
        if "data-weg" in given_:
            number = int(given_["data-weg"] or 0)
            self.routes.add((given_["data-van"] or "", number, given_["data-naar"] or ""))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def overlapping(sheet: Chart) -> list[tuple[str, str]]:
    return [
        (one.box.id, other.box.id)
        for one, other in combinations(sheet.boxes, 2)
        if one.x < other.right
        and other.x < one.right
        and one.y < other.bottom
        and other.y < one.bottom
    ]


def through_boxes(sheet: Chart) -> Iterator[tuple[str, str, str]]:
    """Each route that runs through a box; where it leaves and enters is the edge of one."""
    for arrow in sheet.arrows:
        for one, other in pairwise(arrow.points):
            for placed in sheet.boxes:
                if crosses(one, other, placed):
                    yield arrow.source, arrow.to, placed.box.id


def crosses(one: Point, other: Point, placed: Placed) -> bool:
    left, right = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    return (
        left < placed.right - 1
        and right > placed.x + 1
        and top < placed.bottom - 1
        and bottom > placed.y + 1
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_node_and_every_route_is_in_the_drawing(name: str, books: Library) -> None:
    dialogue = books.dialogues[name]
    marks = Marks(svg(drawn(books, name)))

    assert marks.nodes == set(dialogue.nodes)
    assert marks.routes == {
        (node.id, number, route.to)
        for node in dialogue.nodes.values()
        for number, route in ways(node)
    }


@pytest.mark.parametrize("name", NAMES)
def test_no_box_overlaps_another_and_no_route_runs_through_one(name: str, books: Library) -> None:
    sheet = drawn(books, name)

    assert overlapping(sheet) == []
    assert list(through_boxes(sheet)) == []


@pytest.mark.parametrize("name", NAMES)
def test_everything_lies_on_the_sheet(name: str, books: Library) -> None:
    sheet = drawn(books, name)

    for placed in sheet.boxes:
        assert 0 < placed.x < placed.right < sheet.width
        assert 0 < placed.y < placed.bottom < sheet.height
    for arrow in sheet.arrows:
        assert all(0 < x < sheet.width and 0 < y < sheet.height for x, y in arrow.points)


@pytest.mark.parametrize("name", NAMES)
def test_an_arrow_goes_from_the_bottom_of_its_box_to_the_top_of_the_next(
    name: str, books: Library
) -> None:
    sheet = drawn(books, name)
    boxes = {placed.box.id: placed for placed in sheet.boxes}

    for arrow in sheet.arrows:
        source, to = boxes[arrow.source], boxes[arrow.to]
        assert arrow.points[0][1] == pytest.approx(source.bottom)
        assert source.x < arrow.points[0][0] < source.right
        assert arrow.points[-1][1] == pytest.approx(to.y)
        assert to.x < arrow.points[-1][0] < to.right


def test_a_screen_reader_hears_what_the_drawing_is_and_every_step() -> None:
    sheet = drawn(small.library(), "proef")
    marks = Marks(svg(sheet))
    read = " ".join(marks.words)

    assert marks.root["lang"] == "nl"
    assert marks.root["aria-labelledby"] == "titel uitleg"
    assert "13 stappen en 15 wegen. Het gesprek begint bij waarheid/welkom" in read
    assert "kies wat past, zwaar: Wat is nu zwaar?" in read
    assert "van zwaar naar dichtbij: ‘Niet veilig’" in read


def test_what_is_apart_about_a_step_stands_in_words_and_not_in_colour_alone() -> None:
    boxes = {placed.box.id: placed.box for placed in drawn(small.library(), "proef").boxes}

    assert boxes["waarheid/welkom"].marks == ("hulp",)
    assert boxes["waarheid/begin"].marks == ("niet over te slaan",)
    assert boxes["waarheid/begin"].block_name == "waarheid"
    assert boxes["veilig"].marks == ("veiligheid", "niet over te slaan")
    assert boxes["sturen"].marks == ("toestemming",)
    assert boxes["zwaar"].section == "wat_speelt"
    assert [each.when for each in boxes["zwaar"].exits] == ["‘Niet veilig’", "anders"]
    assert [each.when for each in boxes["sturen"].exits] == ["Ja, stuur het", "Nee, nu niet"]


def test_words_of_an_author_stay_words() -> None:
    said = "<script>alert(1)</script> & “dit”"

    text = svg(drawn(small.library({"vertel": said}), "proef"))

    assert "<script" not in text
    assert "&lt;script&gt;" in text


# --- Any dialogue ---------------------------------------------------------------------------------


@st.composite
def dialogues(draw: st.DrawFn) -> Dialogue:
    """A dialogue of choices with one to four ways out, each to a later node; all are reached."""
    size = draw(st.integers(1, 16))
    nodes: dict[str, Node] = {}
    for number in range(size):
        later = st.integers(number + 1, size).map(lambda to: f"n{to}")
        others = draw(st.lists(later, max_size=3))
        routes = tuple(Route(to) for to in (f"n{number + 1}", *others))
        nodes[f"n{number}"] = Choice(id=f"n{number}", context="p/n", codes=("a",), routes=routes)
    nodes[f"n{size}"] = Ending(id=f"n{size}", context="p/n")
    return Dialogue("p", "n0", nodes)


@pytest.mark.no_cover
@settings(max_examples=50)
@given(dialogues())
def test_nothing_overlaps_in_the_drawing_of_any_dialogue(dialogue: Dialogue) -> None:
    books = small.library()
    texts = {"p/n/text": "Wat nu?", "p/n/choices/a": "Dit"}
    found = chart(InDutch(dialogue, small.texts(texts), books.values(None)))

    assert overlapping(found) == []
    assert list(through_boxes(found)) == []
    assert len(found.arrows) == sum(len(ways(node)) for node in dialogue.nodes.values())


def test_routes_that_need_not_cross_do_not() -> None:
    """In the order in which they are met, that of ``c`` would cross that of ``b``."""
    edges = {"a": ["p", "b", "c"], "p": ["x"], "b": ["y"], "c": ["x"], "x": ["f"], "y": ["f"]}
    routes = {(name, number): to for name, out in edges.items() for number, to in enumerate(out)}
    nodes: dict[str, Node] = {name: Ending(id=name, context="p/n") for name in "apbcxyf"}

    assert crossings(layers(Dialogue("p", "a", nodes), routes)) == 0


# --- Its parts ------------------------------------------------------------------------------------


def test_text_is_broken_between_words_and_cut_when_it_is_too_much() -> None:
    assert broken("een twee drie", 10, 1000, 2) == ["een twee drie"]
    assert broken("een twee drie", 10, width_of("een twee", 10), 2) == ["een twee", "drie"]
    assert broken("een twee drie vier", 10, width_of("een twee", 10), 1) == ["een …"]
    assert broken("", 10, 50, 3) == []


def test_a_word_that_is_too_wide_is_cut() -> None:
    [line] = broken("Donaudampfschifffahrtsgesellschaft", 10, 60, 1)

    assert line.endswith("…")
    assert width_of(line, 10) <= 60


@given(
    st.lists(
        st.tuples(st.floats(-1000, 1000), st.floats(1, 20), st.floats(0, 100)),
        min_size=1,
        max_size=20,
    )
)
def test_places_keep_their_distance_and_stay_where_they_wish_when_they_can(
    spots: list[tuple[float, float, float]],
) -> None:
    wished, weights, distances = (list(each) for each in zip(*spots, strict=True))

    places = nearest(wished, weights, distances)

    for (one, other), distance in zip(pairwise(places), distances[1:], strict=True):
        assert other - one >= distance - 1e-6
    if all(b - a >= d for (a, b), d in zip(pairwise(wished), distances[1:], strict=True)):
        assert places == pytest.approx(wished)


if __name__ == "__main__":
    for each in NAMES:
        Path(sys.argv[1], f"{each}.svg").write_text(svg(drawn(world.library(), each)), "utf-8")
