"""What an author wrote becomes exactly one tree, with its words and notes beside it."""

import re
from collections.abc import Iterator
from typing import Any as Whatever

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.around import Around
from bot.dialogue.compiler import (
    Source,
    check_block,
    compile_dialogue,
    compile_words,
    fingerprint,
)
from bot.dialogue.tree import (
    All,
    Any,
    AtLeast,
    AtMost,
    Choice,
    Choices,
    Compiled,
    Condition,
    Contact,
    Dialogue,
    Elsewhere,
    Ending,
    HandOver,
    IsAnswered,
    Not,
    Number,
    OneOf,
    Onward,
    Question,
    Review,
    Route,
    Signals,
    Statement,
    TeamChoice,
    Words,
)
from bot.dialogue.vocabulary import VOICE_KINDS, voice_of
from tests.dialogue.broken_files import FOLDER, WAARHEID

DIALOGUE = """\
dialogue: ouder
links: [t, o]
start: begin

nodes:

  begin:
    use: waarheid
    next: over_wie

  over_wie:
    ask: choice                # achter een sleutelwoord mag een opmerking
    text: |
      Over wie gaat het?

      Kies wat past.
    why: |
      Dan vraag ik wat bij je past.
    page: vraag
    short: Over wie
    skip: no
    translator: |
      'Wie' is een persoon.
    choices:
      kind: Mijn kind
      gezin: "Ons gezin: allemaal"
    next:
      - when: {over_wie: kind}
        to: leeftijd
      - to: nu

  leeftijd:
    ask: number
    text: Hoe oud is je kind?
    from: 0
    to: 23
    next:
      - when: {leeftijd: {at_least: 12, at_most: 17}, over_wie: [kind]}
        to: nu
      - when:
          any:
            - {leeftijd: {at_least: 18}}
            - not: {over_wie: {answered: yes}}
            - all: [{over_wie: [kind, gezin]}, {leeftijd: {at_most: 4}}]
        to: nu
      - to: nu

  nu:
    ask: choices
    text: Wat speelt er nu?
    page: wat_speelt
    short: Wat er speelt
    choices: {nee: Niets, on: Iets, 'null': Weet ik niet}
    next: vertel

  vertel:
    ask: words
    text: Vertel eens.
    page: eigen_woorden
    short: Je verhaal
    next: team

  team: {ask: team, text: Welk team?, next: naam}
  naam: {ask: contact, of: phone, text: Welk nummer?, next: nakijken}
  nakijken:
    review: Klopt het zo?
    next: sturen
  sturen:
    hand_over: |
      Mag dit naar {team}?
    send: Ja
    keep: Nee
    next: dank
    otherwise: einde
  dank: {say: Dank je., next: einde}
  einde: {end: Dag.}
"""


def blocks(**texts: str) -> dict[str, Source]:
    return {"waarheid": WAARHEID} | {name: Source(name, text) for name, text in texts.items()}


def compiled(text: str, **texts: str) -> Compiled:
    result = compile_dialogue(Source("dialoog", text), blocks(**texts))
    assert isinstance(result, Compiled), "\n".join(map(str, result))
    return result


# --- The tree -----------------------------------------------------------------------------------


def test_every_kind_of_node_is_in_the_tree_as_it_was_written() -> None:
    tree = compiled(DIALOGUE).dialogue

    assert (tree.name, tree.start, tree.links) == ("ouder", "begin/zeg", ("t", "o"))
    assert list(tree.nodes.values()) == [
        Statement(id="begin/zeg", context="bouwstenen/waarheid/zeg", routes=(Route("over_wie"),)),
        Choice(
            id="over_wie",
            context="ouder/over_wie",
            codes=("kind", "gezin"),
            skip=False,
            why=True,
            section="vraag",
            routes=(Route("leeftijd", OneOf("over_wie", ("kind",))), Route("nu")),
        ),
        Number(
            id="leeftijd",
            context="ouder/leeftijd",
            least=0,
            most=23,
            routes=(
                Route(
                    "nu",
                    All(
                        (
                            All((AtLeast("leeftijd", 12), AtMost("leeftijd", 17))),
                            OneOf("over_wie", ("kind",)),
                        )
                    ),
                ),
                Route(
                    "nu",
                    Any(
                        (
                            AtLeast("leeftijd", 18),
                            Not(IsAnswered("over_wie")),
                            All((OneOf("over_wie", ("gezin", "kind")), AtMost("leeftijd", 4))),
                        )
                    ),
                ),
                Route("nu"),
            ),
        ),
        Choices(
            id="nu",
            context="ouder/nu",
            codes=("nee", "on", "null"),
            section="wat_speelt",
            routes=(Route("vertel"),),
        ),
        Words(
            id="vertel", context="ouder/vertel", section="eigen_woorden", routes=(Route("team"),)
        ),
        TeamChoice(id="team", context="ouder/team", routes=(Route("naam"),)),
        Contact(id="naam", context="ouder/naam", of="phone", routes=(Route("nakijken"),)),
        Review(id="nakijken", context="ouder/nakijken", routes=(Route("sturen"),)),
        HandOver(id="sturen", context="ouder/sturen", routes=(Route("dank"),), otherwise="einde"),
        Statement(id="dank", context="ouder/dank", routes=(Route("einde"),)),
        Ending(id="einde", context="ouder/einde"),
    ]


