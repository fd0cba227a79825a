"""Every rule speaks where it is broken, says exactly what to do, and is silent elsewhere."""

import pytest

from bot.dialogue.checks import CHECKS
from bot.dialogue.compiler import CODES, Source, check_block, compile_dialogue
from bot.dialogue.problems import Problem
from tests.dialogue.broken_files import FOLDER, WAARHEID, broken_file

HEAD = """\
dialogue: proef
start: begin
nodes:
  begin: {use: waarheid, next: eerste}
"""
END = "  einde: {end: Dag.}\n"


def problems(text: str, **blocks: str) -> list[str]:
    """The problems of the dialogue ``text``, each as its line and its code."""
    return [f"{problem.line} {problem.code}" for problem in told(text, **blocks)]


def told(text: str, **blocks: str) -> tuple[Problem, ...]:
    sources = {name: Source(name, block) for name, block in blocks.items()}
    compiled = compile_dialogue(Source("proef", text), {"waarheid": WAARHEID} | sources)
    return compiled if isinstance(compiled, tuple) else ()


# --- The registry -------------------------------------------------------------------------------


def test_every_code_is_shown_at_work_in_a_broken_file() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_broken_file_has_exactly_the_problems_it_says(code: str) -> None:
    broken = broken_file(code)

    assert broken.problems() == broken.expected
    assert {problem.code for problem in broken.expected} == {code}


@pytest.mark.parametrize("code", CODES)
def test_a_rule_is_one_sentence(code: str) -> None:
    assert CODES[code][0].isupper() or CODES[code].startswith("``")
    assert CODES[code].endswith((".", "…"))


def test_no_two_rules_have_the_same_code() -> None:
    assert len({rule.__name__ for rule in CHECKS}) == len(CHECKS)


def test_every_message_says_what_to_do_in_a_dutch_sentence() -> None:
    for code in CODES:
        for problem in broken_file(code).expected:
            assert problem.message.endswith((".", "’.", "?", "}."))
            assert len(problem.message) < 300


def test_a_problem_reads_as_a_place_and_what_to_do_there() -> None:
    [problem] = told(HEAD + "  eerste: {say: '', next: einde}\n" + END)
    [whole] = told(HEAD.replace("dialogue: proef\n", "").replace("eerste", "einde") + END)

    assert str(problem) == (
        "proef:5: Achter ‘text’ staat geen tekst. Schrijf die erbij. [empty-text]"
    )
    assert str(whole) == "proef: Hier mist ‘dialogue’. Zet die sleutel erbij. [missing-key]"


# --- A mistake is told once ---------------------------------------------------------------------


def test_all_problems_of_a_dialogue_and_its_blocks_come_in_one_run_in_order() -> None:
    found = told(
        HEAD
        + "  eerste: {say: 'Bel {taem}.', next: twede}\n"
        + "  tweede: {use: kring, next: einde}\n"
        + END,
        kring="block: kring\nstart: zeg\nnodes:\n  zeg: {say: '', next: return}\n",
    )

    assert [(problem.file, problem.line, problem.code) for problem in found] == [
        ("kring", 4, "empty-text"),
        ("proef", 5, "unknown-node"),
        ("proef", 5, "unknown-placeholder"),
    ]


def test_a_problem_in_a_block_is_told_once_however_often_the_block_is_used() -> None:
    kring = "block: kring\nstart: zeg\nnodes:\n  zeg: {say: 'Bel {taem}.', next: return}\n"
    twice = "  eerste: {use: kring, next: tweede}\n  tweede: {use: kring, next: einde}\n"

    assert problems(HEAD + twice + END, kring=kring) == ["4 unknown-placeholder"]


def test_the_same_mistake_in_a_block_is_the_same_value_for_every_dialogue() -> None:
    kring = "block: kring\nstart: zeg\nnodes:\n  zeg: {say: Hoi., next: retrun}\n"
    one = HEAD + "  eerste: {use: kring, next: einde}\n" + END
    other = one.replace("eerste", "anders").replace("dialogue: proef", "dialogue: ander")

    assert told(one, kring=kring) == told(other, kring=kring)


