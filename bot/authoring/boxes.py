"""What stands in the box of one node of a drawn dialogue, and how large that makes it."""

from dataclasses import dataclass

from bot.authoring.coverage import shortened
from bot.authoring.essentials import SAFETY
from bot.authoring.measuring import broken, width_of
from bot.authoring.wordings import InDutch, kind_of, ways
from bot.dialogue.tree import Ending, HandOver, Node, People, Question, shows_items

NARROW = 232.0
"""The width of a box, unless its ways out need more."""

CELL = 104.0
"""The least width of one way out."""

PAD = 9.0
HEAD, TEXT, SMALL = 9.5, 11.0, 9.5
"""Sizes of the letters: of the head, of what is said, of choices and ways out."""

LEADING = 1.32
BAND = 19.0
"""The height of the head."""

GAP = 5.0
MOST_LINES = 3
MOST_EXIT_LINES = 5


@dataclass(frozen=True, slots=True)
class Exit:
    """A way out: its number, where to, when in full, and the lines that tell it in the box."""

    number: int
    to: str
    when: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """One node: ``marks`` are what is apart about it; ``block`` the id it is used under, if any.

    ``exits`` are drawn as cells at the bottom when there is something to choose.
    """

    id: str
    kind: str
    section: str
    opening: str
    lines: tuple[str, ...]
    choices: tuple[str, ...]
    marks: tuple[str, ...]
    exits: tuple[Exit, ...]
    block: str
    block_name: str
    width: float
    is_last: bool

    @property
    def height(self) -> float:
        """All that stands in it, from the head to the ways out."""
        height = BAND + GAP + len(self.lines) * TEXT * LEADING
        if self.choices:
            height += GAP + len(self.choices) * SMALL * LEADING
        if self.section or self.marks:
            height += GAP + CHIP
        return height + GAP + 2 + self.cells

    @property
    def cells(self) -> float:
        """The height of the ways out; 0 when there is one that is always taken."""
        if len(self.exits) < 2:
            return 0.0
        most = max(len(each.lines) for each in self.exits)
        return most * SMALL * LEADING + 2 * GAP

    @property
    def port(self) -> dict[int, float]:
        """How far from the left each way leaves the box, by its number."""
        width = self.width / max(len(self.exits), 1)
        return {each.number: width * (place + 0.5) for place, each in enumerate(self.exits)}


def box_of(node: Node, dutch: InDutch) -> Box:
    """The box of ``node``."""
    found = ways(node)
    width = max(NARROW, CELL * len(found))
    room = width - 2 * PAD
    cell = width / max(len(found), 1) - 2 * GAP
    exits = tuple(
        Exit(number, route.to, when, tuple(broken(when, SMALL, cell, MOST_EXIT_LINES)))
        for number, route in found
        for when in (dutch.way(node, number),)
    )
    opening = dutch.opening(node)
    lines = tuple(broken(shortened(opening, 120), TEXT, room, MOST_LINES))
    labels = () if isinstance(node, HandOver) else tuple(label for _, label in dutch.choices(node))
    choices = tuple(broken("  ·  ".join(labels), SMALL, room, 8)) if labels else ()
    section = (node.section or "") if isinstance(node, Question) else ""
    block, _, _ = node.id.rpartition("/")
    return Box(
        id=node.id,
        kind=kind_of(node),
        section=section,
        opening=opening,
        lines=lines,
        choices=choices,
        marks=tuple(_marks(node, dutch)),
        exits=exits,
        block=block,
        block_name=node.context.split("/")[1] if block else "",
        width=width,
        is_last=isinstance(node, Ending),
    )


CHIP = 15.0
"""The height of a label about section, safety or consent."""


def chip_width(label: str) -> float:
    """The width of a label."""
    return width_of(label, SMALL - 0.5, bold=True) + 12


def _marks(node: Node, dutch: InDutch) -> list[str]:
    marks = []
    if isinstance(node, HandOver) or shows_items(node):
        marks.append("toestemming")
    if isinstance(node, Question) and node.section == SAFETY:
        marks.append("veiligheid")
    elif dutch.tells_of_help(node):
        marks.append("hulp")
    if isinstance(node, Question) and not node.skip and not isinstance(node, People):
        marks.append("niet over te slaan")
    return marks
