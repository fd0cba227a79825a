"""What a tap does: an answer, a control, or one of the buttons on the engine's own screens."""

from msgspec.structs import replace

from bot.dialogue import (
    care,
    controls,
    handed_over,
    inviting,
    keeping,
    locking,
    meeting,
    moves,
    naming,
    reviewing,
    sharing,
    speaking,
)
from bot.dialogue.answers import Chosen
from bot.dialogue.controls import ALWAYS as ALWAYS
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import Erase, GiveOver, Redraw, SetAlarm, Step
from bot.dialogue.events import Control
from bot.dialogue.fitting import offered
from bot.dialogue.lock import door
from bot.dialogue.message import Say, Text
from bot.dialogue.phrases import line, word
from bot.dialogue.screens import draw
from bot.dialogue.summary import items, shown
from bot.dialogue.table import table
from bot.dialogue.tree import (
    Choice,
    Choices,
    Dialogue,
    Ending,
    HandOver,
    Naming,
    People,
    TeamChoice,
    labels_of,
)
from bot.dialogue.walk import KEEP, SEND, waiting, walk

CONTROLS: dict[str, Control] = {
    "-back": "back",
    "-skip": "skip",
    "-pause": "pause",
    "-language": "language",
    "-erase": "erase",
    "-why": "why",
    "-menu": "menu",
    "-page": "page",
    "-mine": "mine",
}

REMINDERS = {"-remind.1": 1, "-remind.7": 7}
"""Days after which someone can ask to be reminded."""


def works_however_old(code: str) -> bool:
    """Whether a button with ``code`` does the same under any message, of whatever turn."""
    return code in ALWAYS or code.partition(".")[0] == sharing.NOTICE


def tapped(dialogue: Dialogue, conversation: Conversation, turn: int, code: str) -> Step:
    """The button ``code`` was tapped that was drawn for ``turn``."""
    if code in ALWAYS:
        return controls.use(dialogue, conversation, ALWAYS[code])
    name, _, value = code.partition(".")
    if name == sharing.NOTICE:
        return sharing.opened(dialogue, conversation, value)
    if turn != conversation.turn:
        return moves.repeat(dialogue, conversation, line("old_button"))
    if code in CONTROLS:
        return controls.use(dialogue, conversation, CONTROLS[code])
    if code in handed_over.CODES:
        return handed_over.tapped(dialogue, conversation, code)
    if code in locking.CODES:
        return locking.tapped(dialogue, conversation, code)
    if code.startswith(meeting.CODES):
        return meeting.tapped(dialogue, conversation, code.removeprefix(meeting.CODES))
    if name in sharing.CODES:
        return sharing.tapped(dialogue, conversation, name, value)
    if code.startswith("-"):
        return _engine_button(dialogue, conversation, code)
    if conversation.screen == "question":
        return _answer_button(dialogue, conversation, code)
    return moves.repeat(dialogue, conversation, line("old_button"))


def _engine_button(dialogue: Dialogue, conversation: Conversation, code: str) -> Step:
    name, _, value = code.partition(".")
    node = waiting(dialogue, conversation)
    match name:
        case "-on" | "-not_meant" if conversation.screen == "care":
            say = care.closed if name == "-on" else care.not_meant
            return say(dialogue, conversation)
        case "-on":
            return _go_on(dialogue, conversation)
        case "-done":
            return controls.done(dialogue, conversation)
        case "-again":
            return _again(dialogue, conversation, is_sure=value == "yes")
        case "-erase" if value == "yes" and conversation.screen == "erase":
            turn = conversation.turn
            return Step(conversation, (Erase(), Say((line("erased"),), turn)))
        case "-lang" if any(value == offered for offered, _ in dialogue.around.languages):
            spoken = replace(conversation, language=value)
            return _go_on(dialogue, spoken, before=conversation)
        case "-remind" if code in REMINDERS and conversation.status == "paused":
            return _remind(dialogue, conversation, REMINDERS[code])
        case "-table" if table(dialogue, conversation) and conversation.status != "left":
            return moves.over(dialogue, conversation, "table")
        case "-invite" | "-join":
            return inviting.tapped(dialogue, conversation, name, value)
        case "-team":
            return _choose_team(dialogue, conversation, value)
        case "-person" | "-rename" | "-remove" | "-keep" if isinstance(node, Naming):
            return naming.tapped(dialogue, conversation, node, name, value)
        case "-play":
            return speaking.play(dialogue, conversation, value)
        case "-heard":
            return speaking.confirmed(dialogue, conversation, value)
        case "-item" | "-keep" | "-talk" | "-change" | "-omit" | "-agree":
            return reviewing.tapped(dialogue, conversation, name, value)
        case _:
            return moves.repeat(dialogue, conversation, line("old_button"))