def test_what_follows_a_node_that_cannot_be_read_is_not_called_unreachable() -> None:
    assert problems(HEAD + "  eerste: {aks: words, next: einde}\n" + END) == ["5 unknown-key"]


def test_what_follows_a_condition_that_cannot_be_read_is_not_called_hidden_or_unused() -> None:
    found = problems(
        HEAD
        + """\
  eerste:
    ask: choice
    text: Gaat het?
    choices: {ja: Ja, nee: Nee}
    next:
      - {when: {eerste: {at_laest: ja}}, to: zeg}
      - {when: {eerste: {at_least: ja}}, to: zeg}
      - {when: {not: {eerste: {answered: nee}}}, to: zeg}
      - {when: {all: [{eerste: []}]}, to: zeg}
      - {wen: {eerste: nee}, to: zeg}
      - to: einde
  zeg: {say: Dank je., next: einde}
"""
        + END
    )

    assert found == [
        "10 unknown-key",
        "11 wrong-value",
        "12 wrong-value",
        "13 wrong-shape",
        "14 unknown-key",
    ]


def test_a_way_that_could_not_be_read_may_lead_to_the_node_nothing_leads_to() -> None:
    found = problems(HEAD + "  eerste: {say: Hoi., next: [to: ergens]}\n" + END)

    assert found == ["5 unknown-node"]


def test_a_block_that_is_not_there_may_do_all_that_a_dialogue_needs() -> None:
    """It may review, it may ask what is read later, and it may come back."""
    found = problems(
        HEAD
        + """\
  eerste: {use: alles, next: sturen}
  sturen:
    hand_over: Mag ik dit sturen?
    send: Ja
    keep: Nee
    next: [{when: {eerste/diep/vraag: ja}, to: einde}, {to: einde}]
    otherwise: einde
"""
        + END
    )

    assert found == ["5 unknown-block"]


def test_a_block_that_is_not_there_may_ask_for_the_names() -> None:
    found = problems(
        HEAD
        + """\
  eerste: {use: alles, next: dichtbij}
  dichtbij:
    ask: people
    of: eerste/namen
    mark: near
    text: Wie is dichtbij?
    short: Dichtbij
    next: einde
"""
        + END
    )

    assert found == ["5 unknown-block"]


def test_names_that_nobody_sees_are_not_asked() -> None:
    found = problems(
        HEAD + "  eerste: {ask: circle, text: Wie zijn er?, next: einde}\n" + END,
    )

    assert found == ["5 answer-unused"]


def test_a_node_without_a_kind_may_be_the_question_a_condition_reads() -> None:
    found = problems(
        HEAD
        + "  eerste:\n"
        + "    text: Gaat het?\n"
        + "    next: [{when: {eerste: ja}, to: einde}, {to: einde}]\n"
        + END
    )

    assert found == ["5 not-one-kind"]


def test_a_block_without_a_start_is_told_about_at_its_start_only() -> None:
    kring = "block: kring\nstart: zge\nnodes:\n  zeg: {say: Hoi., next: return}\n"
    without = kring.replace("start: zge\n", "")
    uses = HEAD + "  eerste: {use: kring, next: einde}\n" + END

    assert problems(uses, kring=kring) == ["2 unknown-start"]
    assert problems(uses, kring=without) == ["0 missing-key"]


def test_a_use_without_a_block_is_told_about_once() -> None:
    assert problems(HEAD + "  eerste: {use: , next: einde}\n" + END) == ["5 missing-key"]


def test_rows_that_are_no_rows_are_told_about_once() -> None:
    assert problems(HEAD + "  eerste: {say: Hoi., next: [einde]}\n" + END) == ["5 wrong-shape"]
    assert problems(HEAD + "  eerste: {say: Hoi., next: [{}]}\n" + END) == ["5 missing-key"]
    assert problems(HEAD + "  eerste: {say: Hoi., next: }\n" + END) == ["5 missing-key"]
    assert problems(HEAD + "  eerste: {say: Hoi., next: {to: einde}}\n" + END) == ["5 wrong-shape"]
    assert problems(HEAD + "  eerste: {say: Hoi., next: []}\n") == ["5 dead-end"]


