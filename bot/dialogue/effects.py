"""What the world must do when something happened, as plain data; one event comes to a ``Step``."""

from typing import Literal, TypeAlias

from msgspec import Struct

from bot.dialogue.between import ShareRequest
from bot.dialogue.conversation import Conversation
from bot.dialogue.facts import View
from bot.dialogue.message import Part, Piece, Say
from bot.dialogue.vocabulary import VoiceKind


class Close(Struct, frozen=True, tag="close"):
    """The screen of ``turn`` is over. Its messages lose their buttons; all keep the way out.

    ``parts`` is how the question looks from now on (empty: as it was), ``shown`` the answer to
    show with it (empty: none, or one that stands in the chat already).
    """

    turn: int
    parts: tuple[Part, ...]
    shown: tuple[Piece, ...] = ()


class Show(Struct, frozen=True, tag="show"):
    """Send a picture: of the circle as it is now. Never twice by itself."""

    what: Literal["circle"]


class Play(Struct, frozen=True, tag="play"):
    """Send the recording ``note``, of ``seconds``, into the chat again. Never twice by itself."""

    note: int
    seconds: int


class Redraw(Struct, frozen=True, tag="redraw"):
    """The message that asks in this turn looks different now: a choice was ticked."""

    say: Say


class GiveOver(Struct, frozen=True, tag="give_over"):
    """Consent was given: make the page from the conversation as it is and list it at ``team``.

    ``fuller`` says that it has all of the newest page of this voice and more, and takes its place.
    """

    team: str
    fuller: bool = False


class Begin(Struct, frozen=True, tag="begin"):
    """The talk goes on in another ``dialogue`` now; its first screen follows in the same step."""

    dialogue: str


class SetAlarm(Struct, frozen=True, tag="set_alarm"):
    """Ring ``kind`` in ``days`` and ``minutes``, unless another turn has begun by then."""

    kind: str
    days: int
    turn: int
    minutes: int = 0


class ClearChat(Struct, frozen=True, tag="clear_chat"):
    """Take every message out of the chat, at once, and send none that still waits.

    The draft stays.
    """


class Unsay(Struct, frozen=True, tag="unsay"):
    """Take what they just typed, the message ``origin``, out of the chat; no word of it is kept."""

    origin: int | None = None


class Sweep(Struct, frozen=True, tag="sweep"):
    """Take what was said out of a chat where nobody has been for a day. The draft stays.

    What a professional wrote since is left, and so is what still waits to be sent.
    """


class Erase(Struct, frozen=True, tag="erase"):
    """Destroy this voice: its key, its words, its pages, and the messages in the chat.

    What is said after it is a farewell, and is not kept either.
    """


class Invite(Struct, frozen=True, tag="invite"):
    """Make an invitation for a ``voice`` in this case, and say how it is given to someone."""

    voice: VoiceKind


class Meet(Struct, frozen=True, tag="meet"):
    """This person came by an invitation: what was shared with them before is theirs to see now."""


class Join(Struct, frozen=True, tag="join"):
    """Use the ``invitation``: this chat goes on in the case it is for. Else say that it is gone."""

    invitation: str

    def __repr__(self) -> str:
        return "Join(…)"


class AskPage(Struct, frozen=True, tag="ask_page"):
    """Tell what became of the newest page, for ``screen``. Answered by ``PageTold``."""

    screen: Literal["page", "withdraw", "write"]


class TakeBack(Struct, frozen=True, tag="take_back"):
    """Take the newest page away from its team. Answered by ``PageTold``.

    One that somebody has opened is asked back instead, if ``though_read`` says that the family
    knows; if not, nothing happens and the answer says so.
    """

    though_read: bool


class WriteTeam(Struct, frozen=True, tag="write_team"):
    """Put these words with the newest page, for its team. Answered by ``PageTold``."""

    words: str

    def __repr__(self) -> str:
        return "WriteTeam(…)"


class AskMeeting(Struct, frozen=True, tag="ask_meeting"):
    """Tell how the newest meeting is. Answered by ``MeetingTold``."""


class SayMeeting(Struct, frozen=True, tag="say_meeting"):
    """This is what someone says of the meeting ``number``: a view for each aspect, or None for
    rather nothing. Answered by ``MeetingTold``."""

    number: int
    views: tuple[View, ...] | None


class GiveMine(Struct, frozen=True, tag="give_mine"):
    """Give this person a file with everything that is theirs: never twice by itself."""


PageRequest: TypeAlias = AskPage | TakeBack | WriteTeam
"""About a page; its answer is ``PageTold``."""


MeetingRequest: TypeAlias = AskMeeting | SayMeeting
"""About a meeting; its answer is ``MeetingTold``."""


Request: TypeAlias = PageRequest | MeetingRequest | ShareRequest
"""An effect whose outcome only the world knows; its answer is an event: ``SharesTold`` of what is
shared between voices."""


Deed: TypeAlias = (
    Invite
    | Meet
    | Join
    | Say
    | Show
    | Play
    | Close
    | Redraw
    | GiveOver
    | Begin
    | SetAlarm
    | ClearChat
    | Unsay
    | Sweep
    | Erase
    | GiveMine
)
"""An effect that needs no answer."""


Effect: TypeAlias = Deed | Request


class Step(Struct, frozen=True):
    """What came of one event."""

    conversation: Conversation
    effects: tuple[Effect, ...] = ()
