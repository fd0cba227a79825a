"""Around the table: what a family can bring to a meeting of its own, from its own answers only."""

from typing import TypeAlias

from hypothesis import given
from msgspec.structs import replace

from bot.dialogue.circle import Person
from bot.dialogue.message import Part, Quote, Text
from bot.dialogue.table import parts, table, who
from bot.dialogue.tree import Dialogue, Naming, People, Words
from bot.dialogue.vocabulary import Mark
from tests.dialogue.test_laws import many, talks
from tests.dialogue.trees import EVERY_KIND, Talk, to

Told: TypeAlias = tuple[Part, ...]


def about(id_: str, mark: Mark, next_: str) -> People:
    """A question about everybody who was named."""
    return People(
        id=id_, context=f"p/{id_}", of="namen", mark=mark, section="kring", routes=to(next_)
    )


def _dialogue() -> Dialogue:
    """A circle in which is asked who would think along and who costs strength; and a hope."""
    nodes = {
        node.id: node
        for node in (
            Naming(id="namen", context="p/namen", section="kring", routes=to("mee")),
            about("mee", "thinks_along", "zwaar"),
            about("zwaar", "costs", "belang"),
            about("belang", "important", "gevraagd"),
            about("gevraagd", "asked", "hoop"),
            Words(id="hoop", context="p/hoop", section="hoop", routes=to("vertel")),
            Words(id="vertel", context="p/vertel", section="eigen_woorden", routes=to("einde")),
            EVERY_KIND.nodes["einde"],
        )
    }
    return replace(EVERY_KIND, name="p", start="namen", nodes=nodes)


def told() -> Talk:
    talk = Talk(_dialogue())
    talk.writes("Oma, Piet, juf Els")
    talk.taps("-done", "p1", "-done", "p2", "-done", "p3", "-done", "p1", "-done")
    talk.writes("Dat we weer samen eten.")
    talk.taps("-done")
    talk.writes("Hij slaapt niet.")
    talk.taps("-done")
    return talk


def keys(pieces: Told) -> list[str]:
    return [piece.key for part in pieces for piece in part.pieces if isinstance(piece, Text)]


def quotes(pieces: Told) -> list[str]:
    return [piece.words for part in pieces for piece in part.pieces if isinstance(piece, Quote)]


def test_the_menu_offers_it_once_there_is_something_to_bring() -> None:
    talk = Talk(_dialogue())
    talk.asks("menu")
    assert "-table" not in talk.codes

    talk = told()
    talk.asks("menu")
    talk.taps("-table")

    assert talk.conversation.screen == "table"
    assert "vast/table_intro" in talk.words
    talk.taps("-on")
    assert talk.at == "einde"


def test_whom_to_ask_comes_first_who_would_think_along_then_who_finds_it_important() -> None:
    found = table(_dialogue(), told().conversation)

    assert found is not None
    assert [person.name for person in found.people] == ["Oma", "juf Els"]
    assert found.about == ("Hij slaapt niet.",)
    assert found.hopes == ("Dat we weer samen eten.",)


def test_it_never_says_of_anyone_that_they_cost_strength() -> None:
    everything = Person(
        "p1",
        "Oma",
        near=True,
        gives=True,
        costs=True,
        important=True,
        thinks_along=True,
        asked=True,
    )

    def all_keys(text: object) -> list[str]:
        if not isinstance(text, Text):
            return []
        return [text.key, *(key for value in text.values.values() for key in all_keys(value))]

    assert all_keys(who(everything)) == [
        "vast/circle_person",
        "vast/circle_list",
        "vast/circle_thinks_along",
        "vast/circle_asked",
    ]
    assert all_keys(who(Person("p2", "Piet", costs=True))) == ["vast/circle_name"]
    assert all_keys(who(Person("p2", "Piet", costs=True, asked=False))) == [
        "vast/circle_person",
        "vast/circle_not_asked",
    ]
    assert "vast/circle_important" in all_keys(who(Person("p3", "Els", important=True)))


def test_with_nobody_marked_everybody_is_there_but_who_costs_strength() -> None:
    talk = Talk(_dialogue())
    talk.writes("Oma, Piet")
    talk.taps("-done", "-done", "p2", "-done")

    found = table(_dialogue(), talk.conversation)

    assert found is not None
    assert [person.name for person in found.people] == ["Oma"]


def test_without_people_it_says_that_they_choose() -> None:
    talk = Talk(_dialogue())
    talk.taps("-skip", "-skip")
    talk.writes("Hij slaapt niet.")
    talk.taps("-done")
    found = table(_dialogue(), talk.conversation)

    assert found is not None
    assert "vast/table_nobody" in keys(parts(found))
    assert "vast/table_hope" not in keys(parts(found))


def test_the_words_to_send_hold_nobodys_name_and_nothing_that_was_told() -> None:
    found = table(_dialogue(), told().conversation)
    assert found is not None

    *_, invitation = parts(found)

    assert invitation.pieces == (Text("vast/table_invite"),)
    assert quotes(parts(found)) == ["Hij slaapt niet.", "Dat we weer samen eten."]


def test_nothing_of_it_shows_in_a_log() -> None:
    found = table(_dialogue(), told().conversation)

    assert "slaapt" not in repr(found)
    assert "Oma" not in repr(found)


def test_where_there_is_nothing_to_bring_the_button_does_nothing() -> None:
    talk = Talk()

    talk.taps("-table")

    assert "vast/old_button" in talk.words


@many
@given(talks())
def test_it_is_made_of_own_answers_only(talk: Talk) -> None:
    found = table(talk.dialogue, talk.conversation)
    if found is None:
        return

    typed = str([given.answer for given in talk.conversation.answers])
    answers = talk.conversation.answers
    assert typed or not answers
    for words in quotes(parts(found)):
        assert any(getattr(given.answer, "words", None) == words for given in answers)
    named = {one.name for given in answers for one in getattr(given.answer, "people", ())}
    assert {person.name for person in found.people} <= named
