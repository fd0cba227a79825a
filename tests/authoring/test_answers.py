"""What was answered so far, as an author who tries a dialogue follows it."""

from bot.authoring.answers import answered
from bot.authoring.wordings import InDutch
from bot.dialogue.conversation import Conversation
from bot.library import Library
from bot.rehearsal import Rehearsal
from tests import world
from tests.authoring import small
from tests.world import NOW


def after(books: Library, name: str, *deeds: str) -> list[tuple[str, str, str]]:
    talk = Rehearsal(books, books.dialogues[name], team="linde")
    for deed in ("/start t_linde", *deeds):
        talk.does(deed, NOW)
    return told(books, name, talk.conversation)


def told(books: Library, name: str, conversation: Conversation) -> list[tuple[str, str, str]]:
    dutch = InDutch(books.dialogues[name], books.texts, books.values("linde"))
    return list(answered(dutch, conversation))


def test_answers_stand_in_the_order_of_the_conversation_with_what_is_apart_about_them() -> None:
    found = after(
        small.library(),
        "proef",
        "[Begin]",
        "[☐ Slapen]",
        "[☐ Niet veilig]",
        "[Klaar]",
        "[Buiten]",
        "[Sla over]",
        "[✏️ 2]",
        "[Weglaten]",
    )

    assert found == [
        ("waarheid/begin", "Begin", "niet op de pagina"),
        ("Wat zwaar is", "Slapen, Niet veilig", "weggelaten"),
        ("Niet veilig", "Buiten", ""),
        ("Waar ik mee zit", "Overgeslagen", ""),
    ]


def test_an_answer_on_a_way_that_was_closed_again_is_told_to_count_no_more() -> None:
    found = after(
        small.library(),
        "proef",
        "[Begin]",
        "[☐ Niet veilig]",
        "[Klaar]",
        "[Thuis]",
        "/back",
        "/back",
        "[☑ Niet veilig]",
        "[☐ Slapen]",
        "[Klaar]",
    )

    assert found[-1] == ("Niet veilig", "Thuis", "telt nu niet mee")


def test_people_are_named() -> None:
    books = world.library()
    dialogue = books.dialogues["ouder"]
    talk = Rehearsal(books, dialogue, team="linde")
    talk.does("/start t_linde", NOW)
    for _ in range(60):
        if talk.conversation.at == "kring/namen":
            break
        skip = next((key for key in talk.keys if key.code == "-skip"), talk.keys[0])
        tick = next((key for key in talk.keys if key.code == "-done"), skip)
        talk.does(f"[{(skip if skip.code == '-skip' else tick).label}]", NOW)
    for deed in ("oma en juf Els", "[Klaar]", "[☐ oma]", "[Klaar]"):
        talk.does(deed, NOW)

    found = {
        name: (answer, remark) for name, answer, remark in told(books, "ouder", talk.conversation)
    }

    assert found["Heel dichtbij"] == ("oma", "")
    assert ("oma, juf Els", "") in found.values()