def test_words_that_are_no_text_are_told_about_once() -> None:
    choices = "{ja: [Ja], nee: Nee}"
    ask = f"{{ask: choice, text: {{}}, choices: {choices}, page: hoop, short: Hoop, next: einde}}"

    assert problems(HEAD + f"  eerste: {ask}\n" + END) == ["5 wrong-shape", "5 wrong-shape"]


def test_a_hand_over_without_an_otherwise_may_lead_to_the_node_nothing_leads_to() -> None:
    nodes = """\
  eerste: {review: Klopt dit?, next: sturen}
  sturen: {hand_over: Sturen?, send: Ja, keep: Nee, next: einde}
  niet: {end: Goed.}
"""

    assert problems(HEAD + nodes + END) == ["6 missing-key"]
    assert problems(HEAD + nodes.replace("Nee,", "Nee, otherwise: einde,") + END) == [
        "7 unreachable"
    ]


def test_a_node_that_goes_nowhere_may_lead_to_the_node_nothing_leads_to() -> None:
    assert problems(HEAD + "  eerste: {say: Hoi.}\n" + END) == ["5 dead-end"]
    assert problems(HEAD + "  eerste: {use: waarheid}\n" + END) == ["5 dead-end"]


def test_links_that_are_no_letters_are_told_about_once() -> None:
    for links, code in (("[{}]", "wrong-shape"), ("['']", "missing-key"), ("T", "wrong-value")):
        text = HEAD.replace("start:", f"links: {links}\nstart:").replace("eerste", "einde") + END
        assert problems(text) == [f"2 {code}"]


def test_a_condition_that_nobody_can_oversee_is_refused() -> None:
    conditions = ", ".join(["{eerste: ja}"] * 60)
    ask = "{ask: choice, text: Ja?, choices: {ja: Ja}, next: "
    rows = f"[{{when: {{any: [{conditions}]}}, to: einde}}, {{to: einde}}]}}"

    found = problems(HEAD + f"  eerste: {ask}{rows}\n" + END)

    assert set(found) == {"5 wrong-shape"}


def test_a_word_of_a_whole_page_is_not_repeated_in_full() -> None:
    [problem] = told(HEAD + f"  eerste: {{say: Hoi., next: {'a' * 5_000}}}\n" + END)

    assert len(problem.message) < 200
    assert "Bedoelde je" not in problem.message


def test_nodes_that_are_no_table_are_told_about_once() -> None:
    assert problems("dialogue: proef\nstart: begin\nnodes: straks\n")[-1] == "3 wrong-shape"


def test_a_file_full_of_mistakes_tells_a_readable_number_of_them() -> None:
    keys = "".join(f"sleutel{number}: x\n" for number in range(2_000))
    nodes = "".join(f"  n{number}: {{say: Hoi., next: nergens}}\n" for number in range(1_000))

    assert 100 < len(problems(HEAD + keys)) < 1_000
    assert 100 < len(problems(HEAD + nodes)) < 1_000


# --- Asking, and reading what was asked ---------------------------------------------------------


KRING = """\
block: kring
start: wie
nodes:
  wie:
    ask: choice
    text: Wie helpt je?
    choices: {oma: Oma, niemand: Niemand}
    next: return
"""


def test_a_dialogue_reads_a_question_in_a_block_by_the_node_that_uses_it() -> None:
    read = "    next: [{when: {eerste/wie: oma}, to: zeg}, {to: einde}]\n"
    zeg = "  zeg: {say: Fijn., next: einde}\n"
    uses = HEAD + "  eerste:\n    use: kring\n" + read + zeg + END

    assert problems(uses, kring=KRING) == []
    assert problems(uses.replace("eerste/wie", "wie"), kring=KRING) == [
        "5 answer-unused",
        "7 unknown-question",
    ]


def test_a_question_that_is_nearly_right_is_suggested_as_the_author_would_write_it() -> None:
    inner = KRING.replace("next: return", "next: [{when: {wei: oma}, to: return}, {to: return}]")
    uses = HEAD + "  eerste: {use: kring, next: einde}\n" + END

    assert "Bedoelde je ‘wie’?" in told(uses, kring=inner)[0].message


