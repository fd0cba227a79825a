"""The words that are better left unsaid: each rule finds its own seeded fault of tone.

In ``tone/<language>/<rule>`` the first lines are the problems that must be found, as ``# regel 6: …
[avoided-word]``; what follows is a dialogue, or for a translation a catalogue.
"""

import re
from pathlib import Path
from time import perf_counter

import pytest

from bot.authored.tone import avoided_in
from bot.authored.word_choice import read_word_choice
from bot.dialogue.problems import Problem
from bot.dialogue.sheet import Source
from bot.handover import first_talk, headings, legend
from bot.library import Library, authored_folders
from bot.wording.avoided import Allowed, Avoided, Tone
from bot.wording.gate import Gate
from bot.wording.languages import LANGUAGES
from bot.wording.po_reader import read_catalogue
from bot.wording.translations import read_catalogues
from tests.authored_tree import Folders, author, rewrite
from tests.translator import translate

TONE = Path(__file__).parent / "tone"
SHIPPED = authored_folders().dialogues / "woordkeuze.yaml"
CHOICE, WRONG = read_word_choice(Source("woordkeuze.yaml", SHIPPED.read_text("utf-8")))
RULES = [(code, rule.id) for code, tone in CHOICE.items() for rule in tone.avoided]
MUST = Avoided("moeten", ("moet", "moeten"), "wil je", "Hier kiest het gezin.")


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return author(tmp_path)


def expected_in(text: str, file: str) -> list[Problem]:
    told = re.findall(r"^# regel (\d+): (.*) \[([a-z-]+)\]$", text, re.MULTILINE)
    return [Problem(file, int(line), code, message) for line, message, code in told]


def found_in(code: str, source: Source) -> list[Problem]:
    """What is said of the tone of a seeded file, and nothing else that is wrong in it."""
    if source.file.endswith(".yaml"):
        return list(avoided_in(source, "dialogue", CHOICE[code]))
    catalogue, _ = read_catalogue(source.file, source.text)
    checked = Gate({}, CHOICE).check(LANGUAGES[code], "locales", [catalogue])
    return [problem for problem in checked.problems if problem.code == "avoided-word"]


# --- The list we ship ---------------------------------------------------------------------------


def test_the_list_we_ship_has_no_problem() -> None:
    assert WRONG == ()
    assert {"nl", "en"} <= set(CHOICE)


@pytest.mark.parametrize(("code", "rule"), RULES, ids=lambda part: str(part))
def test_a_rule_finds_its_seeded_fault_and_says_what_to_do(code: str, rule: str) -> None:
    [path] = (TONE / code).glob(f"{rule}.*")
    source = Source(path.name, path.read_text("utf-8"))

    found = found_in(code, source)

    assert found == expected_in(source.text, source.file)
    [avoided] = [each for each in CHOICE[code].avoided if each.id == rule]
    assert found
    assert all(avoided.use in each.message for each in found)
    assert all(avoided.reason in each.message for each in found)


def test_every_seeded_fault_is_of_a_rule() -> None:
    seeded = {(path.parent.name, path.stem) for path in TONE.glob("*/*.*")}

    assert seeded == set(RULES)


def test_the_list_itself_needs_none_of_the_words_it_advises_against() -> None:
    for code, tone in CHOICE.items():
        for rule in tone.avoided:
            # What stands between brackets is the word that is replaced.
            advice = re.sub(r"\([^)]*\)", "", rule.use)
            assert not list(tone.found("", advice)), (code, rule.id)


def test_every_exception_is_still_in_use() -> None:
    folders = authored_folders()
    library = Library.read(*folders, folders.dialogues / "teams")
    assert isinstance(library, Library)
    said = {"nl": [path.read_text("utf-8") for path in folders.dialogues.rglob("*.yaml")]}
    for code in CHOICE.keys() - {"nl"}:
        catalogues, _ = read_catalogues(folders.locales, LANGUAGES[code])
        entries = [entry for catalogue in catalogues for entry in catalogue.entries]
        said[code] = [text for entry in entries for text in entry.translated]

    for code, tone in CHOICE.items():
        for rule in tone.avoided:
            for may in rule.allowed:
                only = Tone([Avoided("only", (may.words,), "", "")])
                assert any(only.may_speak_in(text) for text in said[code]), may.words


