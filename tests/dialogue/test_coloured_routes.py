"""A question that comes coloured takes another way than an open one."""

import pytest
from msgspec.structs import replace

from bot.dialogue.answers import Answered, Said, Worded
from bot.dialogue.around import Around
from bot.dialogue.compiler import Source, compile_dialogue
from bot.dialogue.conversation import Conversation
from bot.dialogue.events import Edited
from bot.dialogue.tree import Compiled, Dialogue
from bot.dialogue.walk import walk
from tests.dialogue.broken_files import WAARHEID
from tests.dialogue.trees import SIGNALS, Talk
from tests.dialogue.word_lists import shipped

TEXT = """\
dialogue: proef
start: begin
nodes:
  begin: {use: waarheid, next: vertel}
  vertel:
    ask: words
    text: Waar zit je mee?
    page: eigen_woorden
    short: Waar ik mee zit
    next:
      - {when: {vertel: {signals: ingekleurd}}, to: anders}
      - to: einde
  anders: {ask: words, text: Wat is er dan anders?, page: vraag, short: Anders, next: einde}
  einde: {end: Dag.}
"""


def compiled(text: str = TEXT) -> Dialogue:
    found = compile_dialogue(Source("proef", text), {"waarheid": WAARHEID})
    assert isinstance(found, Compiled), found
    return found.dialogue


def codes(text: str) -> list[str]:
    found = compile_dialogue(Source("proef", text), {"waarheid": WAARHEID})
    return [] if isinstance(found, Compiled) else [problem.code for problem in found]


@pytest.mark.parametrize(
    ("words", "language", "at"),
    [
        ("Ik wil een verwijzing naar een psycholoog.", "nl", "anders"),
        ("School says he has to be tested.", "en", "anders"),
        ("Hij is zo stil de laatste tijd.", "nl", "einde"),
        ("He has been so quiet lately.", "en", "einde"),
    ],
)
def test_the_way_depends_on_the_words_in_their_own_language(
    words: str, language: str, at: str
) -> None:
    someone = Talk(compiled().furnished(Around(signals=shipped())))
    someone.conversation = replace(someone.conversation, language=language)

    someone.writes(words)
    someone.taps("-done")

    assert someone.at == at


def test_an_edit_opens_the_way() -> None:
    someone = Talk(compiled().furnished(Around(signals={"nl": SIGNALS})))
    someone.writes("Hij is stil.")
    someone.taps("-done")
    assert someone.at == "einde"

    someone.happens(Edited("Ik wil een verwijzing.", 1))

    assert someone.at == "anders"
    answer = someone.conversation.answer_to("vertel")
    assert answer == Worded((Said("Ik wil een verwijzing.", 1),), "nl", ("ingekleurd",))


def test_what_was_answered_before_there_were_lists_is_an_open_question() -> None:
    dialogue = compiled().furnished(Around())
    told = Answered("vertel", Worded((Said("Ik wil een verwijzing."),), "nl"))

    way = walk(dialogue, Conversation("proef", "", "nl", answers=(told,)))

    assert way.open.id == "einde"


def test_the_condition_is_part_of_the_structure() -> None:
    other = TEXT.replace("{when: {vertel: {signals: ingekleurd}}, to: anders}", "to: anders")

    assert compiled().revision != compiled(other.replace("      - to: einde\n", "")).revision


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("[{when: {vertel: {signals: [a]}}, to: anders}, {to: einde}]", ["wrong-shape"]),
        (
            "[{when: {vertel: {answered: yes}}, to: anders},"
            " {when: {vertel: {signals: ingekleurd}}, to: anders}, {to: einde}]",
            ["row-never-taken"],
        ),
        (
            "[{when: {vertel: {signals: ingekleurd}}, to: anders},"
            " {when: {vertel: {signals: ingekleurd}}, to: anders}, {to: einde}]",
            ["row-never-taken"],
        ),
        (
            "[{when: {vertel: {signals: ingekleurd}}, to: anders},"
            " {when: {vertel: {answered: yes}}, to: anders}, {to: einde}]",
            [],
        ),
        ("[{when: {not: {vertel: {signals: label}}}, to: anders}, {to: einde}]", []),
    ],
)
def test_a_condition_on_a_signal_is_checked_like_any_other(rows: str, found: list[str]) -> None:
    before, _, after = TEXT.partition("    next:\n")
    rest = after.partition("  anders:")[2]

    assert codes(f"{before}    next: {rows}\n  anders:{rest}") == found
