"""The people around a family: names first, then a few questions about all of them at once."""

import msgspec
import pytest
from msgspec.structs import replace

from bot.dialogue.answers import Answered, Chosen, Named, Skipped
from bot.dialogue.answers import Person as Name
from bot.dialogue.circle import Person
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import Close, Redraw
from bot.dialogue.engine import advance
from bot.dialogue.events import Edited, Tapped
from bot.dialogue.hearing import LONGEST_PERSON, MOST_PEOPLE
from bot.dialogue.message import Quote, Text
from bot.dialogue.naming_screens import NAMES_BELOW_EACH_OTHER, PROMPTS
from bot.dialogue.summary import circle_of, person_line, summarise
from bot.dialogue.tree import (
    AtLeast,
    AtMost,
    Ending,
    IsAnswered,
    Naming,
    People,
    Question,
    Route,
    Words,
)
from tests.dialogue.trees import EVERY_KIND, Talk, to, tree

EVERY_MARK = tree(
    Naming(id="namen", context="p/namen", section="kring", mark="important", routes=to("dichtbij")),
    People(id="dichtbij", context="p/d", of="namen", mark="near", routes=to("kracht")),
    People(id="kracht", context="p/k", of="namen", mark="gives", routes=to("kost")),
    People(id="kost", context="p/c", of="namen", mark="costs", routes=to("meedenken")),
    People(id="meedenken", context="p/m", of="namen", mark="thinks_along", routes=to("gevraagd")),
    People(id="gevraagd", context="p/g", of="namen", mark="asked", routes=to("einde")),
    Ending(id="einde", context="p/e"),
)


def naming() -> Talk:
    """Someone who is asked for names."""
    return Talk(EVERY_MARK)


def names(talk: Talk, question: str = "namen") -> list[str]:
    return [person.name for person in talk.conversation.people_of(question)]


def shown(talk: Talk) -> list[str]:
    """What the last screen that closed says was answered."""
    (close,) = [effect for effect in talk.step.effects if isinstance(effect, Close)]
    return [piece.words if isinstance(piece, Quote) else piece.key for piece in close.shown]


def labels(talk: Talk) -> list[str]:
    """The names on the buttons of the last message."""
    found = []
    for label in (key.label for row in talk.said.rows for key in row):
        if isinstance(label, Quote):
            found.append(label.words)
        elif label.key == "vast/circle_named":
            found.append(f"{label.values['naam']}")
        elif "keuze" in label.values:
            found.append(f"{label.key.removeprefix('vast/')} {label.values['keuze']}")
    return found


# --- Names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("Oma", ["Oma"]),
        ("Oma, de juf; Bo\nmoeder van Daan", ["Oma", "de juf", "Bo", "moeder van Daan"]),
        ("oma en opa And Ria", ["oma", "opa", "Ria"]),
        ("- Oma\n• Ali\n\n , ", ["Oma", "Ali"]),
        ("Enrico en Rolanda", ["Enrico", "Rolanda"]),
        ("  tante \t Ria. ", ["tante Ria"]),
        ("أمي، خالتي", ["أمي", "خالتي"]),
        ("An\u202ena\u200b", ["Anna"]),
        ("Oma, oma, OMA", ["Oma"]),
        ("groep 8 juf", ["groep 8 juf"]),
        ("Oma, 06 12 34 56 78", ["Oma"]),
    ],
)
def test_a_message_is_split_into_names(typed: str, heard: list[str]) -> None:
    talk = naming()

    talk.writes(typed)

    assert names(talk) == heard


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "circle_please"),
        (" , ;\u200b", "circle_please"),
        ("\u3164", "circle_please"),
        ("0612345678", "circle_no_numbers"),
        ("Ria 06-12 34 56 78", "circle_no_numbers"),
        ("Ria ٠٦١٢٣", "circle_no_numbers"),
        ("06, 12, 34", "circle_no_numbers"),
        ("x" * (LONGEST_PERSON + 1), "circle_too_long"),
    ],
)
def test_what_is_no_name_is_refused_with_the_reason(typed: str, why: str) -> None:
    talk = naming()
    before = talk.conversation

    talk.writes(typed)

    assert talk.conversation == before
    assert f"vast/{why}" in talk.words


