"""Lays a whole dialogue out on one sheet: boxes in columns, and the routes between them.

A dialogue is long and narrow, paper is not: so the layers are divided over columns, like text. A
route that goes on in the next column passes below its own and above that one, between the two.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.authoring.boxes import Box, box_of
from bot.authoring.layers import Layers, layers
from bot.authoring.placing import placed
from bot.authoring.tracks import LEAST_GAP, Point, laid_out
from bot.authoring.wordings import InDutch, ways

PAPER = 420 / 297
"""Width against height of A3 on its side (ISO 216)."""

MARGIN = 28.0
HEADER = 122.0
"""Room above for the title and what the colours mean."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A box on the sheet, with its upper left corner."""

    box: Box
    x: float
    y: float
    column: int

    @property
    def right(self) -> float:
        """Where it ends on the right."""
        return self.x + self.box.width

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return self.y + self.box.height


@dataclass(frozen=True, slots=True)
class Arrow:
    """A route on the sheet: way ``number`` out of ``source``, along ``points``."""

    source: str
    number: int
    to: str
    when: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A sheet of ``width`` by ``height`` with a whole dialogue on it."""

    dutch: InDutch
    boxes: tuple[Placed, ...]
    arrows: tuple[Arrow, ...]
    width: float
    height: float


def chart(dutch: InDutch) -> Chart:
    """The sheet for a dialogue: with as many columns as make it largest on A3."""
    dialogue = dutch.dialogue
    reached = list(dialogue.nodes)
    boxes = {name: box_of(dialogue.nodes[name], dutch) for name in reached}
    routes = {
        (name, number): route.to for name in reached for number, route in ways(dialogue.nodes[name])
    }
    found = layers(dialogue, routes)
    drawn = [_arranged(dutch, boxes, found, columns) for columns in _divisions(found, boxes)]
    return min(drawn, key=lambda each: max(each.width / PAPER, each.height))


def _divisions(found: Layers, boxes: Mapping[str, Box]) -> list[list[range]]:
    """The layers over one to eight columns of about the same height, cut where few routes pass."""
    tall = [
        max((boxes[spot.node].height for spot in row if spot.node), default=0.0) + LEAST_GAP
        for row in found.rows
    ]
    passing = [
        sum(len(found.below.get(spot, ())) for spot in found.rows[layer])
        for layer in range(len(found.rows))
    ]
    divisions: list[list[range]] = []
    for columns in range(1, 9):
        division = _cut(tall, passing, sum(tall) / columns)
        if division not in divisions:
            divisions.append(division)
    return divisions


def _cut(tall: Sequence[float], passing: Sequence[int], height: float) -> list[range]:
    """Columns of at most a little over ``height``; each ends where the fewest routes pass."""
    cuts = [0]
    while True:
        start, here = cuts[-1], 0.0
        fits: list[tuple[int, float, int]] = []
        for layer in range(start, len(tall)):
            here += tall[layer]
            if here > height * 1.12 and fits:
                break
            if here > height * 0.72:
                fits.append((passing[layer], -here, layer + 1))
        else:
            break
        cuts.append(min(fits)[2])
    return [range(*ends) for ends in pairwise((*cuts, len(tall))) if ends[0] < ends[1]]


def _arranged(
    dutch: InDutch, boxes: Mapping[str, Box], found: Layers, columns: Sequence[range]
) -> Chart:
    widths = {name: box.width for name, box in boxes.items()}
    ports = {
        (name, number): at - box.width / 2
        for name, box in boxes.items()
        for number, at in box.port.items()
    }
    middles = [placed(found, rows, widths, ports) for rows in columns]
    sheet = laid_out(found, columns, middles, boxes, (MARGIN, MARGIN + HEADER))
    standing = tuple(
        Placed(boxes[spot.node], x - boxes[spot.node].width / 2, y, _column(columns, spot.layer))
        for spot, (x, y) in sheet.spots.items()
        if spot.node
    )
    arrows = tuple(
        Arrow(name, number, found.chains[name, number][-1].node, when, points)
        for (name, number), points in sheet.wires.items()
        for when in (_when(boxes[name], number),)
    )
    ends = [point for arrow in arrows for point in arrow.points]
    right = max([each.right for each in standing] + [x for x, _ in ends])
    bottom = max([each.bottom for each in standing] + [y for _, y in ends])
    return Chart(dutch, standing, arrows, right + MARGIN, bottom + MARGIN)


def _column(columns: Sequence[range], layer: int) -> int:
    return next(number for number, rows in enumerate(columns) if layer in rows)


def _when(box: Box, number: int) -> str:
    return next(each.when for each in box.exits if each.number == number)
