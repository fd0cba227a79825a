"""What was shared between voices, in the words of whoever reads it.

Own words stay as they were typed; what was chosen by a button is in the reader's language.
"""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from bot.dialogue.between import ToldAnswer
from bot.dialogue.message import Piece, Text
from bot.dialogue.shareable import asked, said
from bot.dialogue.summary import Item
from bot.storage.shares import Body, Passed, Phrase
from bot.wording.words import MissingTextError

Word: TypeAlias = Callable[[Text], str]
"""Gives a text in somebody's language, or raises ``MissingTextError``."""


def passed_on(items: Iterable[Item], word: Word) -> Body:
    """``items`` as they are kept; ``word`` is how their owner reads them."""

    def phrase(piece: Piece) -> Phrase:
        return Phrase(piece, word(piece) if isinstance(piece, Text) else piece.words)

    return Body(
        tuple(
            Passed(item.question, phrase(asked(item)), tuple(phrase(each) for each in said(item)))
            for item in items
        )
    )


def told(body: Body, word: Word) -> tuple[ToldAnswer, ...]:
    """The same for a reader; in its owner's words what does not exist any more."""

    def read(phrase: Phrase) -> str:
        if isinstance(phrase.piece, Text):
            try:
                return word(phrase.piece)
            except MissingTextError:
                pass
        return phrase.read

    return tuple(
        ToldAnswer(read(answer.asked), tuple(read(each) for each in answer.said))
        for answer in body.answers
    )