def test_what_is_no_name_beside_a_name_is_told_too_and_once() -> None:
    talk = naming()

    talk.writes("Oma, 0612345, 0687654")

    lines = [
        piece.key for part in talk.said.parts for piece in part.pieces if isinstance(piece, Text)
    ]
    assert lines.count("vast/circle_no_numbers") == 1
    assert names(talk) == ["Oma"]


def test_each_message_tells_who_is_there_so_far_and_where_else_to_look() -> None:
    talk = naming()
    asked = []

    for number in range(PROMPTS + 1):
        talk.writes(f"Buur {chr(97 + number)}")
        asked += [key for key in talk.words if "prompt" in key]
        assert len(labels(talk)) == number + 1
        assert "-done" in talk.codes

    assert asked == [f"vast/circle_prompt_{n}" for n in (*range(1, PROMPTS + 1), 1)]
    assert "vast/circle_so_far" in talk.words


def test_the_buttons_under_every_message_go_on_working() -> None:
    talk = naming()
    talk.writes("Oma")
    turn = talk.conversation.turn
    talk.writes("Piet")

    talk.happens(Tapped(turn, "-done"))

    assert talk.at == "dichtbij"
    assert shown(talk) == ["Oma", "Piet"]


def test_there_is_room_for_so_many_people_and_no_more() -> None:
    talk = naming()
    every = [f"Naam {chr(97 + number)}" for number in range(MOST_PEOPLE + 3)]

    talk.writes(", ".join(every))

    assert names(talk) == every[:MOST_PEOPLE]
    assert "vast/circle_full" in talk.words


def test_many_names_stand_two_by_two() -> None:
    talk = naming()
    talk.writes(", ".join(f"Naam {chr(97 + n)}" for n in range(NAMES_BELOW_EACH_OTHER)))
    below = len(talk.said.rows)
    talk.writes("Nog een")

    assert len(talk.said.rows) < below


def test_a_name_that_is_typed_elsewhere_is_kept_and_its_question_shown() -> None:
    talk = naming()
    talk.writes("Oma")
    talk.asks("pause")

    talk.writes("Piet")

    assert talk.conversation.screen == "question"
    assert talk.conversation.status == "open"
    assert {"p/namen/text", "vast/circle_so_far", "vast/circle_change_how"} <= talk.words
    assert names(talk) == ["Oma", "Piet"]


def test_going_back_and_skipping_lose_no_name() -> None:
    talk = naming()
    talk.writes("Oma")

    talk.asks("skip")
    talk.asks("back")

    assert talk.at == "namen"
    assert names(talk) == ["Oma"]


def test_a_circle_that_cannot_be_skipped_waits_for_a_name() -> None:
    nodes = [
        replace(node, skip=False) if isinstance(node, Naming) else node
        for node in EVERY_MARK.nodes.values()
    ]
    talk = Talk(tree(*nodes))

    talk.taps("-done")

    assert talk.at == "namen"
    assert "vast/no_skip" in talk.words


# --- One person ---------------------------------------------------------------------------------


def looking_at_piet() -> Talk:
    talk = naming()
    talk.writes("Oma, Piet, Ria")
    talk.taps("-person.p2")
    return talk


def test_a_name_that_is_tapped_can_be_changed_taken_away_or_left() -> None:
    talk = looking_at_piet()

    assert {"-rename", "-remove", "-keep"} <= talk.codes
    talk.taps("-keep")
    assert talk.conversation.screen == "question"
    assert names(talk) == ["Oma", "Piet", "Ria"]


def test_the_next_line_is_the_new_name_and_the_person_stays_who_they_are() -> None:
    talk = looking_at_piet()
    talk.taps("-rename")

    talk.writes("Jan en Piet")

    assert names(talk) == ["Oma", "Jan en Piet", "Ria"]
    assert [person.id for person in talk.conversation.people_of("namen")] == ["p1", "p2", "p3"]