def test_a_condition_on_another_branch_reads_an_answer_that_cannot_be_there() -> None:
    found = problems(
        HEAD
        + """\
  eerste:
    ask: choice
    text: Gaat het?
    choices: {ja: Ja, nee: Nee}
    next: [{when: {eerste: ja}, to: goed}, {to: minder}]
  goed:
    ask: choice
    text: Wat helpt?
    choices: {rust: Rust, praten: Praten}
    page: gaat_goed
    short: Wat helpt
    next: einde
  minder:
    say: Dank je.
    next: [{when: {goed: rust}, to: einde}, {to: einde}]
"""
        + END
    )

    assert found == ["19 asked-later"]


def test_what_nobody_can_reach_is_not_also_asked_too_late() -> None:
    found = problems(
        HEAD
        + "  eerste: {say: Hoi., next: einde}\n"
        + "  eiland:\n"
        + "    ask: choice\n"
        + "    text: Gaat het?\n"
        + "    choices: {ja: Ja, nee: Nee}\n"
        + "    next: [{when: {eiland: ja}, to: einde}, {to: einde}]\n"
        + END
    )

    assert found == ["6 unreachable"]


def test_two_questions_with_one_row_for_each_way_to_answer_are_fine() -> None:
    found = problems(
        HEAD
        + """\
  eerste:
    ask: choice
    text: Gaat het?
    choices: {ja: Ja, nee: Nee, soms: Soms}
    next:
      - {when: {all: [{eerste: nee}, {eerste: soms}]}, to: leeftijd}
      - {when: {eerste: [ja, nee]}, to: leeftijd}
      - {when: {eerste: soms}, to: leeftijd}
      - to: leeftijd
  leeftijd:
    ask: number
    text: Hoe oud ben je?
    from: 0
    to: 100
    next:
      - {when: {leeftijd: {at_least: 18}}, to: zeg}
      - {when: {leeftijd: {at_least: 12}}, to: zeg}
      - {when: {leeftijd: {at_most: 4}}, to: einde}
      - {when: {leeftijd: {at_most: 6}}, to: einde}
      - {when: {eerste: {answered: yes}}, to: einde}
      - to: einde
  zeg: {say: Dank je., next: einde}
"""
        + END
    )

    assert found == []


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("{leeftijd: {at_least: 0}}", []),
        ("{leeftijd: {at_most: 18}}", []),
        ("{leeftijd: {at_most: -1}}", ["10 number-range"]),
        ("{leeftijd: {at_least: 19}}", ["10 number-range"]),
        ("{leeftijd: {at_least: 999999999}}", ["10 number-range"]),
        ("{leeftijd: {at_least: 9999999999}}", ["10 wrong-value"]),
        ("{leeftijd: {at_least: 1.5}}", ["10 wrong-value"]),
        ("{leeftijd: {at_least: ٣}}", ["10 wrong-value"]),
        ("{leeftijd: ['']}", ["10 wrong-shape"]),
        ("{leeftijd: [a, '']}", ["10 wrong-shape"]),
        ("{leeftijd: [a, [b]]}", ["10 wrong-shape"]),
    ],
)
def test_a_condition_may_ask_for_any_number_that_can_be_answered(
    condition: str, expected: list[str]
) -> None:
    ask = "  leeftijd:\n    ask: number\n    text: Hoe oud?\n    from: 0\n    to: 18\n"
    rows = f"    next: [{{when: {condition}, to: zeg}}, {{to: einde}}]\n"
    zeg = "  zeg: {say: Hoi., next: einde}\n"

    assert problems(HEAD.replace("eerste", "leeftijd") + ask + rows + zeg + END) == expected


