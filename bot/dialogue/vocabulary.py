"""The closed word lists of a dialogue file: sections, marks, themes, voices, topics, signals."""

from typing import Literal, TypeAlias, get_args

SECTIONS = (
    "veiligheid",
    "eigen_woorden",
    "vraag",
    "gaat_goed",
    "wat_speelt",
    "hoop",
    "kring",
    "samen_kiezen",
    "praktisch",
)
"""The sections of the page an answer can land in (``page:``), in the order of the page.

Source: the section list for the one-page summary in the domain notes; header, "not heard yet" and
footer are made by ``bot.handover.page`` and take no answers.
"""


SAFETY = SECTIONS[0]
"""The section about safety: on top of the page."""


Mark: TypeAlias = Literal["near", "gives", "costs", "important", "thinks_along", "asked"]
"""What can be asked about everybody in a circle at once, by ticking names."""


MARKS: tuple[Mark, ...] = get_args(Mark)


Theme: TypeAlias = Literal[
    "verhaal",
    "erbij",
    "goed",
    "anders",
    "merkt",
    "helpt",
    "eerst",
    "hoop",
    "belangrijk",
    "anderen",
]
"""What a first talk can open, unless it was told already (``tells:``): their own story, whom they
want there, what goes well, what would be different then, who would notice first, what helps, a
first small change, a hope, who finds it important, what to do for others."""


THEMES: tuple[Theme, ...] = get_args(Theme)


VoiceKind: TypeAlias = Literal["parent", "young", "child", "other"]
"""Whose share in a case a dialogue gives: of a parent or carer, of a young person, of a child with
an adult or with pictures, of someone else."""


VOICE_KINDS: tuple[VoiceKind, ...] = get_args(VoiceKind)


BEGINS: dict[VoiceKind, str] = {
    "parent": "ouder",
    "young": "jongere",
    "child": "kind",
    "other": "ander",
}
"""The dialogue in which each of them tells, by its name; the other way round it is whose voice a
dialogue gives that does not say so itself (``voice:``)."""


def voice_of(dialogue: str) -> VoiceKind:
    """Whose voice the dialogue of this name gives, unless it says so itself."""
    return next((kind for kind, name in BEGINS.items() if name == dialogue), "other")


TOPICS = (
    "geld",
    "werk",
    "wonen",
    "ontmoeten",
    "sport",
    "ouders",
    "school",
    "jongeren",
    "zorgen",
    "handje",
    "taal",
    "gezondheid",
)
"""What people and places near a team can be for, where the need is not youth care.

Source: domain notes, rows 5 and 19: debts, housing, sport, meeting others; the neighbourhood sports
coach, the doctor, the welfare worker, the volunteer. ``jongeren`` is a place of young people's own,
``zorgen`` is for who looks after someone at home, ``handje`` someone who lends a hand, ``taal``
language and forms.
"""


PLACEHOLDERS = (
    "team",
    "antwoordtijd",
    "telefoon_team",
    "bewaard_concept",
    "bewaard_pagina",
    "chatpagina",
)
"""What an author may write between braces in any text of a dialogue; filled when rendering."""


COLOURED = "ingekleurd"
"""The signal of a question that came with a solution, or someone else's view, in it."""


CARE_SIGNALS = ("zelfdoding", "misbruik", "geweld", "weg")
"""The signals that call for a person now; the engine answers them itself, in every dialogue."""


LABEL = "label"
"""The signal of words that name a diagnosis, or another label that people give."""


SIGNALS = (COLOURED, LABEL)
"""The signals that a condition can look for in own words."""


ENGINE = "vast"
"""Context under which the engine's own words (``dialogen/vaste_woorden.yaml``) are found."""
