"""What happens to a talk with a code: someone chooses one, is asked for it, and may type it wrong.

It is offered once, in a team that wants so, when there is something to keep for oneself: with the
question after the first words that someone typed. It is a line and a button there and no question
of its own, so that no way gets longer by it; and a signal that takes six taps and no letters never
meets it. Not at the way out: whoever leaves in a hurry is not held up, and leaves nothing to read.
In a talk that is shut, help, another language, the way out and erasing work, and nothing else;
what is typed there is a code or it is nothing. Wrong codes only ever cost time.
"""

from typing import Literal

from msgspec.structs import replace

from bot.dialogue import moves
from bot.dialogue.answers import Named, Reached, Worded
from bot.dialogue.controls import ALWAYS, WHEN_LEFT
from bot.dialogue.conversation import Conversation, Lock
from bot.dialogue.effects import Effect, SetAlarm, Step, Unsay
from bot.dialogue.events import (
    RESTED,
    Asked,
    Edited,
    Event,
    Invited,
    Missed,
    NoteLost,
    Rang,
    Sent,
    Shared,
    Spoke,
    Started,
    Tapped,
    TooFast,
    WrittenOut,
    Wrote,
)
from bot.dialogue.lock import digits_in, has_code, is_asked, is_shut
from bot.dialogue.message import Say
from bot.dialogue.phrases import button, line
from bot.dialogue.screens import draw
from bot.dialogue.tree import Dialogue, Ending

CODES = ("-code", "-code.off")
"""The buttons in the menu and on the screen for choosing one."""

LENGTH = 4
"""Digits of a code."""

MOST_WRONG = 5
"""Wrong codes in a row, after which no code is tried for a while."""

RESTS = (15, 60, 1440)
"""Minutes of the first while, the second, and each one after it."""

STILL_WORK = ("-help", "-leave", "-language", "-lang", "-erase", "-on", "-not_meant")
"""Buttons that work in a talk that is shut, by the name before the dot."""


# --- Choosing a code ------------------------------------------------------------------------------


def offered(dialogue: Dialogue, before: Conversation, step: Step) -> Step:
    """``step``, with the offer of a code beside the next question when it is time for that."""
    now = step.conversation
    is_new = now.at != before.at and all(old.question != now.at for old in now.answers)
    is_free = is_new and now.screen == "question" and now.status == "open"
    if now.lock is not None or not is_free or not is_asked(dialogue, now):
        return step
    typed = any(isinstance(old.answer, Worded | Named | Reached) for old in now.answers)
    if not typed or not isinstance(step.effects[-1], Say):
        return step
    after = replace(now, lock=Lock(offered=now.at))
    return Step(after, (*step.effects[:-1], draw(dialogue, after)))


def tapped(dialogue: Dialogue, conversation: Conversation, code: str) -> Step:
    """One of ``CODES`` was tapped: choose a code, or another one, or have none any more."""
    is_here = conversation.status != "left"
    if code == "-code" and is_here and (has_code(conversation) or is_asked(dialogue, conversation)):
        lock = replace(conversation.lock or Lock(), offered="", chosen="")
        return moves.over(dialogue, replace(conversation, lock=lock), "code")
    if code == "-code.off" and conversation.screen == "code" and has_code(conversation):
        after = replace(_at_the_question(dialogue, conversation), lock=Lock())
        return moves.told(moves.show(dialogue, conversation, after), line("code_removed"))
    return moves.repeat(dialogue, conversation, line("old_button"))


def takes_words(conversation: Conversation) -> bool:
    """Whether what is typed now is a code to choose, and no answer."""
    return conversation.screen in ("code", "code_again")


def chose(dialogue: Dialogue, conversation: Conversation, words: str, origin: int | None) -> Step:
    """Someone typed to choose a code: it counts when it comes twice."""
    code, lock, hidden = digits_in(words), conversation.lock or Lock(), Unsay(origin)
    if len(code) != LENGTH:
        step = moves.repeat(dialogue, conversation, line("code_four"))
        return replace(step, effects=(hidden, *step.effects)) if code else step
    if conversation.screen == "code":
        after = replace(conversation, screen="code_again", lock=replace(lock, chosen=code))
        return moves.show(dialogue, conversation, after, hidden)
    if code != lock.chosen:
        after = replace(conversation, screen="code", lock=replace(lock, chosen=""))
        told = line("code_differs")
    else:
        after = replace(_at_the_question(dialogue, conversation), lock=Lock(code))
        told = line("code_set")
    return moves.told(moves.show(dialogue, conversation, after, hidden), told)


