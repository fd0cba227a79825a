"""The words of a page that are ours: Dutch, few, and without judgement.

They follow the section list for the one-page summary in the domain notes: the order of the
guideline *Samen beslissen over hulp*, the family's own words first, and what is missing said.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from babel import Locale

from bot.dialogue.vocabulary import VoiceKind
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

ON_PAPER = {
    "veiligheid": "Veiligheid",
    "eigen_woorden": "In eigen woorden",
    "vraag": "De vraag",
    "gaat_goed": "Wat goed gaat",
    "wat_speelt": "Wat er speelt",
    "hoop": "Hoop",
    "kring": "Mensen eromheen",
    "samen_kiezen": "Samen kiezen",
    "praktisch": "Praktisch",
}
"""The same on paper, where there is room for few words of ours (promises, S11)."""

ASKS = {
    "eigen_woorden": "eigen woorden",
    "vraag": "de vraag",
    "gaat_goed": "wat goed gaat",
    "wat_speelt": "wat er speelt",
    "hoop": "hoop",
    "kring": "mensen om hen heen",
    "samen_kiezen": "samen kiezen",
    "praktisch": "praktisch",
}
"""What each section would have told, said where nothing stands."""

UNSAFE_UNSAID = "Niet ter sprake gekomen. Dat is geen geruststelling."
"""Silence about safety is no news about safety, so it gets its own sentence."""

FILLED_IN_BY: dict[VoiceKind, str] = {
    "child": "kind",
    "young": "jongere",
    "parent": "ouder of verzorger",
    "other": "iemand anders",
}
"""Who fills in the dialogue for each kind of voice, in the order of the page: the young first."""

LABELS: dict[VoiceKind, tuple[str, ...]] = {
    "child": ("kind",),
    "young": ("jongere",),
    "parent": ("ouder", "andere ouder"),
    "other": ("iemand anders",),
}
"""What marks the first, and the second, of each kind of voice throughout a page."""

NO_YOUNG = "kind of jongere"
"""What is missing on a page without a child or young person."""

THE_YOUNG: tuple[VoiceKind, ...] = ("child", "young")

LANGUAGE: dict[str, str] = {
    **{code: Locale("nl").languages[code] for code in LANGUAGES},
    "fa": "Farsi",
}
"""What a professional calls each language of ``bot.wording.languages``: as Unicode does, but an
interpreter is asked for in Farsi, where Unicode says Perzisch."""

TALK_ABOUT = "Hier wil ik over praten"
TALK_ABOUT_ON_PAPER = "hierover praten"
"""Stands with what someone wants to talk about, as they said it themselves; and on paper."""

SIGN = "💬"
"""Stands before it, as on the button that they tapped; where every reader has a letter for it."""

NO_DIAGNOSIS = "Geen diagnose, en niet nagekeken."
CHANGING = "Het gezin kan dit aanvullen of terugnemen."

NOTHING_CHOSEN = "Niets hiervan gekozen"

PART_GONE = "Iets wat eerder op deze pagina stond, is gewist."
"""Said when a voice was erased or taken back; not whose, and not which."""


def label(kind: VoiceKind, number: int) -> str:
    """What marks the voice that is the ``number``-th of its kind: ``jongere``, ``andere ouder``."""
    known = LABELS[kind]
    return known[number - 1] if number <= len(known) else f"{known[0]} {number}"


def not_heard(voices: Collection[tuple[VoiceKind, bool]]) -> tuple[str, ...]:
    """Whose words are not on a page with these voices: of each its kind, and if it is an adult.

    Where everybody young is an adult, it is for them to say if their parents have a part in it.
    """
    young = [is_adult for kind, is_adult in voices if kind in THE_YOUNG]
    missing = [] if young else [NO_YOUNG]
    parents = sum(kind == "parent" for kind, _ in voices)
    if parents < 2 and not (young and all(young)):
        missing.append("andere ouder" if parents else "ouders")
    return tuple(missing)


def unheard(voices: Sequence[tuple[VoiceKind, str]], told: Collection[str]) -> tuple[str, ...]:
    """Who of ``voices`` (kind and label) is not among who ``told`` in own words; a child first.

    That there is no child or young person at all is said too: it may not go unseen.
    """
    lines = (
        []
        if {kind for kind, _ in voices} & set(THE_YOUNG)
        else [f"{NO_YOUNG.capitalize()}: nog niet gehoord."]
    )
    return (
        *lines,
        *(
            f"{voice.capitalize()}: niet in eigen woorden."
            for _, voice in voices
            if voice not in told
        ),
    )


def no_number(phones: Mapping[str, bool | None]) -> tuple[str, ...]:
    """Who gave no number, by label: someone who wants to be called is written to first.

    What a professional writes comes in the chat of whoever handed the page over.
    """
    without = [label for label, phone in phones.items() if phone is False]
    if not without:
        return ()
    whose = "gegeven" if len(without) == len(phones) else f"van {' en '.join(without)}"
    return (f"Geen nummer {whose}: schrijf eerst in de chat.",)


def bare(sections: Iterable[str]) -> str:
    """One line about everything that has nothing to show; "" when there is no such section."""
    listed = [ASKS[section] for section in sections if section in ASKS]
    return f"Nog niet gevraagd of overgeslagen: {', '.join(listed)}." if listed else ""


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