@pytest.mark.parametrize(
    ("typed", "why"),
    [("oma", "circle_same"), ("06 123 456", "circle_no_numbers"), ("\u200b", "circle_please")],
)
def test_a_new_name_that_does_not_fit_is_asked_again(typed: str, why: str) -> None:
    talk = looking_at_piet()
    talk.taps("-rename")

    talk.writes(typed)

    assert f"vast/{why}" in talk.words
    assert talk.conversation.screen == "rename"
    assert names(talk) == ["Oma", "Piet", "Ria"]


def test_a_new_name_may_be_the_old_one_written_another_way() -> None:
    talk = looking_at_piet()
    talk.taps("-rename")

    talk.writes("PIET")

    assert names(talk) == ["Oma", "PIET", "Ria"]


def test_who_is_taken_away_is_gone_with_all_that_was_said_of_them() -> None:
    talk = looking_at_piet()
    talk.taps("-keep", "-done", "p2", "-done", "-back", "-back")
    talk.taps("-person.p2", "-remove")

    assert names(talk) == ["Oma", "Ria"]
    assert all(answered.person != "p2" for answered in talk.conversation.answers)
    assert talk.conversation.answer_to("dichtbij", "p1") == Chosen(("nee",))


def test_an_id_is_never_given_again() -> None:
    talk = naming()
    talk.writes("Oma")
    talk.taps("-person.p1", "-remove")
    assert talk.conversation.answer_to("namen") is None

    talk.writes("Piet")

    assert [person.id for person in talk.conversation.people_of("namen")] == ["p2"]


@pytest.mark.parametrize("code", ["-person.p9", "-rename", "-remove", "-keep"])
def test_a_button_for_nobody_changes_nothing(code: str) -> None:
    talk = naming()
    talk.writes("Oma")
    before = talk.conversation

    talk.taps(code)

    assert talk.conversation == before
    assert "vast/old_button" in talk.words


def test_the_screen_of_someone_who_is_gone_leads_back() -> None:
    """By correcting the message that named them, while their screen is on top."""
    talk = naming()
    talk.writes("Oma", "Piet en Ria")
    talk.taps("-person.p3")

    talk.happens(Edited("Piet", 2))

    assert "vast/item_gone" in talk.words
    talk.taps("-on")
    assert talk.conversation.screen == "question"
    assert names(talk) == ["Oma", "Piet"]


# --- A message corrected ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("says", "people"),
    [
        ("Piet, Riet", ["p1 Oma", "p2 Piet", "p3 Riet"]),
        ("RIA, piet", ["p1 Oma", "p2 piet", "p3 RIA"]),
        ("Piet", ["p1 Oma", "p2 Piet"]),
        ("Piet, Ria, Bo", ["p1 Oma", "p2 Piet", "p3 Ria", "p4 Bo"]),
        ("Bo, Oma", ["p1 Oma", "p4 Bo"]),
    ],
)
def test_an_edited_message_changes_the_people_it_named(says: str, people: list[str]) -> None:
    talk = naming()
    talk.writes("Oma", "Piet en Ria")

    talk.happens(Edited(says, 2))

    now = talk.conversation.people_of("namen")
    assert [f"{person.id} {person.name}" for person in now] == people
    assert "vast/edited" in talk.words


def test_an_edited_message_without_a_name_changes_nothing() -> None:
    talk = naming()
    talk.writes("Oma")
    before = talk.conversation

    talk.happens(Edited("06 12 34 56", 1))

    assert talk.conversation == before
    assert {"vast/edited_not", "vast/circle_no_numbers"} <= talk.words


def test_an_edit_leaves_out_what_was_left_out() -> None:
    talk = Talk().to_the_review()
    number = [item.section for item in summarise(EVERY_KIND, talk.conversation).items].index(
        "kring"
    )
    talk.taps(f"-item.{number + 1}", "-omit")

    talk.happens(Edited("Oma, Piet, Bo", 3))

    assert names(talk, "kring") == ["Oma", "Piet", "Bo"]
    assert circle_of(EVERY_KIND, talk.conversation).people == ()


