"""A talk without a channel or a database, for authors: what is said is rendered and shown.

Used by ``samenspraak play`` and by the transcripts that lie beside each dialogue
(``bot.authoring``).
"""

import re
from typing import assert_never

from msgspec.structs import replace

from bot.dialogue import moves, showing
from bot.dialogue.between import (
    AskShares,
    DropShare,
    Given,
    GiveShare,
    Other,
    ShareOutcome,
    ShareRequest,
    Shares,
    SharesTold,
    ShowShare,
    TakeShareBack,
)
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import (
    AskMeeting,
    AskPage,
    Begin,
    ClearChat,
    Close,
    Erase,
    GiveMine,
    GiveOver,
    Invite,
    Join,
    Meet,
    MeetingRequest,
    PageRequest,
    Play,
    Redraw,
    Request,
    SayMeeting,
    SetAlarm,
    Show,
    Step,
    Sweep,
    TakeBack,
    Unsay,
    WriteTeam,
)
from bot.dialogue.engine import advance
from bot.dialogue.events import (
    CONTROLS,
    Asked,
    Event,
    MeetingTold,
    PageTold,
    Started,
    Tapped,
    Wrote,
)
from bot.dialogue.facts import PageFacts
from bot.dialogue.inviting_screens import given
from bot.dialogue.message import Say
from bot.dialogue.phrases import line
from bot.dialogue.summary import circle_of, summarise
from bot.dialogue.tree import Dialogue, Number
from bot.handover.circle_message import circle_message
from bot.handover.making import make_page
from bot.handover.page import Page
from bot.library import Library
from bot.texts import Key, Message

BAR = frozenset(("-back", "-help", "-leave", "-menu"))
"""The row that stands under everything, and in no transcript."""


