"""What someone, time or the world did: everything that can happen to a conversation."""

from typing import Literal, TypeAlias, get_args

from msgspec import Struct

from bot.dialogue.between import SharesTold
from bot.dialogue.facts import MeetingFacts, PageFacts


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
    """Something we cannot read: a photo, sticker, video, location, someone else's contact."""

    what: str


class Spoke(Struct, frozen=True, tag="spoke"):
    """Something was said aloud: the recording ``note``, of ``seconds`` (0: nobody knows) and
    ``size`` bytes. ``origin`` is the channel's number of that message."""

    note: int
    seconds: int
    size: int = 0
    origin: int | None = None


class NoteLost(Struct, frozen=True, tag="note_lost"):
    """The recording ``note`` could not be fetched, and will not be any more."""

    note: int


class WrittenOut(Struct, frozen=True, tag="written_out"):
    """A computer made these ``words`` of the recording ``note``."""

    note: int
    words: str

    def __repr__(self) -> str:
        return f"WrittenOut({self.note}, …)"


Control: TypeAlias = Literal[
    "back",
    "skip",
    "pause",
    "language",
    "help",
    "leave",
    "erase",
    "why",
    "menu",
    "page",
    "write",
    "mine",
    "circle",
    "meeting",
]


CONTROLS: tuple[Control, ...] = get_args(Control)


class Asked(Struct, frozen=True, tag="asked"):
    """One of the engine's controls, asked by a command instead of a button."""

    control: Control


SWEEPING = "sweep"
"""The alarm that rings when nobody has been in a chat for a day, in whatever turn it was set."""


RESTED = "code"
"""The alarm after which codes are tried again, in whatever turn it was set."""


class Rang(Struct, frozen=True, tag="rang"):
    """An alarm of ``kind`` went off that was set in ``turn``."""

    kind: str
    turn: int


Door: TypeAlias = Literal["in", "asked", "own", "already", "gone"]
"""What came of the link of an invitation: it was used, and this is the talk that begins; it can be
used, but another talk is open here; it is theirs to give to someone; they are in that case already;
it was used before, is too old, or never was one."""


class Invited(Struct, frozen=True, tag="invited"):
    """Someone opened the link of an ``invitation``, and ``door`` is what came of it."""

    door: Door
    invitation: str = ""

    def __repr__(self) -> str:
        return f"Invited({self.door!r}, …)"


Outcome: TypeAlias = Literal["looked", "taken_back", "asked_back", "read_first", "written", "gone"]
"""What came of a request about a page. ``read_first``: nothing, because someone has opened it after
the family was told that nobody had. ``gone``: nothing, because there is no page."""


class PageTold(Struct, frozen=True, tag="page_told"):
    """The world's answer to a ``Request``: what came of it, and how the page is now.

    ``page`` is None when there is none (any more); ``screen`` is the one that a look was for.
    """

    outcome: Outcome
    page: PageFacts | None
    screen: Literal["page", "withdraw", "write"] = "page"


class MeetingTold(Struct, frozen=True, tag="meeting_told"):
    """The world's answer about a meeting: how it is now, or None when there is none (any more).

    It is ``late`` when what was asked could not be done any more.
    """

    meeting: MeetingFacts | None
    late: bool = False


class TooFast(Struct, frozen=True, tag="too_fast"):
    """A message came that is one too many, and was not taken. ``told``: that is to be said."""

    told: bool


class Missed(Struct, frozen=True, tag="missed"):
    """Messages are taken again; so many were not, since the last one that was."""

    number: int


Event: TypeAlias = (
    Started
    | Invited
    | Tapped
    | Wrote
    | Edited
    | Shared
    | Sent
    | Spoke
    | Asked
    | Rang
    | NoteLost
    | WrittenOut
    | PageTold
    | MeetingTold
    | SharesTold
    | TooFast
    | Missed
)