def test_whoever_is_named_by_an_edit_is_asked_about_before_the_question_on_top_goes_on() -> None:
    talk = naming()
    talk.writes("Oma")
    talk.taps("-done", "-done")
    assert talk.at == "kracht"

    talk.happens(Edited("Oma, Bo", 1))

    assert talk.at == "dichtbij"
    assert labels(talk) == ["unticked Oma", "unticked Bo"]


# --- Questions about everybody ------------------------------------------------------------------


def test_ticking_a_name_redraws_the_boxes_in_place() -> None:
    talk = naming()
    talk.writes("Oma, Piet")
    talk.taps("-done")
    turn = talk.conversation.turn

    talk.taps("p2")

    (redraw,) = [effect for effect in talk.step.effects if isinstance(effect, Redraw)]
    boxes = [key for row in redraw.say.rows for key in row if key.code in ("p1", "p2")]
    assert [(box.code, box.ticked) for box in boxes] == [("p1", False), ("p2", True)]
    assert boxes[0].label == Text("vast/unticked", {"keuze": "Oma"})
    assert talk.conversation.turn == turn


def test_an_answer_is_kept_for_each_person() -> None:
    talk = naming()
    talk.writes("Oma, Piet")

    talk.taps("-done", "p2", "-done")

    assert talk.conversation.answers[1:] == (
        Answered("dichtbij", Chosen(("nee",)), "p1"),
        Answered("dichtbij", Chosen(("ja",)), "p2"),
    )
    assert shown(talk) == ["Piet"]
    assert talk.at == "kracht"


def test_nobody_is_an_answer_and_skipping_is_none() -> None:
    talk = naming()
    talk.writes("Oma")
    talk.taps("-done", "-done")
    assert shown(talk) == ["vast/circle_nobody"]

    talk.taps("-skip")

    assert talk.conversation.answer_to("dichtbij", "p1") == Chosen(("nee",))
    assert talk.conversation.answer_to("kracht", "p1") == Skipped()
    assert shown(talk) == ["vast/skipped"]


def test_whoever_skips_with_names_ticked_meant_them() -> None:
    talk = naming()
    talk.writes("Oma")
    talk.taps("-done", "p1")

    talk.asks("skip")

    assert talk.conversation.answer_to("dichtbij", "p1") == Chosen(("ja",))


def test_with_nobody_named_the_questions_are_passed_over_in_silence() -> None:
    talk = naming()

    talk.taps("-skip")
    assert talk.at == "einde"
    talk.asks("back")

    assert talk.at == "namen"


def test_someone_who_is_added_opens_the_question_again_with_the_earlier_ticks() -> None:
    talk = naming()
    talk.writes("Oma, Piet")
    talk.taps("-done", "p2", "-done", "-skip", "-back", "-back", "-back")
    talk.writes("Bo")

    talk.taps("-done")

    assert talk.at == "dichtbij"
    assert labels(talk) == ["unticked Oma", "ticked Piet", "unticked Bo"]
    assert "-on" not in talk.codes
    talk.taps("-done")
    assert talk.at == "kracht"
    talk.taps("-skip")
    assert talk.at == "kost"


def test_skipping_for_someone_new_leaves_what_was_said_of_the_others() -> None:
    talk = naming()
    talk.writes("Oma")
    talk.taps("-done", "-done", "-back", "-back")
    talk.writes("Bo")
    talk.taps("-done", "-skip")

    assert talk.conversation.answer_to("dichtbij", "p1") == Chosen(("nee",))
    assert talk.conversation.answer_to("dichtbij", "p2") == Skipped()


