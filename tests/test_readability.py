"""How hard our texts are to read: the counting itself, and all that we ship."""

import pytest

from bot.authored.dutch import read_authored
from bot.authoring import readability, syllables
from bot.authoring.readability import EASY, asked, faults, measured
from bot.authoring.reading_level import hard_to_read, level, place_of, spoken
from bot.authoring.syllables import counter
from bot.library import authored_folders
from bot.wording.languages import LANGUAGES
from bot.wording.sentences import sentences, words_of
from bot.wording.translations import read_catalogues
from tests.world import library

LANGUAGES_MEASURED = ("nl", "en")


def engine_texts(language: str) -> dict[str, str]:
    """What the bot says in every talk, and what stands with the help numbers."""
    folders = authored_folders()
    if language == "nl":
        written, _ = read_authored(folders.dialogues)
        texts = written.words
    else:
        catalogues, _ = read_catalogues(folders.locales, LANGUAGES[language])
        entries = [entry for catalogue in catalogues for entry in catalogue.entries]
        texts = {entry.context: "\n".join(entry.translated) for entry in entries}
    return {
        key: text
        for key, text in texts.items()
        if key.startswith(("vast/", "hulplijnen/")) and not key.endswith("/name")
    }


# --- What we ship -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES_MEASURED)
@pytest.mark.parametrize("name", sorted(library().dialogues))
def test_every_dialogue_we_ship_reads_easily(name: str, language: str) -> None:
    dialogue = library().dialogues[name]

    found = [str(problem) for problem in hard_to_read(library(), dialogue, language)]

    assert found == []


@pytest.mark.parametrize("language", LANGUAGES_MEASURED)
def test_what_the_bot_says_in_every_talk_reads_easily(language: str) -> None:
    texts = engine_texts(language)

    found = [
        f"{': '.join(place_of(key, language))}: {message}"
        for key, text in texts.items()
        for message in faults(text, language, counter(language))
    ]

    assert found == []
    ease = measured(texts.values(), counter(language)).ease(language)
    assert ease is not None
    assert ease >= EASY


def test_every_message_of_a_dialogue_is_measured_once() -> None:
    keys = [each.key for each in spoken(library(), library().dialogues["ouder"], "nl")]

    assert len(keys) == len(set(keys))
    assert {"ouder/vertel/text", "ouder/vertel/why", "bouwstenen/waarheid/welkom/text"} <= set(keys)
    assert not any("/choices/" in key or key.endswith("/short") for key in keys)


def test_a_text_that_is_too_hard_is_told_with_its_file_and_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.authoring.readability.LONGEST_SENTENCE", 9)
    monkeypatch.setattr("bot.authoring.reading_level.EASY", 121)

    found = [str(each) for each in hard_to_read(library(), library().dialogues["ouder"], "nl")]

    assert any(
        each.startswith("dialogen/bouwstenen/waarheid.yaml: Bij ‘welkom/text’: ‘Aan het eind")
        and each.endswith("hoogstens 9. Maak er twee zinnen van. [hard-to-read]")
        for each in found
    )
    assert found[-1].startswith("dialogen/ouder/dialoog.yaml: Alles samen leest niet makkelijk: ")


# --- Where a text stands ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "language", "place"),
    [
        ("ouder/vertel/text", "nl", ("dialogen/ouder/dialoog.yaml", "vertel/text")),
        ("bouwstenen/kring/namen/why", "nl", ("dialogen/bouwstenen/kring.yaml", "namen/why")),
        ("vast/ahead#one", "nl", ("dialogen/vaste_woorden.yaml", "ahead#one")),
        ("vast/ahead", "en", ("locales/en/LC_MESSAGES/vaste_woorden.po", "vast/ahead")),
        ("hulplijnen/alarm/about", "nl", ("dialogen/hulplijnen.yaml", "alarm/about")),
        ("ouder/vertel/text", "en", ("locales/en/LC_MESSAGES/ouder.po", "ouder/vertel/text")),
    ],
)
def test_a_text_is_found_in_its_own_file(key: str, language: str, place: tuple[str, str]) -> None:
    assert place_of(key, language) == place


