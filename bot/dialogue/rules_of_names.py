"""Rules about names: what a dialogue mentions exists, and fits where it is mentioned."""

import re
from collections.abc import Iterator, Mapping

from bot.dialogue.draft import RETURN, Draft, Word
from bot.dialogue.meant import as_id, listed, meant, quoted
from bot.dialogue.problems import Problem
from bot.dialogue.vocabulary import ENGINE, SECTIONS
from bot.dialogue.weaving import DEEPEST, MOST_NODES, Spot, Woven

LONGEST_CODE = 24
"""Characters of a choice's code; a Telegram button holds 64 bytes, the turn included."""

MOST_ROUTES = 20_000
"""Ways out of all nodes together, those through the end of a building block counted in full."""

ID = re.compile(r"[a-z][a-z0-9_]*")
LONGEST_ID = 32

_RESERVED = (RETURN, "not", "all", "any")
_TAKEN = (ENGINE, "bouwstenen", "hulplijnen")  # contexts of other words


def bad_id(woven: Woven) -> Iterator[Problem]:
    """An id is a small letter, then small letters, digits and ``_``: 32 at most, a code 24."""
    for draft in woven.drafts:
        for word, longest, taken in _named(draft):
            if word.text in taken:
                message = f"{quoted(word.text)} heeft al een betekenis. Kies een andere naam."
                yield Problem(draft.file, word.line, "bad-id", message)
            elif len(word.text) > longest or not ID.fullmatch(word.text):
                better = as_id(word.text)[:longest].rstrip("_")
                hint = f" Bedoelde je {quoted(better)}?" if better else ""
                message = (
                    f"{quoted(word.text)} kan geen naam zijn.{hint} Begin met een kleine letter. "
                    f"Gebruik kleine letters, cijfers en _, samen hoogstens {longest}."
                )
                yield Problem(draft.file, word.line, "bad-id", message)


def _named(draft: Draft) -> Iterator[tuple[Word, int, tuple[str, ...]]]:
    if draft.name is not None:
        yield draft.name, LONGEST_ID, _TAKEN
    for node in draft.nodes.values():
        yield node.id, LONGEST_ID, _RESERVED
        for code in node.codes:
            yield code, LONGEST_CODE, ()


def wrong_name(woven: Woven) -> Iterator[Problem]:
    """A building block has the name by which it is used."""
    for name, block in woven.blocks.items():
        if block.name is not None and block.name.text != name:
            message = (
                f"Deze bouwsteen wordt gebruikt als {quoted(name)}, maar heet hier "
                f"{quoted(block.name.text)}. Geef het bestand en de bouwsteen dezelfde naam."
            )
            yield Problem(block.file, block.name.line, "wrong-name", message)


def unknown_section(woven: Woven) -> Iterator[Problem]:
    """``page`` names a section of the page."""
    for draft, node in woven.nodes():
        if node.page is not None and node.page.text not in SECTIONS:
            message = (
                f"De pagina heeft geen deel {quoted(node.page.text)}."
                f"{meant(node.page.text, SECTIONS)} Kies uit: {listed(SECTIONS)}."
            )
            yield Problem(draft.file, node.page.line, "unknown-section", message)


def page_without_short(woven: Woven) -> Iterator[Problem]:
    """An answer that comes on the page has a short name there."""
    for draft, node in woven.nodes():
        if node.page is not None and "short" not in node.words:
            message = "Dit antwoord komt op de pagina. Zet erbij hoe het daar heet: ‘short: …’."
            yield Problem(draft.file, node.page.line, "page-without-short", message)


def short_without_page(woven: Woven) -> Iterator[Problem]:
    """An answer with a short name comes on the page; about people it does so by their names."""
    for draft, node in woven.nodes():
        if node.page is None and "short" in node.words and node.kind != "people":
            message = (
                "Met ‘short’ hoort ook ‘page’: in welk deel van de pagina komt dit antwoord? "
                "Hoort het niet op de pagina? Haal ‘short’ dan weg."
            )
            yield Problem(draft.file, node.words["short"].line, "short-without-page", message)


def unknown_start(woven: Woven) -> Iterator[Problem]:
    """``start`` names a node of the file."""
    for draft in woven.drafts:
        if draft.start is not None and draft.start.text not in draft.nodes:
            message = (
                f"Er is geen stap {quoted(draft.start.text)} om mee te beginnen."
                f"{meant(draft.start.text, draft.nodes)} "
                "Zet achter ‘start’ een stap uit dit bestand."
            )
            yield Problem(draft.file, draft.start.line, "unknown-start", message)