def test_going_back_keeps_the_ticks_and_asks_again_about_the_others() -> None:
    talk = naming()
    talk.writes("Oma, Piet")
    talk.taps("-done", "p2", "-back")

    assert talk.conversation.answer_to("dichtbij", "p2") == Chosen(("ja",))
    assert talk.conversation.answer_to("dichtbij", "p1") is None
    talk.taps("-done")
    assert labels(talk) == ["unticked Oma", "ticked Piet"]


def test_going_on_from_a_question_that_was_answered_changes_nothing() -> None:
    talk = naming()
    talk.writes("Oma, Piet")
    talk.taps("-done", "p2", "-done")
    answers = talk.conversation.answers

    talk.taps("-back", "-on")

    assert talk.conversation.answers == answers
    assert talk.at == "kracht"


def test_a_tick_for_somebody_else_changes_nothing() -> None:
    talk = naming()
    talk.writes("Oma")
    talk.taps("-done")
    before = talk.conversation

    talk.taps("p7")

    assert talk.conversation == before


def test_the_number_of_screens_does_not_grow_with_the_number_of_people() -> None:
    screens = []
    for count in (1, MOST_PEOPLE):
        talk = naming()
        talk.writes(", ".join(f"Naam {chr(97 + n)}" for n in range(count)))
        talk.taps("-done")
        before = talk.conversation.turn
        while talk.at != "einde":
            talk.taps("p1", "-done")
        screens.append(talk.conversation.turn - before)

    assert screens == [5, 5]


def test_a_condition_can_ask_whether_a_question_about_people_was_answered() -> None:
    dialogue = tree(
        Naming(id="namen", context="p/n", routes=to("dichtbij")),
        People(
            id="dichtbij",
            context="p/d",
            of="namen",
            mark="near",
            routes=to(Route("vertel", IsAnswered("dichtbij")), "einde"),
        ),
        Words(id="vertel", context="p/v", routes=to("einde")),
        Ending(id="einde", context="p/e"),
    )
    ends = []
    for tap in ("-done", "-skip"):
        talk = Talk(dialogue)
        talk.writes("Oma")
        talk.taps("-done", tap)
        ends.append(talk.at)

    assert ends == ["vertel", "einde"]


def test_a_condition_can_ask_how_many_people_were_ticked() -> None:
    dialogue = tree(
        Naming(id="namen", context="p/n", routes=to("mee")),
        People(
            id="mee",
            context="p/m",
            of="namen",
            mark="thinks_along",
            routes=to(
                Route("gevraagd", AtLeast("mee", 1)), Route("vertel", AtMost("mee", 0)), "einde"
            ),
        ),
        People(id="gevraagd", context="p/g", of="namen", mark="asked", routes=to("einde")),
        Words(id="vertel", context="p/v", routes=to("einde")),
        Ending(id="einde", context="p/e"),
    )
    ends = []
    for taps in (["p1", "-done"], ["-done"], ["-skip"]):
        talk = Talk(dialogue)
        talk.writes("Oma, Piet")
        talk.taps("-done", *taps)
        ends.append(talk.at)

    assert ends == ["gevraagd", "vertel", "einde"]


# --- What comes of it ---------------------------------------------------------------------------


def test_the_circle_has_everybody_with_all_that_was_told() -> None:
    talk = naming()
    talk.writes("Oma, Piet")

    talk.taps("-done", "p1", "-done", "p1", "-done", "p2", "-done", "p1", "p2", "-done", "p1")
    talk.taps("-done")

    oma, piet = circle_of(EVERY_MARK, talk.conversation).people
    assert oma == Person(
        "p1",
        "Oma",
        near=True,
        gives=True,
        costs=False,
        important=True,
        thinks_along=True,
        asked=True,
    )
    assert piet == Person(
        "p2",
        "Piet",
        near=False,
        gives=False,
        costs=True,
        important=True,
        thinks_along=True,
        asked=False,
    )
    assert oma.told == ("near", "gives", "important", "thinks_along", "asked")
    assert piet.told == ("far", "costs", "important", "thinks_along", "not_asked")


