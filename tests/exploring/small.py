"""A dialogue that is explored in a moment, with its words in two languages."""

from collections.abc import Mapping
from functools import cache

from msgspec.structs import replace

from bot.authored.dutch import read_authored
from bot.authored.helplines import with_numbers
from bot.dialogue.around import Around, TeamPlace
from bot.dialogue.tree import Choice, Dialogue, Ending, HandOver, Node, Review, Route, Words
from bot.library import authored_folders
from bot.texts import Texts
from bot.wording.languages import DUTCH
from bot.wording.words import Forms, Values, folded

TEAM = TeamPlace("linde", "Team De Linde", ("Utrecht",), ("351",))
AROUND = Around((TEAM,), ("112",), (("nl", "Nederlands"), ("en", "English")))


def to(*routes: str | Route) -> tuple[Route, ...]:
    return tuple(Route(route) if isinstance(route, str) else route for route in routes)


def small(*instead: Node) -> Dialogue:
    """A choice, own words, a review and consent; ``instead`` take the place of its nodes."""
    nodes: tuple[Node, ...] = (
        Choice(
            id="wie",
            context="klein/wie",
            codes=("kind", "mezelf"),
            section="vraag",
            routes=to("hoop"),
        ),
        Words(id="hoop", context="klein/hoop", section="hoop", routes=to("nakijken")),
        Review(id="nakijken", context="klein/nakijken", routes=to("sturen")),
        HandOver(id="sturen", context="klein/sturen", routes=to("einde"), otherwise="einde"),
        Ending(id="einde", context="klein/einde"),
    )
    named = {node.id: node for node in (*nodes, *instead)}
    return Dialogue("klein", "wie", named, ("t",), "r1").furnished(AROUND)


def short(*instead: Node) -> Dialogue:
    """A choice and own words, and that is all."""
    hoop = Words(id="hoop", context="klein/hoop", section="hoop", routes=to("einde"))
    whole = small(hoop, *instead)
    nodes = {name: whole.nodes[name] for name in whole.nodes if name not in ("nakijken", "sturen")}
    return replace(whole, nodes=nodes).furnished(AROUND)


WORDS = {
    "klein/wie/text": "Over wie gaat het?",
    "klein/wie/short": "Over wie",
    "klein/wie/choices/kind": "Mijn kind",
    "klein/wie/choices/mezelf": "Mezelf",
    "klein/hoop/text": "Wat hoop je?",
    "klein/hoop/short": "Hoop",
    "klein/extra/text": "Nog iets?",
    "klein/extra/short": "Nog iets",
    "klein/nakijken/text": "Klopt het zo?",
    "klein/sturen/text": "Mag het naar {team}?",
    "klein/sturen/send": "Ja",
    "klein/sturen/keep": "Nee",
    "klein/einde/text": "Dag!",
    "hulplijnen/112/name": "112",
    "hulplijnen/112/about": "Bel 112.",
}


@cache
def authored() -> dict[str, Forms]:
    written, _ = read_authored(authored_folders().dialogues)
    return dict(with_numbers(folded(written.words), written.helplines, DUTCH))


def texts(
    english: Mapping[str, str] | None = None, dutch: Mapping[str, str] | None = None
) -> Texts:
    """The words of ``small`` and of the engine; ``english`` says what is different there."""
    words = {**authored(), **WORDS, **(dutch or {})}
    translated = {key: text for key, text in {**words, **(english or {})}.items() if text}
    return Texts(words, {"en": translated}, ("en",))


def values(_team: str | None, _language: str) -> Values:
    return {
        "team": "Team De Linde",
        "antwoordtijd": 3,
        "telefoon_team": "088 000 00 00",
        "bewaard_concept": 30,
        "bewaard_pagina": 30,
        "chatpagina": "https://samen.example/t/linde",
    }
