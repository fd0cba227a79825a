"""What a change does to open conversations is told in plain Dutch, and it is what happens."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest
from msgspec import Struct
from msgspec.structs import replace

from bot.__main__ import main
from bot.authored.alone import read_dialogues
from bot.commands import compare
from bot.commands.terminal import OperatorError
from bot.dialogue.events import Asked
from bot.dialogue.tree import (
    Among,
    Asking,
    Choices,
    Compiled,
    Contact,
    Dialogue,
    Elsewhere,
    Ending,
    HandOver,
    Naming,
    Nearby,
    Node,
    NodeBase,
    People,
    Review,
    Route,
    Statement,
    Wanted,
)
from bot.exploring.differences import READ, differences
from bot.handover.first_talk import OPEN
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

CHANGES |= {
    "another order": (
        [
            (
                "      kind: Mijn kind\n      gezin: Ons gezin\n",
                "      gezin: Ons gezin\n      kind: Mijn kind\n",
            )
        ],
        [
            "wie: de keuzes staan in een andere volgorde",
            "Wie bij ‘wie’ is, krijgt de vraag opnieuw, met de keuzes in de nieuwe volgorde.",
            "Wat daar al geantwoord is, blijft.",
        ],
    ),
    "a choice that names danger": (
        [("    page: vraag\n    choices:\n", "    page: vraag\n    danger: gezin\n    choices:\n")],
        [
            "wie: de keuze die gevaar noemt: ‘Ons gezin’, was geen",
            "Wie hier al in zit, krijgt dezelfde vragen.",
            "Wie ‘Ons gezin’ kiest of koos, vindt dat bovenaan de pagina, onder ‘Veiligheid’.",
            "Het antwoord op deze vraag is niet meer te delen.",
            "Een pagina die al gestuurd is, blijft zoals hij is.",
        ],
    ),
    "a choice of who is an adult": (
        [
            (
                "    page: vraag\n    choices:\n",
                "    page: vraag\n    adult: gezin\n    choices:\n",
            ),
            ("links: t\n", "links: t\nvoice: young\n"),
        ],
        [
            "ouder: hier vertelt nu: jongere, was ouder of verzorger",
            "Wat hier verteld wordt, staat op de pagina bij: jongere.",
            "wie: de keuze van wie volwassen is: ‘Ons gezin’, was geen",
            "Wie ‘Ons gezin’ kiest of koos, geldt als volwassen: op de pagina staat dan niet dat de"
            " ouders nog niet gehoord zijn.",
        ],
    ),
    "an adult where nobody is young": (
        [("    page: vraag\n    choices:\n", "    page: vraag\n    adult: gezin\n    choices:\n")],
        ["Op de pagina verandert er niets."],
    ),
    "what a first talk need not ask": (
        [("    page: hoop\n    next: zwaar", "    page: hoop\n    tells: merkt\n    next: zwaar")],
        [
            "hoop: er hoort een andere open vraag bij",
            "De open vraag ‘Wat hoop je?’ blijft staan, ook als dit beantwoord is.",
            f"De open vraag ‘{OPEN['merkt']}’ vervalt als dit beantwoord is.",
            "Een pagina die al gestuurd is, blijft zoals hij is.",
        ],
    ),
    "what a first talk did not ask anyway": (
        [("    page: hoop\n    next: zwaar", "    page: hoop\n    tells: hoop\n    next: zwaar")],
        ["hoop: er hoort een andere open vraag bij", "Op de pagina verandert er niets."],
    ),
    "own words in another section": (
        [("    page: hoop\n    next: zwaar", "    page: gaat_goed\n    next: zwaar")],
        [
            "hoop: komt ergens anders op de pagina",
            "De open vraag ‘Wat hoop je?’ blijft staan, ook als dit beantwoord is.",
            "De open vraag ‘Wat gaat er goed, en hoe lukt dat?’ vervalt als dit beantwoord is.",
        ],
    ),
    "a hand-over that shows all of it": (
        [("    send: Ja\n", "    shows: yes\n    send: Ja\n")],
        [
            "sturen: laat bij het sturen iets anders zien",
            "Wie bij ‘sturen’ is, ziet daar meteen alles wat er gestuurd wordt.",
        ],
    ),
    "other links": (
        [("links: t\n", "links: v\n")],
        [
            "ouder: begint met andere links",
            "Een link met ‘t’ begint hier niet meer.",
            "Een link met ‘v’ begint voortaan hier.",
            "Wie hier al in zit, merkt niets.",
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


def test_what_is_taken_off_a_choice_is_told_too(tmp_path: Path) -> None:
    """A choice that names danger no more, of someone who is an adult no more."""
    marked = "    page: vraag\n    danger: gezin\n    adult: kind\n    choices:\n"
    old = OLD.replace("    page: vraag\n    choices:\n", marked).replace("links: t", "voice: young")

    lines = compare.told(
        "ouder",
        read(author(tmp_path / "a", old)),
        read(author(tmp_path / "b", OLD.replace("links: t", "voice: young"))),
        {},
    )

    told_now = [line.strip() for line in lines]
    assert "wie: de keuze die gevaar noemt: geen, was ‘Ons gezin’" in told_now
    assert (
        "Wie ‘Ons gezin’ kiest of koos, vindt dat niet meer bovenaan, maar onder ‘De vraag, en wat"
        " erachter zit’."
    ) in told_now
    assert "Het antwoord op deze vraag is voortaan te delen." in told_now
    assert (
        "Wie ‘Mijn kind’ kiest of koos, geldt niet meer als volwassen: op de pagina staat dan dat"
        " de ouders nog niet gehoord zijn."
    ) in told_now


def test_danger_that_leaves_the_page_is_told(tmp_path: Path) -> None:
    old = OLD.replace(
        "    page: vraag\n    choices:\n", "    page: vraag\n    danger: gezin\n    choices:\n"
    )
    new = OLD.replace("    short: Over wie\n    page: vraag\n", "")

    lines = compare.told(
        "ouder", read(author(tmp_path / "a", old)), read(author(tmp_path / "b", new)), {}
    )

    assert (
        "Wie ‘Ons gezin’ kiest of koos, vindt dat niet meer bovenaan, maar nergens op de pagina."
    ) in [line.strip() for line in lines]


# --- No field is forgotten ----------------------------------------------------------------------

VALUES: dict[str, tuple[object, object]] = {
    "routes": ((Route("einde"),), (Route("later"),)),
    "skip": (True, False),
    "why": (False, True),
    "section": ("hoop", "wat_speelt"),
    "tells": (None, "merkt"),
    "codes": (("a", "b"), ("b", "a")),
    "danger": (None, "a"),
    "adult": (None, "a"),
    "least": (0, 1),
    "most": (9, 8),
    "mark": ("gives", "costs"),
    "otherwise": ("einde", "later"),
    "shows": (False, True),
    "dialogue": ("kind", "ander"),
    "wanted": ((Wanted("keuzes", "a", ("geld",)),), (Wanted("keuzes", "a", ("werk",)),)),
}
"""For each field of a step two values that are not the same."""

OF: dict[type, tuple[str, str]] = {
    Contact: ("name", "phone"),
    People: ("mensen", "anderen"),
    Among: ("keuzes", "meer"),
}

NOT_TOLD = {
    "id": "a step with another name is a step that went, and one that came",
    "context": "where its words are found: the words are compared",
    "labels": "the same: where its words are found",
    (Among, "codes"): "those of the question that it chooses from, where they are told",
}
"""Fields that make no difference of their own, with the reason."""

NODES = (*get_args(Asking), Statement, Nearby, Review, HandOver, Ending, Elsewhere)


def fields() -> Iterator[tuple[type[NodeBase], str]]:
    for kind in NODES:
        for name in kind.__struct_fields__:
            if name not in NOT_TOLD and (kind, name) not in NOT_TOLD:
                yield kind, name


def holding(kind: type[NodeBase], changed: str = "") -> Compiled:
    """A dialogue with a step of this kind, in which this one field has its other value."""
    given: dict[str, object] = {"id": "stap", "context": "proef/stap", "labels": "proef/keuzes"}
    for name in kind.__struct_fields__:
        if name not in given:
            assert name in VALUES or name == "of", f"give {kind.__name__}.{name} two values here"
            pair = OF[kind] if name == "of" else VALUES[name]
            given[name] = pair[name == changed]
    make: Callable[..., NodeBase] = kind
    node = make(**{name: given[name] for name in kind.__struct_fields__})
    assert isinstance(node, Node)
    nodes: list[Node] = [
        Choices(id="keuzes", context="proef/keuzes", codes=("a", "b"), routes=(Route("meer"),)),
        Choices(id="meer", context="proef/meer", codes=("a", "b"), routes=(Route("mensen"),)),
        Naming(id="mensen", context="proef/mensen", routes=(Route("anderen"),)),
        Naming(id="anderen", context="proef/anderen", routes=(Route("stap"),)),
        node,
        Statement(id="later", context="proef/later", routes=(Route("einde"),)),
        Ending(id="einde", context="proef/einde"),
    ]
    words = {"proef/stap/why": "Daarom."} if given.get("why") else {}
    tree = Dialogue("proef", "keuzes", {each.id: each for each in nodes}, voice="young")
    return Compiled(tree, words, {})


@pytest.mark.parametrize(("kind", "name"), list(fields()), ids=str)
def test_a_change_of_any_field_of_any_step_is_told(kind: type[NodeBase], name: str) -> None:
    """A field that is new fails here, until it is told or it is said why not."""
    assert differences(holding(kind), holding(kind)) == ()

    (heading, *lines) = compare.told("proef", holding(kind), holding(kind, name), {})

    of_the_step = [line for line in lines if line.startswith("  stap: ")]
    assert heading == "proef: 1 stap is anders."
    assert len(of_the_step) == 1, lines
    assert lines[-1].startswith("    "), "what people notice of it is told too"


@pytest.mark.parametrize("kind", [Route, Wanted, Dialogue], ids=str)
def test_what_else_a_dialogue_is_made_of_is_compared_whole(kind: type[Struct]) -> None:
    """Another field here wants a look at ``differences``, and a test above."""
    known: dict[type, set[str]] = {
        Route: {"to", "when"},
        Wanted: {"question", "code", "topics"},
        Dialogue: {"name", "start", "nodes", "links", "revision", "around", "ahead", "voice"},
    }
    assert set(kind.__struct_fields__) == known[kind]


def test_every_word_of_a_step_is_compared() -> None:
    found = read_dialogues(authored_folders().dialogues)
    assert isinstance(found, dict)

    others = {
        key.removeprefix(f"{node.context}/")
        for each in found.values()
        for node in each.dialogue.nodes.values()
        for key in each.words
        if key.startswith(f"{node.context}/")
    }

    assert {key for key in others if not key.startswith("choices/")} <= set(READ)


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
