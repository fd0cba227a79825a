"""The words of a page that are ours: Dutch, few, and without judgement.

They follow the section list for the one-page summary in the domain notes: the order of the
guideline *Samen beslissen over hulp*, the family's own words first, and what is missing said.
"""

from babel import Locale

from bot.dialogue.tree import SECTIONS
from bot.handover.moments import day
from bot.wording.languages import LANGUAGES

HEADINGS = {
    "veiligheid": "Veiligheid",
    "eigen_woorden": "In hun eigen woorden",
    "vraag": "De vraag, en wat erachter zit",
    "gaat_goed": "Wat goed gaat en al helpt",
    "wat_speelt": "Wat er speelt",
    "hoop": "Wat ze hopen",
    "kring": "Mensen om hen heen",
    "samen_kiezen": "Samen kiezen",
    "praktisch": "Praktisch",
}
"""What a professional calls each section."""

ASKS = {
    "eigen_woorden": "het verhaal in eigen woorden",
    "vraag": "waar ze om vragen",
    "gaat_goed": "wat goed gaat, wat al hielp",
    "wat_speelt": "wat er meespeelt",
    "hoop": "hoop voor zichzelf en voor anderen",
    "kring": "wie het belangrijk vindt, wie wil meedenken",
    "samen_kiezen": "hoe ze willen kiezen",
    "praktisch": "hoe, wanneer en waar praten",
}
"""What each section would have told, said where nothing stands."""

UNSAFE_UNSAID = "Niet ter sprake gekomen. Dat zegt niet dat alles veilig is."
"""Silence about safety is no news about safety, so it gets its own sentence."""

WHO = {
    "ouder": "ouder of verzorger",
    "jongere": "jongere",
}
"""Who fills in a dialogue, by its name; another dialogue is called by its name."""

NOT_HEARD = {
    "ouder": ("kind of jongere", "andere ouder"),
    "jongere": ("ouders",),
}
"""Whose words are not on the page: one page holds one voice."""

LANGUAGE: dict[str, str] = {
    **{code: Locale("nl").languages[code] for code in LANGUAGES},
    "fa": "Farsi",
}
"""What a professional calls each language of ``bot.wording.languages``: as Unicode does, but an
interpreter is asked for in Farsi, where Unicode says Perzisch."""

OPEN_QUESTIONS = (
    "Stel dat het lukt. Wat is er dan anders?",
    "Wie merkt dat het eerst?",
    "Wat helpt nu al een beetje?",
)
"""Three open questions for a first talk, the same on every page (domain notes, 5.5)."""

NO_DIAGNOSIS = "Geen diagnose, en niet nagekeken: zo is het verteld."
CHANGING = "Het gezin kan een nieuwe pagina sturen, en deze wissen."

NOTHING_CHOSEN = "Niets hiervan gekozen"


def language_name(code: str) -> str:
    """What a language is called in Dutch: ``Turks`` for ``tr``; an unknown one by its code."""
    return LANGUAGE.get(code, code)


def consent(team_name: str) -> str:
    """Who may read the page, and what was not agreed."""
    return f"Alleen {team_name} leest dit. Geen contact met anderen, tenzij hieronder."


def small_print(page_days: int, delete_after: int | None) -> tuple[str, ...]:
    """What stands at the foot of every page; ``delete_after`` is None before it has a term."""
    if delete_after is None:
        ends = f"Wordt gewist {page_days} dagen na antwoord of sluiten."
    else:
        ends = f"Wordt gewist op {day(delete_after)}."
    return (NO_DIAGNOSIS, ends, CHANGING)


def missing(section: str) -> str:
    """What to say where ``section`` has nothing to show."""
    if section == "veiligheid":
        return UNSAFE_UNSAID
    return f"Nog niet gevraagd of overgeslagen: {ASKS[section]}."


assert set(HEADINGS) == set(SECTIONS) == {"veiligheid", *ASKS}  # noqa: S101 - a closed list