def test_what_was_not_said_is_not_told() -> None:
    talk = naming()
    talk.writes("Oma")
    talk.taps(*["-done", "-skip", "-skip", "-skip", "-skip", "-skip"])

    (oma,) = circle_of(EVERY_MARK, talk.conversation).people

    assert oma == Person("p1", "Oma", important=True)
    assert oma.told == ("important",)


def test_of_who_was_only_named_the_line_has_the_name_alone() -> None:
    assert person_line(Person("p1", "Oma")) == Text("vast/circle_name", {"naam": "Oma"})


def test_the_summary_has_one_item_for_everybody() -> None:
    talk = Talk().to_the_review()

    (item,) = [
        item for item in summarise(EVERY_KIND, talk.conversation).items if item.section == "kring"
    ]

    assert item.question == "kring"
    assert item.circle == circle_of(EVERY_KIND, talk.conversation)
    assert {"vast/circle_person"} <= talk.words


def test_everything_asked_about_them_can_be_changed_from_the_review() -> None:
    talk = Talk().to_the_review()
    number = [item.section for item in summarise(EVERY_KIND, talk.conversation).items].index(
        "kring"
    )
    talk.taps(f"-item.{number + 1}")
    assert {"-change", "-change.1", "-change.2"} <= talk.codes

    talk.taps("-change.2", "p2", "-done")

    assert talk.at == "nakijken"
    (oma, piet) = circle_of(EVERY_KIND, talk.conversation).people
    assert (oma.asked, piet.asked) == (False, True)


def test_the_names_can_be_changed_from_the_review() -> None:
    talk = Talk().to_the_review()
    number = [item.section for item in summarise(EVERY_KIND, talk.conversation).items].index(
        "kring"
    )

    talk.taps(f"-item.{number + 1}", "-change", "-person.p2", "-remove", "-done")

    assert talk.at == "nakijken"
    assert names(talk, "kring") == ["Oma"]


# --- Kept ---------------------------------------------------------------------------------------


def test_nobodys_name_shows_in_a_repr() -> None:
    talk = naming()
    talk.writes("Oma")

    assert "Oma" not in repr(talk.conversation)
    assert "Oma" not in repr(circle_of(EVERY_MARK, talk.conversation))


def test_a_conversation_from_before_there_were_circles_goes_on() -> None:
    talk = Talk()
    talk.taps("kind")
    old = msgspec.json.decode(msgspec.json.encode(talk.conversation))
    del old["named"]

    kept = msgspec.json.decode(msgspec.json.encode(old), type=Conversation)

    assert kept == talk.conversation


def test_names_whose_question_became_another_kind_are_asked_again() -> None:
    talk = naming()
    talk.writes("Oma")
    talk.taps("-person.p1")
    changed = tree(
        Words(id="namen", context="p/namen", section="kring", routes=to("einde")),
        Ending(id="einde", context="p/e"),
    )

    step = advance(changed, talk.conversation, Tapped(talk.conversation.turn, "-keep"))

    assert step.conversation.at == "namen"


def test_a_tick_for_a_question_that_went_does_not_answer_the_next() -> None:
    talk = naming()
    talk.writes("Oma")
    talk.taps("-done")
    talk.dialogue = tree(
        Naming(id="namen", context="p/namen", section="kring", routes=to("kost")),
        People(id="kost", context="p/c", of="namen", mark="costs", routes=to("einde")),
        Ending(id="einde", context="p/e"),
    )

    talk.taps("p1")

    assert talk.at == "kost"
    assert talk.conversation.ticked == ()
    assert "vast/old_button" in talk.words


def test_the_people_a_question_asks_about_are_those_that_count_now() -> None:
    """Names on a branch that was closed are kept, and nobody is asked about them."""
    stranger = Answered("dichtbij", Chosen(("ja",)), "p9")
    conversation = replace(
        naming().conversation,
        answers=(Answered("namen", Named((Name("p1", "Oma"),))), stranger),
    )

    (oma,) = circle_of(EVERY_MARK, conversation).people

    assert oma.near is None
    assert isinstance(EVERY_MARK.nodes["dichtbij"], Question)