def unknown_node(woven: Woven) -> Iterator[Problem]:
    """Every way out goes to a node of the file, or in a building block to ``return``."""
    for draft, node in woven.nodes():
        for way in node.ways():
            if way.text == RETURN and draft.kind == "dialogue":
                message = "‘return’ kan alleen in een bouwsteen. Zet hier een stap."
            elif way.text != RETURN and way.text not in draft.nodes:
                message = (
                    f"Er is geen stap {quoted(way.text)}.{meant(way.text, draft.nodes)} "
                    "Zet hier een stap uit dit bestand, of schrijf hem erbij."
                )
            else:
                continue
            yield Problem(draft.file, way.line, "unknown-node", message)


def unknown_dialogue(woven: Woven) -> Iterator[Problem]:
    """``begin`` names another dialogue."""
    for draft, node in woven.nodes():
        name = node.begins
        if name is None or woven.dialogues is None:
            continue
        others = sorted(woven.dialogues - {draft.called})
        if name.text not in others:
            message = (
                f"Er is geen ander gesprek {quoted(name.text)}.{meant(name.text, others)} "
                "Zet achter ‘begin’ de naam van een map met een dialoog."
            )
            yield Problem(draft.file, name.line, "unknown-dialogue", message)


def unknown_block(woven: Woven) -> Iterator[Problem]:
    """``use`` names a building block."""
    for draft in woven.drafts:
        for use in draft.uses():
            if use.text not in woven.offered:
                message = (
                    f"Er is geen bouwsteen {quoted(use.text)}.{meant(use.text, woven.offered)} "
                    "De bouwstenen staan in dialogen/bouwstenen."
                )
                yield Problem(draft.file, use.line, "unknown-block", message)


def block_circle(woven: Woven) -> Iterator[Problem]:
    """No building block uses itself, also not by way of another."""
    for name in woven.endless:
        for use in woven.blocks[name].uses():
            if name in _used_by(use.text, woven.blocks):
                message = (
                    f"De bouwsteen {quoted(name)} gebruikt {quoted(use.text)}, en zo weer "
                    "zichzelf. Daar komt geen einde aan. Haal dit gebruik weg."
                )
                yield Problem(woven.blocks[name].file, use.line, "block-circle", message)


def blocks_too_deep(woven: Woven) -> Iterator[Problem]:
    """Building blocks are at most five deep in each other."""
    circles = {
        name
        for name in woven.endless
        if any(name in _used_by(use.text, woven.blocks) for use in woven.blocks[name].uses())
    }
    for use in woven.draft.uses():
        if use.text in woven.endless and circles.isdisjoint(_used_by(use.text, woven.blocks)):
            message = (
                f"In {quoted(use.text)} zitten meer dan {DEEPEST} bouwstenen in elkaar. "
                "Gebruik sommige los, na elkaar."
            )
            yield Problem(woven.draft.file, use.line, "blocks-too-deep", message)


def _used_by(name: str, blocks: Mapping[str, Draft]) -> set[str]:
    """``name`` and every block that it needs."""
    used: set[str] = set()
    waiting = [name]
    while waiting:
        at = waiting.pop()
        if at in blocks and at not in used:
            used.add(at)
            waiting += [use.text for use in blocks[at].uses()]
    return used


def too_many_nodes(woven: Woven) -> Iterator[Problem]:
    """A dialogue with all its building blocks has at most 2,000 nodes, and 20,000 ways out."""
    ends: dict[str, int] = {}
    routes = sum(_routes(woven, spot, ends) for spot in woven.spots.values())
    if woven.size > MOST_NODES or routes > MOST_ROUTES:
        message = (
            f"Deze dialoog is te groot: hoogstens {MOST_NODES} stappen, met die van de bouwstenen "
            "erbij. Deel hem in twee dialogen."
        )
        yield Problem(woven.draft.file, 0, "too-many-nodes", message)


def _routes(woven: Woven, spot: Spot, ends: dict[str, int]) -> int:
    """The number of routes ``spot`` has when the spots that leave a block are taken out.

    ``ends`` remembers that number of the spots that leave a block.
    """
    routes = 0
    for row in spot.rows:
        out = woven.way_out(spot) if row.to.text == RETURN else None
        if out is None:
            routes += 1
            continue
        if out.id not in ends:
            ends[out.id] = _routes(woven, out, ends)
        routes += ends[out.id]
    return routes
