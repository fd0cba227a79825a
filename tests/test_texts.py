from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.effects import Close
from bot.dialogue.message import Button, Part, Piece, Quote, Say, Text
from bot.texts import Key, Line, Message, MissingTextError, Texts
from bot.wording.words import Forms

FSI, PDI = "\u2068", "\u2069"

DUTCH: dict[str, Forms] = {
    "ouder/wie/text": "Over wie gaat het?",
    "ouder/wie/choices/kind": "Mijn kind",
    "ouder/wie/choices/mezelf": "Mezelf",
    "ouder/einde/text": "{team} antwoordt binnen {antwoordtijd}.",
    "vast/share_phone": "Deel mijn nummer",
    "vast/hello": "Hoi {naam}!",
    "vast/ticked": "☑ {keuze}",
    "vast/days": ("{aantal} dag", "{aantal} dagen"),
    "vast/reply_days": ("{aantal} werkdag", "{aantal} werkdagen"),
    "vast/no_team": "het wijkteam",
    "vast/no_reply_days": "een paar werkdagen",
    "vast/no_phone": "het nummer van je gemeente",
    "vast/no_chat_page": "vraag je wijkteam om de link",
    "vast/new": "Nieuw",
}
ENGLISH: dict[str, Forms] = {
    "ouder/wie/text": "Who is it about?",
    "ouder/wie/choices/kind": "My child",
    "ouder/wie/choices/mezelf": "Me",
    "ouder/einde/text": "{team} will answer within {antwoordtijd}.",
    "vast/share_phone": "Share my number",
    "vast/hello": "Hi {naam}!",
    "vast/ticked": "☑ {keuze}",
    "vast/days": ("{aantal} day", "{aantal} days"),
    "vast/reply_days": ("{aantal} working day", "{aantal} working days"),
    "vast/no_team": "the team",
    "vast/no_reply_days": "a few working days",
    "vast/no_phone": "your town's number",
    "vast/no_chat_page": "ask your team for the link",
}
ARABIC: dict[str, Forms] = {
    "ouder/wie/choices/kind": "طفلي",
    "ouder/wie/choices/mezelf": "أنا",
    "ouder/einde/text": "سيرد {team}.",
    "vast/hello": "مرحبا {naam}!",
    "vast/days": ("صفر", "يوم واحد", "يومان", "{aantal} أيام", "{aantal} يوما", "{aantal} يوم"),
}
LINDE: dict[str, str | int] = {"team": "Wijkteam Linde", "antwoordtijd": 3, "bewaard_concept": 14}
TEXTS = Texts(DUTCH, {"en": ENGLISH, "ar": ARABIC}, ["en"])


def say(*pieces: Piece, button: Piece | None = None) -> Say:
    rows = ((Button(button, "kind"),),) if button else ()
    return Say((Part(pieces, "question"),), turn=4, rows=rows, asks=True)


def test_a_message_is_in_the_language_of_its_reader_buttons_included() -> None:
    asked = say(Text("ouder/wie/text"), button=Text("ouder/wie/choices/kind"))

    message = TEXTS.say(asked, "en", LINDE)

    assert message == Message(
        (Line("Who is it about?", "question"),),
        "en",
        turn=4,
        rows=((Key("My child", "kind"),),),
        asks=True,
    )


def test_a_message_comes_in_dutch_as_a_whole_when_one_word_of_it_is_not_translated() -> None:
    asked = say(Text("ouder/wie/text"), button=Text("vast/new"))

    message = TEXTS.say(asked, "en", LINDE)

    assert message.language == "nl"
    assert message.lines == (Line("Over wie gaat het?", "question"),)
    assert message.rows == ((Key("Nieuw", "kind"),),)


def test_the_values_in_a_message_that_falls_back_are_dutch_too() -> None:
    message = TEXTS.say(say(Text("vast/new"), Text("ouder/einde/text")), "en", LINDE)

    assert message.lines[0].text == "NieuwWijkteam Linde antwoordt binnen 3 werkdagen."


def test_an_unknown_language_is_answered_in_dutch() -> None:
    assert TEXTS.say(say(Text("ouder/wie/text")), "xx", LINDE).language == "nl"


