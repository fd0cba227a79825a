"""Draws the sheet of a dialogue as SVG: to be read on screen, on paper, and by a screen reader.

A colour never says anything by itself: what it means stands beside it in words.
"""

from collections.abc import Iterator, Sequence
from html import escape

from bot.authoring.boxes import (
    BAND,
    CHIP,
    GAP,
    HEAD,
    LEADING,
    PAD,
    SMALL,
    TEXT,
    chip_width,
)
from bot.authoring.chart import MARGIN, Arrow, Chart, Placed
from bot.authoring.ink import (
    CONSENT,
    FONT,
    GROUND,
    INK,
    LINE,
    MARKS,
    PAPER,
    PLAIN,
    ROUND,
    SECTIONS,
    SOFT,
    STROKE,
    chip,
    rounded,
    text,
)
from bot.authoring.measuring import width_of
from bot.handover.headings import HEADINGS


def svg(chart: Chart) -> str:
    """The whole drawing, as a file of its own."""
    return "\n".join(_lines(chart)) + "\n"


def _lines(chart: Chart) -> Iterator[str]:
    name = chart.dutch.dialogue.name
    width, height = round(chart.width), round(chart.height)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" lang="nl" role="graphics-document document"'
        f' aria-labelledby="titel uitleg" font-family="{FONT}" fill="{INK}">'
    )
    yield f'<title id="titel">De dialoog ‘{escape(name)}’</title>'
    yield f'<desc id="uitleg">{escape(_told(chart))}</desc>'
    yield "<style>@page { size: A3 landscape; margin: 8mm }</style>"
    yield (
        '<defs><marker id="punt" viewBox="0 0 8 8" refX="7.2" refY="4" markerWidth="8"'
        f' markerHeight="8" orient="auto"><path d="M0 0.6 L8 4 L0 7.4 Z" fill="{SOFT}"/></marker>'
        "</defs>"
    )
    yield f'<rect width="{width}" height="{height}" fill="{PAPER}"/>'
    yield from _head(chart)
    yield from _blocks(chart)
    for arrow in chart.arrows:
        yield _arrow(arrow)
    for placed in chart.boxes:
        yield from _box(placed)
    yield from _begin(chart)
    yield "</svg>"


def _told(chart: Chart) -> str:
    ends = sum(placed.box.is_last for placed in chart.boxes)
    return (
        f"{len(chart.boxes)} stappen en {len(chart.arrows)} wegen. Het gesprek begint bij"
        f" {chart.dutch.dialogue.start} en heeft {ends} manieren om te eindigen. Elke stap staat in"
        " een vak, met wat de bot zegt, de keuzes, en onderaan waar het gesprek dan verder gaat."
    )


# --- The head of the sheet ----------------------------------------------------------------------


def _head(chart: Chart) -> Iterator[str]:
    title = f"De dialoog ‘{chart.dutch.dialogue.name}’"
    yield text(title, MARGIN, MARGIN + 22, 24, bold=True)
    about = (
        f"{len(chart.boxes)} stappen · {len(chart.arrows)} wegen · lees van boven naar beneden, en"
        " dan de volgende kolom"
    )
    yield text(about, MARGIN, MARGIN + 42, 12, colour=SOFT)
    used = {placed.box.section for placed in chart.boxes}
    marks = {mark for placed in chart.boxes for mark in placed.box.marks}
    chips = [
        *((f"pagina: {HEADINGS[each]}", *SECTIONS[each]) for each in SECTIONS if each in used),
        *((each, *MARKS[each]) for each in MARKS if each in marks),
    ]
    x, y = MARGIN, MARGIN + 54
    for label, ground, ink in chips:
        if x + chip_width(label) > chart.width - MARGIN:
            x, y = MARGIN, y + CHIP + 5
        yield chip(x, y, label, ground, ink)
        x += chip_width(label) + 6


def _begin(chart: Chart) -> Iterator[str]:
    for placed in chart.boxes:
        if placed.box.id == chart.dutch.dialogue.start:
            x, y = placed.x + placed.box.width / 2, placed.y
            yield f'<path d="M{x:.1f} {y - 26:.1f} V{y - 1:.1f}" {STROKE} marker-end="url(#punt)"/>'
            yield text("begin", x, y - 30, SMALL, colour=SOFT, anchor="middle", bold=True)


# --- Building blocks ----------------------------------------------------------------------------

AROUND = 9.0
"""Between a building block and the boxes in it."""


def _blocks(chart: Chart) -> Iterator[str]:
    """A ground below the boxes of a building block, wherever no other box would stand on it."""
    for block in dict.fromkeys(placed.box.block for placed in chart.boxes if placed.box.block):
        mine = [placed for placed in chart.boxes if placed.box.block == block]
        others = [placed for placed in chart.boxes if placed.box.block != block]
        for group in _together(mine, others):
            left = min(each.x for each in group) - AROUND
            top = min(each.y for each in group) - AROUND - 11
            right = max(each.right for each in group) + AROUND
            bottom = max(each.bottom for each in group) + AROUND
            yield (
                f'<rect class="bouwsteen" x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}"'
                f' height="{bottom - top:.1f}" rx="10" fill="{GROUND}"/>'
            )
            label = f"bouwsteen {group[0].box.block_name}"
            yield text(label, left + 8, top + 12, SMALL, colour=SOFT, bold=True)


