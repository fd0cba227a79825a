"""Lays out what a family told as one page for a professional.

The page adds nothing to what was told, ranks nothing and advises nothing. Own words stand there
word for word, in the language they were said in; what was chosen stands in Dutch, with the words
the family saw beside it when those were not Dutch. Nobody's name is on it unless the family gave
it: their own, and what they call the people around them.

``as_json`` has a stable shape, which is also how a page is kept. Fields may be added to it, never
taken away or given another meaning, unless ``schema`` goes up::

    {"code": "Beuk-4F72", "team": "noord", "team_name": "Wijkteam Noord", "dialogue": "ouder",
     "language": "tr", "language_name": "Turks", "came": 1763755555, "renewed": null,
     "page_days": 30,
     "filled_in_by": "ouder of verzorger", "mode": "knoppen en eigen woorden",
     "sections": [{"name": "vraag", "heading": "De vraag, en wat erachter zit", "missing": "",
                   "items": [{"heading": "Over wie", "language": "tr", "dutch": "Over mijn kind",
                              "original": "Çocuğum hakkında", "own_words": false}]}],
     "circle": [{"name": "Oma", "near": true, "gives": true, "costs": false, "important": true,
                 "thinks_along": true, "asked": false}],
     "not_heard": ["kind of jongere", "andere ouder"],
     "open_questions": ["Wie wil je erbij hebben?"], "schema": 1}

``came`` is in Unix seconds, and so is ``renewed``: when the family made the page fuller, or null;
``dutch`` and ``original`` are text or null; several choices are
several lines, and so are several people. Own words with something spoken in them have ``pieces``
too: typed ones, and recordings by ``note`` and ``seconds``, without the sound. ``circle`` has
everybody who was named, with what was told of them: ``near`` is true for very close, false for
further away; each of the others is true or false as it was said; all of them are null when it was
not said, because its question was skipped or never came.

``voices`` are those whose parts are on the page, the young first, each with its ``label``
(``andere ouder``), ``kind``, language and way of answering, and whether they gave a number to call
them on (``phone``); every item and everybody in ``circle`` carries that label in ``voice``.
``unheard`` of a section are lines about whose words are not there, ``notes`` about who gave no
number; those are not on paper.
``adult`` of a voice: they said to be one, so that nobody misses their parents.

``talk_about`` of an item is what they want to talk about. ``tells`` is what is not open any more
(``bot.dialogue.vocabulary.Theme``), and ``asks`` that it asks for something already; both only
serve to choose the ``open_questions``, three for a first talk.
"""

from collections.abc import Collection, Iterator
from itertools import groupby, zip_longest

from msgspec import Struct

from bot.dialogue.vocabulary import Theme, VoiceKind
from bot.storage import codec
from bot.wording.words import isolated

DUTCH = "nl"

ALWAYS_SHOWN = ("veiligheid", "eigen_woorden")
"""Sections of which it matters most that nothing is there."""


class PagePiece(Struct, frozen=True):
    """A part of own words: typed, or the recording ``note`` of ``seconds`` (0: nobody knows).

    Of a recording ``words`` are what a computer made of it, when the speaker agreed to that. One
    that is ``lost`` never reached us.
    """

    words: str = ""
    note: int | None = None
    seconds: int = 0
    lost: bool = False

    def __repr__(self) -> str:
        return f"PagePiece(note={self.note})"

    @property
    def length(self) -> str:
        """How long it is, as a clock shows it; "" when nobody knows."""
        return f"{self.seconds // 60}:{self.seconds % 60:02}" if self.seconds else ""

    def on_paper(self) -> str:
        """What stands for a recording where it cannot be heard."""
        spoken = f"gesproken, {self.length}" if self.length else "gesproken"
        if self.lost:
            return f"({spoken}: de opname is niet aangekomen)"
        written = ". Door een computer uitgeschreven:" if self.words else ""
        return f"({spoken} — te beluisteren op het bureau{written})"


