"""Weaves a dialogue and its building blocks into one graph that still knows its authors' lines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from msgspec import Struct
from msgspec.structs import replace

from bot.dialogue.draft import QUESTIONS, RETURN, Draft, DraftNode, Read, Row, Word

MOST_NODES = 2_000
"""Nodes of one dialogue, with those of its building blocks each time they are used."""

DEEPEST = 5
"""Building blocks in each other."""


class Edge(Struct, frozen=True):
    """A way from one spot to another; ``line`` is where its author wrote it."""

    to: str
    line: int


class Spot(Struct, frozen=True, kw_only=True):
    """A node at one place in the dialogue, or the way out of a building block there.

    A node that uses a block is two spots: ``kring``, from where one goes into the block, and
    ``kring/return``, which ``leaves`` it and has the rows of the node.

    ``id`` is its id in the dialogue; without ``prefix`` it is the id its author knows. ``draft``
    is the file it stands in, ``top`` the node of the dialogue's own file that brought it in (the
    node itself, in that file). ``torn``: not all its ways out are known. ``hidden``: it is not
    known what happens there.
    """

    id: str
    prefix: str
    draft: Draft
    node: DraftNode
    top: DraftNode
    edges: tuple[Edge, ...] = ()
    leaves: bool = False
    torn: bool = False
    hidden: bool = False

    @property
    def rows(self) -> tuple[Row, ...]:
        """The ways out its author wrote, at the spot where they are taken."""
        return self.node.rows if self.leaves or self.node.kind != "use" else ()


@dataclass(frozen=True, slots=True)
class Woven:
    """A dialogue with its building blocks, or a block by itself.

    ``spots`` are in the order of the files. Empty when there would be too many: ``size`` is their
    number. ``start`` is None when it does not exist. ``blocks`` has those that are used, by name;
    ``offered`` the names of all there are; ``endless`` names those that are too deep to weave in;
    ``dialogues`` the names of all dialogues, None when they are not known.
    """

    draft: Draft
    blocks: Mapping[str, Draft]
    offered: frozenset[str]
    endless: frozenset[str]
    size: int
    spots: Mapping[str, Spot]
    start: str | None
    dialogues: frozenset[str] | None = None

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """Every file once."""
        return (self.draft, *self.blocks.values())

    def nodes(self) -> Iterator[tuple[Draft, DraftNode]]:
        """Every node an author wrote, once, and the file it stands in."""
        for draft in self.drafts:
            for node in draft.nodes.values():
                yield draft, node

    def questions(self, spot: Spot, *kinds: str) -> list[str]:
        """The questions of these kinds beside ``spot``, by the names they go by there."""
        return [
            other.id.removeprefix(spot.prefix)
            for other in self.spots.values()
            if other.id.startswith(spot.prefix) and other.node.kind in kinds
        ]

    def asked(self, spot: Spot, read: Read) -> Spot | None:
        """The question that a condition at ``spot`` reads; None when there is no such question."""
        asked = self.spots.get(spot.prefix + read.question.text)
        return asked if asked is not None and asked.node.kind in QUESTIONS else None

    def circle(self, spot: Spot) -> Spot | None:
        """The names that the question at ``spot`` is about; None when there are no such names."""
        name = spot.node.circle
        named = None if name is None else self.spots.get(spot.prefix + name.text)
        return named if named is not None and named.node.kind == "circle" else None

    def among(self, spot: Spot) -> Spot | None:
        """The question whose ticked choices are offered at ``spot``; None when there is none."""
        name = spot.node.among
        ticked = None if name is None else self.spots.get(spot.prefix + name.text)
        return ticked if ticked is not None and ticked.node.kind == "choices" else None

    def ticked_first(self, spot: Spot) -> Spot:
        """Where the choices that are offered at ``spot`` are written: often ``spot`` itself."""
        seen = {spot.id}
        while (before := self.among(spot)) is not None and before.id not in seen:
            seen.add(before.id)
            spot = before
        return spot

    def hidden(self, name: str) -> bool:
        """Whether ``name`` may be a question in something that could not be looked into."""
        parts = name.split("/")
        around = (self.spots.get("/".join(parts[:length])) for length in range(1, len(parts) + 1))
        return any(spot is not None and spot.hidden for spot in around)

    def way_out(self, spot: Spot) -> Spot | None:
        """Where one leaves the building block that ``spot`` is in; None when it is in none."""
        out = self.spots.get(spot.prefix + RETURN)
        return out if out is not None and out.leaves else None

    def reads(self) -> Iterator[tuple[Spot, Read]]:
        """Every answer that is looked at, by a condition or for what is near, and where."""
        for spot in self.spots.values():
            for near in spot.node.near:
                yield spot, near.read
            for row in spot.rows:
                for read in row.reads:
                    yield spot, read


def weave(
    draft: Draft,
    blocks: Mapping[str, Draft],
    offered: frozenset[str],
    dialogues: frozenset[str] | None = None,
) -> Woven:
    """``draft`` with the ``blocks`` it uses, as far as they are there."""
    sizes = _sizes(blocks)
    size = _size(draft, sizes)
    woven_in = {name: blocks[name] for name in sizes}
    spots = {} if size > MOST_NODES else {spot.id: spot for spot in _spots(draft, woven_in)}
    start = draft.start.text if draft.start is not None else ""
    return Woven(
        draft=draft,
        blocks=blocks,
        offered=offered,
        endless=frozenset(blocks.keys() - sizes.keys()),
        size=size,
        spots=spots,
        start=start if start in spots else None,
        dialogues=dialogues,
    )


def _sizes(blocks: Mapping[str, Draft]) -> dict[str, int]:
    """The number of nodes in each block; without the blocks that are too deep, or in a circle."""
    sizes: dict[str, int] = {}
    for _ in range(DEEPEST):
        waiting = blocks.keys() - sizes.keys()
        ready = [
            name for name in waiting if not any(use.text in waiting for use in blocks[name].uses())
        ]
        sizes.update({name: _size(blocks[name], sizes) for name in ready})
    return sizes


def _size(draft: Draft, sizes: Mapping[str, int]) -> int:
    return len(draft.nodes) + sum(sizes.get(use.text, 0) for use in draft.uses())


def _spots(draft: Draft, blocks: Mapping[str, Draft]) -> Iterator[Spot]:
    yield from _inside(draft, "", None, blocks)
    if draft.kind == "block":  # a block by itself: returning is its ending
        out = DraftNode(id=Word(RETURN, 0), kind="end")
        yield Spot(id=RETURN, prefix="", draft=draft, node=out, top=out, leaves=True)


def _inside(
    draft: Draft, prefix: str, top: DraftNode | None, blocks: Mapping[str, Draft]
) -> Iterator[Spot]:
    exits = {RETURN} if draft.kind == "block" else set()
    for node in draft.nodes.values():
        name = prefix + node.id.text
        ways = [way for way in node.ways() if way.text in draft.nodes or way.text in exits]
        spot = Spot(
            id=name,
            prefix=prefix,
            draft=draft,
            node=node,
            top=top or node,
            edges=tuple(Edge(prefix + way.text, way.line) for way in ways),
            torn=node.torn or len(ways) < len(node.ways()),
            hidden=node.kind is None,
        )
        if node.kind == "use":
            yield from _used(spot, blocks)
        else:
            yield spot


def _used(spot: Spot, blocks: Mapping[str, Draft]) -> Iterator[Spot]:
    """The block at ``spot``, between the spots that enter and leave it."""
    block = blocks.get(spot.node.block.text) if spot.node.block is not None else None
    start = block.start.text if block is not None and block.start is not None else ""
    known = block is not None and start in block.nodes
    entry = f"{spot.id}/{start if known else RETURN}"
    yield replace(
        spot,
        edges=(Edge(entry, spot.node.id.line),),
        torn=block is not None and not known,
        hidden=not known,
    )
    if block is not None:
        yield from _inside(block, f"{spot.id}/", spot.top, blocks)
    yield replace(spot, id=f"{spot.id}/{RETURN}", leaves=True)
