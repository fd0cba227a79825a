"""Where one person is in a dialogue: a ``Conversation`` is all that is remembered of their way.

Something that happens to it is an event (``events``). What comes of it is the next conversation and
what the world must do then (``effects``).
"""

from typing import Literal, TypeAlias

from msgspec import Struct

from bot.dialogue.answers import Answer, Answered, Heard, Named, Person, Said
from bot.dialogue.between import Sharing
from bot.dialogue.facts import MeetingFacts, PageFacts, View
from bot.dialogue.message import Part

Status: TypeAlias = Literal["open", "paused", "left", "done"]
"""Open; come back later; the chat cleared and the draft kept; nothing more to ask."""


Screen: TypeAlias = Literal[
    "question",
    "item",
    "menu",
    "help",
    "why",
    "language",
    "pause",
    "reminded",
    "erase",
    "resume",
    "again",
    "person",
    "rename",
    "page",
    "sent",
    "withdraw",
    "write",
    "mine",
    "invite",
    "invited",
    "table",
    "care",
    "heard",
    "code",
    "code_again",
    "locked",
    "meeting",
    "shares",
    "share",
    "share_sure",
    "share_back",
    "share_look",
]
"""What is on top: the question itself, or one of the engine's own screens over it."""


class Held(Struct, frozen=True):
    """What a team said to someone while their talk was locked; ``answerable`` brings a button to
    write back, ``met`` one to what can be said of a meeting."""

    parts: tuple["Part", ...]
    answerable: bool = False
    met: bool = False


class Lock(Struct, frozen=True):
    """The four digits of someone's own choice that a talk asks for when they come back to it.

    Without a ``code`` it was offered, at the question ``offered``, and there is none. ``chosen``
    are digits that wait to be typed a second time. A lock that is ``closed`` shows nothing of the
    talk; ``since`` is the turn in which it closed, ``wrong`` how many wrong codes came in a row.
    While it is ``resting`` no code is tried; ``rests`` is how often that was, and ``held`` what the
    team said meanwhile.
    """

    code: str = ""
    offered: str = ""
    chosen: str = ""
    closed: bool = False
    since: int = 0
    wrong: int = 0
    resting: bool = False
    rests: int = 0
    held: tuple[Held, ...] = ()

    def __repr__(self) -> str:
        return "Lock(…)"


class Conversation(Struct, frozen=True):
    """One person's way through a dialogue. A value: it survives JSON unchanged.

    ``turn`` goes up each time a new screen is shown; a button carries the turn it was drawn for.
    ``at`` is the node that waits. ``draft`` holds messages of own words not yet closed, ``ticked``
    the choices or people ticked so far (or the teams found). ``item`` is the question of the item
    under review, or the person whose screen is on top; ``named`` how many people were ever given an
    id. ``invited`` is the team of a link that was followed while another talk was open, and
    ``invitation`` what came with the link of an invitation then.
    ``reachable`` says whether a message finds this person when they are away. ``given`` says that a
    page was handed over and not taken back since; ``page`` is what the world told of it last, and
    ``reply`` the messages to the team that were not sent yet. ``care`` are the signals that the
    message on top answers, ``beneath`` the screen below it, ``heeded`` the signals that were
    answered already at this question (see ``bot.dialogue.care``). ``heard`` is what was written out
    of recordings and waits for the speaker's word, the first one on top. ``lock`` is None as long
    as no code was offered or chosen (see ``bot.dialogue.lock``).
    ``meeting`` is what the world told last of a meeting, and ``views`` what was tapped about it and
    not given yet (None: they did not say that they want to). ``with_others`` says that this person
    invited someone, or came by an invitation; ``sharing`` is what is on the screens about what they
    share with each other, as the world told it last.
    """

    dialogue: str
    revision: str
    language: str
    team: str | None = None
    status: Status = "open"
    turn: int = 0
    at: str = ""
    screen: Screen = "question"
    item: str | None = None
    answers: tuple[Answered, ...] = ()
    draft: tuple[Said, ...] = ()
    ticked: tuple[str, ...] = ()
    invited: str | None = None
    invitation: str | None = None
    named: int = 0
    reachable: bool = True
    given: bool = False
    page: PageFacts | None = None
    reply: tuple[Said, ...] = ()
    care: tuple[str, ...] = ()
    beneath: Screen = "question"
    heeded: tuple[str, ...] = ()
    heard: tuple[Heard, ...] = ()
    lock: Lock | None = None
    meeting: MeetingFacts | None = None
    views: tuple[View, ...] | None = None
    with_others: bool = False
    sharing: Sharing | None = None
    schema: int = 1

    def people_of(self, question: str) -> tuple[Person, ...]:
        """Everybody who was named at ``question``."""
        answer = self.answer_to(question)
        return answer.people if isinstance(answer, Named) else ()

    def answer_to(self, question: str, person: str | None = None) -> Answer | None:
        """What was answered to ``question`` about ``person``, or None when nothing was yet."""
        for answered in self.answers:
            if answered.question == question and answered.person == person:
                return answered.answer
        return None