class PageItem(Struct, frozen=True):
    """One thing that was told: chosen in ``dutch``, or said in ``original``, or chosen in both.

    ``voice`` is the label of whoever told it. Own words with recordings in them also stand in
    ``pieces``, in their order; ``original`` has what of it is in words. ``talk_about`` is what they
    want to talk about; ``tells`` and ``asks`` only serve to choose open questions.
    """

    heading: str
    language: str
    dutch: str | None = None
    original: str | None = None
    own_words: bool = False
    voice: str = ""
    pieces: tuple[PagePiece, ...] = ()
    talk_about: bool = False
    tells: Theme | None = None
    asks: bool = False

    def told(self) -> tuple[PagePiece, ...]:
        """Own words in their order, typed and spoken."""
        return self.pieces or (PagePiece(self.original or ""),)

    def __repr__(self) -> str:
        return "PageItem(…)"

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Line by line the Dutch and what the family saw or typed; "" where there is none."""
        yield from zip_longest(
            self.dutch.split("\n") if self.dutch else (),
            self.original.split("\n") if self.original else (),
            fillvalue="",
        )


class PageVoice(Struct, frozen=True):
    """Someone whose words are on the page: ``label`` (``andere ouder``) is what marks them there.

    ``kind`` is a ``bot.dialogue.vocabulary.VoiceKind``; ``came`` is when they handed it over, and
    ``renewed`` when they made it fuller; ``phone`` is whether a number is on it, None when nobody
    knows. ``adult``: they said to be one.
    """

    label: str
    kind: VoiceKind
    filled_in_by: str
    language: str
    language_name: str
    mode: str
    came: int
    renewed: int | None = None
    phone: bool | None = None
    adult: bool = False


def name_in(line: str, names: Collection[str]) -> str:
    """The name of somebody that ``line`` begins with and is about, as it stands there; else "".

    Of two names that both fit, such as ‘oma’ and ‘oma: van papa’, the longer one.
    """
    for name in sorted(names, key=len, reverse=True):
        for written in (name, isolated(name)):
            if line == written or line.startswith(f"{written}:"):
                return written
    return ""


class PagePerson(Struct, frozen=True):
    """Someone in the circle, as ``bot.dialogue.circle.Person``, without a number of ours.

    ``voice`` is the label of whose circle it is.
    """

    name: str
    near: bool | None
    gives: bool | None
    costs: bool | None
    important: bool | None
    thinks_along: bool | None
    asked: bool | None
    voice: str = ""

    def __repr__(self) -> str:
        return "PagePerson(…)"


class PageSection(Struct, frozen=True):
    """One section of the page. ``missing`` says what is not there when it is empty, else "".

    ``unheard`` are lines about whose words are missing from it, most of all a child's. ``notes``
    are others about what is not there, for whoever reads on a screen: paper has no room for them.
    """

    name: str
    heading: str
    items: tuple[PageItem, ...] = ()
    missing: str = ""
    unheard: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def by_voice(self) -> Iterator[tuple[str, tuple[PageItem, ...]]]:
        """The items of each voice apart, after its label, in the order of the page."""
        for voice, items in groupby(self.items, lambda item: item.voice):
            yield voice, tuple(items)


class Page(Struct, frozen=True):
    """The page as it is handed over. ``page_days`` is how long it is kept after an answer.

    ``renewed`` is when it was handed over again, with more on it. ``open_questions`` are for a
    first talk (``bot.handover.first_talk``).
    """

    code: str
    team: str
    team_name: str
    dialogue: str
    language: str
    language_name: str
    came: int
    page_days: int
    filled_in_by: str
    mode: str
    sections: tuple[PageSection, ...]
    circle: tuple[PagePerson, ...] = ()
    not_heard: tuple[str, ...] = ()
    renewed: int | None = None
    voices: tuple[PageVoice, ...] = ()
    open_questions: tuple[str, ...] = ()
    schema: int = 1

    @property
    def is_shared(self) -> bool:
        """Whether more than one voice is on it."""
        return len(self.voices) > 1

    @property
    def shown_sections(self) -> tuple[PageSection, ...]:
        """What stands on the page under its own heading, also when nothing was told there."""
        return tuple(each for each in self.sections if each.items or each.name in ALWAYS_SHOWN)

    @property
    def bare_sections(self) -> tuple[str, ...]:
        """The names of the others, which are named together."""
        return tuple(each.name for each in self.sections if each not in self.shown_sections)


def recordings_on(page: Page) -> tuple[int, ...]:
    """The numbers of the recordings that stand on ``page``."""
    return tuple(
        piece.note
        for section in page.sections
        for item in section.items
        for piece in item.pieces
        if piece.note is not None
    )


def as_json(page: Page) -> bytes:
    """The page in the shape described above, as UTF-8."""
    return codec.encode(page)


def decode(body: bytes) -> Page:
    """The page that ``as_json`` wrote, now or in any earlier version; ``Damaged`` if it is none."""
    return codec.decode(body, Page)
