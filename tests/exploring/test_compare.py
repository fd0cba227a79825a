"""What a change does to open conversations is told in plain Dutch, and it is what happens."""

import asyncio
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.__main__ import main
from bot.authored.alone import read_dialogues
from bot.commands import compare
from bot.commands.terminal import OperatorError
from bot.dialogue.events import Asked
from bot.dialogue.tree import Compiled
from bot.exploring.differences import differences
from bot.library import authored_folders
from tests.test_recall import BEN, SANNE, bad, to_the_bad_question, with_dialogue
from tests.world import World, library

OLD = """\
dialogue: ouder
links: t
start: waarheid

nodes:
  waarheid:
    use: waarheid
    next: wie

  wie:
    ask: choice
    text: Over wie gaat het?
    short: Over wie
    page: vraag
    choices:
      kind: Mijn kind
      gezin: Ons gezin
    next:
      - when: {wie: kind}
        to: leeftijd
      - to: hoop

  leeftijd:
    ask: number
    text: Hoe oud is je kind?
    short: Leeftijd
    page: vraag
    from: 0
    to: 23
    next: hoop

  hoop:
    ask: words
    text: Wat hoop je voor jullie samen?
    short: Hoop
    page: hoop
    next: zwaar

  zwaar:
    ask: choices
    text: Wat is er zwaar?
    short: Zwaar
    page: wat_speelt
    choices:
      slapen: Slapen
      geld: Geld
    next: nakijken

  nakijken:
    review: Klopt het zo?
    next: sturen

  sturen:
    hand_over: Mag dit naar {team}?
    send: Ja
    keep: Nee
    next: dank
    otherwise: einde

  dank:
    say: Dank je wel.
    next: einde

  einde:
    end: Dag!
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return author(tmp_path / "oud", OLD)


def author(folder: Path, text: str) -> Path:
    """A folder with this dialogue and our building blocks."""
    (folder / "ouder").mkdir(parents=True)
    (folder / "ouder" / "dialoog.yaml").write_text(text, encoding="utf-8")
    shutil.copytree(authored_folders().dialogues / "bouwstenen", folder / "bouwstenen")
    return folder


def told(tmp_path: Path, *replaced: tuple[str, str]) -> list[str]:
    """What is told of a change that replaces some of the text."""
    text = OLD
    for before, after in replaced:
        assert before in text, before
        text = text.replace(before, after)
    old, new = read(author(tmp_path / "a", OLD)), read(author(tmp_path / "b", text))
    return [line.strip() for line in compare.told("ouder", old, new, {})]


def read(folder: Path) -> Compiled:
    found = read_dialogues(folder)
    assert isinstance(found, dict), found
    return found["ouder"]


CHANGES: dict[str, tuple[list[tuple[str, str]], list[str]]] = {
    "words": (
        [("Wat is er zwaar?", "Wat is er nu zwaar?")],
        ["zwaar: andere woorden", "Iedereen leest meteen de nieuwe tekst."],
    ),
    "a choice gone": (
        [("      gezin: Ons gezin\n", "")],
        [
            "wie: keuze weg: ‘Ons gezin’",
            "Wie bij ‘wie’ is, krijgt de vraag opnieuw, met de keuzes van nu.",
            "Wie ‘Ons gezin’ koos, krijgt de vraag nog een keer.",
            "Andere antwoorden blijven.",
        ],
    ),
    "one of several choices gone": (
        [("      geld: Geld\n", "      werk: Werk\n")],
        [
            "zwaar: keuze weg: ‘Geld’; keuze erbij: ‘Werk’",
            "Wie alleen ‘Geld’ koos, krijgt de vraag nog een keer.",
        ],
    ),
    "a choice more": (
        [("      geld: Geld\n", "      geld: Geld\n      werk: Werk\n")],
        ["zwaar: keuze erbij: ‘Werk’", "Wat daar al geantwoord is, blijft."],
    ),
    "a step gone": (
        [
            (
                "      - when: {wie: kind}\n        to: leeftijd\n      - to: hoop",
                "      - to: hoop",
            ),
            (
                "  leeftijd:\n    ask: number\n    text: Hoe oud is je kind?\n    short: Leeftijd\n"
                "    page: vraag\n    from: 0\n    to: 23\n    next: hoop\n\n",
                "",
            ),
        ],
        [
            "leeftijd: weg",
            "Wie bij ‘leeftijd’ is, gaat verder bij ‘hoop’.",
            "Wat daar al geantwoord is, komt niet meer op de pagina.",
            "wie: gaat ergens anders verder",
            "Wie bij ‘wie’ is, blijft daar, en gaat na het antwoord de nieuwe weg.",
        ],
    ),
    "own words half typed when the step goes": (
        [
            ("    next: zwaar\n", "    next: nakijken\n"),
            (
                "  zwaar:\n    ask: choices\n    text: Wat is er zwaar?\n    short: Zwaar\n"
                "    page: wat_speelt\n    choices:\n      slapen: Slapen\n      geld: Geld\n"
                "    next: nakijken\n\n",
                "",
            ),
        ],
        [
            "zwaar: weg",
            "Wie bij ‘zwaar’ is, gaat verder bij ‘nakijken’.",
            "Wat daar half getypt of aangevinkt is, komt niet op de pagina.",
        ],
    ),
    "a step more": (
        [
            ("    next: zwaar\n", "    next: extra\n"),
            (
                "  zwaar:\n",
                "  extra:\n    ask: words\n    text: En verder?\n    short: Verder\n"
                "    page: hoop\n    next: zwaar\n\n  zwaar:\n",
            ),
        ],
        ["extra: nieuw", "Wie nu bij ‘nakijken’, ‘sturen’ is, krijgt eerst deze vraag."],
    ),
    "a step that says something more": (
        [
            ("    next: dank\n", "    next: nog\n"),
            ("  dank:\n", "  nog:\n    say: En nog iets.\n    next: dank\n\n  dank:\n"),
        ],
        ["nog: nieuw", "Wie er nog niet langs is, hoort dit."],
    ),
    "a step that says something gone": (
        [
            ("    next: dank\n", "    next: einde\n"),
            ("  dank:\n    say: Dank je wel.\n    next: einde\n\n", ""),
        ],
        ["dank: weg", "Niemand hoort dit nog."],
    ),
    "a step that asks now": (
        [
            (
                "  dank:\n    say: Dank je wel.\n",
                "  dank:\n    ask: words\n    text: En nu?\n    short: Nu\n    page: hoop\n",
            )
        ],
        [
            "dank: was iets wat de bot zegt, is nu eigen woorden",
            "Wie er nog niet langs is gekomen, merkt dit.",
        ],
    ),
    "another name": (
        [("next: zwaar", "next: wat_zwaar_is"), ("  zwaar:\n", "  wat_zwaar_is:\n")],
        [
            "zwaar: weg; lijkt op ‘wat_zwaar_is’, die is nieuw",
            "Voor de bot is ‘wat_zwaar_is’ een nieuwe vraag: wie ‘zwaar’ al beantwoordde, krijgt"
            " hem nog een keer.",
            "Hoeft de naam niet anders? Noem de stap dan weer ‘zwaar’.",
        ],
    ),
    "another kind": (
        [("    ask: number\n", "    ask: words\n"), ("    from: 0\n    to: 23\n", "")],
        [
            "leeftijd: was een getal, is nu eigen woorden",
            "Wie bij ‘leeftijd’ is, krijgt hier iets anders: eigen woorden.",
            "Wie al antwoord gaf, krijgt de vraag nog een keer.",
        ],
    ),
    "other numbers": (
        [("    to: 23\n", "    to: 17\n")],
        [
            "leeftijd: vraagt nu iets anders",
            "Wie bij ‘leeftijd’ is, krijgt de vraag zoals ze nu is.",
        ],
    ),
    "another section": (
        [("    page: wat_speelt\n", "    page: hoop\n")],
        [
            "zwaar: komt ergens anders op de pagina",
            "Wie bij ‘zwaar’ is, blijft daar.",
            "Wat daar al geantwoord is, blijft.",
        ],
    ),
    "no skipping": (
        [("    short: Hoop\n", "    short: Hoop\n    skip: no\n")],
        [
            "hoop: overslaan is veranderd",
            "Wie bij ‘hoop’ is, mag de vraag niet meer overslaan.",
        ],
    ),
}


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_each_kind_of_change_is_told_with_what_people_notice(change: str, tmp_path: Path) -> None:
    replaced, expected = CHANGES[change]

    lines = told(tmp_path, *replaced)

    for line in expected:
        assert line in lines, lines


@pytest.mark.parametrize(
    ("near", "expected"),
    [
        ("    nearby:\n      zwaar: {geld: werk}\n", "wijst in de buurt nu iets anders aan"),
        ("", "was iets wat de bot zegt, met wat er in de buurt is, is nu iets wat de bot zegt"),
    ],
)
def test_a_change_of_what_is_near_is_told(near: str, expected: str, tmp_path: Path) -> None:
    thanks = "    say: Dank je wel.\n"
    old = OLD.replace(thanks, f"{thanks}    nearby:\n      zwaar: {{geld: geld}}\n")
    new = OLD.replace(thanks, f"{thanks}{near}")

    lines = compare.told(
        "ouder", read(author(tmp_path / "a", old)), read(author(tmp_path / "b", new)), {}
    )

    assert [line.strip() for line in lines][2:] == [
        f"dank: {expected}",
        "Wie er nog niet langs is gekomen, merkt dit.",
    ]


def test_a_change_of_words_alone_says_nothing_of_recalling(tmp_path: Path) -> None:
    lines = told(tmp_path, ("Dag!", "Tot gauw!"))

    assert lines == [
        "ouder: 1 stap is anders.",
        "einde: andere woorden",
        "Iedereen leest meteen de nieuwe tekst.",
    ]


def test_without_a_change_there_is_one_line(tmp_path: Path) -> None:
    assert told(tmp_path) == ["ouder: er is niets veranderd."]


def test_the_same_form_has_no_differences(old: Path) -> None:
    assert differences(read(old), read(old)) == ()


def test_another_beginning_is_told(tmp_path: Path) -> None:
    before = read(author(tmp_path / "a", OLD))
    after = replace(before, dialogue=replace(before.dialogue, start="wie"))

    lines = [line.strip() for line in compare.told("ouder", before, after, {})]
    assert f"{before.dialogue.start}: het gesprek begint nu bij ‘wie’" in lines
    assert "Wie nog niets verteld heeft, begint voortaan daar." in lines


# --- The command --------------------------------------------------------------------------------


def test_two_folders_are_compared(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = author(tmp_path / "nieuw", OLD.replace("Dag!", "Tot gauw!"))

    assert main(["compare", str(old), str(new / "ouder")]) == 0

    assert "einde: andere woorden" in capsys.readouterr().out


def test_a_dialogue_that_is_gone_is_told(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = author(tmp_path / "nieuw", OLD)
    (new / "ouder").rename(new / "ander")
    file = new / "ander" / "dialoog.yaml"
    file.write_text(file.read_text("utf-8").replace("dialogue: ouder", "dialogue: ander"), "utf-8")

    assert main(["compare", str(old), str(file)]) == 0

    assert "ouder: deze dialoog is er niet meer." in capsys.readouterr().out


def test_where_there_is_no_dialogue_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="staat geen dialoog"):
        compare.read(tmp_path)


def test_what_is_wrong_in_a_dialogue_is_said_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match=r"oud/ouder/dialoog\.yaml:\d+: .*\[unknown-node\]"):
        compare.read(author(tmp_path / "oud", OLD.replace("next: zwaar", "next: zwar")))


# --- With what runs in an installation ----------------------------------------------------------


def test_it_counts_how_many_people_stand_where_something_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(tmp_path, with_dialogue(bad()))

    async def under_way() -> None:
        async with world.on() as house:
            await to_the_bad_question(house, SANNE)
            await to_the_bad_question(house, BEN)
            await house.happens("web", BEN.address, Asked("pause"))

    asyncio.run(under_way())
    monkeypatch.setenv("SAMENSPRAAK_DATA", str(tmp_path))
    monkeypatch.setenv("SAMENSPRAAK_PUBLIC_URL", "https://samen.example")

    assert main(["compare"]) == 0

    printed = capsys.readouterr().out
    assert "fout: weg (2 gesprekken staan hier)" in printed
    assert "Wie bij ‘fout’ is, gaat verder bij ‘gaat_goed’." in printed


def test_where_nothing_runs_there_is_nothing_to_compare(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def empty() -> None:
        async with World(tmp_path, library()).on():
            pass

    asyncio.run(empty())
    monkeypatch.setenv("SAMENSPRAAK_DATA", str(tmp_path))
    monkeypatch.setenv("SAMENSPRAAK_PUBLIC_URL", "https://samen.example")

    assert main(["compare"]) == 0

    assert "Er loopt niets om mee te vergelijken." in capsys.readouterr().out