def _together(mine: Sequence[Placed], others: Sequence[Placed]) -> Iterator[list[Placed]]:
    """The boxes of one block, in groups that have no other box between them."""
    group: list[Placed] = []
    for placed in sorted(mine, key=lambda each: (each.column, each.y, each.x)):
        wider = [*group, placed]
        if group and (placed.column != group[-1].column or _between(wider, others)):
            yield group
            wider = [placed]
        group = wider
    if group:
        yield group


def _between(group: Sequence[Placed], others: Sequence[Placed]) -> bool:
    left, right = min(each.x for each in group), max(each.right for each in group)
    top, bottom = min(each.y for each in group), max(each.bottom for each in group)
    return any(
        other.x < right and other.right > left and other.y < bottom and other.bottom > top
        for other in others
    )


# --- Boxes --------------------------------------------------------------------------------------


def _box(placed: Placed) -> Iterator[str]:
    box, x, y = placed.box, placed.x, placed.y
    ground, ink = SECTIONS.get(box.section, PLAIN)
    edge, thick = (ink, 1.2) if box.section else (LINE, 1.2)
    if "toestemming" in box.marks:
        (ground, ink), edge, thick = CONSENT, CONSENT[0], 2.4
    if "veiligheid" in box.marks:
        edge, thick = SECTIONS["veiligheid"][1], 2.4
    round_ = 16.0 if box.is_last else ROUND
    told = f"{box.kind}, {box.id}: {box.opening}"
    yield f'<g class="stap" data-stap="{escape(box.id)}" role="graphics-symbol img">'
    yield f"<title>{escape(told)}</title>"
    yield (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"'
        f' rx="{round_}" fill="{PAPER}" stroke="{edge}" stroke-width="{thick}"/>'
    )
    yield f'<path d="{_band(placed, round_)}" fill="{ground}"/>'
    yield text(box.kind, x + PAD, y + 13, HEAD, colour=ink, bold=True)
    room = box.width - 2 * PAD - width_of(box.kind, HEAD, bold=True) - 8
    name = box.id if width_of(box.id, HEAD) <= room else "…/" + box.id.rpartition("/")[2]
    yield text(name, placed.right - PAD, y + 13, HEAD, colour=ink, anchor="end")
    below = y + BAND + GAP
    for line in box.lines:
        below += TEXT * LEADING
        yield text(line, x + PAD, below - 3.5, TEXT)
    if box.choices:
        below += GAP
        for line in box.choices:
            below += SMALL * LEADING
            yield text(line, x + PAD, below - 3, SMALL, colour=SOFT)
    if box.section or box.marks:
        yield from _chips(placed, below + GAP)
    if box.cells:
        yield from _exits(placed)
    yield "</g>"


def _band(placed: Placed, round_: float) -> str:
    x, y, right = placed.x + 0.6, placed.y + 0.6, placed.right - 0.6
    return (
        f"M{x:.1f} {y + BAND:.1f} V{y + round_:.1f} Q{x:.1f} {y:.1f} {x + round_:.1f} {y:.1f}"
        f" H{right - round_:.1f} Q{right:.1f} {y:.1f} {right:.1f} {y + round_:.1f}"
        f" V{y + BAND:.1f} Z"
    )


def _chips(placed: Placed, y: float) -> Iterator[str]:
    x = placed.x + PAD
    chips = [(mark, *MARKS[mark]) for mark in placed.box.marks if mark != "veiligheid"]
    if section := placed.box.section:
        chips.insert(0, (f"pagina: {HEADINGS[section]}", *SECTIONS[section]))
    for label, ground, ink in chips:
        if x + chip_width(label) > placed.right - PAD:
            break
        yield chip(x, y, label, ground, ink)
        x += chip_width(label) + 5


def _exits(placed: Placed) -> Iterator[str]:
    box = placed.box
    top = placed.bottom - box.cells
    width = box.width / len(box.exits)
    yield f'<path d="M{placed.x:.1f} {top:.1f} H{placed.right:.1f}" stroke="{LINE}" fill="none"/>'
    for number, each in enumerate(box.exits):
        left = placed.x + number * width
        if number:
            down = f"M{left:.1f} {top:.1f} V{placed.bottom:.1f}"
            yield f'<path d="{down}" stroke="{LINE}" fill="none"/>'
        for place, line in enumerate(each.lines):
            y = top + GAP + (place + 1) * SMALL * LEADING - 3
            yield text(line, left + width / 2, y, SMALL, anchor="middle", bold=True)


# --- Routes -------------------------------------------------------------------------------------


def _arrow(arrow: Arrow) -> str:
    told = f"van {arrow.source} naar {arrow.to}: {arrow.when}"
    return (
        f'<path class="weg" data-van="{escape(arrow.source)}" data-weg="{arrow.number}"'
        f' data-naar="{escape(arrow.to)}" d="{rounded(arrow.points)}" {STROKE}'
        f' marker-end="url(#punt)"><title>{escape(told)}</title></path>'
    )
