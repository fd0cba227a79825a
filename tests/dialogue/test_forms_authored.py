"""How pictures, choices among earlier ones, shown hand-overs and doors are written, and checked."""

import pytest

from bot.dialogue.answers import Answered, Chosen
from bot.dialogue.compiler import Source, check_block, compile_dialogue
from bot.dialogue.conversation import Conversation
from bot.dialogue.pictures import parted
from bot.dialogue.problems import Problem
from bot.dialogue.summary import Item, items
from bot.dialogue.tree import Among, Compiled, Elsewhere, HandOver, Pictures, Route
from tests.dialogue.broken_files import DIALOGUES, WAARHEID

HEAD = """\
dialogue: proef
start: begin
nodes:
  begin: {use: waarheid, next: zwaar}
  zwaar:
    ask: choices
    text: Wat is zwaar?
    choices: {slapen: Slapen, geld: Geld, school: School}
"""
SAMEN = """\
  samen:
    ask: choices
    of: zwaar
    text: Wat hangt samen?
    page: wat_speelt
    short: Samen
"""
END = "  einde: {end: Dag.}\n"
SEND = "send: Ja, keep: Nee, next: einde, otherwise: einde"


def result(text: str, **blocks: str) -> Compiled | tuple[Problem, ...]:
    sources = {name: Source(name, block) for name, block in blocks.items()}
    return compile_dialogue(Source("proef", text), {"waarheid": WAARHEID} | sources, DIALOGUES)


def compiled(text: str, **blocks: str) -> Compiled:
    found = result(text, **blocks)
    assert isinstance(found, Compiled), "\n".join(map(str, found))
    return found


def problems(text: str, **blocks: str) -> list[str]:
    found = result(text, **blocks)
    return [f"{each.line} {each.code}" for each in found] if isinstance(found, tuple) else []


# --- Choices among earlier ones -----------------------------------------------------------------


def test_choices_of_an_earlier_question_have_its_codes_and_its_words() -> None:
    found = compiled(HEAD + "    next: samen\n" + SAMEN + "    next: einde\n" + END)

    assert found.dialogue.nodes["samen"] == Among(
        id="samen",
        context="proef/samen",
        routes=(Route("einde"),),
        section="wat_speelt",
        codes=("slapen", "geld", "school"),
        of="zwaar",
        labels="proef/zwaar",
    )
    assert not any(key.startswith("proef/samen/choices") for key in found.words)


def test_choices_of_choices_go_back_to_the_words_of_the_first() -> None:
    again = SAMEN.replace("samen:", "eerst:").replace("of: zwaar", "of: samen")
    text = HEAD + "    next: samen\n" + SAMEN + "    next: eerst\n" + again + "    next: einde\n"

    first = compiled(text + END).dialogue.nodes["eerst"]

    assert isinstance(first, Among)
    assert (first.of, first.labels) == ("samen", "proef/zwaar")
    assert first.codes == ("slapen", "geld", "school")


def test_in_a_building_block_both_questions_carry_the_name_of_its_use() -> None:
    block = (
        "block: last\nstart: zwaar\nnodes:\n"
        + HEAD.partition("next: zwaar}\n")[2]
        + "    next: samen\n"
        + SAMEN
        + "    next: return\n"
    )
    text = (
        "dialogue: proef\nstart: begin\nnodes:\n"
        "  begin: {use: waarheid, next: last}\n  last: {use: last, next: einde}\n"
    )

    samen = compiled(text + END, last=block).dialogue.nodes["last/samen"]

    assert isinstance(samen, Among)
    assert (samen.of, samen.labels) == ("last/zwaar", "bouwstenen/last/zwaar")
    assert check_block(Source("last", block)) == ()


def test_a_condition_on_them_asks_for_codes_of_the_first() -> None:
    routes = """\
    next:
      - {when: {samen: slapen}, to: zeg}
      - {when: {samen: slaap}, to: zeg}
      - to: einde
  zeg: {say: Dat is veel., next: einde}
"""

    assert problems(HEAD + "    next: samen\n" + SAMEN + routes + END) == ["18 unknown-code"]


def test_codes_of_choices_that_are_not_there_are_not_called_unknown() -> None:
    routes = """\
    next:
      - {when: {samen: slaap}, to: zeg}
      - to: einde
  zeg: {say: Dat is veel., next: einde}
"""
    text = HEAD.replace("  zwaar:\n", "  last:\n").replace("next: zwaar", "next: last")

    found = problems(text + "    next: samen\n" + SAMEN + routes + END)

    assert "unknown-choices" in {each.partition(" ")[2] for each in found}
    assert "unknown-code" not in {each.partition(" ")[2] for each in found}


def test_what_a_later_question_offers_is_used() -> None:
    assert problems(HEAD + "    next: samen\n" + SAMEN + "    next: einde\n" + END) == []


