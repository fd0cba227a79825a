"""What is done with the names of a circle: typed, changed, or taken away."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.dialogue import keeping, moves
from bot.dialogue.answers import Named, Person
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import Step
from bot.dialogue.hearing import MOST_PEOPLE, names_in, one_name
from bot.dialogue.message import Part, Say
from bot.dialogue.naming_screens import name_rows, prompt, so_far
from bot.dialogue.phrases import button, line
from bot.dialogue.screens import control_row
from bot.dialogue.tree import Dialogue, Naming
from bot.dialogue.walk import walk


def wrote(
    dialogue: Dialogue, conversation: Conversation, node: Naming, words: str, origin: int | None
) -> Step:
    """Someone typed names, or the new name of the person they had asked to rename."""
    looked_at = _looked_at(conversation, node)
    if conversation.screen == "rename" and looked_at is not None:
        return _renamed(dialogue, conversation, node, looked_at, words)
    found, why = names_in(words)
    people = conversation.people_of(node.id)
    fresh = _new_names(people, found)
    if not found:
        return moves.repeat(dialogue, conversation, *why)
    after = conversation
    added = _people(conversation, fresh[: MOST_PEOPLE - len(people)], origin)
    if len(added) < len(fresh):
        why = (*why, line("circle_full", aantal=MOST_PEOPLE))
    messages = _messages(conversation, node.id) + 1
    named = Named((*people, *added), messages)
    after = keeping.put_people(dialogue, conversation, node.id, named)
    return _kept(dialogue, conversation, after, node, *why)


def tapped(
    dialogue: Dialogue, conversation: Conversation, node: Naming, name: str, value: str
) -> Step:
    """A name was tapped, or a button on the screen of that person."""
    people = conversation.people_of(node.id)
    if name == "-person" and any(person.id == value for person in people):
        return moves.show(
            dialogue, conversation, replace(conversation, screen="person", item=value)
        )
    person = _looked_at(conversation, node)
    if person is None or conversation.screen not in ("person", "rename"):
        return moves.repeat(dialogue, conversation, line("old_button"))
    if name == "-rename":
        return moves.over(dialogue, conversation, "rename")
    after = replace(conversation, screen="question", item=None)
    if name == "-remove":
        others = tuple(other for other in people if other != person)
        named = Named(others, _messages(conversation, node.id))
        after = keeping.put_people(dialogue, after, node.id, named)
    return moves.show(dialogue, conversation, after)


def corrected(
    conversation: Conversation, question: str, words: str, origin: int
) -> Named | tuple[Part, ...]:
    """The people of ``question`` now that the message ``origin`` says ``words``.

    Whoever is still in it stays who they are; so does someone whose name alone was written
    another way. The lines that say why, when no name is left in it.
    """
    people = conversation.people_of(question)
    old = [person for person in people if person.origin == origin]
    others = [person for person in people if person.origin != origin]
    found, why = names_in(words)
    names = _new_names(others, found)
    if not found:
        return why
    kept = {name: person for name in names for person in old if _same(name, person.name)}
    fresh = [name for name in names if name not in kept]
    leftover = [person for person in old if person not in kept.values()]
    if len(fresh) == len(leftover):
        kept |= dict(zip(fresh, leftover, strict=True))
        fresh = []
    added = _people(conversation, fresh[: MOST_PEOPLE - len(others) - len(kept)], origin)
    now = [replace(person, name=name) for name, person in kept.items()] + list(added)
    after: list[Person] = []
    for person in people:
        changed = [one for one in now if one.id == person.id]
        after += changed if person.origin == origin else [person]
    after += [person for person in now if person.id not in {one.id for one in after}]
    return Named(tuple(after), _messages(conversation, question))


def _renamed(
    dialogue: Dialogue, conversation: Conversation, node: Naming, person: Person, words: str
) -> Step:
    people = conversation.people_of(node.id)
    name = one_name(words)
    if isinstance(name, Part):
        return moves.repeat(dialogue, conversation, name)
    if any(_same(name, other.name) for other in people if other != person):
        return moves.repeat(dialogue, conversation, line("circle_same", naam=name))
    changed = tuple(replace(one, name=name) if one == person else one for one in people)
    named = Named(changed, _messages(conversation, node.id))
    after = keeping.put_people(dialogue, conversation, node.id, named)
    after = replace(after, screen="question", status="open", item=None)
    return moves.show(dialogue, conversation, after)


def _kept(
    dialogue: Dialogue, before: Conversation, after: Conversation, node: Naming, *why: Part
) -> Step:
    """The names are kept as they come; the turn stays, as it does for own words."""
    if before.screen != "question" or before.status == "paused":
        after = replace(after, screen="question", status="open", item=None)
        return moves.told(moves.show(dialogue, before, after), *why)
    people = after.people_of(node.id)
    parts = (*why, so_far(people), prompt(_messages(after, node.id)))
    row = control_row(walk(dialogue, after), after)
    rows = (*name_rows(people), (button("done", "-done"),), row)
    return Step(after, (Say(parts, after.turn, rows),))


def _looked_at(conversation: Conversation, node: Naming) -> Person | None:
    """The person whose screen is open."""
    people = conversation.people_of(node.id)
    return next((person for person in people if person.id == conversation.item), None)


def _messages(conversation: Conversation, question: str) -> int:
    answer = conversation.answer_to(question)
    return answer.messages if isinstance(answer, Named) else 0


def _people(
    conversation: Conversation, names: Sequence[str], origin: int | None
) -> tuple[Person, ...]:
    """Somebody new for each of ``names``, with an id that nobody ever had."""
    first = conversation.named + 1
    return tuple(Person(f"p{number}", name, origin) for number, name in enumerate(names, first))


def _new_names(people: Sequence[Person], names: Sequence[str]) -> list[str]:
    """Those of ``names`` that none of ``people`` has, each once."""
    new: dict[str, str] = {}
    for name in names:
        if not any(_same(name, person.name) for person in people):
            new.setdefault(name.casefold(), name)
    return list(new.values())


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
