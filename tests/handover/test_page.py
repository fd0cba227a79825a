"""The page: what was told, all of it, nothing else, and what is missing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.dialogue.answers import Chosen, Counted, Reached, Skipped
from bot.dialogue.summary import Item, Summary
from bot.dialogue.vocabulary import SECTIONS
from bot.handover import headings
from bot.handover.codes import code_name
from bot.handover.compose import compose
from bot.handover.making import make_page
from bot.handover.page import Page, as_json, decode
from bot.handover.plain import as_text
from bot.storage.errors import Damaged
from tests.web.desk_house import A_STORY, NOON, TEAMS, a_library, item, told

SECRET = b"unguessd"


def a_page(*items: Item, language: str = "tr", dialogue: str = "ouder") -> Page:
    library = a_library()
    return make_page(
        Summary(dialogue, language, items),
        library.texts,
        TEAMS["noord"],
        NOON,
        code=code_name(SECRET),
        values=library.values("noord"),
    )


def section(page: Page, name: str) -> tuple[tuple[str | None, str | None], ...]:
    (found,) = [each for each in page.sections if each.name == name]
    return tuple((each.dutch, each.original) for each in found.items)


def test_the_sections_stand_in_the_order_of_the_tree_with_a_heading_each() -> None:
    page = a_page(*reversed(A_STORY))

    assert tuple(each.name for each in page.sections) == SECTIONS
    assert all(each.heading for each in page.sections)


def test_own_words_stand_word_for_word_in_the_language_they_were_said_in() -> None:
    words = " Uyuyamıyor.\n\n<b>Çok</b> yoruldum & \u202eters "

    page = a_page(told(words, "tr"))

    (own,) = page.sections[SECTIONS.index("eigen_woorden")].items
    assert (own.original, own.dutch, own.language, own.own_words) == (words, None, "tr", True)


def test_what_was_chosen_stands_in_dutch_with_the_words_the_family_saw_beside_it() -> None:
    page = a_page(item("zwaar", "wat_speelt", Chosen(("slapen", "school"))))

    assert section(page, "wat_speelt") == (("Slapen\nSchool", "Uyku\nOkul"),)
    assert list(page.sections[SECTIONS.index("wat_speelt")].items[0].pairs()) == [
        ("Slapen", "Uyku"),
        ("School", "Okul"),
    ]


def test_a_conversation_in_dutch_has_nothing_beside_it() -> None:
    page = a_page(item("over_wie", "vraag", Chosen(("kind",))), language="nl")

    assert section(page, "vraag") == (("Over mijn kind", None),)


def test_a_number_and_a_telephone_number_stand_as_they_are() -> None:
    page = a_page(
        item("zeker", "samen_kiezen", Counted(0)),
        item("bellen", "praktisch", Reached("06 12 34")),
    )

    assert section(page, "samen_kiezen") == (("0", None),)
    assert section(page, "praktisch") == ((None, "06 12 34"),)


def test_several_answers_of_one_section_keep_their_order() -> None:
    page = a_page(told("een"), told("twee"), told("drie"))

    assert [original for _, original in section(page, "eigen_woorden")] == ["een", "twee", "drie"]


def test_choosing_nothing_is_said() -> None:
    page = a_page(item("zwaar", "wat_speelt", Chosen(())))

    assert section(page, "wat_speelt") == ((headings.NOTHING_CHOSEN, None),)


def test_an_empty_section_says_what_is_missing_and_a_filled_one_does_not() -> None:
    page = a_page(told("Dat we samen eten.", question="hoop"))

    missing = {each.name: each.missing for each in page.sections}
    assert missing.pop("hoop") == ""
    assert missing.pop("veiligheid") == headings.UNSAFE_UNSAID
    assert all(line.startswith("Nog niet gevraagd of overgeslagen: ") for line in missing.values())


def test_what_was_skipped_is_not_told_apart_from_what_was_not_asked() -> None:
    assert a_page(item("zwaar", "wat_speelt", Skipped())) == a_page()


def test_a_word_that_is_not_known_any_more_comes_from_the_stored_revision() -> None:
    library = a_library()
    gone = item("weg", "vraag", Chosen(("oud",)))
    stored = {
        "nl": {"ouder/weg/short": "Oude vraag", "ouder/weg/choices/oud": "Oude keuze"},
        "tr": {"ouder/weg/choices/oud": "Eski seçim"},
    }

    page = make_page(
        Summary("ouder", "tr", (gone,)),
        library.texts,
        TEAMS["noord"],
        NOON,
        code="Beuk-4F72",
        values={},
        stored=stored,
    )

    (only,) = page.sections[SECTIONS.index("vraag")].items
    assert (only.heading, only.dutch, only.original) == ("Oude vraag", "Oude keuze", "Eski seçim")


def test_what_was_told_arrives_even_when_its_words_are_lost() -> None:
    page = a_page(item("weg", "vraag", Chosen(("oud",))))

    (only,) = page.sections[SECTIONS.index("vraag")].items
    assert (only.heading, only.dutch) == ("weg", "oud")


def test_the_header_says_who_filled_it_in_how_and_who_may_read_it() -> None:
    text = as_text(a_page(*A_STORY))

    assert "Ingevuld door: ouder of verzorger, knoppen en eigen woorden, Turks" in text
    assert "Toestemming: Alleen Wijkteam Noord leest dit." in text


@pytest.mark.parametrize("dialogue", ["ouder", "jongere", "school"])
def test_every_dialogue_has_a_way_to_say_who_filled_it_in(dialogue: str) -> None:
    page = a_page(item("zeker", "samen_kiezen", Counted(4)), dialogue=dialogue)

    assert page.filled_in_by
    assert page.mode == "knoppen"
    assert page.not_heard
    assert "NOG NIET GEHOORD" in as_text(page)


def test_the_foot_says_no_diagnosis_when_it_goes_and_how_the_family_changes_it() -> None:
    page = a_page()

    assert "Wordt gewist 30 dagen na antwoord of sluiten." in as_text(page)
    assert "Wordt gewist op 21 november 2025." in as_text(page, NOON)
    assert headings.NO_DIAGNOSIS in as_text(page)
    assert headings.CHANGING in as_text(page)


def test_as_text_holds_everything_and_obeys_no_invisible_character() -> None:
    text = as_text(a_page(*A_STORY, told("rustig \u202eniet\u202c")))

    assert "  | Uyuyamıyor. Okula gitmek istemiyor.\n  | Ben de çok yoruldum.\n" in text
    assert "  Slapen (Turks: Uyku)\n" in text
    assert "  06 12 34 56 78\n" in text
    assert "rustig [U+202E]niet[U+202C]" in text


def test_nothing_of_what_was_told_shows_in_a_repr() -> None:
    page = a_page(*A_STORY)

    assert "Uyuyam" not in repr(page)
    assert "06 12" not in repr(page)


def test_every_section_has_a_heading_and_something_to_say_when_it_is_empty() -> None:
    assert set(headings.HEADINGS) == set(SECTIONS) == {"veiligheid", *headings.ASKS}


def test_who_gave_no_number_is_written_to_first() -> None:
    wishes = item("bereiken", "praktisch", Chosen(("bellen",)))
    number = replace(item("nummer", "praktisch", Reached("06 12 34")), reach="phone")
    without, with_number = a_page(wishes), a_page(wishes, number)
    unknown = replace(without, voices=(replace(without.voices[0], phone=None),))

    def notes(page: Page) -> tuple[str, ...]:
        return page.sections[SECTIONS.index("praktisch")].notes

    assert notes(without) == ("Geen nummer gegeven: schrijf eerst in de chat.",)
    assert notes(without)[0] in as_text(without)
    assert notes(with_number) == notes(compose((unknown,))) == ()
    assert notes(a_page(item("over_wie", "vraag", Chosen(("kind",))))) == ()
    assert notes(compose((without, with_number))) == (
        "Geen nummer van ouder: schrijf eerst in de chat.",
    )
    assert notes(compose((without, with_number), ("een", "een"))) == ()
    assert notes(compose((unknown, without), ("een", "een"))) == notes(without)


def test_json_keeps_this_shape() -> None:
    page = a_page(
        item("over_wie", "vraag", Chosen(("kind",))),
        replace(told("Uyuyamıyor.", question="wens"), talk_about=True),
    )

    shape = json.loads(as_json(page))

    sections = {each["name"]: each for each in shape.pop("sections")}
    assert shape == {
        "code": code_name(SECRET),
        "team": "noord",
        "team_name": "Wijkteam Noord",
        "dialogue": "ouder",
        "language": "tr",
        "language_name": "Turks",
        "came": NOON,
        "page_days": 30,
        "filled_in_by": "ouder of verzorger",
        "mode": "knoppen en eigen woorden",
        "circle": [],
        "not_heard": ["kind of jongere", "andere ouder"],
        "open_questions": list(page.open_questions),
        "renewed": None,
        "voices": [
            {
                "label": "ouder",
                "kind": "parent",
                "filled_in_by": "ouder of verzorger",
                "language": "tr",
                "language_name": "Turks",
                "mode": "knoppen en eigen woorden",
                "came": NOON,
                "renewed": None,
                "phone": False,
                "adult": False,
            }
        ],
        "schema": 1,
    }
    assert sections["vraag"] == {
        "name": "vraag",
        "heading": "De vraag, en wat erachter zit",
        "missing": "",
        "items": [
            {
                "heading": "Over wie het gaat",
                "language": "tr",
                "dutch": "Over mijn kind",
                "original": "Çocuğum hakkında",
                "own_words": False,
                "voice": "ouder",
                "pieces": [],
                "talk_about": False,
                "tells": None,
                "asks": False,
            },
            {
                "heading": "Waar je om vraagt",
                "language": "nl",
                "dutch": None,
                "original": "Uyuyamıyor.",
                "own_words": True,
                "voice": "ouder",
                "pieces": [],
                "talk_about": True,
                "tells": None,
                "asks": False,
            },
        ],
        "unheard": [],
        "notes": [],
    }


@given(st.text(), st.text())
def test_any_words_survive_being_kept(words: str, line: str) -> None:
    page = a_page(told(words), item("bellen", "praktisch", Reached(line)))

    assert decode(as_json(page)) == page
    assert as_text(page)


def test_half_a_character_does_not_stop_a_page() -> None:
    assert "\ufffd" in as_json(a_page(told("kapot \ud83d"))).decode()


def test_what_is_no_page_is_damaged() -> None:
    with pytest.raises(Damaged):
        decode(b'{"code": 1}')
