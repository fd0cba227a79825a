"""One step of a talk: any button or command at any question, and own words of several lengths."""

from collections.abc import Iterator
from functools import partial

from bot.dialogue.conversation import Conversation
from bot.dialogue.engine import advance
from bot.dialogue.events import Asked, Event, Tapped, Wrote
from bot.dialogue.screens import draw
from bot.dialogue.tree import Dialogue, Elsewhere, Words
from bot.exploring.deeds import anywhere, deeds
from bot.exploring.samples import questions, samples
from tests.bench.timing import Spread, spread, timed

SENTENCES = {
    5: "Hij slaapt de laatste tijd slecht.",
    30: "Onze zoon van tien is na school vaak boos en dan gooit hij met van alles. Oma helpt ons"
    " elke week, en op zaterdag bij het voetbal gaat het juist heel goed.",
}
"""Own words; the number is about how many words they are."""


def tapped(dialogue: Dialogue, times: int) -> Spread:
    """A tap or a command in every way to stand at every question: everything but own words."""
    every = [
        (sample.conversation, event)
        for sample in samples(dialogue)
        if not isinstance(dialogue.nodes[sample.node], Elsewhere)
        for event in _without_words(dialogue, sample.conversation)
    ]
    return spread(_each(dialogue, every, times))


def wrote(dialogue: Dialogue, words: str, times: int) -> Spread:
    """``words`` in answer to each question that asks for them."""
    every: list[tuple[Conversation, Event]] = [
        (here, Wrote(words, 1))
        for node, here in questions(dialogue).items()
        if isinstance(dialogue.nodes[node], Words)
    ]
    return spread(_each(dialogue, every, times))


def _without_words(dialogue: Dialogue, here: Conversation) -> Iterator[Event]:
    for event in (*deeds(dialogue, here, draw(dialogue, here)), *anywhere(dialogue, here)):
        if isinstance(event, Tapped | Asked):
            yield event


def _each(
    dialogue: Dialogue, every: list[tuple[Conversation, Event]], times: int
) -> Iterator[float]:
    """Each once before it is done again, so that nothing of a step is still at hand."""
    for _ in range(times):
        for here, event in every:
            yield timed(partial(advance, dialogue, here, event))
