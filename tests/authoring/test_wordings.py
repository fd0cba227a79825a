"""What stands in a dialogue, said in plain Dutch."""

import pytest

from bot.authoring.wordings import InDutch, kind_of
from bot.dialogue.tree import (
    All,
    Any,
    AtLeast,
    AtMost,
    Condition,
    Contact,
    Elsewhere,
    Ending,
    IsAnswered,
    Not,
    Number,
    OneOf,
    People,
    Signals,
)
from tests.authoring.small import library
from tests.dialogue.trees import to, tree

SLEEP, UNSAFE = OneOf("zwaar", ("slapen",)), OneOf("zwaar", ("veilig", "slapen"))


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        (SLEEP, "‘Slapen’"),
        (UNSAFE, "‘Slapen’ of ‘Niet veilig’"),
        (OneOf("veilig", ("thuis",)), "bij veilig: ‘Thuis’"),
        (AtLeast("zwaar", 12), "12 of hoger"),
        (AtMost("veilig", 12), "bij veilig: 12 of lager"),
        (IsAnswered("zwaar"), "er is geantwoord"),
        (Not(IsAnswered("vertel")), "bij vertel: overgeslagen"),
        (Not(SLEEP), "niet: ‘Slapen’"),
        (Signals("vertel", "ingekleurd"), "bij vertel: de woorden zijn ingekleurd"),
        (All((SLEEP, Any((UNSAFE, SLEEP)))), "‘Slapen’ en (‘Slapen’ of ‘Niet veilig’ of ‘Slapen’)"),
    ],
)
def test_a_condition_is_told_as_seen_from_its_own_question(condition: Condition, told: str) -> None:
    books = library()
    dialogue = books.dialogues["proef"]
    dutch = InDutch(dialogue, books.texts, books.values(None))

    assert dutch.condition(condition, dialogue.nodes["zwaar"]) == told


def test_a_number_of_people_is_told_as_how_many_were_ticked() -> None:
    books = library()
    close = People(id="mee", context="p/m", of="namen", mark="thinks_along", routes=to("einde"))
    dialogue = tree(close, Ending(id="einde", context="p/e"))
    dutch = InDutch(dialogue, books.texts, books.values(None))

    assert dutch.condition(AtLeast("mee", 1), close) == "1 of meer aangevinkt"
    assert dutch.condition(AtMost("mee", 0), close) == "0 of minder aangevinkt"


def test_a_kind_is_told_with_what_it_takes() -> None:
    number = Number(id="n", context="p/n", least=0, most=23, routes=to("m"))
    phone = Contact(id="c", context="p/c", of="phone", routes=to("m"))

    assert kind_of(number) == "een getal, 0 tot en met 23"
    assert kind_of(phone) == "een telefoonnummer"


def test_a_way_to_another_dialogue_says_which() -> None:
    books = library()
    dutch = InDutch(books.dialogues["proef"], books.texts, books.values(None))

    assert dutch.opening(Elsewhere(id="e", context="p/e", dialogue="kind")).endswith("‘kind’.")
