"""What is known around a dialogue: teams, places near them, help lines and languages."""

from msgspec import Struct

from bot.dialogue.lexicon import Lexicon
from bot.dialogue.vocabulary import VoiceKind


class NearPlace(Struct, frozen=True):
    """Someone, or a place, near a team, as far as the core has to know.

    ``context`` is where its words are found (``teams/linde/1``), ``checked`` the day on which it
    was last held against the facts, in Unix seconds. ``free``: it costs nothing, something, or
    nobody said (None).
    """

    context: str
    topics: tuple[str, ...]
    checked: int
    free: bool | None = None


class TeamPlace(Struct, frozen=True):
    """A team someone can find by typing where they live.

    ``towns`` are names as people write them; ``postcodes`` are first digits (``3511`` or ``35``).
    With ``pin`` whoever talks there can choose a code for their talk.
    ``nearby`` are the people and places that it points at, in its own order.
    """

    team: str
    name: str
    towns: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    pin: bool = False
    nearby: tuple[NearPlace, ...] = ()


class Around(Struct, frozen=True):
    """What all dialogues of one installation share, and what no revision depends on.

    ``helplines`` are ids of ``dialogen/hulplijnen.yaml`` in the order they are shown;
    ``languages`` are code and own name of each language that is offered; ``voices`` are whose
    dialogue there is, so that they can be invited; ``signals`` are the signal words by language,
    ``called_for`` the helplines by signal, the first to call first; ``writes_out`` is whether a
    computer makes words of what was spoken. ``meant_for`` are the voices that some helplines are
    for alone, as ``child`` or ``young/zestien``: the choice by which a young person said how old
    they are. ``closed`` are the helplines where nobody answers at this moment.
    """

    teams: tuple[TeamPlace, ...] = ()
    helplines: tuple[str, ...] = ()
    languages: tuple[tuple[str, str], ...] = (("nl", "Nederlands"),)
    voices: tuple[VoiceKind, ...] = ()
    signals: dict[str, Lexicon] = {}
    called_for: dict[str, tuple[str, ...]] = {}
    writes_out: bool = False
    meant_for: dict[str, tuple[str, ...]] = {}
    closed: tuple[str, ...] = ()