@pytest.mark.parametrize(
    ("earlier", "later", "found"),
    [
        ("{n: {at_least: 3}}", "{n: {at_least: 3}}", ["9 row-never-taken"]),
        ("{n: {at_most: 3}}", "{n: {at_most: 3}}", ["9 row-never-taken"]),
        ("{n: {at_most: 3}}", "{n: {at_most: 4}}", []),
        ("{n: {at_least: 4}}", "{n: {at_least: 3}}", []),
        ("{n: {at_least: 3}}", "{m: {at_least: 3}}", []),
        ("{n: {at_most: 3}}", "{m: {at_most: 3}}", []),
        ("{n: {answered: yes}}", "{m: {at_most: 3}}", []),
        ("{n: {answered: yes}}", "{n: {at_least: 3}}", ["9 row-never-taken"]),
        ("{n: {at_least: 3}}", "{n: {answered: yes}}", []),
        ("{k: [a, b]}", "{k: a}", ["9 row-never-taken"]),
        ("{k: a}", "{k: [a, b]}", []),
        ("{k: a}", "{l: a}", []),
        ("{k: a}", "{k: a, n: {at_least: 3}}", ["9 row-never-taken"]),
        ("{k: a, n: {at_least: 3}}", "{k: a}", []),
        ("{k: a, n: {at_least: 3}}", "{n: {at_least: 3}, k: a}", ["9 row-never-taken"]),
        ("{any: [{k: a}, {l: a}]}", "{l: a}", ["9 row-never-taken"]),
        ("{k: a}", "{any: [{k: a}, {l: a}]}", []),
        ("{any: [{k: a}, {l: a}]}", "{any: [{k: a}, {l: a}]}", ["9 row-never-taken"]),
        ("{not: {k: a}}", "{not: {k: a}}", ["9 row-never-taken"]),
        ("{not: {k: a}}", "{not: {k: b}}", []),
    ],
)
def test_a_row_is_hidden_by_an_earlier_one_only_when_that_one_always_wins(
    earlier: str, later: str, found: list[str]
) -> None:
    asks = """\
  eerste: {ask: number, text: Hoeveel?, from: 0, to: 9, next: m, page: hoop, short: N}
  m: {ask: number, text: Hoeveel?, from: 0, to: 9, next: k, page: hoop, short: M}
  k: {ask: choice, text: Welke?, choices: {a: A, b: B}, next: l, page: hoop, short: K}
  l: {ask: choice, text: Welke?, choices: {a: A, b: B}, next: zeg, page: hoop, short: L}
""".replace("eerste", "n")
    rows = f"[{{when: {earlier}, to: n2}}, {{when: {later}, to: einde}}, {{to: einde}}]"
    zeg = f"  zeg: {{say: Hoi., next: {rows}}}\n  n2: {{say: Hoi., next: einde}}\n"

    assert problems(HEAD.replace("eerste", "n") + asks + zeg + END) == found


# --- Words --------------------------------------------------------------------------------------


def test_an_example_between_quotes_asks_nothing() -> None:
    for text, expected in (
        ("Wat wil je vragen? Zoals ‘Wat kan er?’ of “Wie komt er?”", []),
        ("Wat wil je vragen?!? Echt alles mag.", []),
        ("Wat wil je vragen? En aan wie?", ["6 two-questions"]),
    ):
        question = (
            f"  eerste:\n    text: {text}\n    ask: words\n    page: vraag\n    short: Vraag\n"
        )
        assert problems(HEAD + question + "    next: einde\n" + END) == expected


def test_what_just_fits_is_fine_and_one_more_is_not() -> None:
    def asks(text: int = 9, label: int = 9, choices: int = 2, code: int = 9, name: int = 9) -> str:
        codes = [f"{'c' * (code - 2)}{at:02}" for at in range(choices)]
        labels = [f"{'L' * (label - 2)}{at:02}" for at in range(choices)]
        offered = ", ".join(map(": ".join, zip(codes, labels, strict=True)))
        node = "n" * name
        ask = f"{{ask: choice, text: {'t' * text}, choices: {{{offered}}}, next: einde"
        return (
            HEAD.replace("eerste", node)
            + f"  {node}: {ask}, page: hoop, short: {'s' * 200}}}\n"
            + END
        )

    assert problems(asks(text=3_500, label=40, choices=12, code=24, name=32)) == []
    assert problems(asks(text=3_501)) == ["5 text-too-long"]
    assert problems(asks(label=41, choices=1)) == ["5 label-too-long"]
    assert problems(asks(choices=13)) == ["5 too-many-choices"]
    assert problems(asks(code=25, choices=1)) == ["5 bad-id"]
    assert problems(asks(name=33)) == ["5 bad-id"]