def test_days_of_a_team_are_worded_in_the_language_of_the_message() -> None:
    ending = Text("ouder/einde/text")

    assert TEXTS.text(ending, "nl", LINDE) == "Wijkteam Linde antwoordt binnen 3 werkdagen."
    assert TEXTS.text(ending, "nl", {**LINDE, "antwoordtijd": 1}).endswith("binnen 1 werkdag.")
    assert TEXTS.text(ending, "en", LINDE) == "Wijkteam Linde will answer within 3 working days."


def test_without_a_team_a_text_says_so_in_words() -> None:
    assert TEXTS.text(Text("ouder/einde/text"), "nl", {}) == (
        "het wijkteam antwoordt binnen een paar werkdagen."
    )


@pytest.mark.parametrize(
    ("number", "worded"),
    [(0, "صفر"), (1, "يوم واحد"), (2, "يومان"), (3, "3 أيام"), (11, "11 يوما"), (100, "100 يوم")],
)
def test_a_number_takes_the_plural_form_of_its_language(number: int, worded: str) -> None:
    assert TEXTS.text(Text("vast/days", count=number), "ar", {}) == worded


def test_a_text_in_a_text_is_in_the_same_language() -> None:
    ticked = Text("vast/ticked", {"keuze": Text("ouder/wie/choices/kind")})

    assert TEXTS.text(ticked, "en", {}) == "☑ My child"


def test_a_placeholder_without_a_value_is_our_mistake_and_is_not_shown() -> None:
    with pytest.raises(MissingTextError, match="vast/hello: no value for naam"):
        TEXTS.text(Text("vast/hello"), "en", LINDE)


def test_a_text_that_is_nowhere_is_our_mistake() -> None:
    with pytest.raises(MissingTextError, match="ouder/weg/text"):
        TEXTS.say(say(Text("ouder/weg/text")), "en", LINDE)


def test_a_stored_revision_gives_the_words_of_what_does_not_exist_any_more() -> None:
    stored = {"en": {"ouder/weg/text": "It was {team}.", "ouder/wie/text": "Old question?"}}
    gone, still_there = Text("ouder/weg/text"), Text("ouder/wie/text")

    message = TEXTS.say(say(gone, still_there), "en", LINDE, stored)

    assert message.lines[0].text == "It was Wijkteam Linde.Who is it about?"
    assert message.language == "en"


def test_what_was_not_kept_in_a_language_is_said_in_dutch_as_a_whole() -> None:
    stored = {"nl": {"ouder/weg/text": "Weg."}}

    message = TEXTS.say(say(Text("ouder/weg/text"), Text("ouder/wie/text")), "en", LINDE, stored)

    assert message.language == "nl"
    assert message.lines[0].text.startswith("Weg.")
    assert "Who" not in message.lines[0].text


def test_words_can_be_added_under_keys_that_do_not_exist() -> None:
    more = TEXTS.with_words({"nl": {"ouder/oud~/text": "Oud"}, "en": {"ouder/oud~/text": "Old"}})

    assert more.text(Text("ouder/oud~/text"), "en", LINDE) == "Old"
    assert more.text(Text("ouder/wie/text"), "en", LINDE) == TEXTS.text(
        Text("ouder/wie/text"), "en", LINDE
    )
    with pytest.raises(MissingTextError):
        TEXTS.text(Text("ouder/oud~/text"), "en", LINDE)


def test_old_words_do_not_stand_in_for_a_translation_that_is_missing_now() -> None:
    message = TEXTS.say(say(Text("vast/new")), "en", LINDE, {"en": {"vast/new": "Old"}})

    assert (message.language, message.lines[0].text) == ("nl", "Nieuw")


def test_own_words_are_shown_exactly_as_they_are() -> None:
    words = "{team} %s {0} \\n ouder/wie/text"

    assert TEXTS.say(say(Quote(words)), "en", LINDE).lines[0].text == words


