"""What someone answered: choices, own words, a number, people."""

from typing import TypeAlias

from msgspec import Struct


class Said(Struct, frozen=True):
    """One message of someone's own words. ``origin`` is the channel's number of that message.

    Of what was spoken, ``note`` is the number of the recording and ``seconds`` how long it is (0:
    nobody knows); ``words`` are then what a computer made of it and the speaker agreed to, if any.
    One that is ``lost`` never reached us.
    """

    words: str
    origin: int | None = None
    note: int | None = None
    seconds: int = 0
    lost: bool = False

    def __repr__(self) -> str:
        return "Said(…)"


class Chosen(Struct, frozen=True, tag="chosen"):
    """The codes of the choices that were tapped: one, or for several choices any number."""

    codes: tuple[str, ...]


class Worded(Struct, frozen=True, tag="worded"):
    """Own words, message by message, in the language the conversation had then.

    ``signals`` are those of ``vocabulary.SIGNALS`` that the words carry; they open a way, and stay
    off the page.
    """

    said: tuple[Said, ...]
    language: str
    signals: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """All that there is in words, a line break between messages."""
        return "\n".join(said.words for said in self.said if said.words)


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


class Heard(Struct, frozen=True):
    """What a computer made of the recording ``note``; the speaker has not said yet if it is so."""

    note: int
    words: str

    def __repr__(self) -> str:
        return f"Heard({self.note}, …)"


class Answered(Struct, frozen=True):
    """An answer and its key: the question, and the person it is about (None: nobody apart).

    ``left_out`` keeps the answer in the conversation and off the page. ``talk_about`` is what they
    want to talk about with the team; it says so on the page.
    """

    question: str
    answer: Answer
    person: str | None = None
    left_out: bool = False
    talk_about: bool = False
