"""Leads every route over a sheet in straight lines, in tracks of their own, through no box.

A route goes down from its place at the bottom of a box, aside in the gap below the layer, and down
again. Into the next column it goes below the column, up between the two, and down from above.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from bot.authoring.boxes import Box
from bot.authoring.layers import Layers, Spot
from bot.authoring.placing import nearest

Point: TypeAlias = tuple[float, float]
Route: TypeAlias = tuple[str, int]

LEAST_GAP = 34.0
"""Room between two layers: for an arrow, and for the name of a building block."""

TRACK = 7.0
"""Between two routes beside each other."""

ROUNDABOUT = 18.0
"""Between a column and the first route around it."""

GUTTER = 46.0
"""Room between two columns when nothing goes from one to the other."""

ENTRY = 13.0
"""Between two arrows that enter the same box, and between an arrow and the corner."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The middle and upper edge of every spot, and the points every route goes along."""

    spots: Mapping[Spot, Point]
    wires: Mapping[Route, tuple[Point, ...]]


@dataclass(slots=True)
class _Leg:
    """One route between two layers: from ``start`` to ``end``, in ``track`` when it goes aside."""

    route: Route
    start: float
    end: float
    track: int = -1


@dataclass(slots=True)
class _Column:
    rows: range
    middle: Mapping[Spot, float]
    width: float
    left: float = 0.0
    y: dict[int, tuple[float, float]] = field(default_factory=dict)


def laid_out(
    found: Layers,
    divided: Sequence[range],
    middles: Sequence[Mapping[Spot, float]],
    boxes: Mapping[str, Box],
    corner: Point,
) -> Sheet:
    """The sheet, its upper left corner at ``corner``."""
    columns = [
        _Column(rows, middle, _width(middle, boxes))
        for rows, middle in zip(divided, middles, strict=True)
    ]
    column_of = {layer: number for number, each in enumerate(columns) for layer in each.rows}
    legs = _legs(found, columns, column_of, boxes)
    left, top = corner
    highest = max((len(legs[each.rows[0] - 1]) for each in columns[1:]), default=0)
    for each in columns:
        each.left = left
        around = len(legs[each.rows[-1]]) if each is not columns[-1] else 0
        left += each.width + (GUTTER if around < 2 else GUTTER + around * TRACK)
        _stack(found, each, legs, boxes, top + highest * TRACK)
    spots = {
        spot: (each.left + x, each.y[spot.layer][0])
        for each in columns
        for spot, x in each.middle.items()
    }
    by_route: dict[Route, dict[int, _Leg]] = defaultdict(dict)
    for layer, there in legs.items():
        for leg in there:
            by_route[leg.route][layer] = leg
    wires = {
        route: _clean(_points(route, chain, by_route[route], columns, column_of, boxes, legs))
        for route, chain in found.chains.items()
    }
    return Sheet(spots, wires)


def _width(middle: Mapping[Spot, float], boxes: Mapping[str, Box]) -> float:
    return max(x + (boxes[spot.node].width / 2 if spot.node else 0.0) for spot, x in middle.items())


# --- Between two layers -------------------------------------------------------------------------


def _legs(
    found: Layers,
    columns: Sequence[_Column],
    column_of: Mapping[int, int],
    boxes: Mapping[str, Box],
) -> dict[int, list[_Leg]]:
    """The legs below each layer, with a track for each that goes aside within its column."""
    legs: dict[int, list[_Leg]] = defaultdict(list)
    entering: dict[Spot, list[_Leg]] = defaultdict(list)
    for route, chain in found.chains.items():
        for one, other in pairwise(chain):
            column = columns[column_of[one.layer]]
            start = column.middle[one]
            if one.node:
                start += boxes[one.node].port[route[1]] - boxes[one.node].width / 2
            same = column_of[one.layer] == column_of[other.layer]
            end = columns[column_of[other.layer]].middle[other]
            leg = _Leg(route, start, start if same and other.node else end)
            legs[one.layer].append(leg)
            entering[other].append(leg)
    for spot, there in entering.items():
        _enter(there, columns[column_of[spot.layer]].middle[spot], boxes.get(spot.node))
    for layer, there in legs.items():
        if column_of.get(layer) == column_of.get(layer + 1):
            _take_tracks(there)
        else:
            there.sort(key=lambda leg: -leg.start)
    return legs