def test_own_words_beside_other_words_are_isolated() -> None:
    message = TEXTS.say(say(Quote("1. "), Text("ouder/wie/text")), "en", LINDE)

    assert message.lines[0].text == f"{FSI}1. {PDI}Who is it about?"


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("a\u05d0\n\u202e\u2066\u2068\u2069\u200f{}"), max_size=12))
def test_own_words_never_end_their_isolation(words: str) -> None:
    text = TEXTS.say(say(Quote(words), Text("ouder/wie/text")), "en", LINDE).lines[0].text

    for line in text.removesuffix("Who is it about?").split("\n"):
        assert line.startswith(FSI)
        assert line.endswith(PDI)
        assert not set(line[1:-1]) & set("\u202e\u2066\u2068\u2069\u200f")


def test_a_name_is_isolated_only_where_directions_meet() -> None:
    assert TEXTS.text(Text("vast/hello", {"naam": "Zoë"}), "en", {}) == "Hi Zoë!"
    assert TEXTS.text(Text("vast/hello", {"naam": "علي"}), "en", {}) == f"Hi {FSI}علي{PDI}!"
    assert TEXTS.text(Text("vast/hello", {"naam": "Zoë"}), "ar", {}) == f"مرحبا {FSI}Zoë{PDI}!"


def test_a_name_with_a_sign_that_turns_the_line_cannot_turn_it() -> None:
    assert TEXTS.text(Text("vast/hello", {"naam": "Zo\u202eë"}), "en", {}) == f"Hi {FSI}Zoë{PDI}!"


def test_a_name_is_never_read_as_a_text() -> None:
    named = Text("vast/hello", {"naam": "{team} {naam}"})

    assert TEXTS.text(named, "en", LINDE) == "Hi {team} {naam}!"


def test_an_answered_question_ends_with_what_was_answered() -> None:
    kind, mezelf = Text("ouder/wie/choices/kind"), Text("ouder/wie/choices/mezelf")
    closed = Close(3, (Part((Text("ouder/wie/text"),), "question"),), (kind, mezelf))

    message = TEXTS.close(closed, "en", LINDE)

    assert message.lines == (
        Line("Who is it about?", "question"),
        Line("✓ My child, Me", "own"),
    )
    assert message.turn == 3


def test_answers_are_listed_with_the_comma_of_the_language() -> None:
    shown = (Text("ouder/wie/choices/kind"), Text("ouder/wie/choices/mezelf"))

    assert TEXTS.close(Close(3, (), shown), "ar", {}).lines[0].text == "✓ طفلي، أنا"


def test_a_question_that_was_left_has_no_answer_line() -> None:
    assert TEXTS.close(Close(3, ()), "en", LINDE).lines == ()


@pytest.mark.parametrize(("phone", "label"), [("ask", "Share my number"), ("done", ""), (None, "")])
def test_the_share_button_has_a_label_only_when_it_is_asked_for(phone: str, label: str) -> None:
    asked = msgspec.structs.replace(say(Text("ouder/wie/text")), phone=phone)

    assert TEXTS.say(asked, "en", LINDE).phone_label == label


def test_only_complete_languages_are_offered_and_dutch_comes_first() -> None:
    assert [language.code for language in TEXTS.languages] == ["nl", "en"]


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en", "en"), ("en-GB", "en"), ("EN_us", "en"), ("ar", "nl"), ("xx", "nl"), (None, "nl")],
)
def test_someone_starts_in_their_own_language_when_it_is_offered(
    tag: str | None, code: str
) -> None:
    assert TEXTS.offered(tag) == code


def test_a_message_survives_json_and_shows_no_words_when_printed() -> None:
    asked = say(Quote("Geheim"), button=Quote("Wijkteam"))

    message = TEXTS.say(asked, "en", LINDE)

    assert msgspec.json.decode(msgspec.json.encode(message), type=Message) == message
    for shown in (message, *message.lines, *message.rows[0]):
        assert "Geheim" not in repr(shown)
        assert "Wijkteam" not in repr(shown)


def test_languages_keep_one_order() -> None:
    more = Texts(DUTCH, {"ar": {}, "en": {}, "tr": {}}, ["ar", "tr", "en"])

    codes = [language.code for language in more.languages]

    assert codes[0] == "nl"
    assert all(first != second for first, second in pairwise(codes))
    assert codes == ["nl", "en", "tr", "ar"]