def test_a_question_that_offers_its_own_later_is_asked_too_early() -> None:
    text = HEAD.replace("next: zwaar", "next: samen") + "    page: vraag\n    short: Zwaar\n"

    found = problems(text + "    next: einde\n" + SAMEN + "    next: zwaar\n" + END)

    assert found == ["14 asked-later"]


def test_two_questions_cannot_offer_each_other() -> None:
    other = SAMEN.replace("samen:", "zwaar:").replace("of: zwaar", "of: samen")
    text = "dialogue: proef\nstart: begin\nnodes:\n  begin: {use: waarheid, next: zwaar}\n"

    found = problems(text + other + "    next: samen\n" + SAMEN + "    next: einde\n" + END)

    assert found == ["7 asked-later"]


def test_choices_are_its_own_or_those_of_another() -> None:
    both = SAMEN + "    choices: {ja: Ja, nee: Nee}\n    next: einde\n"
    neither = SAMEN.replace("    of: zwaar\n", "") + "    next: einde\n"
    text = HEAD + "    page: vraag\n    short: Zwaar\n    next: samen\n"

    assert problems(text + both + END) == ["14 not-one-kind"]
    assert problems(text + neither + END) == ["12 missing-key"]


def test_a_question_in_a_block_that_is_not_there_may_have_been_ticked() -> None:
    samen = SAMEN.replace("of: zwaar", "of: last/zwaar")
    text = (
        "dialogue: proef\nstart: begin\nnodes:\n"
        "  begin: {use: waarheid, next: last}\n  last: {use: last, next: samen}\n"
    )

    assert problems(text + samen + "    next: einde\n" + END) == ["5 unknown-block"]


# --- Pictures -----------------------------------------------------------------------------------


PICTURES = """\
dialogue: proef
start: begin
nodes:
  begin: {use: waarheid, next: hoe}
  hoe:
    ask: pictures
    text: Hoe gaat het?
    page: vraag
    short: Hoe het gaat
"""


def test_pictures_are_choices_side_by_side() -> None:
    found = compiled(
        PICTURES + "    choices: {fijn: 😀 fijn, naar: 😢 niet fijn}\n    next: einde\n" + END
    )

    assert found.dialogue.nodes["hoe"] == Pictures(
        id="hoe",
        context="proef/hoe",
        routes=(Route("einde"),),
        section="vraag",
        codes=("fijn", "naar"),
    )
    assert found.words["proef/hoe/choices/naar"] == "😢 niet fijn"


def test_a_condition_on_pictures_asks_for_codes() -> None:
    text = PICTURES + "    choices: {fijn: 😀 fijn, naar: 😢 niet fijn}\n    next:\n"
    text += "      - {when: {hoe: nar}, to: einde}\n      - to: einde\n"

    assert problems(text + END) == ["12 unknown-code"]


def test_more_than_eight_pictures_are_too_many() -> None:
    choices = "".join(f"      p{n}: 😀 goed{n}\n" for n in range(9))

    assert problems(PICTURES + "    choices:\n" + choices + "    next: einde\n" + END) == [
        "19 too-many-choices"
    ]


def test_a_picture_without_text_is_told_about_once() -> None:
    text = PICTURES + "    choices: {fijn: '', naar: [nee]}\n    next: einde\n"

    assert problems(text + END) == ["10 empty-text", "10 wrong-shape"]


@pytest.mark.parametrize(
    ("label", "picture", "words"),
    [
        ("😀 fijn", "😀", "fijn"),
        ("❤️ lief", "❤️", "lief"),
        ("👍🏽 goed zo", "👍🏽", "goed zo"),
        ("👨‍👩‍👧 wij", "👨‍👩‍👧", "wij"),
        ("☀ warm", "☀", "warm"),
        ("😀  fijn", "😀", "fijn"),
        ("😀fijn", "", "😀fijn"),
        ("😀 😢", "", "😀 😢"),
        ("😀😢 alles", "", "😀😢 alles"),
        ("😀", "", "😀"),
        ("fijn 😀", "", "fijn 😀"),
        ("", "", ""),
    ],
)
def test_a_label_is_one_picture_and_words(label: str, picture: str, words: str) -> None:
    assert parted(label) == (picture, words)


# --- Handing over -------------------------------------------------------------------------------


HOPE = """\
dialogue: proef
start: begin
nodes:
  begin: {use: waarheid, next: hoop}
  hoop:
    ask: words
    text: Wat hoop je?
    page: hoop
    short: Hoop
"""


def test_a_hand_over_can_show_the_page_itself() -> None:
    text = HOPE + f"    next: stuur\n  stuur: {{hand_over: Mag het?, shows: yes, {SEND}}}\n"

    node = compiled(text + END).dialogue.nodes["stuur"]

    assert isinstance(node, HandOver)
    assert node.shows