class Rehearsal:
    """One person's talk with one dialogue. ``page`` is what was handed over, if anything was.

    ``says`` is what was said last, before it was put in words; ``keys`` what can be tapped.
    ``earlier`` are the talks that went on in this one, each with its dialogue.
    """

    def __init__(
        self, library: Library, dialogue: Dialogue, language: str = "nl", team: str | None = None
    ) -> None:
        self.library = library
        self.dialogue = dialogue
        self.conversation = Conversation(dialogue.name, dialogue.revision, language)
        self.page: Page | None = None
        self.keys: tuple[Key, ...] = ()
        self.says: tuple[Say, ...] = ()
        self.earlier: tuple[tuple[Dialogue, Conversation], ...] = ()
        self._team = team
        self._messages = 0
        self._shares = Shares()

    @property
    def is_asked_a_number(self) -> bool:
        """Whether a number that is typed is an answer, and not the number of a button."""
        return isinstance(self.dialogue.nodes.get(self.conversation.at), Number)

    def does(self, deed: str, now: int) -> tuple[Message, ...]:
        """What is said when someone types ``deed``, a ``/command``, or taps ``[a button]``.

        Raises ``LookupError`` when there is no such button.
        """
        return self.happens(self.event(deed), now)

    def happens(self, event: Event, now: int) -> tuple[Message, ...]:
        """What is said when ``event`` happens."""
        step = self._answered(advance(self.dialogue, self.conversation, event), now)
        self.conversation = step.conversation
        begins: str | None = None
        says: list[Say] = []
        drawn: set[int] = set()
        for effect in step.effects:
            match effect:
                case Say():
                    says.append(effect)
                case Redraw(say):
                    says.append(say)
                case Show():
                    drawn.add(len(says))
                    circle = circle_of(self.dialogue, self.conversation)
                    says.append(Say(showing.told(circle), self.conversation.turn))
                case Play():
                    says.append(Say((line("note_here"),), self.conversation.turn))
                case GiveOver(team):
                    self.page = self._page(team, now)
                case Begin(name):
                    begins = name
                case Invite(kind):
                    known = self._shares.others
                    others = (Other(len(known) + 1, kind, now), *known)
                    self._shares = replace(self._shares, others=others)
                    doors = self.library.doors("voorbeeld")
                    says.append(Say(given(*doors), step.conversation.turn))
                case (
                    Join()
                    | Meet()
                    | Close()
                    | SetAlarm()
                    | ClearChat()
                    | Unsay()
                    | Sweep()
                    | Erase()
                    | GiveMine()
                    | (AskPage() | TakeBack() | WriteTeam() | AskMeeting() | SayMeeting())
                    | (AskShares() | GiveShare() | TakeShareBack() | ShowShare() | DropShare())
                ):
                    pass  # nothing of it is said, or it was answered already
                case _:
                    assert_never(effect)
        self.says = tuple(says)
        said = tuple(
            self._drawn() if place in drawn else self._rendered(say)
            for place, say in enumerate(says)
        )
        shown = [key for message in said for row in message.rows for key in row]
        if shown:
            self.keys = tuple(shown)
        return said if begins is None else (*said, *self._begun(begins, now))

    def _begun(self, name: str, now: int) -> tuple[Message, ...]:
        """What is said when the talk goes on in the dialogue of that name."""
        says = self.says
        self.earlier += ((self.dialogue, self.conversation),)
        self.dialogue = self.library.named(name)
        self.conversation = moves.elsewhere(self.conversation, self.dialogue)
        said = self.happens(Started(self.conversation.team), now)
        self.says = (*says, *self.says)
        return said

    def page_now(self, now: int) -> Page:
        """The page as it would be if it were handed over at this moment."""
        team = self.conversation.team or self._team or next(iter(self.library.teams))
        return self._page(team, now)

    def event(self, deed: str) -> Event:
        """What someone does who types ``deed``, a ``/command``, or taps ``[a button]``.

        ``/start t_linde`` is what a link of a team says; ``/start`` alone that of the usual team.
        """
        if deed.partition(" ")[0] == "/start":
            link = deed.partition(" ")[2]
            return Started(self.library.team_of(link) if link else self._team)
        if deed.startswith("/") and deed[1:] in CONTROLS:
            return Asked(next(control for control in CONTROLS if control == deed[1:]))
        if tap := re.fullmatch(r"\[(.+)\]", deed):
            for key in self.keys:
                if key.label == tap[1]:
                    return Tapped(self.conversation.turn, key.code)
            there = " ".join(f"[{key.label}]" for key in self.keys)
            raise LookupError(f"geen knop [{tap[1]}]; wel {there}")
        self._messages += 1
        return Wrote(deed, self._messages)

    def _drawn(self) -> Message:
        texts = self.library.texts
        return circle_message(self.dialogue, self.conversation, texts, self._rendered)

    def _rendered(self, say: Say) -> Message:
        values = self.library.values(self.conversation.team, self.conversation.language)
        return self.library.texts.say(say, self.conversation.language, values)

    def _answered(self, step: Step, now: int) -> Step:
        """``step``, or what came of it when the world answered what it asks."""
        for effect in step.effects:
            if isinstance(effect, Request):
                told = (
                    self._shared(effect, now)
                    if isinstance(effect, ShareRequest)
                    else self._told(effect)
                )
                return advance(self.dialogue, step.conversation, told)
        return step

    def _shared(self, request: ShareRequest, now: int) -> SharesTold:
        """What the world would say: here nobody comes by an invitation, and nobody ever looks."""
        outcome: ShareOutcome = "told"
        given = self._shares.given
        match request:
            case AskShares():
                pass
            case GiveShare(tie, questions):
                given = (Given(len(given) + 1, tie, now, questions), *given)
                outcome = "given"
            case TakeShareBack(share):
                given = tuple(one for one in given if one.share != share)
                outcome = "taken_back"
            case ShowShare() | DropShare():
                outcome = "gone"
            case _:
                assert_never(request)
        self._shares = replace(self._shares, given=given)
        return SharesTold(outcome, self._shares)

    def _told(self, request: PageRequest | MeetingRequest) -> PageTold | MeetingTold:
        """What the world would say: here nobody ever opens a page, or meets anyone."""
        if isinstance(request, MeetingRequest):
            return MeetingTold(None)
        page = self.page
        if page is None:
            return PageTold("gone", None)
        team = self.library.teams[page.team]
        facts = PageFacts(page.team_name, page.came, page.page_days, team.phone, team.reply_days)
        match request:
            case AskPage(screen):
                return PageTold("looked", facts, screen)
            case WriteTeam():
                return PageTold("written", replace(facts, unseen=1))
            case TakeBack():
                self.page = None
                return PageTold("taken_back", None)
            case _:
                assert_never(request)

    def _page(self, team: str, now: int) -> Page:
        return make_page(
            summarise(self.dialogue, self.conversation),
            self.library.texts,
            self.library.teams[team],
            now,
            code="Proef",
            values=self.library.values(team, "nl"),
        )
