"""Reads the text of a gettext catalogue (.po), strictly.

Babel's reader is not used because it is forgiving: a string that lacks its closing quote loses a
letter without a word, and previous texts (``#|``) are dropped. Our tests hold the two together:
Babel reads what we write, we read what Babel writes.
"""

import re
from collections.abc import Iterator

from bot.dialogue.problems import Problem
from bot.wording.catalogues import Catalogue, Entry

_STRING = re.compile(r'(msg[^"\s]*)?\s*"([^"\\]*+(?:\\.[^"\\]*+)*+)"')
_KEYWORDS = {"msgctxt", "msgid", "msgid_plural", "msgstr", *(f"msgstr[{n}]" for n in range(10))}
_ONE = ["msgctxt", "msgid", "msgstr"]
_SEVERAL = ["msgctxt", "msgid", "msgid_plural"]
_FLAG = re.compile(r"[^,\s]+")
_SIGNS = ("#,", "#.", "#:", "#|")
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}
_PLURAL_FORMS = re.compile(r"^Plural-Forms:[ \t]*(.*)$", re.MULTILINE)

_UNREADABLE = (
    "Deze regel kan ik niet lezen. Zet de tekst tussen rechte aanhalingstekens, en schrijf een"
    ' aanhalingsteken in de tekst als \\".'
)
_UNFINISHED = "Hier ontbreekt een regel. Elke vertaling heeft een msgctxt, een msgid en een msgstr."


def read_catalogue(file: str, text: str) -> tuple[Catalogue, tuple[Problem, ...]]:
    """The catalogue in ``text``, and every place that is not written as gettext asks.

    What is wrong is left out of the catalogue, the rest is in it. Never raises.
    """
    problems: list[Problem] = []
    entries: list[Entry] = []
    header = _Draft()
    for draft in _drafts(file, text.removeprefix("\ufeff"), problems):
        if draft.is_torn:
            continue
        if draft.is_whole():
            entries.append(draft.entry())
        elif draft.is_header():
            header = draft
        else:
            problems.append(Problem(file, draft.line, "catalogue", _UNFINISHED))
    found = _PLURAL_FORMS.search(header.fields.get("msgstr", ""))
    return Catalogue(
        file,
        tuple(entries),
        plural_forms=found[1].strip() if found else None,
        remarks=header.comments_by_sign().get("#", ()),
    ), tuple(problems)


class _Draft:
    """An entry while its lines are being read: its strings by keyword, its comments as they are."""

    __slots__ = ("comments", "fields", "is_torn", "last", "line")

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self.comments: list[str] = []
        self.last = ""
        self.line = 0
        self.is_torn = False

    def is_header(self) -> bool:
        return "msgctxt" not in self.fields and self.fields.get("msgid") == ""

    def is_whole(self) -> bool:
        names = list(self.fields)
        forms = [f"msgstr[{number}]" for number in range(len(names) - len(_SEVERAL))]
        return names == _ONE or (bool(forms) and names == [*_SEVERAL, *forms])

    def add(self, keyword: str | None, text: str, number: int) -> bool:
        """Put in the string of line ``number``; False when it has no place here."""
        if keyword is None:
            if not self.last:
                return False
            self.fields[self.last] += text
            return True
        if keyword not in _KEYWORDS or keyword in self.fields:
            return False
        if self.line == 0 or keyword in ("msgstr", "msgstr[0]"):
            self.line = number
        self.fields[keyword] = text
        self.last = keyword
        return True

    def entry(self) -> Entry:
        texts = tuple(self.fields.values())
        first = 3 if "msgid_plural" in self.fields else 2
        comments = self.comments_by_sign()
        return Entry(
            texts[0],
            texts[1:first],
            texts[first:],
            any("fuzzy" in _FLAG.findall(flags) for flags in comments.get("#,", ())),
            _previous(comments.get("#|", ())),
            comments.get("#.", ()),
            comments.get("#:", ()),
            comments.get("#", ()),
            self.line,
        )

    def comments_by_sign(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for line in self.comments:
            sign = line[:2] if line[:2] in _SIGNS else "#"
            found[sign] = (*found.get(sign, ()), line[len(sign) :].strip())
        return found


def _drafts(file: str, text: str, problems: list[Problem]) -> Iterator[_Draft]:
    draft = _Draft()
    for number, line in enumerate(map(str.strip, text.split("\n")), 1):
        if not line:
            continue
        if line[0] == "#":
            if draft.last[:6] == "msgstr":
                yield draft
                draft = _Draft()
            if line[:2] == "#~":  # what a translator's program keeps of texts that are gone
                draft = _Draft()
            else:
                draft.comments.append(line)
            continue
        found = _STRING.fullmatch(line)
        keyword = found[1] if found else line.partition('"')[0].strip()
        if draft.last and (
            keyword == "msgctxt" or (keyword == "msgid" and "msgid" in draft.fields)
        ):
            yield draft
            draft = _Draft()
        if not found or not draft.add(keyword, _unescaped(found[2]), number):
            problems.append(Problem(file, number, "catalogue", _UNREADABLE))
            draft.is_torn = True
    if draft.fields:
        yield draft


def _previous(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The Dutch that was translated: one text, or two for a text with plural forms."""
    draft = _Draft()
    for line in lines:
        if found := _STRING.fullmatch(line):
            draft.add(found[1], _unescaped(found[2]), 0)
    return tuple([text for keyword, text in draft.fields.items() if keyword != "msgctxt"])


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), text)
