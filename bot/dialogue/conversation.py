"""Where one person is in a dialogue, what they can do, and what the world must do then.

A ``Conversation`` is all that is remembered of one person's way through a dialogue. An event is
something that happened to it; a ``Step`` is what came of it: the next conversation and the
effects, as plain data. Texts are references (``Text``); a language is chosen only when rendering.
"""

from typing import Literal, TypeAlias, get_args

from msgspec import Struct


class Said(Struct, frozen=True):
    """One message of someone's own words. ``origin`` is the channel's number of that message."""

    words: str
    origin: int | None = None

    def __repr__(self) -> str:
        return "Said(…)"


class Chosen(Struct, frozen=True, tag="chosen"):
    """The codes of the choices that were tapped: one, or for several choices any number."""

    codes: tuple[str, ...]


class Worded(Struct, frozen=True, tag="worded"):
    """Own words, message by message, in the language the conversation had then."""

    said: tuple[Said, ...]
    language: str

    @property
    def words(self) -> str:
        """All messages, a line break between them."""
        return "\n".join(said.words for said in self.said)


class Counted(Struct, frozen=True, tag="counted"):
    """A whole number."""

    number: int
    origin: int | None = None

    def __repr__(self) -> str:
        return "Counted(…)"


class Reached(Struct, frozen=True, tag="reached"):
    """A name, phone number or e-mail address to reach someone by, as they gave it."""

    line: str
    origin: int | None = None

    def __repr__(self) -> str:
        return "Reached(…)"


class Person(Struct, frozen=True):
    """Someone who was named: a first name or a role, as it was typed.

    ``id`` (``p1``) is theirs for ever and never given again. ``origin`` is the channel's number of
    the message that named them.
    """

    id: str
    name: str
    origin: int | None = None

    def __repr__(self) -> str:
        return f"Person({self.id!r}, …)"


class Named(Struct, frozen=True, tag="named"):
    """The people of a circle, in the order they were named, in so many ``messages``."""

    people: tuple[Person, ...]
    messages: int = 1


class Skipped(Struct, frozen=True, tag="skipped"):
    """Seen, and passed over."""


YES = "ja"
NO = "nee"
"""The codes of an answer about one person: their name was ticked, or was not."""

Answer: TypeAlias = Chosen | Worded | Counted | Reached | Named | Skipped


class Answered(Struct, frozen=True):
    """An answer and its key: the question, and the person it is about (None: nobody apart).

    ``left_out`` keeps the answer in the conversation and off the page.
    """

    question: str
    answer: Answer
    person: str | None = None
    left_out: bool = False


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
    "person",
    "rename",
]
"""What is on top: the question itself, or one of the engine's own screens over it."""


class Conversation(Struct, frozen=True):
    """One person's way through a dialogue. A value: it survives JSON unchanged.

    ``turn`` goes up each time a new screen is shown; a button carries the turn it was drawn for.
    ``at`` is the node that waits. ``draft`` holds messages of own words not yet closed, ``ticked``
    the choices or people ticked so far (or the teams found). ``item`` is the question of the item
    under review, or the person whose screen is on top; ``named`` how many people were ever given an
    id. ``invited`` is the team of a link that was followed while another talk was open.
    ``reachable`` says whether a message finds this person when they are away.
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
    named: int = 0
    reachable: bool = True
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


# --- Events: what someone, or time, did ---------------------------------------------------------


class Started(Struct, frozen=True, tag="started"):
    """Someone opened the conversation or said /start; ``team`` when they came by a team's link."""

    team: str | None = None


class Tapped(Struct, frozen=True, tag="tapped"):
    """A button with ``code`` was tapped, drawn for ``turn``."""

    turn: int
    code: str


class Wrote(Struct, frozen=True, tag="wrote"):
    """A text message. ``origin`` is the channel's number of that message."""

    words: str
    origin: int | None = None

    def __repr__(self) -> str:
        return "Wrote(…)"


class Edited(Struct, frozen=True, tag="edited"):
    """The text message ``origin`` now says something else."""

    words: str
    origin: int

    def __repr__(self) -> str:
        return "Edited(…)"


