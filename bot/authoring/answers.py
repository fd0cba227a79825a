"""Lists what was answered so far, as an author who tries a dialogue follows it."""

from collections.abc import Iterator

from bot.authoring.wordings import InDutch
from bot.dialogue.answers import YES, Answer, Chosen
from bot.dialogue.conversation import Conversation
from bot.dialogue.message import Quote, Text
from bot.dialogue.summary import shown
from bot.dialogue.tree import Naming, People, Question, labels_of
from bot.dialogue.walk import walk
from bot.wording.languages import DUTCH


def answered(dutch: InDutch, conversation: Conversation) -> Iterator[tuple[str, str, str]]:
    """What each answered question is called, what was answered, and what is apart about it, if any.

    In the order of the conversation; answers on a way that was closed again come last.
    """
    way = walk(dutch.dialogue, conversation)
    out = {each.question for each in conversation.answers if each.left_out}
    given = {each.question for each in conversation.answers}
    for node in way.path:
        if isinstance(node, Question) and node.id in given:
            remark = "weggelaten" if node.id in out else "" if node.section else "niet op de pagina"
            yield _name(dutch, node), _told(dutch, conversation, node), _kept(node, remark)
            given.discard(node.id)
    for name in (each.question for each in conversation.answers if each.person is None):
        closed = dutch.dialogue.nodes.get(name)
        if name in given and isinstance(closed, Question):
            yield _name(dutch, closed), _told(dutch, conversation, closed), "telt nu niet mee"


def _kept(node: Question, remark: str) -> str:
    """People are on the page by their names, whatever was asked about them."""
    return "" if isinstance(node, People | Naming) and remark != "weggelaten" else remark


def _name(dutch: InDutch, node: Question) -> str:
    if node.section is not None or isinstance(node, People):
        return dutch.text(f"{node.context}/short")
    return node.id


def _told(dutch: InDutch, conversation: Conversation, node: Question) -> str:
    if isinstance(node, People):
        people = conversation.people_of(node.of)
        yes = Chosen((YES,))
        return ", ".join(
            each.name for each in people if conversation.answer_to(node.id, each.id) == yes
        )
    answer: Answer | None = conversation.answer_to(node.id)
    if answer is None:
        return ""
    return ", ".join(
        piece.words if isinstance(piece, Quote) else _text(dutch, piece)
        for piece in shown(labels_of(node), answer)
    )


def _text(dutch: InDutch, text: Text) -> str:
    return dutch.texts.text(text, DUTCH.code, dutch.values)