# --- A talk that is shut --------------------------------------------------------------------------


def keeps_shut(conversation: Conversation, event: Event) -> bool:
    """Whether ``event`` finds the talk shut; anything else does what it always does."""
    if not is_shut(conversation):
        return False
    match event:
        case Asked(control):
            return control not in WHEN_LEFT
        case Tapped(turn, code):
            is_old = turn != conversation.turn and code not in ALWAYS
            return not is_old and code.partition(".")[0] not in STILL_WORK
        case Rang() | TooFast() | Missed() | NoteLost() | WrittenOut():
            return False
        case _:
            return True


def answered(dialogue: Dialogue, conversation: Conversation, event: Event) -> Step:
    """What someone who finds the talk shut sees: that a code is asked for, or what it opens."""
    match event:
        case Wrote(words, origin):
            return _typed(dialogue, conversation, words, origin)
        case Started(team):
            return moves.over(dialogue, replace(conversation, invited=team), "locked")
        case Invited("asked", invitation):
            asked = replace(conversation, invitation=invitation)
            return moves.over(dialogue, asked, "locked")
        case Edited() | Shared() | Sent() | Spoke():
            return _not_yet(dialogue, conversation)
        case _:
            return moves.over(dialogue, conversation, "locked")


def rested(conversation: Conversation) -> Step:
    """The while is over in which no code was tried. Nobody is told: nobody may be there."""
    lock = conversation.lock
    if lock is None or not lock.resting:
        return Step(conversation)
    return Step(replace(conversation, lock=replace(lock, resting=False, wrong=0)))


def _typed(dialogue: Dialogue, conversation: Conversation, words: str, origin: int | None) -> Step:
    code, lock = digits_in(words), conversation.lock or Lock()
    if not code:
        return _not_yet(dialogue, conversation)
    hidden = Unsay(origin)
    shut = replace(conversation, screen="locked")
    if lock.resting:
        return moves.told(moves.show(dialogue, conversation, shut, hidden), line("code_early"))
    if code == lock.code:
        return _opened(dialogue, conversation, lock, hidden)
    if len(code) != LENGTH:
        return moves.told(moves.show(dialogue, conversation, shut, hidden), line("code_four"))
    wrong = lock.wrong + 1
    if wrong < MOST_WRONG:
        shut = replace(shut, lock=replace(lock, wrong=wrong))
        return moves.told(moves.show(dialogue, conversation, shut, hidden), line("code_wrong"))
    rests = lock.rests + 1
    shut = replace(shut, lock=replace(lock, wrong=wrong, resting=True, rests=rests))
    minutes = RESTS[min(rests, len(RESTS)) - 1]
    alarm = SetAlarm(RESTED, 0, conversation.turn + 1, minutes)
    return moves.show(dialogue, conversation, shut, hidden, alarm)


def _not_yet(dialogue: Dialogue, conversation: Conversation) -> Step:
    return moves.told(moves.over(dialogue, conversation, "locked"), line("code_not_kept"))


def _opened(dialogue: Dialogue, conversation: Conversation, lock: Lock, hidden: Unsay) -> Step:
    """The code is right: first what the team said meanwhile, then where they were."""
    after = replace(conversation, lock=Lock(lock.code))
    if conversation.invitation is not None:
        after = replace(after, screen="invited")
    elif conversation.invited is not None:
        after = replace(after, screen="resume")
    else:
        after = _at_the_question(dialogue, after)
    first: tuple[Effect, ...] = (hidden, *_said(lock, conversation.turn + 1))
    return moves.show(dialogue, conversation, after, *first)


def _said(lock: Lock, turn: int) -> tuple[Say, ...]:
    """All that was held, in one message: the bot says a few things at most, and then listens."""
    if not lock.held:
        return ()
    parts = tuple(part for held in lock.held for part in held.parts)
    row = [button("leave", "-leave")]
    if any(held.met for held in lock.held):
        row.insert(0, button("meeting_look", "-meeting"))
    if any(held.answerable for held in lock.held):
        row.insert(0, button("write_back", "-write"))
    return (Say(parts, turn, (tuple(row),)),)


def _at_the_question(dialogue: Dialogue, conversation: Conversation) -> Conversation:
    is_done = isinstance(dialogue.nodes[conversation.at], Ending)
    status: Literal["done", "open"] = "done" if is_done else "open"
    return replace(conversation, screen="question", status=status)
