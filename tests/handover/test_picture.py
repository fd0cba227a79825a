"""The picture shows what was told, as the layout says, and so do the words beside it."""

import html
import re
import shutil
import struct
import subprocess
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.dialogue.circle import Circle, Person
from bot.handover.cards import MARKS, Card
from bot.handover.geometry import Box
from bot.handover.in_words import WORDS, alternative
from bot.handover.layout import Drawing, lay_out, samples
from bot.handover.picture import drawn, measured, picture
from bot.handover.writing import Writing
from tests.handover import draw
from tests.handover.circles import (
    ARABIC,
    ARABIC_NAMES,
    DUTCH,
    LATIN_NAMES,
    MIXED_NAMES,
    full_circle,
    random_circle,
    some_circle,
)

HOUSE = Path(__file__).resolve().parents[2]
PNG = b"\x89PNG\r\n\x1a\n"

DIFFICULT = (
    "x" + "\u0302\u0323" * 6,
    "Ệjǵ ÅÄ̈",
    "ﷲ محمد علي رضا إلّا",
    "ጓል ኣቦይ ሰላማዊት",
    "Їжак Щука",
    "👩🏽\u200d🚒 tante 🌻",
    "#panic(1) *x* $y$ <b>",
    "שלום 日本 ﷽",
)


def drawing_of(circle: Circle) -> Drawing:
    return lay_out(circle, DUTCH, measured(samples(circle, DUTCH)), right_to_left=False)


def people(*names: str) -> Circle:
    marks = {"gives": True, "costs": True, "important": True, "thinks_along": True}
    return Circle(
        tuple(
            Person(str(number), name, number % 2 > 0, **marks) for number, name in enumerate(names)
        )
    )


def read_by(command: str, *options: str | Path) -> bytes:
    """What one of poppler's programs writes."""
    program = shutil.which(command)
    assert program, f"{command} is missing: install poppler-utils"
    return subprocess.run([program, *options], capture_output=True, check=True).stdout


# --- The file -----------------------------------------------------------------------------------


@pytest.mark.parametrize("circle", [Circle(), people("Oma"), full_circle("Noor", near=None)])
def test_the_picture_is_a_png_of_1080_by_1080(circle: Circle) -> None:
    body = picture(circle, DUTCH, right_to_left=False)

    assert body.startswith(PNG)
    assert struct.unpack(">II", body[16:24]) == (1080, 1080)


def test_the_same_circle_gives_the_same_bytes_also_from_several_threads_at_once() -> None:
    circles = [random_circle(seed) for seed in range(4)]
    alone = [picture(circle, DUTCH, right_to_left=False) for circle in circles]

    with ThreadPoolExecutor(4) as pool:
        made = pool.map(lambda circle: picture(circle, DUTCH, right_to_left=False), circles * 2)
        assert list(made) == alone * 2


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=3))
def test_nothing_that_someone_can_type_stops_the_picture(names: list[str]) -> None:
    assert picture(people(*names), DUTCH, right_to_left=False).startswith(PNG)
    assert alternative(people(*names), DUTCH)


# --- What is drawn ------------------------------------------------------------------------------


def lines_of(drawing: Drawing) -> Iterator[Writing]:
    for card in drawing.cards:
        yield from card.lines
    yield from (label.line for label in drawing.labels)
    yield from drawing.legend.lines
    yield from drawing.centre_lines


def words_in(drawing: Drawing, folder: Path) -> list[tuple[str, Box]]:
    """Every word that a reader of PDF finds in ``drawing``, and where."""
    file = folder / "circle.pdf"
    file.write_bytes(drawn(drawing, "pdf"))
    told = read_by("pdftotext", "-bbox", file, "-").decode()
    found: list[tuple[str, Box]] = []
    for word in re.finditer(r'<word ((?:\w+="[\d.-]+" ?){4})>(.*?)</word>', told):
        left, top, right, bottom = map(float, re.findall(r"[\d.-]+", word[1]))
        found.append((html.unescape(word[2]), Box(left, top, right - left, bottom - top)))
    return found


def letters(text: str) -> Counter[str]:
    """Without spaces and order, which a reader of PDF may see otherwise."""
    return Counter("".join(normalize("NFKD", text).split()))


