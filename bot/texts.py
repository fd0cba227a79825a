"""The words of a message in the language of whoever reads it.

``Texts`` turns the references of the core (``Say``, ``Close``, ``Text``) into a ``Message`` that
any channel can show. A language is chosen here and nowhere earlier.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, TypeAlias, TypeVar

from msgspec import Struct

from bot.dialogue.conversation import Close, Part, Role, Say, Text
from bot.wording.languages import DUTCH, LANGUAGES, Language
from bot.wording.words import SHARE_PHONE, Forms, MissingTextError, Values, Wording

__all__ = ["Key", "Language", "Line", "LineRole", "Message", "MissingTextError", "Texts"]

LineRole: TypeAlias = Role | Literal["own"]
"""How a line looks; ``own`` is what the family said itself."""

_Rendered = TypeVar("_Rendered")
_Extra: TypeAlias = Mapping[str, str] | None
"""Words of a stored revision, in the language asked for."""


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


class Message(Struct, frozen=True):
    """A rendered message, ready for any channel.

    ``language`` is the one it really is in: Dutch, when a text was missing in the language asked
    for. ``phone_label`` is the label of the share button, when ``phone`` is "ask".
    """

    lines: tuple[Line, ...]
    language: str
    turn: int = 0
    rows: tuple[tuple[Key, ...], ...] = ()
    asks: bool = False
    phone: Literal["ask", "done"] | None = None
    phone_label: str = ""

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

        def rendered(wording: Wording) -> Message:
            rows = tuple(
                [
                    tuple(
                        [
                            Key(
                                wording.pieces((button.label,), values, extra or {})[0],
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
                _lines(wording, say.parts, values, extra),
                wording.language.code,
                say.turn,
                rows,
                say.asks,
                say.phone,
                label,
            )

        return self._in(language, rendered)

    def close(self, close: Close, language: str, values: Values, extra: _Extra = None) -> Message:
        """How the question of ``close`` looks now, with a last line ``✓`` and what was answered."""

        def rendered(wording: Wording) -> Message:
            lines = _lines(wording, close.parts, values, extra)
            if close.shown:
                shown = wording.pieces(close.shown, values, extra or {})
                lines = (*lines, Line(f"✓ {wording.language.comma.join(shown)}", "own"))
            return Message(lines, wording.language.code, close.turn)

        return self._in(language, rendered)

    def text(self, text: Text, language: str, values: Values, extra: _Extra = None) -> str:
        """One text on its own."""
        return self._in(language, lambda wording: wording.text(text, values, extra or {}))

    def _in(self, language: str, rendered: Callable[[Wording], _Rendered]) -> _Rendered:
        wording = self._wordings.get(language, self._dutch)
        try:
            return rendered(wording)
        except MissingTextError:
            return rendered(self._dutch)


def _lines(
    wording: Wording, parts: Iterable[Part], values: Values, extra: _Extra
) -> tuple[Line, ...]:
    return tuple(
        [
            Line("".join(wording.pieces(part.pieces, values, extra or {})), part.role)
            for part in parts
        ]
    )