def test_a_dialogue_of_two_thousand_nodes_is_fine() -> None:
    ways = "".join(f"  n{at}: {{say: Hoi., next: n{at + 1}}}\n" for at in range(1_997))
    full = HEAD.replace("eerste", "n0") + ways + "  n1997: {end: Dag.}\n"

    assert problems(full) == []
    assert problems(full + "  los: {end: Dag.}\n") == ["0 too-many-nodes"]


def test_a_statement_may_ask_as_much_as_it_likes() -> None:
    assert problems(HEAD + "  eerste: {say: Wie? Wat? Waar?, next: einde}\n" + END) == []


def test_a_family_of_pictures_is_no_invisible_sign() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467\ufe0f"

    assert problems(HEAD + f"  eerste: {{say: Hoi {family}, next: einde}}\n" + END) == []


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        ("\t", "een tab"),
        ("\ufffd", "een letter verloren"),
        ("\u202e", "U+202E"),
        ("\u200d", "U+200D"),
        ("\x00", "U+0000"),
        ("\ud800", "U+D800"),
        ("\u2028", "U+2028"),
        ("\U000e0041", "U+E0041"),
    ],
)
def test_a_sign_nobody_sees_is_named(sign: str, said: str) -> None:
    found = told(HEAD + f"  eerste: {{say: Ho{sign}i., next: einde}}\n" + END)

    assert [(problem.line, problem.code) for problem in found] == [(5, "invisible-character")]
    assert said in found[0].message


def test_a_sign_written_as_its_number_is_just_as_invisible() -> None:
    assert problems(HEAD + '  eerste: {say: "Ho\\u200bi\\n\\u202e.", next: einde}\n' + END) == [
        "5 invisible-character"
    ]


def test_a_file_from_windows_reads_like_any_other() -> None:
    text = HEAD + "  eerste: {say: Bel {taem}., next: einde}\n".replace("{taem}", "112") + END

    assert problems("\ufeff" + text.replace("\n", "\r\n")) == []


# --- Reading YAML -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "number", "said"),
    [
        ("    say: Let op: bel nu.", 6, "dubbele punt te veel"),
        ("    say: @home", 6, "niet beginnen met @, % of `"),
        ("    say: `home`", 6, "niet beginnen met @, % of `"),
        ('    say: "een \\weg"', 6, "heeft \\ een betekenis"),
        ("    say: 's avonds laat", 6, "aanhalingsteken open en niet dicht"),
        ('    say: "Hoi', 6, "aanhalingsteken open en niet dicht"),
        ('    say: "Hoi" zei ze', 6, "achter een aanhalingsteken of accolade"),
        ("    say: {team} belt", 6, "achter een aanhalingsteken of accolade"),
        ("    say: [Hoi", 7, "haakje [ of { gaat open"),
        ("    say: - Hoi", 6, "streepje kan hier niet"),
        ("    say: | Hoi", 6, "Achter ‘|’ staat niets"),
        ("    say: & Hoi", 6, "niet beginnen met & of *"),
        ("    say: Hoi\n   ook: dit", 7, "past niet bij de regels erboven"),
        ("    say:\n      - Hoi\n      en: dat", 8, "hoort niet bij de lijst erboven"),
        ("    say: Hoi\n    allemaal\n    next: einde", 7, "geen sleutel met een dubbele punt"),
        ("    say: Hoi\n---\nnog: iets", 8, "tweede bestand"),
        ("    say: " + "[" * 200, 6, "te veel in elkaar"),
        ("%FOUT\n    say: Hoi", 6, "kan niet gelezen worden"),
    ],
)
def test_a_line_that_is_no_yaml_is_explained_in_dutch(line: str, number: int, said: str) -> None:
    found = [p for p in told(HEAD + "  eerste:\n" + line + "\n") if p.code == "yaml-error"]

    assert [(problem.line, said in problem.message) for problem in found] == [(number, True)]


