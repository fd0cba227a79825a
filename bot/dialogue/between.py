"""What two voices of one case share: what is known of it, what can be asked, and what is answered.

Only what someone did themselves is known here: whom they invited or that they were invited, what
they gave, what they were given. Whether another came, or told anything, is nowhere in it.
"""

from typing import Literal, TypeAlias

from msgspec import Struct

from bot.dialogue.vocabulary import VoiceKind


class Other(Struct, frozen=True):
    """Somebody to share with: who came, or may come, by an invitation of ``at``.

    ``who`` is whose voice that invitation was for; None when they are the one who invited.
    """

    tie: int
    who: VoiceKind | None
    at: int


class Given(Struct, frozen=True):
    """What this person shared, at ``at``: the answers to ``questions``. ``looked``: the other chose
    to look then, knowing that this is told."""

    share: int
    tie: int
    at: int
    questions: tuple[str, ...]
    looked: int | None = None


class Got(Struct, frozen=True):
    """Something that was shared with this person, at ``at``, and at which they ``looked``."""

    share: int
    tie: int
    at: int
    looked: int | None = None


class Earlier(Struct, frozen=True):
    """Something this person shared at ``at`` in a talk they had before in the same chat, with
    another case. ``looked`` as in ``Given``.

    Not what it was, nor with whom: a phone may have changed hands since, and the code of that talk
    (``bot.dialogue.lock``) does not guard this one. The moment is enough to take it back.
    """

    share: int
    at: int
    looked: int | None = None


class Shares(Struct, frozen=True):
    """All of it as the world told it last, the newest first; ``earlier`` those first that can be
    taken back. Nobody's words are in it."""

    others: tuple[Other, ...] = ()
    given: tuple[Given, ...] = ()
    got: tuple[Got, ...] = ()
    earlier: tuple[Earlier, ...] = ()

    @property
    def mine(self) -> tuple[Given | Earlier, ...]:
        """All that this person shared, in this talk and before it."""
        return (*self.given, *self.earlier)


class Sharing(Struct, frozen=True):
    """What is on the screens about sharing: with whom, which answers are ticked, which share."""

    shares: Shares
    tie: int = 0
    ticked: tuple[str, ...] = ()
    share: int = 0


class ToldAnswer(Struct, frozen=True):
    """One answer of someone else's, in the words of whoever reads it: what was asked, and what was
    said."""

    asked: str
    said: tuple[str, ...]

    def __repr__(self) -> str:
        return "ToldAnswer(…)"


class AskShares(Struct, frozen=True, tag="ask_shares"):
    """Tell what was shared by and with this person. ``share``: that one is wanted on top."""

    share: int = 0


class GiveShare(Struct, frozen=True, tag="give_share"):
    """Consent was given: share the answers to ``questions`` over ``tie``, as they are now."""

    tie: int
    questions: tuple[str, ...]


class TakeShareBack(Struct, frozen=True, tag="take_share_back"):
    """Take back what was shared, unless the other has looked at it."""

    share: int


class ShowShare(Struct, frozen=True, tag="show_share"):
    """Tell what was shared with this person, who chose to look."""

    share: int


class DropShare(Struct, frozen=True, tag="drop_share"):
    """Take what was shared with this person out of their list and their chat."""

    share: int


ShareRequest: TypeAlias = AskShares | GiveShare | TakeShareBack | ShowShare | DropShare
"""What only the world can do or knows; answered by ``SharesTold``."""

ShareOutcome: TypeAlias = Literal[
    "told", "given", "often", "taken_back", "looked_first", "shown", "dropped", "gone"
]
"""What came of it. ``often``: nothing, because so much was shared with them today already.
``looked_first``: not taken back, because the other has looked. ``gone``: nothing, because what it
is about is not there (any more)."""


class SharesTold(Struct, frozen=True, tag="shares_told"):
    """The world's answer: what came of it, how it is now, and ``told`` when it is to be shown."""

    outcome: ShareOutcome
    shares: Shares
    share: int = 0
    told: tuple[ToldAnswer, ...] = ()
