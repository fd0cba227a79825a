"""The shortest way through a dialogue to the picture of a circle."""

from collections.abc import Sequence

from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import Show
from bot.dialogue.engine import advance
from bot.dialogue.events import Event, Started, Tapped, Wrote
from bot.dialogue.fitting import can_skip
from bot.dialogue.message import Text
from bot.dialogue.tree import Choice, Dialogue, Naming, People, Waiting
from bot.library import Library

NAMES = "Oma, juf Els en Yusuf"


def to_the_picture(dialogue: Dialogue, names: str = NAMES) -> list[Event]:
    """What someone does after START: skip all they can, and tell of ``names``.

    The last deed brings the picture. Everybody stands very close, and has every mark.
    """
    step = advance(dialogue, Conversation(dialogue.name, dialogue.revision, "nl"), Started("linde"))
    deeds: list[Event] = []
    while not any(isinstance(effect, Show) for effect in step.effects):
        conversation = step.conversation
        node = dialogue.nodes[conversation.at]
        assert isinstance(node, Waiting)
        for deed in _deeds(conversation, node, names):
            deeds.append(deed)
            step = advance(dialogue, step.conversation, deed)
    return deeds


def _deeds(conversation: Conversation, node: Waiting, names: str) -> list[Event]:
    turn = conversation.turn
    if isinstance(node, Naming):
        return [Wrote(names), Tapped(turn, "-done")]
    if isinstance(node, People):
        people = conversation.people_of(node.of)
        return [*(Tapped(turn, person.id) for person in people), Tapped(turn, "-done")]
    if isinstance(node, Choice) and not can_skip(node):
        return [Tapped(turn, node.codes[0])]
    return [Tapped(turn, "-skip")]


def question_after(books: Library, deeds: Sequence[Event]) -> str:
    """The first line of the question that is asked of a parent who did all of ``deeds``."""
    dialogue = books.dialogues["ouder"]
    talk = advance(
        dialogue, Conversation(dialogue.name, dialogue.revision, "nl"), Started("linde")
    ).conversation
    for deed in deeds:
        talk = advance(dialogue, talk, deed).conversation
    key = f"{dialogue.nodes[talk.at].context}/text"
    return books.texts.text(Text(key), "nl", books.values("linde", "nl")).splitlines()[0]