def test_a_thousand_nested_brackets_do_no_harm() -> None:
    """PyYAML's own way of making a tree crashes the process on these."""
    for deep in ("[" * 100_000, "{a: " * 100_000, "- " * 100_000, "? " * 100_000):
        assert [problem.code for problem in told(deep)] == ["yaml-error"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("say: Bel\n      #112 nu.", ["6 text-lost"]),
        ("say: Bel\n      nu\n      #112.", ["6 text-lost"]),
        ("say: #112 bellen", ["6 text-lost"]),
        ("say:\n      #112 bellen", ["6 text-lost"]),
        ("say: Bel 112.\n    # Dit is een opmerking.", []),
        ("say: Bel 112.\n# Dit is een opmerking.", []),
        ("say: 'Bel #112.' # Dit ook.", []),
        ("say: | # Dit ook.\n      Bel #112\n      #nu.", []),
        ("say: Bel nr.#112.", []),
    ],
)
def test_a_remark_is_no_part_of_a_text_and_a_text_is_no_remark(
    text: str, expected: list[str]
) -> None:
    assert problems(HEAD + f"  eerste:\n    {text}\n    next: einde # Goed.\n" + END) == expected


def test_what_falls_away_is_told_once_and_not_also_as_bad_yaml() -> None:
    assert problems(HEAD + "  eerste:\n    say: *Let op* bel nu.\n") == ["6 text-lost"]


@pytest.mark.parametrize("text", ["", "\n", "# Nog niets.\n", "---\n", "tekst", "- lijst"])
def test_a_file_without_a_dialogue_is_told_so(text: str) -> None:
    assert {problem.code for problem in told(text)} == {"wrong-shape"}


# --- A block by itself --------------------------------------------------------------------------


def test_a_block_by_itself_may_leave_to_its_users_what_only_they_can_know() -> None:
    """Who reads its answers, whether there was a review, and that the truth was told first."""
    block = (
        KRING.replace("next: return", "next: sturen")
        + """\
  sturen:
    hand_over: Mag ik dit sturen?
    send: Ja
    keep: Nee
    next: return
    otherwise: return
"""
    )

    assert check_block(Source("kring", block)) == ()


def test_a_block_by_itself_is_held_to_all_other_rules() -> None:
    block = KRING.replace("oma: Oma", "Oma: ''") + "  los: {say: Hoi.}\n"

    assert [(problem.line, problem.code) for problem in check_block(Source("kring", block))] == [
        (7, "bad-id"),
        (7, "empty-text"),
        (9, "dead-end"),
        (9, "unreachable"),
    ]


def test_a_block_that_uses_itself_is_told_so_by_itself_too() -> None:
    block = Source("kring", "block: kring\nstart: a\nnodes:\n  a: {use: kring, next: return}\n")

    assert [problem.code for problem in check_block(block, {"kring": block})] == ["block-circle"]


def test_a_way_out_of_a_block_is_named_where_a_block_stops_too_early() -> None:
    [problem] = check_block(Source("k", "block: k\nstart: a\nnodes:\n  a: {say: Hoi.}\n"))

    assert "next: return" in problem.message


def test_ids_that_look_like_the_inside_of_a_block_confuse_nothing() -> None:
    found = problems(
        HEAD
        + "  eerste: {use: kring, next: return}\n"
        + "  eerste/return: {say: Hoi., next: return}\n"
        + "  return: {say: Hoi., next: return}\n"
        + END,
        kring=KRING,
    )

    assert {line for line in found if "bad-id" in line} == {"6 bad-id", "7 bad-id"}


def test_the_ways_out_of_blocks_in_blocks_are_counted_before_they_are_made() -> None:
    rows = ", ".join(["{when: {v: {answered: yes}}, to: return}"] * 30 + ["{to: return}"])
    ask = "v: {ask: choice, text: Ja?, choices: {ja: Ja}, next"
    blocks = {
        f"diep{number}": f"block: diep{number}\nstart: v\nnodes:\n"
        f"  {ask}: u}}\n  u: {{use: diep{number + 1}, next: [{rows}]}}\n"
        for number in range(4)
    }
    blocks["diep4"] = f"block: diep4\nstart: v\nnodes:\n  {ask}: [{rows}]}}\n"

    found = problems(HEAD + "  eerste: {use: diep0, next: einde}\n" + END, **blocks)

    assert "0 too-many-nodes" in found