def test_the_page_itself_keeps_to_the_word_choice() -> None:
    ours = [
        *headings.HEADINGS.values(),
        *headings.ASKS.values(),
        headings.TALK_ABOUT,
        headings.TALK_ABOUT_ON_PAPER,
        *first_talk.OPEN.values(),
        *first_talk.ALWAYS,
        first_talk.ABOUT_THIS,
        first_talk.ABOUT_THESE,
        first_talk.ABOUT_EACH,
        first_talk.WISH,
        first_talk.WISHES,
        first_talk.MORE,
        *headings.FILLED_IN_BY.values(),
        headings.UNSAFE_UNSAID,
        headings.NO_DIAGNOSIS,
        headings.CHANGING,
        headings.NOTHING_CHOSEN,
        headings.consent("Wijkteam Linde"),
    ]

    assert legend.__doc__  # its words come from dialogen/vaste_woorden.yaml, which check reads
    assert [found.words for text in ours for found in CHOICE["nl"].found("", text)] == []


# --- What counts as a word ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Je moet.",
        "MOET je?",
        "móét dat",
        "‘moet’",
        "(moet)",
        "moet-je",
        "{team} moet",
        "we\nmoeten",
    ],
)
def test_a_word_is_found_in_any_case_with_any_accent_beside_any_sign(text: str) -> None:
    assert [found.avoided.id for found in Tone([MUST]).found("", text)] == ["moeten"]


@pytest.mark.parametrize(
    "text", ["ontmoeten", "gemoed", "moetens", "{moet}", "{moeten_kiezen}", "moet_", "mo et"]
)
def test_a_word_is_not_found_inside_another_word_or_a_placeholder(text: str) -> None:
    assert list(Tone([MUST]).found("", text)) == []


def test_an_accent_stays_where_it_was_written() -> None:
    tone = Tone([Avoided("client", ("client*",), "jij", "Zo heet niemand.")])

    [found] = tone.found("", "É\u0301\u00e9n clie\u0308nten ging mee")

    assert found.words == "cliënten"


def test_a_star_stands_for_any_letters_before_or_behind() -> None:
    tone = Tone(
        [Avoided("probleem", ("*probleem", "hulpvra*"), "wat er speelt", "Het gaat om wat.")]
    )

    found = [each.words for each in tone.found("", "Schuldprobleem, probleemloos, hulpvragenlijst")]

    assert found == ["Schuldprobleem", "hulpvragenlijst"]


def test_of_a_word_and_a_phrase_the_phrase_is_told() -> None:
    tone = Tone([Avoided("kracht", ("eigen", "eigen kracht"), "wat lukt", "Dat is milder.")])

    assert [found.words for found in tone.found("", "je eigen  kracht")] == ["eigen  kracht"]
    assert "‘eigen kracht’" in next(tone.found("", "je eigen  kracht")).message


def test_without_words_nothing_is_found() -> None:
    assert not Tone().may_speak_in("moet")
    assert list(Tone().found("", "moet")) == []


@pytest.mark.parametrize(
    ("place", "key", "is_found"),
    [
        ("", "ouder/vertel/text", False),
        ("ouder", "ouder/vertel/text", False),
        ("ouder/vertel", "ouder/vertel/text", False),
        ("ouder/vertel/text", "ouder/vertel/text", False),
        ("ouder/ver", "ouder/vertel/text", True),
        ("jongere", "ouder/vertel/text", True),
    ],
)
def test_an_exception_holds_in_its_place_only(place: str, key: str, *, is_found: bool) -> None:
    quote = Allowed("‘dat moet’", "Zo zei een jongere het.", place)
    tone = Tone([Avoided("moeten", ("moet",), "wil je", "Hier kiest het gezin.", (quote,))])

    assert bool(list(tone.found(key, "Zeg: ‘dat moet’."))) is is_found
    assert list(tone.found(key, "Dat moet."))


