"""Rules about the truth: whoever begins is told what this is, all of it, before the first question.

The truth stands in a building block, as it is the same in every dialogue; for young people it can
be said in other words.
"""

from collections.abc import Iterator

from bot.dialogue.draft import QUESTIONS
from bot.dialogue.meant import quoted
from bot.dialogue.problems import Problem
from bot.dialogue.rules_of_flow import reached_from
from bot.dialogue.weaving import Spot, Woven

TRUTH = "waarheid"
"""The building block that says what the bot is, and what happens to what is told; others with the
same truth in other words are called ``waarheid_…``."""

ALWAYS: dict[str, tuple[str, ...]] = {
    "dat dit een computer is (‘computer’)": ("computer",),
    "het nummer voor als er gevaar is (112)": ("112",),
}
BEFORE_SENDING: dict[str, tuple[str, ...]] = {
    "hoe lang een begin bewaard blijft ({bewaard_concept})": ("{bewaard_concept}",),
    "hoe lang een pagina bewaard blijft ({bewaard_pagina})": ("{bewaard_pagina}",),
    "dat Telegram kan meelezen, en waar dat niet kan (Telegram en {chatpagina})": (
        "Telegram",
        "{chatpagina}",
    ),
}
"""What has to be told where something can be sent: what an author reads of it, and the words that
show that it is there, together in one text."""


def no_truth_first(woven: Woven) -> Iterator[Problem]:
    """A dialogue begins with a building block that tells the truth about the bot."""
    start = woven.draft.start
    if woven.start is None or start is None or woven.draft.kind == "block":
        return
    node = woven.draft.nodes[start.text]
    if node.kind is not None and (node.block is None or not _is_truth(node.block.text)):
        message = (
            "Een gesprek begint met de waarheid: een computer, geen mens, en wie er meeleest. "
            f"Begin met een stap ‘use: {TRUTH}’, of met een bouwsteen ‘{TRUTH}_…’."
        )
        yield Problem(woven.draft.file, start.line, "no-truth-first", message)


def half_truth(woven: Woven) -> Iterator[Problem]:
    """The block with the truth tells all of it, on every way to the first question.

    Where nothing can be sent, as in a dialogue that only chooses another, the truth about sending
    is for that other one.
    """
    start = woven.spots.get(woven.start or "")
    if start is None or woven.draft.kind == "block" or start.node.block is None:
        return
    block = woven.blocks.get(start.node.block.text)
    if block is None or not _is_truth(start.node.block.text) or block.start is None:
        return
    sends = any(spot.node.kind == "hand_over" for spot in woven.spots.values())
    for what, words in (ALWAYS | BEFORE_SENDING if sends else ALWAYS).items():
        if _is_asked_untold(woven, start.id, words):
            message = (
                f"In {quoted(block.called)} mist {what}. "
                "Zeg dat in de bouwsteen zelf, voor de eerste vraag van het gesprek."
            )
            yield Problem(block.file, block.start.line, "half-truth", message)


def _is_truth(block: str) -> bool:
    return block == TRUTH or block.startswith(f"{TRUTH}_")


def _is_asked_untold(woven: Woven, truth: str, words: tuple[str, ...]) -> bool:
    """Whether a way leads to a first question with no text in the block that has all ``words``."""

    def tells(spot: Spot) -> bool:
        text = spot.node.words.get("text")
        is_inside = spot.prefix.startswith(f"{truth}/")
        return is_inside and text is not None and all(word in text.text for word in words)

    def is_asked(spot: Spot) -> bool:
        return spot.node.kind in QUESTIONS

    untold = reached_from(woven, [truth], lambda spot: not (spot.hidden or tells(spot)))
    return any(is_asked(woven.spots[name]) and not tells(woven.spots[name]) for name in untold)
