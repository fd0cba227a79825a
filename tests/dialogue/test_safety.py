"""Signals are found however they are typed; who denies, jokes or looks back is left alone."""

import re
import time
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.lexicon import Pattern, Wordlist
from bot.dialogue.recognising import ready
from bot.dialogue.safety import spotted
from bot.dialogue.spelling import nearly
from bot.dialogue.vocabulary import CARE_SIGNALS, COLOURED, LABEL, SIGNALS
from tests.dialogue.word_lists import (
    FILE,
    LANGUAGES,
    SMALL,
    every_sentence,
    questions,
    sentences,
    shipped,
)

MEASURED = ("tuned", "held_out")
"""The sentences there were first."""

ADJUSTED_TO = (*MEASURED, "second", "third", "fourth", "fifth", "sixth", "seventh")
"""The sentences that the promise is about: each was measured before the lists were adjusted."""

TRUE_OF_EACH = {"direct": 20, "veiled": 20, "slang": 20, "for_a_friend": 20, "past": 12}
HARMLESS_OF_EACH = {"denied": 25, "figurative": 25, "past_and_over": 25, "ordinary": 25}


def found(text: str) -> bool:
    return spotted({"nl": SMALL}, text, "nl") == ("weg",)


# --- How well ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentences_are_enough_and_of_every_kind(language: str) -> None:
    told = [each for half in MEASURED for each in sentences(language, half)]
    true = Counter(kind for signal, kind, _ in told if signal != "harmless")
    harmless = Counter(kind for signal, kind, _ in told if signal == "harmless")

    assert true.total() >= 150
    assert harmless.total() >= 150
    assert all(true[kind] >= least for kind, least in TRUE_OF_EACH.items()), true
    assert all(harmless[kind] >= least for kind, least in HARMLESS_OF_EACH.items()), harmless
    assert {signal for signal, _, _ in told} == {*CARE_SIGNALS, "harmless"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_call_for_a_person_are_found_and_few_others(
    language: str, counted: Callable[[str], None]
) -> None:
    promised = Counter[str]()
    for half in (*ADJUSTED_TO, "fresh"):
        right, wrong, every = Counter[str](), Counter[str](), Counter[str]()
        for signal, kind, sentence in sentences(language, half):
            care = set(spotted(shipped(), sentence, language)) & set(CARE_SIGNALS)
            every[kind] += 1
            if signal == "harmless":
                wrong[kind] += bool(care)
            else:
                right[kind] += signal in care
        true, harmless = _sums(every)
        counted(
            f"{language} {half}: {right.total()}/{true} found, {wrong.total()}/{harmless} false"
        )
        for kind, number in every.items():
            counted(f"   {kind}: {right[kind] if kind in TRUE_OF_EACH else wrong[kind]}/{number}")
        if half in ADJUSTED_TO:
            promised += Counter(right=right.total(), wrong=wrong.total(), true=true, not_=harmless)

    assert promised["right"] / promised["true"] >= 0.95
    assert promised["wrong"] / promised["not_"] <= 0.10


def _sums(every: Counter[str]) -> tuple[int, int]:
    true = sum(number for kind, number in every.items() if kind in TRUE_OF_EACH)
    return true, every.total() - true


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_coloured_question_is_known_from_an_open_one(
    language: str, counted: Callable[[str], None]
) -> None:
    right, wrong, coloured, open_ = 0, 0, 0, 0
    for half in MEASURED:
        asked = questions(language, half)
        hits = [COLOURED in spotted(shipped(), each, language) for each in asked["coloured"]]
        false = [COLOURED in spotted(shipped(), each, language) for each in asked["open"]]
        counted(f"{language} {half}: {sum(hits)}/{len(hits)} coloured, {sum(false)} open ones too")
        right, coloured = right + sum(hits), coloured + len(hits)
        wrong, open_ = wrong + sum(false), open_ + len(false)

    assert min(coloured, open_) >= 60
    assert right / coloured >= 0.95
    assert wrong / open_ <= 0.10


def test_a_label_is_known_as_one() -> None:
    labels = {"nl": ["Hij heeft ADHD.", "ze is autistisch"], "en": ["He has dyslexia"]}
    others = {"nl": ["Hij kan niet stilzitten."], "en": ["He can't sit still"]}

    for language, texts in labels.items():
        assert all(LABEL in spotted(shipped(), text, language) for text in texts)
        assert not any(LABEL in spotted(shipped(), text, language) for text in others[language])


def test_no_sentence_nor_a_piece_of_three_words_stands_in_the_lists() -> None:
    """Names of groups stand for other words, so they are left out; remarks are not."""
    listed = {
        three
        for line in FILE.read_text("utf-8").splitlines()
        for part in re.split(r"\b[A-Z][A-Z_]+\b", line)
        for three in _threes(part)
    }

    shared = [(three, text) for text in every_sentence() for three in _threes(text) & listed]

    assert shared == []


def _threes(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", text.casefold())
    return {tuple(words[at : at + 3]) for at in range(len(words) - 2)}


# --- However it is typed -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "weggelopen",
        "WEGGELOPEN!!",
        "wéggelópen",
        "weg\u200bgelopen",
        "ｗｅｇｇｅｌｏｐｅｎ",
        "weggeloopen",
        "weggelpoen",  # two letters changed places
        "wegglopen",  # one is missing
        "wegelopemm",
        "weggelooooopen",
        "w3ggel0pen",
        "w*ggel*pen",
        "weg gelopen",
        "w e g g e l o p e n",
        "w.e.g.g.e.l.o.p.e.n",
        "zelfmoordgedachten",
        "zelfmrd",
        "zlfmrd",
        "selvmoort",
        "ze1fmoord",
        "zelfm0ord",
        "zelfmo@rd",
        "zelf-moord",
        "massamoordenaar",
        "zijngeheimpjes",
        "gaas",
        "kms",
        "KMS",
        "k m s",
        "ik sta op straat",
        "🔪",
        "kwil nie leven",
        "kwilniet leven",
        "nergens te slapen",
        "ik heb nergens geslapen",
        "vader sla mij",
        "mij vader sla",
        "volgens de school",
        "een brief met veel woorden die over van alles en nog wat gaan als afscheid",
    ],
)
def test_a_word_is_found_however_it_is_typed(text: str) -> None:
    assert found(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n ",
        "gazen",
        "gas",
        "weggelegen",  # one slip away, and an ordinary word
        "weggelopenste" * 20,
        "school volgens",
        "op de straat",
        "straat op",
        "slapen",
        "leven en leven",
        "brief",
        "mrd",
        "20mrd",
        "k*s",
        "vader. sla mij",
        "vader, ik sla mij",
        "vader en ik sla mij",
        "volgens een twee drie vier vijf zes school",
        "moordenaar",
        "abcdefghijkl",
        "zlfmrdgdchtn",
    ],
)
def test_what_only_looks_like_it_is_not_found(text: str) -> None:
    assert not found(text)


