"""What someone can do in a state: one representative of everything that makes a difference."""

from collections.abc import Iterator
from typing import get_args

from msgspec.structs import replace

from bot.dialogue.answers import Answer, Named, Reached, Said, Worded
from bot.dialogue.between import (
    AskShares,
    DropShare,
    Earlier,
    Given,
    GiveShare,
    Got,
    Other,
    Shares,
    SharesTold,
    ShowShare,
    TakeShareBack,
    ToldAnswer,
)
from bot.dialogue.conversation import Conversation, Lock, Screen
from bot.dialogue.effects import AskMeeting, AskPage, Effect, SayMeeting, TakeBack, WriteTeam
from bot.dialogue.events import (
    CONTROLS,
    RESTED,
    Asked,
    Door,
    Edited,
    Event,
    Invited,
    MeetingTold,
    Missed,
    NoteLost,
    PageTold,
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
from bot.dialogue.facts import MeetingFacts, PageFacts
from bot.dialogue.hearing import LONGEST_ANSWER, LONGEST_NOTE
from bot.dialogue.message import Say
from bot.dialogue.speaking import notes_of
from bot.dialogue.tree import (
    AtLeast,
    AtMost,
    Contact,
    Dialogue,
    Naming,
    Number,
    Onward,
    TeamChoice,
    Words,
)
from bot.exploring.alike import leaves

WORDS = "Hij slaapt niet zo goed."
NOTHING = " \u2063 "
TOO_LONG = "- " * (LONGEST_ANSWER // 2 + 50)
NO_NAME = "x" * 100

TELLING = ("Hij heeft adhd.", "We willen een pgb.", "Ik wil dood.")
"""Own words with a signal in them: a label, a question that is coloured already, and a call for a
person."""

NAMES, OTHER = ("Oma", "Piet"), "Tante"
"""Two names that are given one by one, and one for who is named anew."""

REACHED = {"name": "Sanne", "phone": "06 12345678", "email": "sanne@voorbeeld.nl"}
PHONE = "+31612345678"

WAITS = PageFacts("Team", 1_790_000_000, 30, "088 000 00 00", 3)
READ = PageFacts("Team", 1_790_000_000, 30, None, None, (("Anna", 1_790_000_500),), unseen=1)
DONE = PageFacts(
    "Team",
    1_790_000_000,
    30,
    "088 000 00 00",
    3,
    (("Anna", 1_790_000_500),),
    answered=1_790_000_900,
    closed=1_790_001_000,
    asked_back=1_790_002_000,
    ends=1_795_000_000,
    others=2,
    meeting=True,
)

MET = MeetingFacts(1, "Anna", "Team", 1_790_000_000)
MET_AND_PASSED = replace(MET, number=2, who="", theirs="passed")
SAID = replace(MET, mine="said")
BOTH_SAID = replace(
    SAID,
    theirs="said",
    is_shown=True,
    my_views=("fully", "skipped", "not"),
    their_views=("partly", "unsure", "fully"),
)
PASSED = replace(MET, mine="passed", is_shown=True)

NO_MEETING = MeetingTold(None)
NO_SHARES = Shares((Other(1, "young", 1_790_000_000),))
SHARES = Shares(
    (Other(3, "young", 1_790_000_600), Other(2, None, 0), Other(1, "young", 1_790_000_000)),
    (
        Given(6, 1, 1_790_003_000, ("een-vraag-die-weg-is",)),
        Given(5, 2, 1_790_002_000, (), 1_790_002_500),
    ),
    (Got(8, 2, 1_790_004_000), Got(7, 3, 1_790_003_500, 1_790_003_600)),
    (Earlier(4, 1_790_001_000), Earlier(3, 1_790_000_900, 1_790_000_950)),
)
"""Nothing shared yet with somebody who was invited; and both sides of everything there is."""

TOLD = (ToldAnswer("Waar ik mee zit", ("Ik slaap slecht.",)),)

ALARMS = ("remind", RESTED)
DOORS: tuple[Door, ...] = get_args(Door)

OF_A_CODE: tuple[Screen, ...] = ("code", "code_again", "locked")
CODE, WRONG = "1234", "9876"
"""A code that someone chooses, and another."""

UNKNOWN = 9_000
"""The number of a message that was no answer."""


def deeds(dialogue: Dialogue, conversation: Conversation, screen: Say) -> Iterator[Event]:
    """Every event that depends on what was answered, with ``screen`` on top; one of each kind."""
    turn = conversation.turn
    for code in codes(screen):
        yield Tapped(turn, code)
    origin = newest(conversation)
    for number, words in enumerate(_typed(dialogue, conversation), origin + 1):
        yield Wrote(words, number)
    yield Edited(WORDS, origin or UNKNOWN)
    yield Edited(NOTHING, origin or UNKNOWN)
    for note in sorted(notes_of(conversation))[:1]:
        yield WrittenOut(note, WORDS)
        yield NoteLost(note)
    yield Asked("back")
    yield Asked("skip")
    for kind in ALARMS:
        yield Rang(kind, turn)


def anywhere(dialogue: Dialogue, conversation: Conversation) -> Iterator[Event]:
    """Every event that does the same at a node whatever was answered so far."""
    yield Tapped(conversation.turn, "geen-knop")
    origin = newest(conversation)
    is_name = isinstance(dialogue.nodes[conversation.at], Naming)  # there, every word is one
    for number, words in enumerate((NOTHING, "9") if is_name else (WORDS, NOTHING, "9")):
        yield Wrote(words, origin + 1 + number)
    yield Edited(WORDS, UNKNOWN)
    yield Shared(PHONE, UNKNOWN)
    yield Sent("photo")
    yield Spoke(UNKNOWN, 42, origin=UNKNOWN)
    yield Spoke(UNKNOWN, LONGEST_NOTE + 1)
    for control in CONTROLS:
        yield Asked(control)
    for kind in ALARMS:
        yield Rang(kind, conversation.turn - 1)
    yield Started()
    for place in dialogue.around.teams[:2]:
        yield Started(place.team)
    for door in DOORS:
        yield Invited(door, "uitnodiging")
    yield TooFast(told=True)
    for number in (1, 3):
        yield Missed(number)


def stale(conversation: Conversation, screen: Say) -> Iterator[Tapped]:
    """Every button of ``screen`` as it stood under an earlier question."""
    for code in codes(screen):
        yield Tapped(conversation.turn - 1, code)


def codes(screen: Say) -> list[str]:
    """The codes of the buttons under ``screen``."""
    return [button.code for row in screen.rows for button in row]


def aloud(conversation: Conversation, question: str) -> Conversation:
    """``conversation`` in which something was said aloud too, if own words were asked there."""
    note = Said("", UNKNOWN, UNKNOWN, 42)
    answers = tuple(
        replace(old, answer=replace(old.answer, said=(*old.answer.said, note)))
        if old.question == question and isinstance(old.answer, Worded)
        else old
        for old in conversation.answers
    )
    return replace(conversation, answers=answers)


def told_by_the_world(effect: Effect) -> tuple[Event, ...]:
    """What can come of a request: nothing when ``effect`` is none."""
    match effect:
        case AskPage(screen):
            gone = PageTold("gone", None, screen)
            return (*(PageTold("looked", page, screen) for page in (WAITS, READ, DONE)), gone)
        case TakeBack(though_read):
            if though_read:
                return PageTold("asked_back", DONE), PageTold("gone", None)
            return (
                PageTold("taken_back", None),
                PageTold("read_first", READ),
                PageTold("gone", None),
            )
        case WriteTeam():
            return PageTold("written", READ), PageTold("gone", None)
        case AskMeeting():
            return (*(MeetingTold(how) for how in (MET, MET_AND_PASSED, BOTH_SAID)), NO_MEETING)
        case SayMeeting(_, views):
            after = PASSED if views is None else SAID
            return MeetingTold(after), MeetingTold(BOTH_SAID, late=True), NO_MEETING
        case AskShares(share):
            known = (share, 7, 8) if share else (0,)
            every = (SharesTold("told", SHARES, one) for one in known)
            return (SharesTold("told", NO_SHARES, share), *every)
        case GiveShare():
            return tuple(SharesTold(one, SHARES) for one in ("given", "often", "gone"))
        case TakeShareBack():
            return tuple(SharesTold(one, SHARES) for one in ("taken_back", "looked_first", "gone"))
        case ShowShare():
            return SharesTold("shown", SHARES, 7, TOLD), SharesTold("gone", SHARES)
        case DropShare():
            return SharesTold("dropped", NO_SHARES), SharesTold("gone", SHARES)
        case _:
            return ()


def newest(conversation: Conversation) -> int:
    """The number of the last message that was kept in an answer; 0 when there is none."""
    kept = [said.origin or 0 for said in conversation.draft]
    for old in conversation.answers:
        kept += _origins(old.answer)
    return max(kept, default=0)


def _origins(answer: Answer) -> list[int]:
    match answer:
        case Worded(said):
            return [one.origin or 0 for one in said]
        case Named(people):
            return [one.origin or 0 for one in people]
        case Reached():
            return [answer.origin or 0]
        case _:
            return []


def _typed(dialogue: Dialogue, conversation: Conversation) -> Iterator[str]:
    """What is an answer here, or nearly one."""
    if conversation.screen in OF_A_CODE:
        lock = conversation.lock or Lock()
        yield from dict.fromkeys(
            (lock.code or lock.chosen or CODE, lock.chosen or CODE, WRONG, "9")
        )
    node = dialogue.nodes[conversation.at]
    match node:
        case Words():
            yield from (WORDS, TOO_LONG, *TELLING)
        case Number():
            yield from (str(number) for number in numbers_around(dialogue, node))
        case Contact():
            yield from (WORDS, NO_NAME, *REACHED.values())
        case TeamChoice():
            for place in dialogue.around.teams[:2]:
                yield from (*place.towns[:1], *place.postcodes[:1])
        case Naming():
            if conversation.screen == "rename":
                yield OTHER
            yield from NAMES[len(conversation.people_of(node.id)) :]
            yield from (NAMES[0], NO_NAME)
        case _:
            return


def numbers_around(dialogue: Dialogue, asked: Number) -> list[int]:
    """Numbers on both sides of everything that is looked at, the smallest first."""
    found = {asked.least, asked.most, asked.most + 1}
    for node in dialogue.nodes.values():
        for route in node.routes if isinstance(node, Onward) else ():
            for leaf in leaves(route.when):
                match leaf:
                    case AtLeast(question, number) if question == asked.id:
                        found |= {number, number - 1}
                    case AtMost(question, number) if question == asked.id:
                        found |= {number, number + 1}
                    case _:
                        pass
    return sorted(found)