@pytest.mark.parametrize(
    "circle",
    [
        some_circle(20, LATIN_NAMES, 20),
        some_circle(12, ARABIC_NAMES, 4),
        some_circle(12, MIXED_NAMES, 5),
        *(random_circle(seed) for seed in range(10)),
    ],
)
def test_every_letter_is_drawn_where_the_layout_has_it(circle: Circle, tmp_path: Path) -> None:
    drawing = drawing_of(circle)

    words = words_in(drawing, tmp_path)
    for line in lines_of(drawing):
        there = [
            (text, box)
            for text, box in words
            if line.box.x - 1 <= box.x
            and box.right <= line.box.right + 1
            and line.box.y <= box.middle[1] <= line.box.bottom
        ]
        assert letters("".join(text for text, _ in there)) == letters(line.text)
        assert min(box.x for _, box in there) == pytest.approx(line.box.x, abs=1)
        assert max(box.right for _, box in there) == pytest.approx(line.box.right, abs=1)


def rows_of(drawing: Drawing, folder: Path) -> list[bytes]:
    """The pixels of ``drawing``, a row at a time, three bytes for each."""
    file = folder / "circle.pdf"
    file.write_bytes(drawn(drawing, "pdf"))
    body = read_by("pdftoppm", "-r", "72", file)
    kind, size, _, pixels = body.split(b"\n", 3)
    assert (kind, size) == (b"P6", b"1080 1080")
    return [pixels[at : at + 3240] for at in range(0, len(pixels), 3240)]


