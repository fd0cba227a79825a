"""The words of a message in the language of whoever reads it.

``Texts`` turns the references of the core (``Say``, ``Close``, ``Text``) into a ``Message`` that
any channel can show. A language is chosen here and nowhere earlier.
"""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from typing import Literal, TypeAlias, TypeVar

from msgspec import Struct

from bot.dialogue.circle import Circle
from bot.dialogue.effects import Close
from bot.dialogue.message import Part, Role, Say, Text
from bot.wording.languages import DUTCH, LANGUAGES, Language
from bot.wording.questions import asked_in
from bot.wording.words import SHARE_PHONE, Forms, MissingTextError, Values, Wording

__all__ = [
    "File",
    "Key",
    "Language",
    "Line",
    "LineRole",
    "Message",
    "MissingTextError",
    "Picture",
    "Sound",
    "Texts",
]

LineRole: TypeAlias = Role | Literal["own"]
"""How a line looks; ``own`` is what the family said itself."""

_Rendered = TypeVar("_Rendered")
_Extra: TypeAlias = Mapping[str, Mapping[str, str]] | None
"""Words of a stored revision, by language and key."""


class Line(Struct, frozen=True):
    """One paragraph, as it is read."""

    text: str
    role: LineRole = "line"

    def __repr__(self) -> str:
        return f"Line(…, role={self.role!r})"


class Key(Struct, frozen=True):
    """A button as it is read. ``code`` comes back when it is tapped, after the turn."""

    label: str
    code: str
    ticked: bool = False

    def __repr__(self) -> str:
        return "Key(…)"


class Picture(Struct, frozen=True):
    """What it takes to draw the ``circle`` for whoever reads ``words``, from the right or not.

    With an ``address`` it is the picture that a camera opens that address by. ``short`` says who is
    in it when the lines of its message are too many; ``lost`` is said instead when nobody knows
    whether it arrived.
    """

    circle: Circle
    words: dict[str, str]
    right_to_left: bool
    short: tuple[Line, ...]
    lost: "Message"
    address: str = ""

    def __repr__(self) -> str:
        return f"Picture({len(self.circle.people)} people)"


class File(Struct, frozen=True):
    """A file to give, as text; ``lost`` is said instead when nobody knows whether it arrived."""

    name: str
    content: str
    lost: "Message"

    def __repr__(self) -> str:
        return f"File({self.name!r}, …)"


class Sound(Struct, frozen=True):
    """A recording of this voice, by its number; ``seconds`` is 0 when nobody knows.

    ``missing`` is said instead when it is not here, ``lost`` when nobody knows whether it arrived.
    """

    note: int
    seconds: int
    missing: "Message | None" = None
    lost: "Message | None" = None


class Message(Struct, frozen=True):
    """A rendered message, ready for any channel.

    ``language`` is the one it really is in: Dutch, when a text was missing in the language asked
    for. ``aloud`` and ``unasked`` as in ``Say``. ``phone_label`` is the label of the share button,
    when ``phone`` is "ask". The lines of a ``picture`` say in words what it shows.
    """

    lines: tuple[Line, ...]
    language: str
    turn: int = 0
    rows: tuple[tuple[Key, ...], ...] = ()
    asks: bool = False
    phone: Literal["ask", "done"] | None = None
    phone_label: str = ""
    picture: Picture | None = None
    file: File | None = None
    sound: Sound | None = None
    aloud: bool = False
    unasked: bool = False

    @property
    def lost(self) -> "Message | None":
        """Of what may never be sent twice: what is said when nobody knows whether it arrived."""
        once = self.picture or self.file or self.sound
        return once.lost if once else None

    def __repr__(self) -> str:
        return f"Message({len(self.lines)} lines, language={self.language!r}, turn={self.turn})"