class Shared(Struct, frozen=True, tag="shared"):
    """Someone shared their own phone number with the button for it."""

    phone: str
    origin: int | None = None

    def __repr__(self) -> str:
        return "Shared(…)"


class Sent(Struct, frozen=True, tag="sent"):
    """Something we cannot read: a photo, sticker, voice note, location, someone else's contact."""

    what: str


Control: TypeAlias = Literal[
    "back", "skip", "pause", "language", "help", "leave", "erase", "why", "menu"
]

CONTROLS: tuple[Control, ...] = get_args(Control)


class Asked(Struct, frozen=True, tag="asked"):
    """One of the engine's controls, asked by a command instead of a button."""

    control: Control


class Rang(Struct, frozen=True, tag="rang"):
    """An alarm of ``kind`` went off that was set in ``turn``."""

    kind: str
    turn: int


Event: TypeAlias = Started | Tapped | Wrote | Edited | Shared | Sent | Asked | Rang


# --- Effects: what the world must do ------------------------------------------------------------


class Text(Struct, frozen=True, tag="text"):
    """Words to be found in a catalogue, under ``key``, with named values put in.

    A value is a number, a name (a string) or another text. ``count`` picks the plural form.
    """

    key: str
    values: dict[str, "int | str | Text"] = {}
    count: int | None = None


class Quote(Struct, frozen=True, tag="quote"):
    """Someone's own words, to be shown exactly as they are and never looked up."""

    words: str

    def __repr__(self) -> str:
        return "Quote(…)"


Piece: TypeAlias = Text | Quote

Role: TypeAlias = Literal["line", "question", "heading", "quote", "small"]
"""How a part looks: a line, the question, an item's name, own words, or small print."""


class Part(Struct, frozen=True):
    """One paragraph of a message."""

    pieces: tuple[Piece, ...]
    role: Role = "line"


class Button(Struct, frozen=True):
    """A button under a message. ``code`` comes back in ``Tapped``; at most 48 bytes."""

    label: Piece
    code: str
    ticked: bool = False


class Say(Struct, frozen=True, tag="say"):
    """A message to the family. ``rows`` are its buttons, drawn for ``turn``.

    ``asks`` marks the message that carries the question of this turn. ``phone`` asks the channel
    for its own way of sharing one's phone number ("ask"), or to put that away ("done").
    """

    parts: tuple[Part, ...]
    turn: int
    rows: tuple[tuple[Button, ...], ...] = ()
    asks: bool = False
    phone: Literal["ask", "done"] | None = None


class Close(Struct, frozen=True, tag="close"):
    """The screen of ``turn`` is over. Its messages lose their buttons; all keep the way out.

    ``parts`` is how the question looks from now on (empty: as it was), ``shown`` the answer to
    show with it (empty: none, or one that stands in the chat already).
    """

    turn: int
    parts: tuple[Part, ...]
    shown: tuple[Piece, ...] = ()


class Redraw(Struct, frozen=True, tag="redraw"):
    """The message that asks in this turn looks different now: a choice was ticked."""

    say: Say


class GiveOver(Struct, frozen=True, tag="give_over"):
    """Consent was given: make the page from the conversation as it is and list it at ``team``."""

    team: str


class SetAlarm(Struct, frozen=True, tag="set_alarm"):
    """Ring ``kind`` in ``days``, unless another turn has begun by then."""

    kind: str
    days: int
    turn: int


class ClearChat(Struct, frozen=True, tag="clear_chat"):
    """Take every message out of the chat, at once, and send none that still waits.

    The draft stays.
    """


class Erase(Struct, frozen=True, tag="erase"):
    """Destroy this voice: its key, its words, its pages, and the messages in the chat.

    What is said after it is a farewell, and is not kept either.
    """


Effect: TypeAlias = Say | Close | Redraw | GiveOver | SetAlarm | ClearChat | Erase


class Step(Struct, frozen=True):
    """What came of one event."""

    conversation: Conversation
    effects: tuple[Effect, ...] = ()