def ink_of(with_it: Drawing, without: Drawing, folder: Path) -> list[tuple[int, int]]:
    """Every pixel that is there in the one and not in the other."""
    both = zip(rows_of(with_it, folder), rows_of(without, folder), strict=True)
    return [
        (at // 3, y)
        for y, (row, other) in enumerate(both)
        if row != other
        for at in range(0, 3240, 3)
        if row[at : at + 3] != other[at : at + 3]
    ]


@pytest.mark.parametrize("names", [DIFFICULT, LATIN_NAMES, ARABIC_NAMES, MIXED_NAMES])
def test_no_ink_falls_outside_the_boxes_of_the_layout(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    drawing = drawing_of(people(*names))
    empty = replace(
        drawing, cards=tuple(replace(card, lines=(), marks=()) for card in drawing.cards)
    )

    ink = ink_of(drawing, empty, tmp_path)
    boxes = [mark.box for card in drawing.cards for mark in card.marks]
    boxes += [line.box for card in drawing.cards for line in card.lines]
    # A letter may lean over its width a little; who draws a PDF moves letters to whole pixels.
    lean = 0.12 * max(line.size for card in drawing.cards for line in card.lines) + 1
    found = [
        {
            (x, y)
            for x, y in ink
            if box.x - lean <= x + 0.5 <= box.right + lean
            and box.y - 2 <= y + 0.5 <= box.bottom + 2
        }
        for box in boxes
    ]
    assert all(found), "something is not drawn"
    assert not set(ink).difference(*found), "something is drawn outside its box"


def test_the_marks_are_told_apart_by_their_shape_without_any_colour() -> None:
    drawing = drawing_of(people("Oma"))
    somewhere = drawing.cards[0].marks[0]

    def shape(card: Card) -> str:
        svg = drawn(replace(drawing, cards=(card,)), "svg").decode()
        return re.sub(r"#[0-9a-f]{6}", "", svg)

    card = replace(drawing.cards[0], lines=(), marks=())
    shapes = [
        shape(replace(card, marks=(replace(somewhere, kind=kind),)))
        for kind in MARKS
        if kind != "not_asked"
    ]
    shapes += [shape(replace(card, not_asked=it)) for it in (True, False)]
    assert len(set(shapes)) == len(shapes)


# --- Colours ------------------------------------------------------------------------------------


def colours() -> dict[str, str]:
    template = HOUSE.joinpath("bot", "handover", "templates", "drawing.typ").read_text("utf-8")
    return dict(re.findall(r'^#let (\w+) = rgb\("(#\w{6})"\)$', template, re.MULTILINE))


def contrast(one: str, other: str) -> float:
    """As in WCAG 2.1."""

    def light(colour: str) -> float:
        shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        red, green, blue = (
            share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
            for share in shares
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_the_colours_are_those_of_the_chat_page() -> None:
    css = HOUSE.joinpath("bot", "web", "static", "chat.css").read_text("utf-8")
    light = dict(re.findall(r"--(\w+): (#\w{6});", css.partition("@media")[0]))

    shared = {name: colour for name, colour in colours().items() if name in light}
    assert set(shared) == {"paper", "raised", "ink", "soft", "accent"}
    assert shared == {name: light[name] for name in shared}


def test_text_and_shapes_stand_out_from_what_is_behind_them() -> None:
    its = colours()

    for text, behind in (
        *(("ink", "raised"), ("soft", "raised"), ("soft", "paper")),
        *(("accent", "paper"), ("raised", "accent")),
    ):
        assert contrast(its[text], its[behind]) >= 4.5, (text, behind)
    for shape, behind in (
        *(("ring", "paper"), ("ring", "far"), ("ring", "near"), ("ring", "sand")),
        *(("soft", "near"), ("soft", "far"), ("soft", "sand"), ("soft", "raised")),
        *(("accent", "near"), ("accent", "far"), ("accent", "sand"), ("accent", "raised")),
    ):
        assert contrast(its[shape], its[behind]) >= 3, (shape, behind)


# --- In words -----------------------------------------------------------------------------------


def test_the_alternative_says_what_the_picture_shows() -> None:
    circle = Circle(
        (
            Person("1", "Oma", near=True, gives=True, thinks_along=True, asked=True),
            Person("2", "oom Piet", near=False, costs=True, asked=False),
            Person("3", "juf Els", near=None, important=True, asked=True),
            Person("4", "Sam", near=True),
        )
    )

    assert alternative(circle, DUTCH) == "\n".join(
        (
            "De kring",
            "In het midden: Wij",
            "Heel dichtbij:",
            "- \u2068Oma\u2069: geeft kracht, zou willen meedenken",
            "- \u2068Sam\u2069",
            "Verder weg:",
            "- \u2068oom Piet\u2069: kost kracht, nog niet gevraagd",
            "Nog geen plek:",
            "- \u2068juf Els\u2069: vindt het belangrijk dat het goed gaat",
        )
    )


def test_the_alternative_says_so_when_a_ring_is_empty() -> None:
    assert alternative(Circle(), DUTCH).splitlines()[2:] == [
        "Heel dichtbij: niemand",
        "Verder weg: niemand",
    ]


def test_the_alternative_holds_whatever_the_picture_holds() -> None:
    for seed in range(30):
        circle = random_circle(seed)
        drawing = drawing_of(circle)

        told = alternative(circle, DUTCH)
        assert told.count("\n- ") == len(drawing.cards)
        for kind in MARKS:
            shown = sum(mark.kind == kind for card in drawing.cards for mark in card.marks)
            shown += sum(card.not_asked for card in drawing.cards) if kind == "not_asked" else 0
            assert told.count(DUTCH[f"picture_{kind}"]) == shown
        for label in drawing.labels:
            assert f"\n{label.line.text}:" in told


def test_the_alternative_uses_the_comma_of_its_language() -> None:
    circle = Circle((Person("1", "Els", near=True, gives=True, asked=False),))

    assert "يعطي قوة، لم يُسأل بعد" in alternative(circle, ARABIC)


def test_hidden_signs_in_a_name_are_shown_and_not_obeyed() -> None:
    circle = people("Oma\u202etxt", "a\u200bb\nc")

    told = alternative(circle, DUTCH)
    assert "Oma[U+202E]txt" in told
    assert "a[U+200B]b c" in told
    texts = "".join(line.text for card in drawing_of(circle).cards for line in card.lines)
    assert "[U+202E]" in texts
    assert "\u202e" not in texts


# --- To look at ---------------------------------------------------------------------------------


def test_circles_to_look_at_are_drawn_with_their_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draw.draw_circles(tmp_path)

    assert len(capsys.readouterr().out.splitlines()) == len(draw.CIRCLES)
    for name in draw.CIRCLES:
        assert tmp_path.joinpath(f"circle_{name}.png").read_bytes().startswith(PNG)
        assert tmp_path.joinpath(f"circle_{name}.txt").read_text("utf-8")


def test_the_words_of_these_tests_are_all_that_a_picture_needs() -> None:
    assert set(DUTCH) == set(ARABIC) == set(WORDS)


def test_an_accent_that_typst_gives_up_on_stops_no_picture() -> None:
    strange = Circle((Person("p1", "\u0644\u06e1\u200d"), Person("p2", "Oma")))

    assert picture(strange, DUTCH, right_to_left=False).startswith(b"\x89PNG")