def test_every_word_is_found_by_the_context_of_its_node() -> None:
    result = compiled(DIALOGUE)

    assert result.words["ouder/over_wie/text"] == "Over wie gaat het?\n\nKies wat past."
    assert result.words["ouder/over_wie/why"] == "Dan vraag ik wat bij je past."
    assert result.words["ouder/over_wie/short"] == "Over wie"
    assert result.words["ouder/over_wie/choices/gezin"] == "Ons gezin: allemaal"
    assert result.words["ouder/nu/choices/null"] == "Weet ik niet"
    assert result.words["ouder/nakijken/text"] == "Klopt het zo?"
    assert result.words["ouder/sturen/text"] == "Mag dit naar {team}?"
    assert result.words["ouder/sturen/send"] == "Ja"
    assert result.words["ouder/sturen/keep"] == "Nee"
    assert result.words["ouder/einde/text"] == "Dag."
    assert result.words["bouwstenen/waarheid/zeg/text"].startswith("Ik ben een computer.")
    assert not any(key.endswith("/why") for key in result.words if "over_wie" not in key)


def test_a_note_to_translators_goes_with_every_word_of_its_node_and_no_other() -> None:
    notes = compiled(DIALOGUE).notes

    assert set(notes.values()) == {"'Wie' is een persoon."}
    assert set(notes) == {
        f"ouder/over_wie/{end}" for end in ("text", "why", "short", "choices/kind", "choices/gezin")
    }


# --- Building blocks ----------------------------------------------------------------------------

GAAT = """\
block: gaat
start: gaat
nodes:
  gaat:
    ask: choice
    text: Gaat het?
    choices: {ja: Ja, nee: Nee}
    next:
      - {when: {gaat: nee}, to: steun}
      - {when: {gaat: ja}, to: return}
      - to: return
  steun: {say: Fijn dat je het zegt., next: return}
"""

USES = """\
dialogue: kort
start: begin
nodes:
  begin: {use: waarheid, next: eerste}
  eerste:
    use: gaat
    next:
      - {when: {eerste/gaat: nee}, to: tweede}
      - to: einde
  tweede: {use: gaat, next: einde}
  einde: {end: Dag.}
"""


def test_a_block_is_gone_from_the_tree_and_its_nodes_are_there_for_each_use() -> None:
    tree = compiled(USES, gaat=GAAT).dialogue

    assert list(tree.nodes) == [
        "begin/zeg",
        "eerste/gaat",
        "eerste/steun",
        "tweede/gaat",
        "tweede/steun",
        "einde",
    ]
    assert tree.nodes["begin/zeg"] == Statement(
        id="begin/zeg", context="bouwstenen/waarheid/zeg", routes=(Route("eerste/gaat"),)
    )
    assert {tree.nodes[name].context for name in ("eerste/gaat", "tweede/gaat")} == {
        "bouwstenen/gaat/gaat"
    }


def test_a_way_out_of_a_block_goes_on_as_the_node_that_uses_it() -> None:
    first = OneOf("eerste/gaat", ("nee",))
    tree = compiled(USES, gaat=GAAT).dialogue

    assert routes(tree, "eerste/gaat") == (
        Route("eerste/steun", first),
        Route("tweede/gaat", All((OneOf("eerste/gaat", ("ja",)), first))),
        Route("einde", OneOf("eerste/gaat", ("ja",))),
        Route("tweede/gaat", first),
        Route("einde"),
    )
    assert routes(tree, "eerste/steun") == (Route("tweede/gaat", first), Route("einde"))
    assert routes(tree, "tweede/steun") == (Route("einde"),)


