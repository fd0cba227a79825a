"""The colours, letters and lines a dialogue is drawn with, as pieces of SVG."""

from collections.abc import Sequence
from html import escape

from bot.authoring.boxes import CHIP, SMALL, chip_width
from bot.authoring.measuring import width_of
from bot.authoring.tracks import Point

INK, SOFT, LINE, PAPER = "#1d2433", "#5a6478", "#b9c1cf", "#ffffff"
GROUND = "#eef1f6"
"""Below a building block."""

SECTIONS = {
    "veiligheid": ("#f9dcd7", "#8c1d18"),
    "eigen_woorden": ("#fbe7c6", "#6f4500"),
    "vraag": ("#fbf1b4", "#5f5000"),
    "gaat_goed": ("#dcefcf", "#2f5a1a"),
    "wat_speelt": ("#e6dff4", "#483283"),
    "hoop": ("#d0ece8", "#0d5650"),
    "kring": ("#d8e7f8", "#184a7f"),
    "samen_kiezen": ("#f8dcea", "#84225b"),
    "praktisch": ("#e5e5df", "#474742"),
}
"""The ground and the ink of each section; all of them 7 : 1 at least (WCAG 1.4.6)."""

PLAIN = ("#f4f6fa", SOFT)
CONSENT = ("#1f3a5f", "#ffffff")
MARKS = {
    "toestemming": CONSENT,
    "veiligheid": ("#8c1d18", "#ffffff"),
    "hulp": ("#8c1d18", "#ffffff"),
    "niet over te slaan": ("#ffffff", SOFT),
}

FONT = "'Noto Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
ROUND = 6.0
"""Of the corners of a box and of a route."""


STROKE = f'stroke="{SOFT}" stroke-width="1.5" fill="none" stroke-linejoin="round"'


def chip(x: float, y: float, label: str, ground: str, ink: str) -> str:
    """A label of one or two words, on a ground of its own."""
    edge = f' stroke="{LINE}"' if ground == PAPER else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{chip_width(label):.1f}" height="{CHIP}" rx="7.5"'
        f' fill="{ground}"{edge}/>'
        + text(label, x + 6, y + 10.8, SMALL - 0.5, colour=ink, bold=True)
    )


def rounded(points: Sequence[Point]) -> str:
    """A line along ``points`` that takes its corners round."""
    (x, y), *_ = points
    drawn = [f"M{x:.1f} {y:.1f}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        bend = min(ROUND, _length(before, corner) / 2, _length(corner, after) / 2)
        one, other = _towards(corner, before, bend), _towards(corner, after, bend)
        drawn.append(f"L{one[0]:.1f} {one[1]:.1f}")
        drawn.append(f"Q{corner[0]:.1f} {corner[1]:.1f} {other[0]:.1f} {other[1]:.1f}")
    drawn.append(f"L{points[-1][0]:.1f} {points[-1][1]:.1f}")
    return " ".join(drawn)


def _length(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(corner: Point, other: Point, far: float) -> Point:
    whole = _length(corner, other) or 1.0
    return (
        corner[0] + (other[0] - corner[0]) * far / whole,
        corner[1] + (other[1] - corner[1]) * far / whole,
    )


def text(
    words: str,
    x: float,
    y: float,
    size: float,
    *,
    colour: str = INK,
    bold: bool = False,
    anchor: str = "start",
) -> str:
    """``words`` on one line; whatever font there is, they take the room they were given."""
    wide = width_of(words, size, bold=bold)
    weight = ' font-weight="600"' if bold else ""
    aside = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}"{weight}{aside}'
        f' textLength="{wide:.1f}" lengthAdjust="spacingAndGlyphs">{escape(words)}</text>'
    )