def test_one_that_does_not_show_it_needs_a_review() -> None:
    for shows in ("", "shows: no, "):
        text = HOPE + f"    next: stuur\n  stuur: {{hand_over: Mag het?, {shows}{SEND}}}\n"

        assert problems(text + END) == ["11 no-review-before-hand-over"]


def test_what_is_asked_for_the_page_after_the_review_has_to_be_reviewed_too() -> None:
    text = (
        HOPE.replace("next: hoop}", "next: kijk}")
        + "    next: stuur\n  kijk: {review: Klopt het?, next: hoop}\n"
        + f"  stuur: {{hand_over: Mag het?, {SEND}}}\n"
    )

    assert problems(text + END) == ["12 no-review-before-hand-over"]


def test_a_second_hand_over_needs_a_review_of_its_own() -> None:
    first = "send: Ja, keep: Nee, next: hoop, otherwise: einde"
    text = (
        HOPE.replace("next: hoop}", "next: eerst}")
        + f"    next: weer\n  eerst: {{hand_over: Mag het?, shows: yes, {first}}}\n"
        + f"  weer: {{hand_over: Mag dit ook?, {SEND}}}\n"
    )
    reviewed = text.replace("next: weer", "next: kijk")

    assert problems(text + END) == ["12 no-review-before-hand-over"]
    assert problems(reviewed + "  kijk: {review: Zo?, next: weer}\n" + END) == []


# --- The door to another dialogue ---------------------------------------------------------------


def test_a_dialogue_can_begin_another() -> None:
    text = "dialogue: proef\nstart: begin\nnodes:\n  begin: {use: waarheid, next: deur}\n"

    found = compiled(text + "  deur: {begin: ouder}\n")

    deur = Elsewhere(id="deur", context="proef/deur", dialogue="ouder")
    assert found.dialogue.nodes["deur"] == deur


def test_without_the_names_of_the_others_none_is_called_unknown() -> None:
    text = "dialogue: proef\nstart: begin\nnodes:\n  begin: {use: waarheid, next: deur}\n"
    source = Source("proef", text + "  deur: {begin: wat_dan_ook}\n")

    assert isinstance(compile_dialogue(source, {"waarheid": WAARHEID}), Compiled)


def test_behind_a_door_stands_a_name() -> None:
    text = "dialogue: proef\nstart: begin\nnodes:\n  begin: {use: waarheid, next: deur}\n"

    assert problems(text + "  deur: {begin: }\n") == ["5 missing-key"]


# --- The truth ----------------------------------------------------------------------------------


def truth(*nodes: str) -> str:
    return "block: waarheid_kort\nstart: een\nnodes:\n" + "\n".join(nodes) + "\n"


SHORT = HOPE.replace("use: waarheid", "use: waarheid_kort") + "    next: einde\n" + END
SENDS = (
    HOPE.replace("use: waarheid", "use: waarheid_kort")
    + f"    next: stuur\n  stuur: {{hand_over: Mag het?, shows: yes, {SEND}}}\n"
    + END
)


def missing(dialogue: str, block: str) -> list[str]:
    """What is told to be missing, by its last words."""
    found = result(dialogue, waarheid_kort=block)
    assert isinstance(found, tuple)
    assert {problem.code for problem in found} == {"half-truth"}
    assert {(problem.file, problem.line) for problem in found} == {("waarheid_kort", 2)}
    return sorted(problem.message.partition("(")[2].partition(")")[0] for problem in found)


def test_a_truth_in_other_words_may_begin_a_dialogue() -> None:
    block = truth("  een: {say: Ik ben een computer. Gevaar? Bel 112., next: return}")

    assert problems(SHORT, waarheid_kort=block) == []


def test_another_block_may_not() -> None:
    block = truth("  een: {say: Ik ben een computer. Gevaar? Bel 112., next: return}")
    named = block.replace("waarheid_kort", "waarheidje")
    text = SHORT.replace("waarheid_kort", "waarheidje")

    assert problems(text, waarheidje=named) == ["2 no-truth-first"]


def test_where_something_is_sent_all_of_the_truth_is_told() -> None:
    block = truth("  een: {say: Hoi., next: return}")

    assert missing(SHORT, block) == ["112", "‘computer’"]
    assert missing(SENDS, block) == [
        "112",
        "Telegram en {chatpagina}",
        "{bewaard_concept}",
        "{bewaard_pagina}",
        "‘computer’",
    ]


