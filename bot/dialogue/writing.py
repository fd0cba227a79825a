"""What typed words do: they are kept as an answer, or the question is asked again, kindly."""

from msgspec.structs import replace

from bot.dialogue import handed_over, locking, moves, naming
from bot.dialogue.answers import Reached, Said
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import Step
from bot.dialogue.hearing import LONGEST_ANSWER, TEAMS_SHOWN, fitting, heard, teams_named
from bot.dialogue.message import Part, Say
from bot.dialogue.phrases import button, line
from bot.dialogue.screens import control_row
from bot.dialogue.tree import (
    Contact,
    Dialogue,
    Ending,
    Naming,
    Number,
    TeamChoice,
    Words,
)
from bot.dialogue.walk import waiting, walk


def wrote(dialogue: Dialogue, conversation: Conversation, words: str, origin: int | None) -> Step:
    """Someone typed ``words``."""
    node = waiting(dialogue, conversation)
    if locking.takes_words(conversation):
        return locking.chose(dialogue, conversation, words, origin)
    if conversation.screen == "write" or (conversation.given and isinstance(node, Ending)):
        return handed_over.wrote(dialogue, conversation, words, origin)
    match node:
        case Words():
            return _kept(dialogue, conversation, words, origin)
        case Number() | Contact():
            given = heard(node, words, origin)
            if isinstance(given, Part):
                return moves.repeat(dialogue, conversation, given)
            return moves.answer(dialogue, conversation, node, given, ())
        case Naming():
            return naming.wrote(dialogue, conversation, node, words, origin)
        case TeamChoice():
            return _find_team(dialogue, conversation, words)
        case _:
            why = "done_wrote" if conversation.status == "done" else "tap_please"
            return moves.repeat(dialogue, conversation, line(why))


def _kept(dialogue: Dialogue, conversation: Conversation, words: str, origin: int | None) -> Step:
    """Own words are kept as they come; the answer is closed by a button.

    The turn stays, so that the buttons under every message of this answer go on working.
    """
    kept = fitting(conversation.draft, words)
    if not kept.strip():
        why = line("too_long", aantal=LONGEST_ANSWER) if words.strip() else line("words_please")
        return moves.repeat(dialogue, conversation, why)
    cut = (line("too_long", aantal=LONGEST_ANSWER),) if len(kept) < len(words) else ()
    return keep(dialogue, conversation, Said(kept, origin), *cut, line("words_kept"))


def keep(dialogue: Dialogue, conversation: Conversation, said: Said, *parts: Part) -> Step:
    """``said`` comes with the answer that is being given; ``parts`` say so.

    From another screen it is back to the question, which says so itself.
    """
    after = replace(conversation, draft=(*conversation.draft, said))
    if conversation.screen != "question" or conversation.status == "paused":
        after = replace(after, screen="question", status="open")
        return moves.show(dialogue, conversation, after)
    row = control_row(walk(dialogue, after), after)
    rows = ((button("done", "-done"),), row)
    return Step(after, (Say(parts, after.turn, rows, aloud=True),))


def _find_team(dialogue: Dialogue, conversation: Conversation, words: str) -> Step:
    found = teams_named(dialogue, words)
    told = line("team_found") if found else line("team_not_found")
    every = tuple(place.team for place in dialogue.around.teams)
    if not found and len(every) <= TEAMS_SHOWN:
        found = every
    after = replace(conversation, screen="question", status="open", ticked=found)
    return moves.told(moves.show(dialogue, conversation, after), told)


def shared(dialogue: Dialogue, conversation: Conversation, phone: str, origin: int | None) -> Step:
    """Someone shared their own phone number with the button for it."""
    node = waiting(dialogue, conversation)
    if isinstance(node, Contact) and node.of == "phone":
        return moves.answer(dialogue, conversation, node, Reached(phone, origin), ())
    return moves.repeat(dialogue, conversation, line("cannot_read"))