def test_a_slip_of_the_finger_is_one_letter_and_in_a_long_word_two() -> None:
    assert nearly("snijden", "snijen")
    assert nearly("snijden", "sinjden")
    assert not nearly("snijden", "sijnen")
    assert nearly("mishandeling", "mishnadelin")
    assert not nearly("mishandeling", "mishan")


# --- What is not meant ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "hij is niet weggelopen",
        "weggelopen is hij niet",
        "weggelopen zou ze nooit",
        "als kind niet weggelopen",
        "als ze boos is dan is ze nooit weggelopen",
        "als ze komt. niet weggelopen",
        "ik denk niet dat hij is weggelopen",
        "ik denk niet ze is weggelopen",
        "mijn kat is weggelopen",
        "vroeger weggelopen, dat is voorbij",
        "Weggelopen. Vroeger, dat is voorbij.",
    ],
)
def test_what_is_denied_a_way_of_speaking_or_over_is_left_alone(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(
    "text",
    [
        "hij luistert niet. hij is weggelopen",
        "hij luistert niet, hij is weggelopen",
        "hij luistert niet hij is weggelopen",
        "ik zeg niet want hij is weggelopen",
        "het gaat niet goed heb zelfmoord",
        "niet alleen weggelopen",
        "niet stoppen met weggelopen",
        "weggelopen kan niet meer",
        "als ik niet luister weggelopen",
        "weggelopen en hebben geen huis",
        "weggelopen maar hij is het niet",
        "niet een twee drie vier vijf zes zeven acht weggelopen",
        "de kat is weg en hij is weggelopen",
        "vroeger voorbij en nu opnieuw weggelopen",
        "Vroeger voorbij. Dat was het. Nu ben ik weggelopen.",
        "vroeger voorbij " + "en verder " * 15 + "weggelopen",
    ],
)
def test_what_is_meant_is_found_beside_what_is_denied_or_over(text: str) -> None:
    assert found(text)


def test_words_in_a_language_without_lists_are_held_against_every_list() -> None:
    other = ready(Wordlist("en", {"geweld": (Pattern((("hit",),)),)}))
    signals = {"nl": SMALL, "en": other}

    assert spotted(signals, "weggelopen, hit", "tr") == ("weg", "geweld")
    assert spotted(signals, "weggelopen, hit", "en") == ("geweld",)
    assert spotted({}, "weggelopen", "nl") == ()


# --- Whatever is thrown at it --------------------------------------------------------------------


HOSTILE = {
    "one letter": "a" * 8_000,
    "letters": "a " * 4_000,
    "nothing seen": "\u200b" * 8_000,
    "accents": "a" + "\u0301" * 7_999,
    "apostrophes": "a'" * 4_000,
    "stars": "z*l*m*r*" * 1_000,
    "stars in words": "z*lfm**rd " * 800,
    "digits": "z3lfm00r1 " * 800,
    "no spaces": "ikwilnietmeerleven" * 444,
    "many without spaces": " ".join(f"ikwilnietmeerleven{n}x" for n in range(380)),
    "slips": " ".join(f"zelfmoor{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(676)),
    "dots": "z." * 4_000,
    "all denied": "niet geslagen " * 570,
    "all at once": "dood niet wil leven mij vader slaat " * 220,
    "all over": "vroeger mishandeld voorbij " * 290,
    "lines": "\n" * 8_000,
    "pictures": "🔪💊" * 4_000,
    "spelt out": "z e l f m o o r d " * 444,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_more_time_than_its_length_allows(name: str, language: str) -> None:
    """Eight times the text takes eight times as long; a squared cost would take sixty-four."""
    text = HOSTILE[name]
    _spend(text[:1_000], language)

    short = min(_spend(text[:1_000], language) for _ in range(3))
    long = min(_spend(text[:8_000], language) for _ in range(3))

    assert long < max(30 * short, 0.2)


def _spend(text: str, language: str) -> float:
    began = time.process_time()
    spotted(shipped(), text, language)
    return time.process_time() - began


@given(st.text(max_size=300), st.sampled_from(["nl", "en", "tr"]))
def test_any_text_is_read_and_always_the_same_way(text: str, language: str) -> None:
    once = spotted(shipped(), text, language)

    assert spotted(shipped(), text, language) == once
    assert set(once) <= {*CARE_SIGNALS, *SIGNALS}