def test_words_of_a_block_are_there_once_however_often_it_is_used() -> None:
    words = compiled(USES, gaat=GAAT).words

    assert [key for key in words if key.endswith("/choices/ja")] == [
        "bouwstenen/gaat/gaat/choices/ja"
    ]


def test_a_block_in_a_block_carries_the_ids_of_all_that_use_it() -> None:
    buiten = """\
block: buiten
start: binnen
nodes:
  binnen:
    use: gaat
    next:
      - {when: {binnen/gaat: {answered: yes}}, to: return}
      - to: sturen
  sturen:
    hand_over: Mag ik dit sturen?
    send: Ja
    keep: Nee
    next: return
    otherwise: return
"""
    text = USES.replace("use: gaat", "use: buiten").replace("eerste/gaat", "eerste/binnen/gaat")
    text = text.replace("next: eerste}", "next: kijk}\n  kijk: {review: Klopt dit?, next: eerste}")
    text = text.replace("    next:\n      - {when: {eerste/binnen/gaat: nee}, to: tweede}\n", "")
    text = text.replace("      - to: einde\n", "    next: tweede\n")
    tree = compiled(text, gaat=GAAT, buiten=buiten).dialogue

    assert tree.nodes["tweede/binnen/gaat"].context == "bouwstenen/gaat/gaat"
    assert routes(tree, "kijk") == (Route("eerste/binnen/gaat"),)
    assert routes(tree, "eerste/binnen/steun") == (
        Route("tweede/binnen/gaat", IsAnswered("eerste/binnen/gaat")),
        Route("eerste/sturen"),
    )
    assert tree.nodes["eerste/sturen"] == HandOver(
        id="eerste/sturen",
        context="bouwstenen/buiten/sturen",
        routes=(Route("tweede/binnen/gaat"),),
        otherwise="tweede/binnen/gaat",
    )
    assert tree.nodes["tweede/sturen"] == HandOver(
        id="tweede/sturen",
        context="bouwstenen/buiten/sturen",
        routes=(Route("einde"),),
        otherwise="einde",
    )


def test_a_block_that_ends_the_talk_needs_no_way_on() -> None:
    slot = "block: slot\nstart: dag\nnodes:\n  dag: {end: Dag.}\n"
    text = USES.replace("  einde: {end: Dag.}", "  einde: {use: slot}")

    assert list(compiled(text, gaat=GAAT, slot=slot).dialogue.nodes)[-1] == "einde/dag"


def routes(tree: Dialogue, name: str) -> tuple[Route, ...]:
    node = tree.nodes[name]
    assert isinstance(node, Onward)
    return node.routes


# --- The revision -------------------------------------------------------------------------------


def revision(text: str) -> str:
    return compiled(text, gaat=GAAT).dialogue.revision


def test_a_revision_is_the_fingerprint_of_the_dialogue_that_carries_it() -> None:
    tree = compiled(DIALOGUE).dialogue

    assert tree.revision == fingerprint(tree)
    assert len(tree.revision) == 32
    assert int(tree.revision, 16) > 0


def test_a_revision_is_the_same_tomorrow() -> None:
    """Open conversations carry it: whoever changes how it is made strands them all."""
    tree = Dialogue(
        name="proef",
        voice=voice_of("proef"),
        start="vraag",
        nodes={
            "vraag": Choice(
                id="vraag",
                context="proef/vraag",
                codes=("b", "a"),
                routes=(Route("einde", OneOf("vraag", ("a",))), Route("einde")),
            ),
            "einde": Ending(id="einde", context="proef/einde"),
        },
        links=("t",),
    )

    assert fingerprint(tree) == "4e021b4b6c4f46f2e763acaee941f411"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Over wie gaat het?", "Om wie gaat het?"),
        ("Dan vraag ik wat bij je past.", "Daarom."),
        ("short: Over wie", "short: Wie"),
        ("kind: Mijn kind", "kind: Ons kind"),
        ("send: Ja", "send: Graag"),
        ("keep: Nee", "keep: Liever niet"),
        ("'Wie' is een persoon.", "Iemand uit het gezin."),
        ("    translator: |\n      'Wie' is een persoon.\n", ""),
        ("end: Dag.", "end: Tot ziens."),
        ("achter een sleutelwoord mag een opmerking", "of een andere"),
        ("start: begin\n\n", "start: begin\n"),
    ],
)
def test_other_words_make_no_other_revision(old: str, new: str) -> None:
    assert old in DIALOGUE
    assert revision(DIALOGUE.replace(old, new)) == revision(DIALOGUE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "dialogue: ouder\nlinks: [t, o]\nstart: begin",
            "start: begin\nlinks: [t, o]\ndialogue: ouder",
        ),
        ("from: 0\n    to: 23", "to: 23\n    from: 0"),
        ("{nee: Niets, on: Iets", "{on: Iets, nee: Niets"),
        ("{at_least: 12, at_most: 17}", "{at_most: 17, at_least: 12}"),
        (
            "{leeftijd: {at_least: 12, at_most: 17}, over_wie: [kind]}",
            "{over_wie: [kind], leeftijd: {at_least: 12, at_most: 17}}",
        ),
        ("over_wie: [kind, gezin]", "over_wie: [gezin, kind]"),
        ("over_wie: [kind]", "over_wie: kind"),
        ("end: Dag.}\n", "end: Dag.}\n# Meer is er niet.\n"),
    ],
)
def test_another_order_of_keys_makes_no_other_revision(old: str, new: str) -> None:
    assert old in DIALOGUE
    assert revision(DIALOGUE.replace(old, new)) == revision(DIALOGUE)


