"""A dialogue on paper: every word of it, in the order of a talk, and the way on in plain Dutch."""

import html
import re
from dataclasses import replace

import pytest

from bot.authoring.script import LONGEST_OPENING, in_order, script_page, steps
from bot.dialogue.tree import (
    AtLeast,
    Choice,
    Dialogue,
    Elsewhere,
    Ending,
    Number,
    OneOf,
    Route,
    Statement,
)
from bot.library import Library
from bot.texts import Texts
from bot.wording.languages import LANGUAGES
from tests.browser import Browser, browser_page, needs_browser
from tests.dialogue.trees import ALL, to, tree
from tests.world import library

__all__ = ["browser_page"]


def read(page: str) -> str:
    """What someone reads of a page, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def small(*, says: str = "Hallo daar.") -> tuple[Library, Dialogue]:
    """A library in which one dialogue says what is given."""
    dialogue = tree(
        Statement(id="hallo", context="proef/hallo", routes=to("einde")),
        Ending(id="einde", context="proef/einde"),
    )
    words = {"proef/hallo/text": says, "proef/einde/text": "Dag."}
    texts = Texts(words, {"ar": {key: f"ar {text}" for key, text in words.items()}}, ("ar",))
    return replace(library(), texts=texts), dialogue


# --- What stands in it --------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(library().dialogues))
def test_every_word_of_the_dialogue_stands_in_it(name: str) -> None:
    house, dialogue = library(), library().dialogues[name]

    page = read(script_page(house, dialogue, "linde"))

    told = list(steps(house, dialogue, "linde"))
    assert len(told) == len(dialogue.nodes)
    for step in told:
        lines = [line for paragraph in step.dutch.paragraphs for line in paragraph]
        for text in (*lines, *step.dutch.labels, step.dutch.why, step.page):
            assert " ".join(text.split()) in page


def test_a_step_has_its_name_kind_words_buttons_reason_page_and_ways() -> None:
    found = list(steps(library(), library().dialogues["ouder"], "linde"))
    [step] = [each for each in found if each.name == "over_wie"]

    assert step.kind == "kies één"
    assert step.block == ""
    assert step.dutch.paragraphs == (("Over wie wil je iets vertellen?",),)
    assert step.dutch.labels[0] == "Mijn kind van 0 tot en met 3"
    assert step.dutch.why.startswith("Dan weet het team")
    assert step.page == "De vraag, en wat erachter zit: ‘Over wie het gaat’"
    [onward] = step.ways
    assert onward.when == "Daarna"
    assert onward.opening.startswith("Eerst iets wat goed gaat.")
    [heavy] = [each for each in found if each.name == "zwaar"]
    assert [way.when for way in heavy.ways] == ["Bij ‘Ons niet veilig voelen’", "Anders"]


def test_a_building_block_is_named_and_consent_has_both_its_ways() -> None:
    found = list(steps(library(), library().dialogues["ouder"], "linde"))

    assert (found[0].block, found[0].name) == ("waarheid", "welkom")
    [consent] = [step for step in found if step.kind == "toestemming"][:1]
    assert [way.when for way in consent.ways] == [
        f"Bij ‘{label}’" for label in consent.dutch.labels
    ]
    [said] = found[0].ways
    assert said.when == "Daarna"


def test_the_words_of_the_team_are_filled_in_and_none_is_left_open() -> None:
    page = read(script_page(library(), library().dialogues["ouder"], "linde"))

    assert "Wijkteam Linde" in page
    assert "(adres van de chatpagina)" in page
    assert not re.search(r"\{[a-z_]+\}", page)


def test_a_second_language_stands_beside_the_dutch() -> None:
    house, dialogue = small()

    page = script_page(house, dialogue, None, "ar")

    assert '<div class="other" lang="ar" dir="rtl">' in page
    assert "ar Hallo daar." in read(page)
    assert "remarks" not in page.partition("</style>")[2]
    assert LANGUAGES["ar"].name in page


def test_a_way_to_another_dialogue_says_which_one() -> None:
    dialogue = tree(Elsewhere(id="verder", context="proef/verder", dialogue="ouder"))

    [step] = steps(library(), dialogue, None)

    assert step.dutch.paragraphs == (("Hier gaat het gesprek verder in ‘ouder’.",),)
    assert (step.kind, step.ways) == ("naar een andere dialoog", ())


def test_a_condition_on_an_earlier_answer_names_its_question() -> None:
    dialogue = tree(
        Number(id="jaren", context="p/jaren", least=0, most=9, section="vraag", routes=to("zeg")),
        Statement(
            id="zeg", context="p/zeg", routes=to(Route("einde", AtLeast("jaren", 4)), "anders")
        ),
        Ending(id="einde", context="p/einde"),
        Ending(id="anders", context="p/anders"),
    )
    words = dict.fromkeys(("p/jaren/text", "p/zeg/text", "p/einde/text", "p/anders/text"), "Dag")
    texts = Texts(words | {"p/jaren/short": "Jaren"}, {}, ())

    [_, said, *_] = steps(replace(library(), texts=texts), dialogue, None)

    assert [(way.when, way.opening) for way in said.ways] == [
        ("Bij jaren: 4 of hoger", "Dag"),
        ("Anders", "Dag"),
    ]


def test_what_an_author_wrote_stays_text() -> None:
    page = script_page(*small(says="<b>Hoi</b> & <script>1</script>"), None)

    assert "&lt;script&gt;1&lt;/script&gt;" in page
    assert "<script" not in page


def test_a_long_opening_is_cut_at_a_word_where_it_is_only_pointed_at() -> None:
    long = "Dit is een heel lange eerste zin die maar niet wil ophouden met praten. Dag."
    house, dialogue = small()
    texts = Texts({"proef/hallo/text": "Hoi", "proef/einde/text": long}, {}, ())

    [first, _] = steps(replace(house, texts=texts), dialogue, None)

    [way] = first.ways
    assert way.opening == "Dit is een heel lange eerste zin die maar niet wil ophouden…"
    assert len(way.opening) <= LONGEST_OPENING + 1


# --- Its order ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*ALL, *library().dialogues])
def test_a_step_comes_after_all_that_can_come_before_it(name: str) -> None:
    dialogue = ALL.get(name) or library().dialogues[name]
    place = {node.id: number for number, node in enumerate(in_order(dialogue))}

    assert set(place) == set(dialogue.nodes)
    for node in dialogue.nodes.values():
        assert all(place[later] > place[node.id] for later in dialogue.routes_from(node))


def test_the_first_way_is_told_right_behind_its_question_and_the_others_after_it() -> None:
    dialogue = tree(
        Choice(
            id="kies",
            context="p/kies",
            codes=("a", "b"),
            routes=to(Route("eerst", OneOf("kies", ("a",))), "dan"),
        ),
        Statement(id="dan", context="p/dan", routes=to("einde")),
        Statement(id="eerst", context="p/eerst", routes=to("verder")),
        Statement(id="verder", context="p/verder", routes=to("einde")),
        Ending(id="einde", context="p/einde"),
    )

    assert [node.id for node in in_order(dialogue)] == ["kies", "eerst", "verder", "dan", "einde"]


# --- The page itself ----------------------------------------------------------------------------


def test_it_needs_nothing_else_and_runs_nothing() -> None:
    page = script_page(library(), library().dialogues["ouder"], "linde", "en")

    assert not re.search(r"<(script|link|img|iframe|form)\b|https?://|url\(|\son\w+=", page)
    assert page.startswith("<!doctype html>")
    assert '<html lang="nl">' in page


def test_every_way_leads_to_a_step_and_every_step_has_its_heading() -> None:
    page = script_page(library(), library().dialogues["ouder"], "linde")

    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert set(re.findall(r'aria-labelledby="([^"]+)"', page)) <= set(ids)


@needs_browser
async def test_it_fits_a_telephone_and_no_step_is_broken_over_two_sheets(
    browser_page: Browser,
) -> None:
    page = await browser_page.phone(scripts=False)
    await page.set_content(script_page(library(), library().dialogues["ouder"], "linde"))

    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= await page.evaluate("document.documentElement.clientWidth")

    await page.emulate_media(media="print")
    await page.set_viewport_size({"width": 680, "height": 1010})
    tallest = await page.evaluate(
        "Math.max(...[...document.querySelectorAll('.step')].map(e => e.offsetHeight))"
    )
    assert tallest < 1010  # 267 mm: an A4 without its margins