# --- The gate -----------------------------------------------------------------------------------


def test_a_word_is_told_at_its_own_line_in_every_kind_of_file(folders: Folders) -> None:
    rewrite(
        folders.authored / "ouder" / "dialoog.yaml",
        "Dan weet {team} dat.",
        "Dat\n      moet {team} weten.",
    )
    rewrite(
        folders.authored / "ouder" / "dialoog.yaml",
        "kind: Mijn kind",
        'kind: "Het\n        moet over mijn kind"',
    )
    rewrite(
        folders.authored / "bouwstenen" / "waarheid.yaml", "Hoi. Ik", "Hoi.\n\n      Ik moet. Ik"
    )
    rewrite(
        folders.authored / "vaste_woorden.yaml", "one: '{aantal} dag'", "one: 'moet {aantal} dag'"
    )
    rewrite(folders.authored / "hulplijnen.yaml", "Bellen kan altijd.", "Bellen moet.")

    lines = {
        f"dialogen/{path.relative_to(folders.authored)}:{number} avoided-word"
        for path in folders.authored.glob("**/*.yaml")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if "moet" in line and path.name != "woordkeuze.yaml"
    }
    assert len(lines) == 5
    assert set(folders.problems()) == lines


def test_what_no_family_reads_may_say_anything(folders: Folders) -> None:
    rewrite(folders.authored / "ouder" / "dialoog.yaml", "Gaat over het gezin.", "Dit moet kort.")
    rewrite(folders.authored / "ouder" / "dialoog.yaml", "nodes:\n", "# Dit moet.\nnodes:\n")
    rewrite(folders.authored / "vaste_woorden.yaml", "Laat het teken staan.", "Dit moet erin.")
    rewrite(folders.authored / "hulplijnen.yaml", "name: Veilig Thuis", "name: Het Moet Veilig")

    assert folders.problems() == []


def test_the_words_of_a_file_that_is_wrong_are_held_against_the_list_too(folders: Folders) -> None:
    rewrite(folders.authored / "ouder" / "dialoog.yaml", "Over wie gaat het?", "Wie moet?")
    rewrite(folders.authored / "ouder" / "dialoog.yaml", "next: einde", "next: slot")

    codes = {problem.rpartition(" ")[2] for problem in folders.problems()}

    assert {"avoided-word", "unknown-node"} <= codes


def test_a_file_that_cannot_be_read_is_left_to_who_tells_about_that(folders: Folders) -> None:
    rewrite(folders.authored / "hulplijnen.yaml", "Bellen kan altijd.", '"Bellen moet')

    codes = {problem.rpartition(" ")[2] for problem in folders.problems()}

    assert codes == {"yaml-error"}


def test_a_translation_with_an_avoided_word_keeps_its_language_back_and_is_still_shown(
    folders: Folders,
) -> None:
    translate(folders, "en")
    rewrite(
        folders.authored / "woordkeuze.yaml",
        "nl:",
        "en:\n  must: {words: [must], use: can, reason: Vrijer.}\nnl:",
    )
    rewrite(folders.catalogue("en", "vaste_woorden.po"), '"en Klaar"', '"You must"')

    library = folders.read()

    [gap] = library.gaps
    assert (gap.file, gap.code) == ("locales/en/LC_MESSAGES/vaste_woorden.po", "avoided-word")
    assert [language.code for language in library.texts.languages] == ["nl"]
    assert library._words.keys() == {"nl"}


def test_a_word_in_the_lines_of_a_team_is_told_and_stops_nothing(folders: Folders) -> None:
    rewrite(folders.teams / "linde.yaml", "reply_days: 3", "reply_days: 3\nhours: Je moet bellen.")

    library = folders.read()

    warnings = [each for each in library.warnings(0) if each.code == "avoided-word"]
    assert [(each.file, each.line) for each in warnings] == [("teams/linde.yaml", 4)]