@given(st.permutations(re.split(r"\n\n  (?! )", DIALOGUE)[1:]))
@settings(max_examples=25, deadline=None)
def test_nodes_in_another_order_make_no_other_revision(nodes: list[str]) -> None:
    head = re.split(r"\n\n  (?! )", DIALOGUE)[0]

    assert revision("\n\n  ".join((head, *nodes))) == revision(DIALOGUE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("dialogue: ouder", "dialogue: vader"),
        ("links: [t, o]", "links: [t]"),
        ("links: [t, o]\n", ""),
        ("    why: |\n      Dan vraag ik wat bij je past.\n", ""),
        ("    skip: no\n", ""),
        ("page: vraag", "page: kring"),
        ("    page: vraag\n    short: Over wie\n", ""),
        ("on: Iets", "off: Iets"),
        (", 'null': Weet ik niet", ""),
        ("on: Iets", "on: Iets, veel: Heel veel"),
        ("from: 0", "from: 1"),
        ("to: 23", "to: 24"),
        ("at_least: 18", "at_least: 19"),
        ("{at_least: 12, at_most: 17}", "{at_least: 12}"),
        ("- not: {over_wie: {answered: yes}}", "- over_wie: {answered: yes}"),
        ("          any:\n", "          all:\n"),
        ("over_wie: [kind, gezin]", "over_wie: [gezin]"),
        ("- when: {over_wie: kind}", "- when: {over_wie: gezin}"),
        ("ask: choices", "ask: choice"),
        ("of: phone", "of: email"),
        ("otherwise: einde", "otherwise: dank"),
        ("next: nakijken}", "next: stop}\n  stop: {say: Bijna klaar., next: nakijken}"),
        ("{say: Dank je., next: einde}", "{say: Dank je., next: toch}\n  toch: {end: Dag.}"),
    ],
)
def test_another_structure_makes_another_revision(old: str, new: str) -> None:
    assert old in DIALOGUE
    assert revision(DIALOGUE.replace(old, new)) != revision(DIALOGUE)


def test_whatever_is_changed_in_a_tree_its_revision_changes() -> None:
    """Every value in it, taken away or made another, one at a time."""
    tree = compiled(DIALOGUE).dialogue
    structure = msgspec.to_builtins(tree)
    for other in ("revision", "around", "ahead"):
        del structure[other]
    others = [fingerprint(msgspec.convert(other, Dialogue)) for other in elsewise(structure)]

    assert len(others) > 100
    assert tree.revision not in others


def test_a_revision_is_the_same_in_every_installation() -> None:
    tree = compiled(DIALOGUE).dialogue
    elsewhere = tree.furnished(Around(languages=(("nl", "Nederlands"), ("tr", "Türkçe"))))

    assert fingerprint(elsewhere) == tree.revision


def elsewise(value: object) -> Iterator[Whatever]:
    """``value`` with each of its parts changed, one at a time; a kind stays what it is."""
    match value:
        case dict():
            for key, part in value.items():
                if key != "type":
                    yield from (value | {key: other} for other in elsewise(part))
        case list() | tuple():
            for at, part in enumerate(value):
                yield [*value[:at], *value[at + 1 :]]
                yield from ([*value[:at], other, *value[at + 1 :]] for other in elsewise(part))
        case bool():
            yield not value
        case int():
            yield value + 1
        case str() if value in VOICE_KINDS:
            yield next(other for other in VOICE_KINDS if other != value)
        case str():
            yield f"{value}_"
        case _:  # nothing, so nothing to change
            return


