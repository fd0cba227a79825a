"""Where everything in a layer stands from left to right: near its own, never overlapping.

Each spot wishes to stand above or below its neighbours; the nearest places that keep the distances
are found exactly (isotonic regression by pooling adjacent violators), back and forth.
"""

from collections.abc import Mapping, Sequence

from bot.authoring.layers import Layers, Spot

SWEEPS = 12
BETWEEN = 26.0
"""Free room between two boxes."""

LANE = 13.0
"""Free room beside a route that passes."""

STRAIGHT = 12.0
"""How much more two boxes draw each other than a box and a route: the main way goes straight."""


def placed(
    found: Layers, rows: range, widths: Mapping[str, float], ports: Mapping[tuple[str, int], float]
) -> dict[Spot, float]:
    """The middle of every spot in ``rows``; ``ports`` say how far from it a route leaves."""
    half = {spot: widths.get(spot.node, 0.0) / 2 for row in found.rows for spot in row}
    x: dict[Spot, float] = {}
    for layer in rows:
        edge = 0.0
        for number, spot in enumerate(found.rows[layer]):
            edge += _distance(found.rows[layer], number, half)
            x[spot] = edge
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        for layer in rows if down else reversed(rows):
            _draw_near(found, layer, x, half, ports, down=down)
    for layer in rows:
        _draw_near(found, layer, x, half, ports, down=None)
    left = min((x[spot] - half[spot] for spot in x), default=0.0)
    return {spot: at - left for spot, at in x.items()}


def _distance(row: Sequence[Spot], number: int, half: Mapping[Spot, float]) -> float:
    """How far the middle of this spot stays from that of the one on its left."""
    if not number:
        return 0.0
    one, other = row[number - 1], row[number]
    room = BETWEEN if one.node and other.node else LANE
    return half[one] + half[other] + room


def _draw_near(
    found: Layers,
    layer: int,
    x: dict[Spot, float],
    half: Mapping[Spot, float],
    ports: Mapping[tuple[str, int], float],
    *,
    down: bool | None,
) -> None:
    row = found.rows[layer]
    wished: list[float] = []
    weights: list[float] = []
    for spot in row:
        near: list[tuple[float, float]] = []
        if down is not False:
            above = [other for other in found.above.get(spot, ()) if other in x]
            near += [
                (x[other] + _offset(found, other, spot, ports), _pull(spot, other))
                for other in above
            ]
        if down is not True:
            below = [other for other in found.below.get(spot, ()) if other in x]
            near += [
                (x[other] - _offset(found, spot, other, ports), _pull(spot, other))
                for other in below
            ]
        pull = sum(weight for _, weight in near)
        wished.append(sum(at * weight for at, weight in near) / pull if near else x[spot])
        weights.append(pull or 1.0)
    distances = [_distance(row, number, half) for number in range(len(row))]
    for spot, at in zip(row, nearest(wished, weights, distances), strict=True):
        x[spot] = at


def _offset(found: Layers, one: Spot, other: Spot, ports: Mapping[tuple[str, int], float]) -> float:
    """How far from the middle of ``one`` the route to ``other`` below it leaves, on average.

    Between two boxes it does not count: they stand below each other, and an arrow enters anywhere.
    """
    if not one.node or other.node:
        return 0.0
    leaving = [ports[route] for route in found.first[one, other]]
    return sum(leaving) / len(leaving)


def _pull(one: Spot, other: Spot) -> float:
    """How strongly two neighbours draw each other."""
    return STRAIGHT if one.node and other.node else 1.0


def nearest(
    wished: Sequence[float], weights: Sequence[float], distances: Sequence[float]
) -> list[float]:
    """The places nearest to ``wished`` (least squares) at least ``distances`` apart, in order.

    ``distances[n]`` is that between places n - 1 and n.
    """
    shifts: list[float] = []
    total = 0.0
    for distance in distances:
        total += distance
        shifts.append(total)
    blocks: list[tuple[float, float, int]] = []  # mean, weight, how many
    for wish, weight, shift in zip(wished, weights, shifts, strict=True):
        mean, heavy, many = wish - shift, weight, 1
        while blocks and blocks[-1][0] > mean:
            before, weighed, several = blocks.pop()
            mean = (before * weighed + mean * heavy) / (weighed + heavy)
            heavy += weighed
            many += several
        blocks.append((mean, heavy, many))
    means = [mean for mean, _, many in blocks for _ in range(many)]
    return [mean + shift for mean, shift in zip(means, shifts, strict=True)]
