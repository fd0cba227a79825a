"""Reads the text of a gettext catalogue (.po): entry by entry with Babel, each seen to be whole.

Babel alone forgives too much where safety hangs on words. Without a word about it, a string that
lacks its closing quote loses a letter, a translation that lost the lines above it becomes that of
the next text, and of two entries that are alike the second is dropped.
"""

import re
from collections.abc import Iterable

from babel.messages.catalog import Catalog as BabelCatalog
from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, PoFileParser

from bot.dialogue.problems import Problem
from bot.wording.catalogues import Catalogue, Entry

_STRING = r'"[^"\\\n]*+(?:\\["\\nrt][^"\\\n]*+)*+"'
_LINE = re.compile(rf"(?:msg(?:ctxt|id|id_plural|str|str\[\d\]) +)?{_STRING}|#.*|")
_TEXT = rf" +{_STRING}\n(?:{_STRING}\n|\n)*"
_FORMS = "".join(rf"(?:msgstr\[{form}\]{_TEXT})?" for form in range(10))
_ABOVE = r"(?:#(?!~).*\n|\n)*"
_PARTS = re.compile(
    rf"(?P<entry>{_ABOVE}(?:msgctxt{_TEXT})?msgid{_TEXT}"
    rf"(?:msgstr{_TEXT}|msgid_plural{_TEXT}{_FORMS})(?=msgctxt|msgid|#|\Z))"
    rf"|(?P<gone>{_ABOVE}(?:#~.*\n|\Z))"  # a translator's program keeps texts that are gone
    rf"|(?P<torn>{_ABOVE}.+\n(?:.+\n|\n+(?!msgctxt|#|\n))*)"  # up to where another can begin
)

_PLURAL_FORMS = re.compile(r"^Plural-Forms:[ \t]*(.*)$", re.MULTILINE)

_UNREADABLE = (
    "Deze regel kan ik niet lezen. Zet de tekst tussen rechte aanhalingstekens, en schrijf een"
    ' aanhalingsteken in de tekst als \\".'
)
_UNFINISHED = (
    "Hier ontbreekt een regel, of er staat er een te veel. Elke vertaling heeft een msgctxt, een"
    " msgid en een msgstr."
)


def read_catalogue(file: str, text: str) -> tuple[Catalogue, tuple[Problem, ...]]:
    """The catalogue in ``text``, and every place that is not written as gettext asks.

    What is wrong is left out of the catalogue, the rest is in it. Never raises.
    """
    text = "".join(f"{line.strip()}\n" for line in text.removeprefix("\ufeff").split("\n"))
    problems: list[Problem] = []
    entries: list[Entry] = []
    header = Entry("", ("",))
    above = 0
    for part in _PARTS.finditer(text):
        lines = part[0].split("\n")[:-1]
        message = _message(lines) if part.lastgroup == "entry" else None
        if message and message.context is not None:
            entries.append(_entry(message, lines, above))
        elif message and not message.id:
            header = _entry(message, lines, above)
        elif part.lastgroup != "gone":
            problems += _wrong(file, lines, above)
        above += len(lines)
    found = _PLURAL_FORMS.search(header.translated[0])
    plural_forms = found[1].strip() if found else None
    return Catalogue(file, tuple(entries), plural_forms, header.remarks), tuple(problems)


def _wrong(file: str, lines: list[str], above: int) -> list[Problem]:
    """Each line that cannot be read; where all can, the place itself."""
    numbered = list(enumerate(lines, above + 1))
    unreadable = [number for number, line in numbered if not _LINE.fullmatch(line)]
    if unreadable:
        return [Problem(file, number, "catalogue", _UNREADABLE) for number in unreadable]
    begins = next(number for number, line in numbered if line and line[0] != "#")
    return [Problem(file, begins, "catalogue", _UNFINISHED)]


class _Caught(BabelCatalog):
    """Catches the one message that Babel's parser finds, with any number of plural forms."""

    num_plurals = 0
    message: Message | None = None

    def __setitem__(self, _id: object, message: Message) -> None:
        self.message = message


def _message(lines: list[str]) -> Message | None:
    """What Babel reads in the lines of one entry; None when it cannot."""
    caught = _Caught()
    caught.num_plurals = sum(line.startswith("msgstr[") for line in lines)
    try:
        PoFileParser(caught, abort_invalid=True).parse(lines)
    except PoFileError:
        return None
    return caught.message


def _entry(message: Message, lines: list[str], above: int) -> Entry:
    # Babel keeps one of two remarks that are alike, and takes the earlier Dutch for one.
    comments = [line for line in lines if line[:1] == "#"]
    earlier = [line[2:].strip() for line in comments if line[1:2] == "|"]
    dutch = _message([*filter(_LINE.fullmatch, earlier), 'msgstr[0] ""']) if earlier else None
    return Entry(
        message.context or "",
        _texts(message.id),
        _texts(message.string),
        message.fuzzy,
        _texts(dutch.id) if dutch else (),
        tuple(message.auto_comments),
        tuple([file for file, _ in message.locations]),
        tuple([line[1:].strip() for line in comments if line[1:2] not in (".", ":", ",", "|")]),
        above + (message.lineno or 0),
    )


def _texts(found: str | Iterable[str] | None) -> tuple[str, ...]:
    return (found,) if isinstance(found, str) else tuple(found or ())
