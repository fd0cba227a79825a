"""The people and places near a team that its profile points at: dated, each told in one sentence.

A team writes them in Dutch. What it can be for is said in the reader's own language, as that is one
of a short list; the sentence is, where the team gave a translation, and else stands there in Dutch,
with that said.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time

from msgspec import Struct

from bot.authored.forms import Form
from bot.dialogue.around import NearPlace
from bot.dialogue.meant import listed, quoted
from bot.dialogue.outline import Listing, Tree
from bot.dialogue.problems import Problem
from bot.dialogue.sheet import Sheet
from bot.dialogue.vocabulary import ENGINE, TOPICS
from bot.wording.avoided import WordChoice
from bot.wording.languages import DUTCH, LANGUAGES, Language
from bot.wording.sentences import LONGEST_SENTENCE, sentences
from bot.wording.words import Forms, isolated, placeholders

ROOM = "teams"
"""What the keys of their words begin with, and the folder of the files."""

STALE_AFTER = 365
"""Days after which somebody is to look whether a place is still there."""

LONGEST_ABOUT = 160
"""Characters of the sentence; three places and what an author says above them fit in a message."""

PHONE = r"\+?[0-9][0-9 -]{2,19}"
_SITE = r"[a-z0-9-]+(\.[a-z0-9-]+)+(/[A-Za-z0-9/_-]{0,60})?"
_NEEDED = ("name", "topics", "about", "checked")
_WAYS = ("phone", "address", "site")
_KNOWN = (*_NEEDED, *_WAYS, "free", "translated")
_IN_DUTCH = f"{ENGINE}/nearby_in_dutch"
_WORDS = "wat"


class Place(Struct, frozen=True):
    """Someone to go to, or a place.

    ``about`` is one sentence in Dutch and ``translated`` the same in other languages, by code.
    Of ``phone``, ``address`` and ``site`` (without https://) at least one is there. ``free`` is
    None when nobody said what it costs. ``checked`` is the day on which all of it was last held
    against the facts.
    """

    id: str
    topics: tuple[str, ...]
    name: str
    about: str
    checked: date
    phone: str = ""
    address: str = ""
    site: str = ""
    free: bool | None = None
    translated: dict[str, str] = {}
    line: int = 0

    def near(self, team: str) -> NearPlace:
        """What the core has to know of it."""
        noon = datetime.combine(self.checked, time(12), UTC)
        return NearPlace(self.context(team), self.topics, int(noon.timestamp()), self.free)

    def context(self, team: str) -> str:
        """Where its words are found."""
        return f"{ROOM}/{team}/{self.id}"

    def is_stale(self, now: int) -> bool:
        """Whether it was not checked for ``STALE_AFTER`` days at ``now``."""
        return self.days_since(now) > STALE_AFTER

    def days_since(self, now: int) -> int:
        """How many days ago it was checked, at ``now``."""
        return (datetime.fromtimestamp(now, UTC).date() - self.checked).days


# --- Read ---------------------------------------------------------------------------------------


def read_places(sheet: Sheet, tree: Tree | None) -> tuple[Place, ...]:
    """The places in ``tree``, what stands behind ``nearby``; what is wrong is told to ``sheet``."""
    if tree is None:
        return ()
    if not isinstance(tree, Listing):
        message = "Onder ‘nearby’ hoort een streepje voor elke plek: ‘- name: …’."
        sheet.wrong(tree.line, "wrong-shape", message)
        return ()
    found: dict[str, Place] = {}
    for number, item in enumerate(tree.items, 1):
        place = _place(str(number), sheet, item)
        if place.name.casefold() in found:
            message = f"{quoted(place.name)} staat er al. Haal een van de twee weg."
            sheet.wrong(place.line, "duplicate-key", message)
        found.setdefault(place.name.casefold(), place)
    return tuple(found.values())


def _place(id_: str, sheet: Sheet, tree: Tree) -> Place:
    form = Form(sheet, tree, "deze plek", _KNOWN, _NEEDED)
    place = Place(
        id_,
        form.texts("topics", "|".join(TOPICS), f"een van: {listed(TOPICS)}"),
        _plain(form, "name", 60),
        _plain(form, "about", LONGEST_ABOUT),
        form.day("checked"),
        form.shaped("phone", PHONE, "088-000 00 00") if form.tree_of("phone") else "",
        _plain(form, "address", 100),
        form.shaped("site", _SITE, "wijkhuis.voorbeeld") if form.tree_of("site") else "",
        _FREE[form.shaped("free", "yes|no", "yes, of no")],
        _translated(sheet, form.tree_of("translated")),
        tree.line,
    )
    if not any(form.tree_of(key) for key in _WAYS):
        message = f"Hoe komt iemand hier? Zet er één bij: {listed(_WAYS)}."
        sheet.wrong(tree.line, "missing-key", message)
    topics = form.tree_of("topics")
    if isinstance(topics, Listing) and not topics.items:
        message = f"Achter ‘topics’ staat niets. Kies uit: {listed(TOPICS)}."
        sheet.wrong(form.line_of("topics"), "missing-key", message)
    return place


_FREE = {"yes": True, "no": False, "": None}


def _translated(sheet: Sheet, tree: Tree | None) -> dict[str, str]:
    if tree is None:
        return {}
    others = tuple(code for code in LANGUAGES if code != DUTCH.code)
    form = Form(sheet, tree, "‘translated’", others, ())
    texts = {code: _plain(form, code, LONGEST_ABOUT) for code in others}
    return {code: text for code, text in texts.items() if text}


def _plain(form: Form, key: str, longest: int) -> str:
    """A text on one line in which nothing is filled in."""
    text = form.text(key, longest)
    if "\n" in text:
        message = f"{quoted(key)} staat op meer dan één regel. Maak er één regel van."
        form.sheet.wrong(form.line_of(key), "too-long", message)
    if "{" in text or "}" in text:
        message = f"In {quoted(key)} wordt niets ingevuld. Haal {{ en }} weg."
        form.sheet.wrong(form.line_of(key), "unknown-placeholder", message)
    return text


# --- Words --------------------------------------------------------------------------------------


def with_places(
    words: Mapping[str, Forms], places: Mapping[str, Iterable[Place]], language: Language
) -> dict[str, Forms]:
    """``words`` and those of the ``places`` of each team, as they are said in ``language``."""
    done = dict(words)
    in_dutch = words.get(_IN_DUTCH)
    for team, near in places.items():
        for place in near:
            name, about = place.name, place.translated.get(language.code, "")
            ways = [way for way in (place.phone, place.address, place.site) if way]
            if language.right_to_left:
                name, ways = isolated(name), [isolated(way) for way in ways]
            if language == DUTCH:
                about = place.about
            elif not about and isinstance(in_dutch, str) and placeholders(in_dutch) == {_WORDS}:
                said = isolated(place.about) if language.right_to_left else place.about
                about = in_dutch.replace(f"{{{_WORDS}}}", said)
            context = place.context(team)
            done |= {f"{context}/name": name, f"{context}/reach": " · ".join(ways)}
            if about:
                done[f"{context}/about"] = about
    return done


# --- Remarks ------------------------------------------------------------------------------------


def stale(file: str, places: Iterable[Place], now: int) -> Iterator[Problem]:
    """A warning for every place that was not checked for a year at ``now``."""
    for place in places:
        if place.is_stale(now):
            message = (
                f"{quoted(place.name)} is {place.days_since(now)} dagen niet nagekeken. Bel, of"
                " kijk op de site. Zet dan bij ‘checked’ de dag van vandaag."
            )
            yield Problem(file, place.line, "stale", message)


def too_long(file: str, places: Iterable[Place]) -> Iterator[Problem]:
    """A warning for every sentence about a place that is too long to read at ease."""
    for place in places:
        for text in (place.about, *place.translated.values()):
            for sentence in sentences(text):
                if len(sentence.words) > LONGEST_SENTENCE:
                    message = (
                        f"‘{sentence.text}’ heeft {len(sentence.words)} woorden; hoogstens"
                        f" {LONGEST_SENTENCE}. Maak de zin korter."
                    )
                    yield Problem(file, place.line, "hard-to-read", message)


def avoided_in_translations(
    file: str, places: Iterable[Place], word_choice: WordChoice
) -> Iterator[Problem]:
    """A warning for each word that is better left unsaid, in the language it is said in."""
    for place in places:
        for code, text in place.translated.items():
            if code in word_choice:
                for found in word_choice[code].found(f"{ROOM}/nearby/about", text):
                    yield Problem(file, place.line, "avoided-word", found.message)
