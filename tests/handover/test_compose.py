"""One page of several voices: each apart, the young first, and what is missing said."""

import re
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.dialogue.vocabulary import SECTIONS, VOICE_KINDS, VoiceKind
from bot.handover import headings
from bot.handover.circle_page import circles_on, paper_words
from bot.handover.compose import compose
from bot.handover.entries import words_in
from bot.handover.page import DUTCH, Page, as_json, decode
from bot.handover.pdf import page_pdf
from bot.handover.plain import as_text
from bot.handover.sheets import MOST_OURS, MOST_WORDS
from tests.handover.family_pages import (
    BOOKS,
    DAY,
    FATHER,
    MOTHER,
    YOUNG,
    chosen,
    empty,
    part,
    three_voices,
    together,
    told,
)
from tests.handover.test_pdf import Paper, words_of
from tests.world import NOW

WORDS = paper_words(BOOKS.texts, DUTCH)


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    return Paper(tmp_path / "page.pdf")


def labels(page: Page) -> list[str]:
    return [voice.label for voice in page.voices]


def test_a_part_alone_is_a_page_already() -> None:
    for one in (*three_voices(), empty()):
        assert compose([one]) == one


def test_the_young_come_first_then_parents_then_others_whoever_came_first() -> None:
    parts = (
        part("other", DUTCH, told("vertel", "eigen_woorden", "Ik ben de oma.")),
        *three_voices(),
        part("child", DUTCH, told("zelf", "eigen_woorden", "Ik ben 9.")),
        part("parent", DUTCH),
        part("young", DUTCH),
    )

    for shuffled in (parts, parts[::-1]):
        assert [voice.kind for voice in compose(shuffled).voices] == [
            "child",
            "young",
            "young",
            "parent",
            "parent",
            "parent",
            "other",
        ]
    assert labels(compose(parts)) == [
        "kind",
        "jongere",
        "jongere 2",
        "ouder",
        "andere ouder",
        "ouder 3",
        "iemand anders",
    ]


def test_every_item_of_every_voice_is_there_once_word_for_word_in_its_section() -> None:
    parts = three_voices()
    page = compose(parts)

    for name in SECTIONS:
        (section,) = (each for each in page.sections if each.name == name)
        apart = dict(section.by_voice())
        for label, one in zip(("ouder", "jongere", "andere ouder"), parts, strict=True):
            (before,) = (each.items for each in one.sections if each.name == name)
            assert apart.get(label, ()) == tuple(replace(item, voice=label) for item in before)
        assert len(section.items) == sum(
            len(each.items) for one in parts for each in one.sections if each.name == name
        )


def test_no_voice_stands_between_the_items_of_another() -> None:
    for section in together().sections:
        met = [label for label, _ in section.by_voice()]
        assert len(met) == len(set(met))


def test_each_voice_has_its_own_circle() -> None:
    circles = dict(circles_on(together()))

    assert {label: [one.name for one in circle.people] for label, circle in circles.items()} == {
        "jongere": ["ሰላም"],
        "ouder": ["خالتي مريم", "Juf Els"],
        "andere ouder": ["opa Henk"],
    }


def test_the_header_says_of_each_voice_the_language_and_how_it_answered() -> None:
    text = as_text(together())

    assert "Ingevuld door: jongere, jongere, knoppen en eigen woorden, Tigrinya" in text
    assert "Ingevuld door: ouder, ouder of verzorger, knoppen en eigen woorden, Arabisch" in text
    assert "Gekomen: vr 21 november 2025" in text
    assert "Aangevuld: zo 23 november 2025" in text


VOICES: tuple[tuple[tuple[VoiceKind, ...], tuple[str, ...]], ...] = (
    (("parent",), ("kind of jongere", "andere ouder")),
    (("parent", "parent"), ("kind of jongere",)),
    (("young",), ("ouders",)),
    (("child", "parent"), ("andere ouder",)),
    (("young", "parent", "parent"), ()),
    (("other",), ("kind of jongere", "ouders")),
    (("child", "young"), ("ouders",)),
)


@pytest.mark.parametrize(("kinds", "missing"), VOICES)
def test_who_is_not_heard_yet_follows_from_who_is_there(
    kinds: tuple[VoiceKind, ...], missing: tuple[str, ...]
) -> None:
    for order in permutations(kinds):
        assert compose([part(kind, DUTCH) for kind in order]).not_heard == missing


ADULT = replace(chosen("leeftijd", "vraag", "tiener"), is_adult=True)

WITH_ADULTS: tuple[tuple[tuple[Page, ...], tuple[str, ...]], ...] = (
    ((part("young", DUTCH, ADULT),), ()),
    ((part("young", DUTCH, ADULT), part("parent", DUTCH)), ()),
    ((part("young", DUTCH, ADULT), part("other", DUTCH)), ()),
    ((part("young", DUTCH, ADULT), part("child", DUTCH)), ("ouders",)),
    ((part("young", DUTCH, ADULT), part("young", DUTCH), part("parent", DUTCH)), ("andere ouder",)),
    ((part("parent", DUTCH, ADULT),), ("kind of jongere", "andere ouder")),
)


@pytest.mark.parametrize(("parts", "missing"), WITH_ADULTS)
def test_nobody_misses_the_parents_of_who_is_an_adult(
    parts: tuple[Page, ...], missing: tuple[str, ...]
) -> None:
    for order in permutations(parts):
        assert compose(order).not_heard == missing
        assert decode(as_json(compose(order))).not_heard == missing


def test_who_said_so_with_an_earlier_page_is_an_adult_on_the_page_of_both() -> None:
    page = compose([part("young", DUTCH, ADULT), part("young", DUTCH)], ["her", "her"])

    assert [voice.adult for voice in page.voices] == [True]
    assert page.not_heard == ()


