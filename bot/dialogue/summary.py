"""What someone told, in order: the items of the page before it is laid out.

Adds nothing, leaves nothing out that counts, interprets nothing.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import assert_never

from msgspec import Struct

from bot.dialogue import circle
from bot.dialogue.answers import (
    YES,
    Answer,
    Chosen,
    Counted,
    Named,
    Person,
    Reached,
    Said,
    Skipped,
    Worded,
)
from bot.dialogue.circle import Circle
from bot.dialogue.conversation import Conversation
from bot.dialogue.message import Piece, Quote, Text
from bot.dialogue.tree import (
    Among,
    Choice,
    Contact,
    Dialogue,
    Naming,
    People,
    Pictures,
    Question,
    Waiting,
)
from bot.dialogue.vocabulary import ENGINE, SAFETY, SECTIONS, Mark, Theme, VoiceKind
from bot.dialogue.walk import walk


class Item(Struct, frozen=True):
    """One answered question with a place on the page.

    ``circle`` is for names, with all marks. ``labels`` is the context of the words of what was
    chosen, when that is another question's; of ``pictures`` the page has the words only. ``reach``
    is by what a contact reaches someone (``phone``). What was ``sent`` with an earlier page stays
    as it is. ``talk_about`` is what they want to talk about; ``tells`` is a ``Theme``.
    ``is_adult``: whoever tells said here to be one.
    """

    question: str
    context: str
    section: str
    answer: Answer
    left_out: bool = False
    circle: Circle | None = None
    labels: str = ""
    pictures: bool = False
    sent: bool = False
    reach: str = ""
    talk_about: bool = False
    tells: Theme | None = None
    is_adult: bool = False


class Summary(Struct, frozen=True):
    """The items someone agreed to send, in the order of the conversation, and whose they are."""

    dialogue: str
    language: str
    items: tuple[Item, ...]
    voice: VoiceKind = "parent"


def items(dialogue: Dialogue, conversation: Conversation) -> tuple[Item, ...]:
    """Every live answer that has a place on the page, in the order of the page.

    Left-out ones are included and marked: so a review shows what is sent as it is sent.
    """
    out = {answered.question for answered in conversation.answers if answered.left_out}
    wished = {answered.question for answered in conversation.answers if answered.talk_about}
    found = []
    way = walk(dialogue, conversation)
    for place, node in enumerate(way.path):
        if not isinstance(node, Question) or node.section is None or isinstance(node, People):
            continue
        answer = way.live.get(node.id)
        if answer is None or isinstance(answer, Skipped):
            continue
        chosen = node if isinstance(node, Choice) else None
        is_danger = chosen is not None and answer == Chosen((chosen.danger or "",))
        item = Item(
            node.id,
            node.context,
            SAFETY if is_danger else node.section,
            answer,
            node.id in out,
            circle=_circle(way.path, conversation, node) if isinstance(node, Naming) else None,
            labels=node.labels if isinstance(node, Among) else "",
            pictures=isinstance(node, Pictures),
            sent=place < way.sent,
            reach=node.of if isinstance(node, Contact) else "",
            talk_about=node.id in wished,
            tells=node.tells,
            is_adult=chosen is not None and answer == Chosen((chosen.adult or "",)),
        )
        found.append(item)
    return tuple(sorted(found, key=lambda item: SECTIONS.index(item.section)))


def circle_of(dialogue: Dialogue, conversation: Conversation) -> Circle:
    """Everybody who was named, as far as it counts and was not left out, with all that was told."""
    circles = [item.circle for item in items(dialogue, conversation) if not item.left_out]
    return Circle(tuple(person for found in circles if found for person in found.people))


def asked_of(dialogue: Dialogue, conversation: Conversation, naming: str) -> tuple[People, ...]:
    """The questions about the people named at ``naming``, as far as they were answered."""
    path = walk(dialogue, conversation).path
    return tuple(node for node in path if isinstance(node, People) and node.of == naming)


def _circle(path: tuple[Waiting, ...], conversation: Conversation, naming: Naming) -> Circle:
    asked = [node for node in path if isinstance(node, People) and node.of == naming.id]
    people = conversation.people_of(naming.id)
    return Circle(tuple(_marked(asked, conversation, one, naming.mark) for one in people))


def _marked(
    asked: list[People], conversation: Conversation, one: Person, every: Mark | None
) -> circle.Person:
    marks = {every: True} if every else {}
    marks |= {
        node.mark: answer.codes == (YES,)
        for node in asked
        if isinstance(answer := conversation.answer_to(node.id, one.id), Chosen)
    }
    return circle.Person(one.id, one.name, **marks)


def summarise(dialogue: Dialogue, conversation: Conversation) -> Summary:
    """What goes on the page: every item that was not left out."""
    kept = tuple(item for item in items(dialogue, conversation) if not item.left_out)
    return Summary(dialogue.name, conversation.language, kept, dialogue.voice)


def shown(labels: str, answer: Answer) -> tuple[Piece, ...]:
    """The answer as a reader sees it: own words as they are, what was chosen as references.

    ``labels`` is the context of the words of what can be chosen.
    """
    match answer:
        case Chosen(codes):
            return tuple(Text(f"{labels}/choices/{code}") for code in codes)
        case Worded(said):
            return told(said)
        case Counted(number):
            return (Quote(str(number)),)
        case Reached(line):
            return (Quote(line),)
        case Named(people):
            return names(people)
        case Skipped():
            return (Text(f"{ENGINE}/skipped"),)
        case _:
            assert_never(answer)


def told(said: tuple[Said, ...]) -> tuple[Piece, ...]:
    """Own words in their order: typed ones as they are, what was spoken by its length.

    What was typed between two recordings is one piece.
    """
    pieces: list[Piece] = []
    for spoken, group in groupby(said, lambda one: one.note is not None):
        if spoken:
            for one in group:
                pieces.append(recording(one))
                pieces += [Quote(one.words)] if one.words else []
        else:
            pieces.append(Quote("\n".join(one.words for one in group)))
    return tuple(pieces)


def recording(one: Said) -> Text:
    """A recording in words: how long it is, and what became of it."""
    key = "note_gone" if one.lost else "note_heard" if one.words else "note"
    if not one.seconds:
        return Text(f"{ENGINE}/{key}_untimed")
    return Text(f"{ENGINE}/{key}", {"duur": length(one.seconds)})


def length(seconds: int) -> str:
    """``seconds`` as a clock shows them: ``0:42``."""
    return f"{seconds // 60}:{seconds % 60:02}"


def names(people: tuple[Person, ...]) -> tuple[Quote, ...]:
    """The name of each of ``people``, as it was typed."""
    return tuple(Quote(person.name) for person in people)


def person_line(person: circle.Person) -> Text:
    """Everything that is told of ``person`` on one line."""
    return named(person.name, [Text(f"{ENGINE}/circle_{one}") for one in person.told])


def named(name: str, known: Sequence[Text]) -> Text:
    """Someone's name, and all that is ``known`` of them on the same line."""
    if not known:
        return Text(f"{ENGINE}/circle_name", {"naam": name})
    return Text(f"{ENGINE}/circle_person", {"naam": name, "wat": listed(known)})


def listed(things: Sequence[str | Text]) -> str | Text:
    """One or more things in one line, as the language of the reader puts them beside each other."""
    *others, last = things
    if not others:
        return last
    return Text(f"{ENGINE}/circle_list", {"eerst": listed(others), "dan": last})
