"""The signal words we ship, small lists for trying the mechanism, and sentences to measure with."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from bot.authored.signals import read_signals
from bot.dialogue.lexicon import Lexicon, Pattern, Wordlist
from bot.dialogue.recognising import ready
from bot.dialogue.sheet import Source
from bot.library import authored_folders

FOLDER = Path(__file__).parent / "sentences"
FILE = authored_folders().dialogues / "signaalwoorden.yaml"
LANGUAGES = ("nl", "en")


@cache
def shipped() -> dict[str, Lexicon]:
    """The signal words we ship."""
    lists, problems = read_signals(Source(FILE.name, FILE.read_text("utf-8")))
    assert not problems
    return {each.language: ready(each) for each in lists}


def sentences(language: str, half: str) -> Iterator[tuple[str, str, str]]:
    """Of one half: the signal a sentence carries ("harmless" when none), its kind, and itself."""
    text = (FOLDER / f"{language}.yaml").read_text("utf-8")
    for signal, kinds in yaml.safe_load(text)[half].items():
        for kind, each in kinds.items():
            for sentence in each:
                yield signal, kind, sentence


def questions(language: str, half: str) -> dict[str, list[str]]:
    """The coloured and the open questions of one half."""
    text = (FOLDER / f"{language}_ingekleurd.yaml").read_text("utf-8")
    found: dict[str, list[str]] = yaml.safe_load(text)[half]
    return found


def every_sentence() -> Iterator[str]:
    """All sentences in the folder."""
    for path in sorted(FOLDER.glob("*.yaml")):
        yield from _texts(yaml.safe_load(path.read_text("utf-8")))


def _texts(found: object) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for each in found.values():
            yield from _texts(each)
    elif isinstance(found, list):
        for each in found:
            yield from _texts(each)


SMALL = ready(
    Wordlist(
        "nl",
        {
            "weg": (
                Pattern((("weggelopen", "zelfmoord*", "=gaas", "*moordenaar", "*geheim*", "kms"),)),
                Pattern((("🔪", "op straat"),)),
                Pattern((("slapen", "leef"), ("nergens", "niet"))),
                Pattern((("volgens",), ("school",)), "in_order"),
                Pattern((("brief",), ("afscheid",)), "anywhere"),
                Pattern((("sla",), ("mij",), ("vader",))),
            ),
        },
        endings=("en", "t", "te", "s", "tje"),
        beginnings=("ge",),
        same={"niet": ("nie",), "ik wil": ("kwil",)},
        roles={
            "NIET": ("niet", "nergens", "nooit", "geen"),
            "TOCH": ("alleen", "stop"),
            "MENEN": ("denk",),
            "ALS": ("als",),
            "VOEGWOORD": ("en", "maar"),
            "BIJZIN": ("dat", "want"),
            "ONDERWERP": ("ik", "hij", "ze"),
            "KAN": ("kan",),
            "DOET": ("heb", "hebben", "is", "zou", "kan"),
            "WEER": ("opnieuw",),
            "GEWOON": ("weggelegen", "vandaag"),
        },
        harmless=(Pattern((("kat",), ("weggelopen",))),),
        over=(Pattern((("vroeger",), ("voorbij",)), "anywhere"),),
    )
)
"""A list with one of everything, so that the mechanism can be tried apart from our own words."""
