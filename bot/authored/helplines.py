"""The help numbers (``dialogen/hulplijnen.yaml``): dated, and the same in every language.

A number stands in one place, here. Texts name it as ``{nummer}`` and ``{chat}``, so that no
translation can hold another one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from msgspec import Struct

from bot.authored.forms import Form
from bot.dialogue.meant import quoted
from bot.dialogue.problems import Problem
from bot.dialogue.sheet import Sheet, Source
from bot.dialogue.vocabulary import CARE_SIGNALS, VOICE_KINDS
from bot.wording.languages import Language
from bot.wording.moments import DUTCH_TIME
from bot.wording.words import Forms, isolated, placeholders

KEY = "hulplijnen"

STALE_AFTER = 180
"""Days after which a number must be held against its source again. Source: domain notes, §4.5."""

_ID = r"[a-z][a-z0-9_]{0,29}"
_NUMBER = r"[0-9][0-9-]{2,14}"
_SITE = r"[a-z0-9-]+(\.[a-z0-9-]+)+"
_NEEDED = ("name", "number", "about", "checked")
_KNOWN = (*_NEEDED, "hours", "chat", "always", "open", "for", "who")
_HOURS = r"(1?[0-9]|2[0-3])-(1?[0-9]|2[0-4])"
_WHO = rf"({'|'.join(VOICE_KINDS)})(/{_ID})?"
_FILLED = frozenset({"nummer", "chat"})

_NOTES = {
    "name": "Naam van een hulplijn. Het nummer zet Samenspraak erachter.",
    "about": "Voor wie een hulplijn is. {nummer} en {chat} vult Samenspraak in.",
    "hours": "Wanneer een hulplijn open is. Deze zin komt achter de zin hierboven.",
}


class Helpline(Struct, frozen=True):
    """Someone to call. ``chat`` is a site without https://, "" when there is none.

    ``checked`` is the day on which number and hours were last held against a source. ``texts``
    are the names of its Dutch words. ``always``: open day and night. ``signals`` are those it is
    for, what it is for most first; ``who`` the voices it is for alone (``young/zestien``), empty
    when it is for everybody. ``hours`` are those between which it is open each day, in Dutch time.
    """

    id: str
    number: str
    checked: date
    chat: str = ""
    texts: tuple[str, ...] = ()
    line: int = 0
    always: bool = False
    signals: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    hours: tuple[int, int] = (0, 24)

    def is_open(self, now: int) -> bool:
        """Whether somebody answers at ``now``, as far as the file says when they do."""
        opens, closes = self.hours
        return opens <= datetime.fromtimestamp(now, DUTCH_TIME).hour < closes


class Read(Struct, frozen=True):
    """The helplines in the order they are shown, and their Dutch words with notes by key."""

    helplines: tuple[Helpline, ...]
    words: dict[str, str]
    notes: dict[str, str]


def read_helplines(source: Source) -> tuple[Read, tuple[Problem, ...]]:
    """The helplines in ``source``, and what is wrong with it."""
    sheet = Sheet(source)
    tree = sheet.tree()
    headings = None if tree is None else sheet.fields(tree, "het begin van het bestand")
    helplines: list[Helpline] = []
    words: dict[str, str] = {}
    for id_, field in (headings or {}).items():
        if re.fullmatch(_ID, id_) is None:
            message = f"{quoted(id_)} kan geen naam zijn. Neem kleine letters, cijfers en _."
            sheet.wrong(field.line, "wrong-value", message)
            continue
        form = Form(sheet, field.tree, quoted(id_), _KNOWN, _NEEDED)
        said = {name: form.text(name, longest=400) for name in _NOTES}
        helpline = Helpline(
            id_,
            form.shaped("number", _NUMBER, "0800-2000"),
            form.day("checked"),
            form.shaped("chat", _SITE, "113.nl"),
            tuple(name for name, text in said.items() if text),
            field.line,
            form.shaped("always", "yes|no", "always: yes") == "yes",
            form.texts("for", "|".join(CARE_SIGNALS), f"een van: {', '.join(CARE_SIGNALS)}"),
            form.texts("who", _WHO, f"een van: {', '.join(VOICE_KINDS)}, of young/<keuze>"),
            _hours(form.shaped("open", _HOURS, "open: 11-21")),
        )
        for name in helpline.texts:
            words[f"{KEY}/{id_}/{name}"] = said[name]
            _check_filled(form, name, said[name], helpline)
        helplines.append(helpline)
    notes = {key: _NOTES[key.rpartition("/")[2]] for key in words}
    return Read(tuple(helplines), words, notes), tuple(sheet.problems)


def open_first(helplines: Iterable[Helpline]) -> tuple[str, ...]:
    """The ids of ``helplines`` as they are written, those that are open day and night first."""
    return tuple(each.id for each in sorted(helplines, key=lambda each: not each.always))


def called_for(helplines: Sequence[Helpline]) -> dict[str, tuple[str, ...]]:
    """By signal, the ids of the helplines for it, the first to call first.

    First the one that is for it most, then those that are open day and night, then the others; of
    those that are alike in that, the one that is for it more.
    """
    return {
        signal: tuple(
            each.id
            for each in _in_order([one for one in helplines if signal in one.signals], signal)
        )
        for signal in CARE_SIGNALS
    }


def _in_order(helplines: Sequence[Helpline], signal: str) -> Iterator[Helpline]:
    """``helplines``, all for ``signal``, as they are called for."""

    def rank(each: Helpline) -> tuple[bool, int]:
        return not each.always, each.signals.index(signal)

    most = min(helplines, key=lambda each: (each.signals[0] != signal, rank(each)), default=None)
    if most is not None:
        yield most
        yield from sorted((each for each in helplines if each is not most), key=rank)


def closed_at(helplines: Iterable[Helpline], now: int) -> tuple[str, ...]:
    """The ids of ``helplines`` where nobody answers at ``now``."""
    return tuple(each.id for each in helplines if not each.is_open(now))


def with_numbers(
    words: Mapping[str, Forms], helplines: Iterable[Helpline], language: Language
) -> dict[str, Forms]:
    """``words`` with every number in its place: behind the name, and in the texts.

    The hours come behind what the helpline is for. Of a helpline that lacks a translation of
    one of its texts, none is there.
    """
    done = {key: forms for key, forms in words.items() if not key.startswith(f"{KEY}/")}
    for helpline in helplines:
        said = {name: words.get(f"{KEY}/{helpline.id}/{name}") for name in helpline.texts}
        if None in said.values():
            continue
        number, site = helpline.number, helpline.chat
        if language.right_to_left:
            number, site = isolated(number), isolated(site)
        about = f"{said['about']}".replace("{nummer}", number).replace("{chat}", site)
        done[f"{KEY}/{helpline.id}/name"] = f"{said['name']}: {number}"
        done[f"{KEY}/{helpline.id}/about"] = f"{about} {said.get('hours') or ''}".strip()
    return done


def stale(file: str, helplines: Iterable[Helpline], now: int) -> Iterator[Problem]:
    """A warning for every number that was not checked for ``STALE_AFTER`` days at ``now``."""
    today = datetime.fromtimestamp(now, UTC).date()
    for helpline in helplines:
        days = (today - helpline.checked).days
        if days > STALE_AFTER:
            yield Problem(
                file,
                helpline.line,
                "stale",
                f"{helpline.number} ({helpline.id}) is {days} dagen niet nagekeken. Kijk op de site"
                " van de hulplijn. Zet dan bij ‘checked’ de dag van vandaag.",
            )


def _hours(written: str) -> tuple[int, int]:
    opens, _, closes = written.partition("-")
    return (int(opens), int(closes)) if closes else (0, 24)


def _check_filled(form: Form, name: str, said: str, helpline: Helpline) -> None:
    can = _FILLED if name == "about" else frozenset()
    for unknown in sorted(placeholders(said) - can):
        message = f"{{{unknown}}} kan hier niet. In ‘about’ kan: {{nummer}} en {{chat}}."
        form.sheet.wrong(form.line_of(name), "unknown-placeholder", message)
    if "{chat}" in said and not helpline.chat:
        message = "Hier staat {chat}, en er is geen ‘chat’. Zet het adres erbij."
        form.sheet.wrong(form.line_of(name), "missing-key", message)