def _enter(there: list[_Leg], middle: float, box: Box | None) -> None:
    """Arrows enter a box beside each other: straight from above where that can be."""
    if box is None:
        for leg in there:
            leg.end = middle
        return
    there.sort(key=lambda leg: leg.end)
    room = box.width / 2 - ENTRY
    apart = min(ENTRY, 2 * room / len(there))
    wished = [min(max(leg.end, middle - room), middle + room) for leg in there]
    places = nearest(wished, [1.0] * len(there), [0.0, *[apart] * (len(there) - 1)])
    shift = max(0.0, middle - room - places[0]) - max(0.0, places[-1] - middle - room)
    for leg, place in zip(there, places, strict=True):
        leg.end = place + shift


def _take_tracks(there: list[_Leg]) -> None:
    """A track for each leg that goes aside, so that legs in one direction never cross."""
    right = sorted((leg for leg in there if leg.end > leg.start + 0.5), key=lambda leg: -leg.start)
    left = sorted((leg for leg in there if leg.end < leg.start - 0.5), key=lambda leg: leg.start)
    taken: list[_Leg] = []
    for same in (right, left):
        for leg in same:
            near = [each for each in taken if _beside(each, leg)]
            least = max((each.track + 1 for each in near if each in same), default=0)
            used = {each.track for each in near}
            leg.track = next(n for n in range(least, least + len(used) + 1) if n not in used)
            taken.append(leg)


def _beside(one: _Leg, other: _Leg) -> bool:
    """Whether two legs would touch in the same track."""
    return (
        min(one.start, one.end) <= max(other.start, other.end) + TRACK
        and min(other.start, other.end) <= max(one.start, one.end) + TRACK
    )


# --- On the sheet -------------------------------------------------------------------------------


def _stack(
    found: Layers,
    column: _Column,
    legs: Mapping[int, list[_Leg]],
    boxes: Mapping[str, Box],
    top: float,
) -> None:
    """Put the layers of ``column`` below each other, with room for the tracks in between."""
    y = top
    for layer in column.rows:
        tall = max((boxes[spot.node].height for spot in found.rows[layer] if spot.node), default=0)
        column.y[layer] = (y, y + tall)
        tracks = max((leg.track + 1 for leg in legs.get(layer, ())), default=0)
        y += tall + max(LEAST_GAP, LEAST_GAP - 2 * TRACK + (tracks + 1) * TRACK)


def _points(
    route: Route,
    chain: Sequence[Spot],
    legs: Mapping[int, _Leg],
    columns: Sequence[_Column],
    column_of: Mapping[int, int],
    boxes: Mapping[str, Box],
    every: Mapping[int, list[_Leg]],
) -> list[Point]:
    first = columns[column_of[chain[0].layer]]
    top = first.y[chain[0].layer][0]
    points: list[Point] = []
    y = top + boxes[route[0]].height
    for one, other in pairwise(chain):
        here, there = columns[column_of[one.layer]], columns[column_of[other.layer]]
        leg = legs[one.layer]
        start, end = here.left + leg.start, there.left + leg.end
        points.append((start, y))
        bottom = here.y[one.layer][1]
        if here is not there:
            beside = every[one.layer]
            number = beside.index(leg)
            below = bottom + ROUNDABOUT + number * TRACK
            between = here.left + here.width + ROUNDABOUT + number * TRACK
            above = there.y[other.layer][0] - ROUNDABOUT - (len(beside) - 1 - number) * TRACK
            points += [(start, below), (between, below), (between, above), (end, above)]
        elif leg.track >= 0:
            aside = bottom + 12 + leg.track * TRACK
            points += [(start, aside), (end, aside)]
        y = there.y[other.layer][0]
        points.append((end, y))
        if not other.node:
            y = there.y[other.layer][1]
    return points


def _clean(points: Sequence[Point]) -> tuple[Point, ...]:
    """Without points that lie on the line between their neighbours."""
    kept: list[Point] = []
    for point in points:
        if kept and abs(kept[-1][0] - point[0]) < 0.5 and abs(kept[-1][1] - point[1]) < 0.5:
            continue
        while len(kept) > 1 and (
            _level(kept[-2], kept[-1], point, 0) or _level(kept[-2], kept[-1], point, 1)
        ):
            kept.pop()
        kept.append(point)
    return tuple(kept)


def _level(one: Point, two: Point, three: Point, axis: int) -> bool:
    return abs(one[axis] - two[axis]) < 0.5 and abs(two[axis] - three[axis]) < 0.5
