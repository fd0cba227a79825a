"""Where one person is in a dialogue, what they can do, and what the world must do then.

A ``Conversation`` is all that is remembered of one person's way through a dialogue. An event is
something that happened to it; a ``Step`` is what came of it: the next conversation and the
effects, as plain data. Texts are references (``Text``); a language is chosen only when rendering.
"""

from typing import Literal, TypeAlias, get_args

from msgspec import Struct

from bot.dialogue.between import ShareRequest, SharesTold, Sharing
from bot.dialogue.tree import VoiceKind


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

    ``signals`` are those of ``tree.SIGNALS`` that the words carry; they open a way, and stay off
    the page.
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
    "page",
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


# --- Effects: what the world must do ------------------------------------------------------------


class Moment(Struct, frozen=True, tag="moment"):
    """A moment in Unix seconds, said as a day in Dutch time, and with ``clock`` the time too.

    With ``year``, for what may be long ago, the year as well.
    """

    at: int
    clock: bool = True
    year: bool = False


class Text(Struct, frozen=True, tag="text"):
    """Words to be found in a catalogue, under ``key``, with named values put in.

    A value is a number, a name (a string), a moment or another text. ``count`` picks the plural
    form.
    """

    key: str
    values: dict[str, "int | str | Moment | Text"] = {}
    count: int | None = None


class Quote(Struct, frozen=True, tag="quote"):
    """Someone's own words, to be shown exactly as they are and never looked up."""

    words: str

    def __repr__(self) -> str:
        return "Quote(…)"


Piece: TypeAlias = Text | Quote

Role: TypeAlias = Literal["line", "question", "heading", "quote", "small", "link"]
"""How a part looks: a line, the question, an item's name, own words, small print, or an address
to give to someone."""


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
    for its own way of sharing one's phone number ("ask"), or to put that away ("done"). ``aloud``
    says that the question can be answered aloud, ``unasked`` that it comes by itself: a channel
    that announces messages shows no word of it there. ``share`` is what another voice shared that
    is said here: it goes when that goes.
    """

    parts: tuple[Part, ...]
    turn: int
    rows: tuple[tuple[Button, ...], ...] = ()
    asks: bool = False
    phone: Literal["ask", "done"] | None = None
    aloud: bool = False
    unasked: bool = False
    share: int | None = None


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