@pytest.mark.parametrize("kind", VOICE_KINDS)
def test_a_child_that_is_not_heard_has_an_empty_place_at_the_head_of_the_words(
    kind: VoiceKind,
) -> None:
    page = part(kind, DUTCH, told("vertel", "eigen_woorden", "Zo zit dat."))

    (own,) = (each for each in page.sections if each.name == "eigen_woorden")
    assert own.unheard == (
        () if kind in ("young", "child") else ("Kind of jongere: nog niet gehoord.",)
    )


def test_a_voice_without_own_words_is_said_to_have_none() -> None:
    page = compose([part("young", DUTCH), *three_voices()[2:]])

    (own,) = (each for each in page.sections if each.name == "eigen_woorden")
    assert own.unheard == ("Jongere: niet in eigen woorden.",)


def test_a_part_from_before_there_were_voices_gets_one_by_its_dialogue() -> None:
    old = replace(part("young", DUTCH, *FATHER), voices=(), dialogue="jongere")
    older = replace(part("parent", DUTCH, *FATHER), voices=(), dialogue="ouder")
    other = replace(part("other", DUTCH, *FATHER), voices=(), dialogue="buurman")

    page = compose([older, other, old])

    assert labels(page) == ["jongere", "ouder", "iemand anders"]
    assert {item.voice for section in page.sections for item in section.items} == set(labels(page))


def test_the_page_survives_being_kept() -> None:
    assert decode(as_json(together())) == together()


def test_nothing_of_one_voice_depends_on_another() -> None:
    """Merging or averaging would show: whoever is beside it, a voice's items are the same."""

    def mine(page: Page) -> list[tuple[str, str | None, str | None]]:
        return [
            (item.heading, item.dutch, item.original)
            for section in page.sections
            for item in section.items
            if item.voice == "jongere"
        ]

    alone = part("young", "ti", *YOUNG)

    for others in (three_voices()[:1], three_voices()[::2], (part("young", DUTCH, *MOTHER),)):
        assert mine(compose([alone, *others])) == mine(alone)


# --- On paper -----------------------------------------------------------------------------------


def test_three_voices_in_three_scripts_fit_on_one_a4_and_few_words_are_ours(
    paper: Paper, counted: Callable[[str], None]
) -> None:
    page = together()
    made = page_pdf(page, WORDS)

    first, *rest = paper.sheets(made)
    told_words = sum(
        words_in(item.dutch if item.dutch else item.original or "")
        for section in page.sections
        for item in section.items
    )
    ours = len(words_of(first)) - told_words
    counted(f"first sheet of three voices: {len(words_of(first))} words, {ours} of ours")
    assert made.is_standard
    assert len(words_of(first)) <= MOST_WORDS
    assert ours <= MOST_OURS
    for own in ("Ik zie hem om het weekend.", "يحب", "ኣብ"):
        assert own in first
    assert "De kring, getekend: jongere" in " ".join(rest)
    assert "De kring, getekend: andere ouder" in " ".join(rest)


def test_an_empty_page_says_what_is_missing_in_few_words(
    paper: Paper, counted: Callable[[str], None]
) -> None:
    (sheet,) = paper.sheets(page_pdf(empty(), WORDS))

    counted(f"empty page: {len(words_of(sheet))} words, all of ours")
    assert len(words_of(sheet)) <= MOST_OURS
    assert "Kind of jongere: nog niet gehoord." in sheet
    assert headings.UNSAFE_UNSAID in sheet
    assert "Nog leeg" in sheet
    for section in set(SECTIONS) - {"veiligheid"}:
        assert headings.ASKS[section] in sheet


def test_the_voices_stand_beside_each_other_in_the_order_of_the_page(paper: Paper) -> None:
    first, *_ = paper.sheets(page_pdf(together(), WORDS))

    assert re.search(r"jongere.*ouder.*andere ouder", first)
    assert first.index("Veiligheid") < first.index("In eigen woorden") < first.index("De vraag")


def test_more_voices_than_there_are_columns_stand_below_each_other(paper: Paper) -> None:
    parts = [
        part("parent", DUTCH, told("vertel", "eigen_woorden", f"Ik ben nummer {number}."))
        for number in range(1, 7)
    ]
    page = compose(parts)

    first, *_ = paper.sheets(page_pdf(page, WORDS))

    for number in range(1, 7):
        assert f"Ik ben nummer {number}." in first
    assert first.count("ouder 6") >= 1


def test_what_is_cut_of_several_voices_stands_complete_further_on(paper: Paper) -> None:
    long = [" ".join(f"{letter}{number}" for number in range(400)) for letter in "abc"]
    kinds: tuple[VoiceKind, ...] = ("young", "parent", "parent")
    page = compose(
        [
            part(kind, DUTCH, told("vertel", "eigen_woorden", words))
            for kind, words in zip(kinds, long, strict=True)
        ]
    )

    first, *rest = paper.sheets(page_pdf(page, WORDS))

    assert len(words_of(first)) <= MOST_WORDS
    assert first.count("(blad") == 3
    whole = " ".join(rest)
    for words in long:
        assert words.split()[0] in first
        assert words.split()[-1] not in first
        assert re.findall(rf"{words[0]}\d+", whole) == words.split()


def test_a_part_that_came_later_says_when_the_page_became_fuller() -> None:
    parts = (part("parent", DUTCH), part("young", DUTCH, came=NOW + DAY))
    renewed = replace(parts[0], renewed=NOW + 3 * DAY)

    assert compose(parts[:1]).renewed is None
    assert compose(parts).renewed == NOW + DAY
    assert compose([renewed, parts[1]]).renewed == NOW + 3 * DAY
