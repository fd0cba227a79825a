"""What exploring a dialogue brings to light, in words its author can do something with."""

from dataclasses import dataclass, field, replace
from typing import Final

FINDINGS: Final[dict[str, str]] = {
    "crash": "Hier loopt de bot vast ({what}). Dat is een fout van de bot zelf, niet van jou. "
    "Geef dit door aan wie de bot maakt.",
    "silence": "Hier zegt de bot niets terug. Dat is een fout van de bot zelf. Geef dit door aan "
    "wie de bot maakt.",
    "dead-end": "Vanaf hier komt iemand nooit bij een einde. Kijk waar het na deze stap verder "
    "gaat, en of er een antwoord is dat iedereen kan geven.",
    "never-here": "Hier komt nooit iemand. Kijk naar de voorwaarden op de weg hierheen: samen "
    "kloppen ze nooit. Of haal deze stap weg.",
    "endless": "Hier zijn te veel manieren om verder te gaan om ze allemaal te proberen. Maak de "
    "dialoog korter, of deel hem in tweeën.",
    "stale-button": "Een knop van een eerdere vraag verandert hier iets. Dat is een fout van de "
    "bot zelf. Geef dit door aan wie de bot maakt.",
    "not-kept": "Wat hier verteld is, komt niet heel terug na een herstart. Dat is een fout van de "
    "bot zelf. Geef dit door aan wie de bot maakt.",
    "two-answers": "De bot antwoordt hier de ene keer zus en de andere keer zo. Dat is een fout "
    "van de bot zelf. Geef dit door aan wie de bot maakt.",
    "back-forgets": "Met ← komt iemand hier terug, en ziet het eerdere antwoord niet. Dat is een "
    "fout van de bot zelf. Geef dit door aan wie de bot maakt.",
    "not-as-reviewed": "Wat iemand hier nakijkt, is niet precies wat er verstuurd wordt. Dat is "
    "een fout van de bot zelf. Geef dit door aan wie de bot maakt.",
    "no-way-out": "Hier werkt ‘{what}’ niet. Dat is een fout van de bot zelf. Geef dit door aan "
    "wie de bot maakt.",
    "no-help": "Onder dit bericht ontbreekt 🆘. Dat is een fout van de bot zelf. Geef dit door aan "
    "wie de bot maakt.",
    "no-words": "Hier ontbreekt een tekst ({what}). Schrijf die erbij.",
    "not-translated": "Deze tekst is er niet in het {language} ({what}). Laat hem vertalen.",
    "message-too-long": "Dit bericht heeft in het {language} {what} tekens. Telegram kan er "
    "{most} aan. Maak de tekst korter, of knip hem in twee stappen.",
    "too-many-buttons": "Onder dit bericht staan {what} knoppen. Telegram kan er {most} aan. Maak "
    "er minder keuzes van.",
    "label-too-long": "De knop ‘{what}’ heeft in het {language} meer dan {most} tekens. Dat past "
    "niet op een telefoon. Maak hem korter.",
    "code-too-long": "De code achter de knop ‘{what}’ is te lang voor Telegram. Kies een kortere "
    "naam voor deze keuze.",
    "two-buttons-alike": "Twee knoppen onder dit bericht heten in het {language} allebei ‘{what}’. "
    "Geef ze een eigen naam.",
    "unfilled": "In het {language} staat hier nog ‘{what}’. Kijk of de accolades kloppen.",
    "empty": "In het {language} staat hier niets. Schrijf er een tekst.",
}
"""What can be found, by its code; what stands between braces is filled in."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be. ``context`` is where its words are found.

    ``way`` is how someone gets there, deed by deed; the representatives of the explorer, so never
    what a family said.
    """

    code: str
    context: str
    message: str
    way: tuple[str, ...] = field(default=(), compare=False)

    def on(self, way: tuple[str, ...]) -> "Finding":
        """The same, with how someone gets there."""
        return replace(self, way=way)


def finding(code: str, context: str, way: tuple[str, ...] = (), **values: object) -> Finding:
    """The finding ``code`` at ``context``, in words."""
    return Finding(code, context, FINDINGS[code].format(**values), way)