class Texts:
    """All words, in every language; ``languages`` are those that are offered, Dutch first.

    A message is in one language. What has no translation is said in Dutch as a whole, never
    half. Placeholders are filled from the text's own values, then from ``values`` (those of the
    team: ``bot.teams.values_for``). ``extra`` counts only for keys that do not exist any more.

    Raises ``MissingTextError`` for what is not there in Dutch either, which is a mistake of ours.
    """

    def __init__(
        self,
        dutch: Mapping[str, Forms],
        translations: Mapping[str, Mapping[str, Forms]],
        offered: Iterable[str],
    ) -> None:
        """``translations`` by language and key, without what is missing or outdated."""
        self._dutch = Wording(DUTCH, dutch, dutch)
        self._wordings = {
            code: Wording(LANGUAGES[code], words, dutch) for code, words in translations.items()
        }
        self._wordings[DUTCH.code] = self._dutch
        codes = {DUTCH.code, *offered}
        self.languages = tuple(language for code, language in LANGUAGES.items() if code in codes)

    def offered(self, tag: str | None) -> str:
        """The code of the offered language nearest to ``tag`` (``en-GB``); Dutch when none is."""
        code = (tag or "").replace("_", "-").partition("-")[0].lower()
        return code if any(language.code == code for language in self.languages) else DUTCH.code

    def say(self, say: Say, language: str, values: Values, extra: _Extra = None) -> Message:
        """``say`` in ``language``, its buttons included."""

        def rendered(wording: Wording, gone: Mapping[str, str]) -> Message:
            rows = tuple(
                [
                    tuple(
                        [
                            Key(
                                wording.pieces((button.label,), values, gone)[0],
                                button.code,
                                button.ticked,
                            )
                            for button in row
                        ]
                    )
                    for row in say.rows
                ]
            )
            label = wording.text(Text(SHARE_PHONE), values) if say.phone == "ask" else ""
            return Message(
                _lines(wording, say.parts, values, gone),
                wording.language.code,
                say.turn,
                rows,
                say.asks,
                say.phone,
                label,
                aloud=say.aloud,
                unasked=say.unasked,
            )

        return self._in(language, extra, rendered)

    def close(self, close: Close, language: str, values: Values, extra: _Extra = None) -> Message:
        """How the question of ``close`` looks now, with a last line ``✓`` and what was answered."""

        def rendered(wording: Wording, gone: Mapping[str, str]) -> Message:
            lines = _lines(wording, close.parts, values, gone)
            if close.shown:
                shown = wording.pieces(close.shown, values, gone)
                lines = (*lines, Line(f"✓ {wording.language.comma.join(shown)}", "own"))
            return Message(lines, wording.language.code, close.turn)

        return self._in(language, extra, rendered)

    def text(self, text: Text, language: str, values: Values, extra: _Extra = None) -> str:
        """One text on its own."""
        return self._in(language, extra, lambda wording, gone: wording.text(text, values, gone))

    def with_words(self, words: Mapping[str, Mapping[str, str]]) -> "Texts":
        """The same and, by language, words under keys that do not exist here."""
        more = copy(self)
        known = words.get(DUTCH.code, {}).keys()
        more._wordings = {
            code: wording.with_words(words.get(code, {}), known)
            for code, wording in self._wordings.items()
        }
        more._dutch = more._wordings[DUTCH.code]
        return more

    def _in(
        self,
        language: str,
        extra: _Extra,
        rendered: Callable[[Wording, Mapping[str, str]], _Rendered],
    ) -> _Rendered:
        gone = extra or {}
        wording = self._wordings.get(language, self._dutch)
        try:
            return rendered(wording, gone.get(wording.language.code, {}))
        except MissingTextError:
            return rendered(self._dutch, gone.get(DUTCH.code, {}))


def _lines(
    wording: Wording, parts: Iterable[Part], values: Values, gone: Mapping[str, str]
) -> tuple[Line, ...]:
    return tuple(
        [
            line
            for part in parts
            for line in _parted("".join(wording.pieces(part.pieces, values, gone)), part.role)
        ]
    )


def _parted(text: str, role: Role) -> tuple[Line, ...]:
    """``text`` as lines: of a question that says more, what is asked stands apart.

    There is always a line that asks, so that an empty one is seen.
    """
    if role != "question":
        return (Line(text, role),)
    before, question, after = asked_in(text)
    lines = (Line(before), Line(question, role), Line(after))
    return tuple(line for line in lines if line.text or line.role == role)