# --- Whatever someone writes --------------------------------------------------------------------

TEXTS = tuple(
    text
    for text in (
        DIALOGUE,
        GAAT,
        USES,
        *(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.yaml"))),
    )
    if len(text) < 20_000
)

SCRAPS = (
    "return", "use: ", "waarheid", "  next:", "\n", "  ", "- ", "{", "}", "[", "]", ": ", "#",
    "&a ", "*a", "!x ", "|", "'", '"', "\t", "\u200b", "when: ", "to: ", "all: ", "not: ", "/",
    "ask: choice", "choices:", "nodes:", "start:", "block: ", "otherwise: return", "? ", "---\n",
    "\ud800", "\uffff", "9" * 12, "-1", "\x85", "\u2028", "<<: ", "%", "", "\r",
)  # fmt: skip

garbage = st.text(st.sampled_from([*"abn_{}[]:,-#&*!|>'\"%@` \n\t?", "\u200b", "\ud800", "é"]))


@st.composite
def mutilated(draw: st.DrawFn) -> str:
    """A text of an author, with pieces cut out, put in, and taken from elsewhere."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(text)))
        upto = min(len(text), at + draw(st.integers(0, 30)))
        source = draw(st.sampled_from(TEXTS))
        lines = source.split("\n")
        piece = draw(
            st.sampled_from(SCRAPS) | st.sampled_from(lines).map(lambda line: f"\n{line}\n")
        )
        text = text[:at] + piece + text[upto:]
    return text


@given(garbage | mutilated() | st.text(), mutilated() | garbage)
@settings(max_examples=300, deadline=None)
def test_no_text_makes_the_compiler_raise(text: str, block: str) -> None:
    """And what it does compile is whole: no id in it is missing, no node without a way on."""
    source = Source("dialoog", text)
    result = compile_dialogue(source, blocks(gaat=block, kring=text))
    check_block(source, blocks(gaat=block))
    words, notes, _ = compile_words(source, "vast")

    assert notes.keys() <= words.keys()
    if isinstance(result, Compiled):
        assert_whole(result)
    else:
        assert result
        assert list(result) == sorted(set(result))


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_what_compiles_is_whole(data: st.DataObject) -> None:
    """Lines that are swapped, doubled or dropped, in texts that were good."""
    lines = data.draw(st.sampled_from([DIALOGUE, USES])).split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    other = data.draw(st.integers(0, len(lines) - 1))
    match data.draw(st.sampled_from(["swap", "drop", "copy"])):
        case "swap":
            lines[at], lines[other] = lines[other], lines[at]
        case "drop":
            del lines[at]
        case _:
            lines.insert(at, lines[other])
    result = compile_dialogue(Source("dialoog", "\n".join(lines)), blocks(gaat=GAAT))

    assert result
    if isinstance(result, Compiled):
        assert_whole(result)


def assert_whole(result: Compiled) -> None:
    tree = result.dialogue
    assert tree.start in tree.nodes
    assert msgspec.json.decode(msgspec.json.encode(tree), type=Dialogue) == tree
    for name, node in tree.nodes.items():
        assert name == node.id
        assert set(tree.routes_from(node)) <= tree.nodes.keys()
        if not isinstance(node, Review | Elsewhere):
            assert result.words[f"{node.context}/text"]
        if isinstance(node, Question):
            assert node.why == (f"{node.context}/why" in result.words)
            assert (node.section is not None) == (f"{node.context}/short" in result.words)
        if isinstance(node, Onward):
            assert node.routes[-1].when is None
            for route in node.routes:
                assert_asked(tree, route.when)


def assert_asked(tree: Dialogue, condition: Condition | None) -> None:
    match condition:
        case None:
            return
        case Not(condition=inner):
            assert_asked(tree, inner)
        case All(conditions=parts) | Any(conditions=parts):
            for part in parts:
                assert_asked(tree, part)
        case OneOf(question=question, codes=codes):
            asked = tree.nodes[question]
            assert isinstance(asked, Choice | Choices)
            assert set(codes) <= set(asked.codes)
        case AtLeast(question=question) | AtMost(question=question):
            assert isinstance(tree.nodes[question], Number)
        case IsAnswered(question=question):
            assert isinstance(tree.nodes[question], Question)
        case Signals(question=question):
            assert isinstance(tree.nodes[question], Words)
