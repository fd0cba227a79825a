"""How people's own words look on our pages, and what our pages say when something fails."""

from collections.abc import Collection

from markupsafe import Markup

from bot.handover.page import name_in
from bot.handover.visible import spans

ERRORS = {
    400: ("Dit lukte niet", "We konden dit niet lezen. Ga terug en probeer het nog eens."),
    403: (
        "Dit kan nu niet",
        "Misschien ben je lang weg geweest. Ga terug, laad de pagina opnieuw en probeer het"
        " nog eens.",
    ),
    404: ("Niet gevonden", "Deze pagina is er niet, of is er niet meer."),
    405: ("Dit lukte niet", "Deze pagina kun je zo niet openen."),
    413: ("Te veel tekst", "Dit is te veel in één keer. Maak het korter en probeer het nog eens."),
    429: ("Even wachten", "Dit is te vaak geprobeerd. Wacht even en probeer het dan nog eens."),
    500: ("Er ging iets mis", "Dat ligt aan ons. Probeer het over een paar minuten nog eens."),
}
"""Title and line of the page that says something did not work, by HTTP status."""


def marked(text: str) -> Markup:
    """Someone's words, escaped, with each invisible character shown as a small mark."""
    return Markup("").join(
        Markup('<span class="unseen" title="Onzichtbaar teken">{}</span>').format(piece)
        if mark
        else Markup.escape(piece)
        for piece, mark in spans(text)
    )


def name_first(line: str, names: Collection[str]) -> Markup:
    """A line of ours, escaped; in one about somebody of ``names``, who it is about stands out."""
    name = name_in(line, names)
    if not name:
        return Markup.escape(line)
    return Markup("<strong>{}</strong>{}").format(name, line[len(name) :])
