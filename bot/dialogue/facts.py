"""What only the world knows of a page or a meeting, as it told it last."""

from typing import Literal, TypeAlias, get_args

from msgspec import Struct


class PageFacts(Struct, frozen=True):
    """What became of the newest page of a family, as the world told it last.

    ``team`` is the team as it was called when the page came in, ``phone`` and ``reply_days`` what
    it says of itself now (None: it has no profile any more). Moments are Unix seconds. ``readers``
    are who opened it and when first; ``unseen`` is how many messages of the family nobody of the
    team has seen yet, ``others`` how many older pages there are, ``days`` how long a page is kept
    after an answer, ``meeting`` whether someone of a team noted that they met.
    """

    team: str
    sent: int
    days: int
    phone: str | None = None
    reply_days: int | None = None
    readers: tuple[tuple[str, int], ...] = ()
    answered: int | None = None
    closed: int | None = None
    asked_back: int | None = None
    ends: int | None = None
    unseen: int = 0
    others: int = 0
    meeting: bool = False


Aspect: TypeAlias = Literal["listened", "understood", "weighed"]
"""What both sides are asked about a meeting: was there listening, was it understood what someone is
about, did it count what they find important. The idea is CollaboRATE's; the words are ours."""


ASPECTS: tuple[Aspect, ...] = get_args(Aspect)


View: TypeAlias = Literal["fully", "partly", "not", "unsure", "skipped"]
"""What one side says of one aspect: words to tap. They are never a number, and never counted."""


VIEWS: tuple[View, ...] = get_args(View)


Side: TypeAlias = Literal["open", "passed", "said"]
"""One side of a meeting: it may say something still; it would rather not; it did."""


class MeetingFacts(Struct, frozen=True):
    """The newest meeting of this person with a professional, as the world told it last.

    ``number`` is what the world calls it, ``who`` whom they met (empty: nobody knows any more),
    ``team`` the team as it was called when the page came in, ``on`` the day (Unix seconds).
    ``mine`` and ``theirs`` say how far each side is. What was said, a view for each of ``ASPECTS``,
    is there once it ``is_shown`` to both.
    """

    number: int
    who: str
    team: str
    on: int
    mine: Side = "open"
    theirs: Side = "open"
    is_shown: bool = False
    my_views: tuple[View, ...] = ()
    their_views: tuple[View, ...] = ()