# --- Sentences and words ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bel {team}: {telefoon_team}.", ("Bel",)),
        ("Van 8.30 tot 16 uur", ("Van", "tot", "uur")),
        ("Chat op 113.nl of https://a.nl/b?c", ("Chat", "op", "of")),
        ("Mail jo@voorbeeld.nl", ("Mail",)),
        ("Met 🆘 en ⋯.", ("Met", "en")),
        ("Eén foto's mee-denken", ("Eén", "foto's", "mee-denken")),
    ],
)
def test_a_word_has_a_letter_and_is_no_address(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dag. Hoe is het? Goed!", ["Dag.", "Hoe is het?", "Goed!"]),
        ("Zeg: ‘Dag.’ Ga dan weg…", ["Zeg: ‘Dag.’", "Ga dan weg…"]),
        ("Een regel\nnog een regel", ["Een regel", "nog een regel"]),
        ("Bel 112. 🆘\n\n• Wat kan er?", ["Bel 112.", "Wat kan er?"]),
        ("Om 8.30 uur", ["Om 8.30 uur"]),
        ("", []),
    ],
)
def test_a_sentence_ends_at_its_sign_or_at_the_end_of_the_line(text: str, found: list[str]) -> None:
    assert [sentence.text for sentence in sentences(text)] == found


# --- Syllables and ease -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "word", "number"),
    [
        ("nl", "school", 1),
        ("nl", "oma", 2),
        ("nl", "over", 2),
        ("nl", "familie", 3),
        ("nl", "Computerprogramma", 6),
        ("nl", "foto's", 2),
        ("en", "about", 2),
        ("en", "are", 1),
        ("en", "together", 3),
    ],
)
def test_syllables_are_counted_as_they_are_heard(language: str, word: str, number: int) -> None:
    count = counter(language)

    assert count is not None
    assert count(word) == number


def test_where_syllables_cannot_be_counted_the_rest_is_measured_still(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(syllables, "find_spec", lambda _name: None)
    counter.cache_clear()
    try:
        assert not syllables.is_installed()
        found = level(library(), library().dialogues["ouder"], "nl")
    finally:
        counter.cache_clear()

    assert found.ease("nl") is None
    assert found.average > 0


def test_a_language_without_its_own_measure_has_no_ease() -> None:
    assert counter("ti") is None
    assert measured(["Dag daar."], len).ease("ti") is None
    assert measured([], len).ease("nl") is None
    assert measured([], len).longest is None


def test_the_measure_is_flesch_in_the_form_of_its_language() -> None:
    text = measured(["Een twee drie. Vier vijf."], lambda _word: 2)

    assert text.ease("nl") == pytest.approx(206.835 - 0.93 * 2.5 - 77 * 2)
    assert text.ease("en") == pytest.approx(206.835 - 1.015 * 2.5 - 84.6 * 2)


# --- What is too hard ---------------------------------------------------------------------------

TEN = "een twee drie vier vijf zes zeven acht negen tien"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{TEN} elf twaalf dertien veertien vijftien.", ["hebben gemiddeld 15,0 woorden"]),
        (f"Dag.\n{TEN} {TEN}.", ["heeft 20 woorden; hoogstens 15"]),
        (f"Ja. {TEN} elf.", []),
        (
            "Multidisciplinaire samenwerkingsverbanden.\nOntwikkelingspsychologische.",
            ["leest moeilijk"],
        ),
        ("Multidisciplinaire samenwerkingsverbanden.", []),
        ("Gaat het? Waar zit je mee?", ["‘Waar zit je mee?’ is een vraag te veel"]),
    ],
)
def test_what_makes_a_text_hard_is_told_with_its_count(text: str, told: list[str]) -> None:
    found = list(faults(text, "nl", counter("nl"), questions=1))

    assert len(found) == len(told), found
    assert all(part in message for part, message in zip(told, found, strict=True))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Waar zit je mee?", 1),
        ("Is er nu gevaar? Bel 112.", 0),
        ("Stuur je niets? Dan wis ik alles.", 0),
        ("Stuur je niets?\nDan wis ik alles.", 1),
        ("Stuur je niets? Ik wis alles.", 1),
        ("Vraag dit straks:\n• Wat kan er?\n• Wat past bij ons?", 0),
        ("Zeg dan: ‘Wat kan er?’", 0),
        ("Mag ik dit sturen?\n\nLoopt iemand gevaar? Dan praten ze met jou.", 1),
    ],
)
def test_a_question_counts_when_it_is_for_the_reader_to_answer(text: str, number: int) -> None:
    assert len(asked(text, "nl")) == number


def test_what_takes_up_a_question_is_known_in_each_language_that_is_measured() -> None:
    assert set(LANGUAGES_MEASURED) == set(readability._TAKEN_UP) == set(readability._EASE)
    assert len(asked("Is there danger now? Call 112.", "en")) == 0
    assert len(asked("Is there danger now? Call 112.", "ti")) == 1