def _again(dialogue: Dialogue, conversation: Conversation, *, is_sure: bool) -> Step:
    """From the beginning; a page that was sent stays where it is.

    Whoever told something that nobody has yet is asked first, as that is gone then.
    """
    if conversation.screen not in {"resume", "again"} and conversation.status != "done":
        return moves.repeat(dialogue, conversation, line("old_button"))
    told = any(not item.sent for item in items(dialogue, conversation))
    if (told or conversation.draft) and not (is_sure and conversation.screen == "again"):
        return moves.over(dialogue, conversation, "again")
    team = conversation.invited or conversation.team
    fresh = replace(conversation, team=team, answers=())
    return moves.begin(dialogue, fresh)


def _answer_button(dialogue: Dialogue, conversation: Conversation, code: str) -> Step:
    node = waiting(dialogue, conversation)
    match node:
        case Choice() if code in node.codes:
            given = Chosen((code,))
            return moves.answer(dialogue, conversation, node, given, shown(labels_of(node), given))
        case Choices() if code in offered(node, walk(dialogue, conversation).live):
            return _tick(dialogue, conversation, code)
        case People() if any(person.id == code for person in conversation.people_of(node.of)):
            return _tick(dialogue, conversation, code)
        case HandOver() if code in (SEND, KEEP):
            return _consent(dialogue, conversation, node, code)
        case _:
            return moves.repeat(dialogue, conversation, line("old_button"))


def _tick(dialogue: Dialogue, conversation: Conversation, code: str) -> Step:
    others = tuple(ticked for ticked in conversation.ticked if ticked != code)
    ticked = others if code in conversation.ticked else (*others, code)
    after = replace(conversation, ticked=ticked)
    return Step(after, (Redraw(draw(dialogue, after)),))


def _consent(dialogue: Dialogue, conversation: Conversation, node: HandOver, code: str) -> Step:
    label = (Text(f"{node.context}/{code}"),)
    given = Chosen((code,))
    if code == KEEP:
        return moves.answer(dialogue, conversation, node, given, label)
    if conversation.team is None:
        return moves.repeat(dialogue, conversation, line("team_not_found"))
    fuller = conversation.given and walk(dialogue, conversation).sent > 0
    over = GiveOver(conversation.team, fuller)
    conversation = replace(conversation, given=True)
    return moves.answer(dialogue, conversation, node, given, label, over)


def _go_on(
    dialogue: Dialogue, conversation: Conversation, before: Conversation | None = None
) -> Step:
    """From a screen back to the question; from a question with an answer on to the open one."""
    before = before or conversation
    if conversation.status == "left" and conversation.screen != "resume":
        return moves.show(dialogue, before, replace(conversation, screen=door(conversation)))
    way = walk(dialogue, conversation)
    is_done = isinstance(dialogue.nodes[conversation.at], Ending)
    status = "done" if is_done else "open"
    after = replace(conversation, status=status, screen="question", invited=None, invitation=None)
    if conversation.screen == "question" and conversation.at != way.open.id:
        after = keeping.put_by(dialogue, after)
        after = moves.go_to(after, walk(dialogue, after).open)
    return moves.show(dialogue, before, after)


def _remind(dialogue: Dialogue, conversation: Conversation, days: int) -> Step:
    step = moves.over(dialogue, conversation, "reminded")
    turn = step.conversation.turn
    return replace(step, effects=(SetAlarm("remind", days, turn), *step.effects))


def _choose_team(dialogue: Dialogue, conversation: Conversation, team: str) -> Step:
    node = waiting(dialogue, conversation)
    names = {place.team: place.name for place in dialogue.around.teams}
    if not isinstance(node, TeamChoice) or team not in names:
        return moves.repeat(dialogue, conversation, line("old_button"))
    chosen = replace(conversation, team=team)
    heard = len(walk(dialogue, conversation).said)
    way = walk(dialogue, chosen)
    after = moves.go_to(chosen, way.open)
    said = moves.statements(way.said[heard:], conversation.turn + 1)
    label = (word("team_is", team=names[team]),)
    return moves.show(dialogue, conversation, after, *said, shown=label)