def test_the_truth_may_be_spread_and_end_in_the_first_question() -> None:
    block = truth(
        "  een: {say: Ik ben een computer., next: twee}",
        "  twee: {say: Gevaar? Bel 112., next: drie}",
        "  drie: {ask: choice, text: 'Na {bewaard_concept} of {bewaard_pagina} is het weg. Telegram"
        " leest mee, {chatpagina} niet. Beginnen?', choices: {ja: Ja}, next: return}",
    )

    assert problems(SENDS, waarheid_kort=block) == []


def test_what_is_told_after_the_first_question_comes_too_late() -> None:
    block = truth(
        "  een: {ask: choice, text: Beginnen?, choices: {ja: Ja}, next: twee}",
        "  twee: {say: Ik ben een computer. Gevaar? Bel 112., next: return}",
    )

    assert missing(SHORT, block) == ["112", "‘computer’"]


def test_what_is_told_outside_the_block_is_no_part_of_its_truth() -> None:
    block = truth("  een: {say: Ik ben een computer., next: return}")
    text = SHORT.replace("next: hoop}", "next: zeg}") + "  zeg: {say: Bel 112., next: hoop}\n"

    assert missing(text, block) == ["112"]


def test_a_truth_that_cannot_be_read_is_not_called_half() -> None:
    nowhere = "block: waarheid_kort\nstart: nergens\nnodes:\n  een: {say: Hoi., next: return}\n"
    text = "dialogue: proef\nstart: begin\nnodes:\n  begin: {use: weg, next: einde}\n"

    assert "half-truth" not in str(result(SHORT, waarheid_kort=nowhere))
    assert "half-truth" not in str(result(SHORT, waarheid_kort="block: waarheid_kort\n"))
    assert "half-truth" not in str(result(SHORT))
    assert "half-truth" not in str(result(text + END))


# --- A choice that names danger -----------------------------------------------------------------

WHERE = """\
  waarover:
    ask: choice
    text: Waar gaat het over?
    page: vraag
    short: Waar het over gaat
    danger: DANGER
    choices: {thuis: Thuis, veilig: Ik ben niet veilig}
    next: einde
"""


def test_a_choice_that_names_danger_stands_under_safety_on_the_page() -> None:
    text = HEAD.replace("next: zwaar", "next: waarover").split("  zwaar:")[0]
    dialogue = compiled(text + WHERE.replace("DANGER", "veilig") + END).dialogue

    def section(code: str) -> str:
        answers = (
            Answered("begin/lees", Chosen(("ja",))),
            Answered("waarover", Chosen((code,))),
        )
        here = Conversation("proef", dialogue.revision, "nl", "linde", turn=1, answers=answers)
        [item] = [item for item in items(dialogue, here) if item.question == "waarover"]
        return item.section

    assert section("thuis") == "vraag"
    assert section("veilig") == "veiligheid"


def test_danger_that_is_no_choice_there_is_told_about() -> None:
    text = HEAD.replace("next: zwaar", "next: waarover").split("  zwaar:")[0]

    assert problems(text + WHERE.replace("DANGER", "eng") + END) == ["10 wrong-value"]


# --- What a page and a first talk know of an answer ---------------------------------------------

OLD = """\
  waarover:
    ask: choice
    text: Hoe oud ben je?
    page: vraag
    short: Leeftijd
    adult: ADULT
    tells: TELLS
    choices: {kind: 12 tot en met 17, groot: 18 of ouder}
    next: einde
"""


def asked_how_old(adult: str = "groot", tells: str = "hoop") -> str:
    text = HEAD.replace("next: zwaar", "next: waarover").split("  zwaar:")[0]
    return text + OLD.replace("ADULT", adult).replace("TELLS", tells) + END


def test_who_chooses_so_is_an_adult_and_a_question_says_what_it_tells() -> None:
    dialogue = compiled(asked_how_old()).dialogue

    def item(code: str) -> Item:
        answers = (
            Answered("begin/lees", Chosen(("ja",))),
            Answered("waarover", Chosen((code,))),
        )
        here = Conversation("proef", dialogue.revision, "nl", "linde", turn=1, answers=answers)
        [found] = [item for item in items(dialogue, here) if item.question == "waarover"]
        return found

    assert (item("groot").is_adult, item("kind").is_adult) == (True, False)
    assert item("kind").tells == "hoop"


def test_an_adult_that_is_no_choice_there_and_a_topic_that_is_none_are_told_about() -> None:
    assert problems(asked_how_old(adult="oud")) == ["10 wrong-value"]
    assert problems(asked_how_old(tells="alles")) == ["11 wrong-value"]


def test_a_dialogue_that_says_so_has_another_revision() -> None:
    plain = asked_how_old().replace("    adult: groot\n", "").replace("    tells: hoop\n", "")
    adult = asked_how_old().replace("    tells: hoop\n", "")
    texts = (plain, adult, asked_how_old())

    assert len({compiled(text).dialogue.revision for text in texts}) == len(texts)