def test_the_names_and_places_of_a_team_are_its_own(folders: Folders) -> None:
    path = folders.teams / "linde.yaml"
    rewrite(path, "name: Wijkteam Linde", "name: Wijkteam Moet")
    rewrite(path, "towns: [Lindedorp]", "towns: [Moet, Lindedorp]")

    assert [each.code for each in folders.read().warnings(0)].count("avoided-word") == 0


def test_a_word_that_is_spelled_out_in_signs_is_told_where_its_text_begins(
    folders: Folders,
) -> None:
    path = folders.authored / "ouder" / "dialoog.yaml"
    rewrite(path, "Over wie gaat het?", "Over wie moet het gaan?")
    rewrite(path, "mezelf: Mezelf", 'mezelf: "M\\u006fet ik"')

    lines = [int(problem.partition(":")[2].split()[0]) for problem in folders.problems()]

    text = path.read_text("utf-8").splitlines()
    assert ["moet het" in text[line - 1] or "u006f" in text[line - 1] for line in lines] == [
        True,
        True,
    ]


def test_what_we_ship_says_nothing_that_is_better_left_unsaid() -> None:
    folders = authored_folders()

    found = Library.read(*folders, folders.dialogues / "teams")

    told = (*found.gaps, *found.warnings(0)) if isinstance(found, Library) else found
    assert [str(each) for each in told if each.code == "avoided-word"] == []


def test_a_large_house_is_soon_held_against_the_list() -> None:
    text = (authored_folders().dialogues / "ouder" / "dialoog.yaml").read_text("utf-8")
    source = Source("dialoog.yaml", text)

    begun = perf_counter()
    for _ in range(50):
        assert list(avoided_in(source, "dialogue", CHOICE["nl"])) == []

    # What all of S7 may take; on an ordinary machine this is a hundredth of it.
    assert perf_counter() - begun < 3


# --- Reading the list ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("nl:", "xx:", "1 wrong-value"),
        ("nl:", "nl: moeten\nen:", "1 wrong-shape"),
        ("  moeten:", "  Moeten!:", "2 wrong-value"),
        ("words: [moet, moeten]", "words: moet", "3 wrong-shape"),
        ("[moet, moeten]", "['(moet)']", "3 wrong-value"),
        ("[moet, moeten]", "[moet, Moet]", "3 duplicate-key"),
        ("    use: wil je, kun je\n", "", "3 missing-key"),
        ("use: wil je, kun je", "use:", "4 missing-key"),
        ("reason: Hier", "reden: Hier", "5 unknown-key"),
        ("zelf.\n", "zelf.\n    allow: moet\n", "6 wrong-shape"),
        ("zelf.\n", "zelf.\n    allow:\n      - words: moet\n", "7 missing-key"),
        (
            "zelf.\n",
            "zelf.\n  ook:\n    words: [MOET]\n    use: a\n    reason: b\n",
            "7 duplicate-key",
        ),
        ("nl:", "- nl:", "1 wrong-shape"),
    ],
)
def test_a_mistake_in_the_list_is_told_with_its_line(
    folders: Folders, old: str, new: str, problem: str
) -> None:
    path = folders.authored / "woordkeuze.yaml"
    rewrite(path, old, new)
    if new == "- nl:":
        path.write_text("- nl\n", encoding="utf-8")

    assert f"dialogen/woordkeuze.yaml:{problem}" in folders.problems()


def test_an_exception_is_read_with_its_place(folders: Folders) -> None:
    path = folders.authored / "woordkeuze.yaml"
    with path.open("a", encoding="utf-8") as file:
        file.write("    allow:\n      - {words: moet je, in: ouder, reason: Zo zei iemand het.}\n")
    rewrite(folders.authored / "ouder" / "dialoog.yaml", "Over wie gaat het?", "Wat moet je?")

    assert folders.problems() == []


def test_a_list_that_is_gone_is_told(folders: Folders) -> None:
    (folders.authored / "woordkeuze.yaml").unlink()

    assert folders.problems() == ["dialogen/woordkeuze.yaml:0 no-text"]
