"""No change of a dialogue breaks an open conversation: each kind of it, at each node.

Whoever is under way stays in the revision they began in (``bot.families.following``), so there it
is about words; after a recall they go on in another one, so there it is about everything else.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import count
from time import perf_counter

import pytest

from bot.dialogue.answers import Worded
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import AskPage, GiveOver, Step
from bot.dialogue.engine import advance
from bot.dialogue.events import Asked, Event, Rang, Sent, Tapped, Wrote
from bot.dialogue.fitting import fits
from bot.dialogue.message import Say
from bot.dialogue.screens import draw
from bot.dialogue.tree import Choices, Dialogue, HandOver, Question, Words
from bot.dialogue.walk import SEND
from bot.exploring.alike import Alike
from bot.exploring.deeds import WORDS, codes, newest
from bot.exploring.laws import SPOKEN
from bot.exploring.samples import Sample, answered, is_over, samples, settled
from bot.library import KEPT, as_it_was
from bot.texts import MissingTextError, Texts
from tests.dialogue.trees import EVERY_KIND
from tests.exploring.changes import Change, changes
from tests.exploring.small import texts, values
from tests.world import library

DIALOGUES = {**library().dialogues, "proef": EVERY_KIND}
LANGUAGES = ("nl", "en")

TRIED = ("-on", "-done", "-skip", "-agree", "-item.1", "-back", "-change", "send", "keep")
"""Buttons that are tapped wherever they stand, besides the first answer."""


# --- Going on in another revision ---------------------------------------------------------------


@pytest.mark.no_cover
@pytest.mark.parametrize("name", sorted(DIALOGUES))
def test_whatever_changed_everyone_goes_on_and_keeps_what_fits(
    name: str, counted: Callable[[str], None]
) -> None:
    dialogue, began = DIALOGUES[name], perf_counter()
    standing = _by_node(dialogue)
    cells, kinds, stranded = 0, Counter[str](), list[str]()
    turn, screens = count(), dict[Sample, Say]()

    for change in changes(dialogue):
        trial = Trial(change)
        kinds[change.what] += 1
        for sample in _near(dialogue, standing, change):
            screen = screens.get(sample) or draw(dialogue, sample.conversation)
            screens[sample] = screen
            for event in _reactions(screen, sample.conversation, turn):
                cells += len(LANGUAGES)
                for wrong in trial.wrong(dialogue, sample.conversation, event):
                    stranded.append(
                        f"{change.what} @ {change.node}: {sample.way}, {event}: {wrong}"
                    )

    counted(
        f"{name}: {len(kinds)} kinds of change, {sum(kinds.values())} changes at"
        f" {len(dialogue.nodes)} nodes × ways to stand there × deeds × {len(LANGUAGES)} languages"
        f" = {cells}, stranded {len(stranded)}, in {perf_counter() - began:.0f} s"
    )
    assert stranded == []


class Trial:
    """What people do in a dialogue that was changed under them."""

    def __init__(self, change: Change) -> None:
        self.dialogue = change.dialogue
        self._alike = Alike(change.dialogue)
        self._texts = engine_words().with_words(words_of(change.dialogue))
        self._fine: set[object] = set()

    def wrong(self, before: Dialogue, here: Conversation, event: Event) -> Iterator[str]:
        step = advance(self.dialogue, here, event)
        after = step.conversation
        says = [one for one in step.effects if isinstance(one, (*SPOKEN, AskPage))]
        if not says and not isinstance(event, Rang):
            yield "silence"
        if after != here and not self._comes_to_an_end(after):
            yield f"stranded at {after.at}"
        yield from self._lost(here, after, event)
        handed_over = any(isinstance(effect, GiveOver) for effect in step.effects)
        saw_it = isinstance(before.nodes[here.at], HandOver) and here.screen == "question"
        if handed_over and not (saw_it and getattr(event, "code", "") == SEND):
            yield "sent without being asked"
        yield from self._misread(step)

    def _comes_to_an_end(self, here: Conversation) -> bool:
        if (here.at, here.screen, here.status, here.ticked, here.answers) in self._fine:
            return True
        passed: list[object] = [(here.at, here.screen, here.status, here.ticked, here.answers)]
        for _ in range(100):
            key = self._alike.key(here)
            if key in self._fine or is_over(self.dialogue, here):
                self._fine.update(passed)
                return True
            passed.append(key)
            onward = self._onward(settled(self.dialogue, here))
            if onward is None:
                return False
            here = onward
        return False

    def _onward(self, here: Conversation) -> Conversation | None:
        """Past the question that is open: skipped if that is possible, as that is soonest tried."""
        skipped = settled(self.dialogue, advance(self.dialogue, here, Asked("skip")).conversation)
        return skipped if skipped.at != here.at else answered(self.dialogue, here)

    def _lost(self, here: Conversation, after: Conversation, event: Event) -> Iterator[str]:
        kept = {(one.question, one.person): one.answer for one in after.answers}
        for old in here.answers:
            node = self.dialogue.nodes.get(old.question)
            if not isinstance(node, Question) or old.question == here.at:
                continue
            if fits(node, old.answer) and kept.get((old.question, old.person)) != old.answer:
                yield f"lost the answer to {old.question}"
        known = {(old.question, old.person) for old in here.answers}
        for question, person in kept.keys() - known:
            if question != here.at:
                yield f"answered {question}, about {person}, without having seen it"
        node = self.dialogue.nodes.get(here.at)
        told = {said.words for said in here.draft}
        given = after.answer_to(here.at)
        written = [*after.draft, *(given.said if isinstance(given, Worded) else ())]
        if isinstance(node, Words) and not told <= {said.words for said in written}:
            yield "lost what was typed so far"
        if isinstance(node, Choices) and not _is_about(event, here.ticked):
            there = {*after.ticked, *getattr(given, "codes", ())}
            if not set(here.ticked) & set(node.codes) <= there:
                yield "lost what was ticked so far"

    def _misread(self, step: Step) -> Iterator[str]:
        for say in [one for one in step.effects if isinstance(one, Say)][-1:]:
            yield from misread(self._texts, say, {})


def _is_about(event: Event, ticked: tuple[str, ...]) -> bool:
    return isinstance(event, Tapped) and event.code in ticked


def _by_node(dialogue: Dialogue) -> dict[str, list[Sample]]:
    found: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples(dialogue):
        found[sample.node].append(sample)
    return found


def _near(
    dialogue: Dialogue, standing: Mapping[str, list[Sample]], change: Change
) -> Iterator[Sample]:
    """Everyone at the node that changed; who is right before it or behind it; all of a block."""
    node = dialogue.nodes.get(change.node)
    if node is None:
        names = [name for name in standing if name.startswith(f"{change.node}/")]
        yield from (sample for name in names for sample in standing[name])
        return
    yield from standing.get(change.node, ())
    near = {*dialogue.routes_from(node)}
    near |= {one.id for one in dialogue.nodes.values() if node.id in dialogue.routes_from(one)}
    for name in sorted(near):
        yield from (sample for sample in standing.get(name, ()) if sample.way == "fresh")


def _reactions(screen: Say, here: Conversation, turn: Iterator[int]) -> Iterator[Event]:
    """What someone does who still sees the ``screen`` that was drawn before the change.

    They answer by tapping and by typing, and do one of the other things, by turns.
    """
    there = [code for code in codes(screen) if code != "-again"]
    yield from (Tapped(here.turn, code) for code in there[:1])
    yield Wrote(WORDS, newest(here) + 1)
    others: list[Event] = [Tapped(here.turn, code) for code in TRIED if code in there[1:]]
    others += [Asked("help"), Asked("skip"), Sent("photo"), Rang("remind", here.turn)]
    yield others[next(turn) % len(others)]


# --- Staying in the one they began in -----------------------------------------------------------


@pytest.mark.no_cover
@pytest.mark.parametrize("name", sorted(DIALOGUES))
def test_whoever_stays_in_their_revision_reads_every_text_in_one_language(
    name: str, counted: Callable[[str], None]
) -> None:
    dialogue = DIALOGUES[name]
    standing = _by_node(dialogue)
    stored = stored_words(dialogue)
    read = 0

    for change in changes(dialogue):
        today = engine_words().with_words(words_of(change.dialogue, "new "))
        followed = as_it_was(dialogue, change.dialogue).furnished(dialogue.around)
        for sample in standing.get(change.node, ()):
            if sample.way in ("fresh", "half", "back", "review"):
                read += 1
                screen = draw(followed, sample.conversation)
                assert list(misread(today, screen, stored)) == [], (change.what, change.node)

    counted(f"{name}: {read} screens of older revisions × {len(LANGUAGES)} languages, all whole")


def test_a_node_of_another_kind_keeps_the_words_it_had() -> None:
    before = DIALOGUES["proef"]
    (change,) = (
        one for one in changes(before) if (one.what, one.node) == ("now Words", "over_wie")
    )
    today = engine_words().with_words(words_of(change.dialogue, "new "))
    (sample,) = (one for one in _by_node(before)["over_wie"] if one.way == "fresh")

    followed = as_it_was(before, change.dialogue).furnished(before.around)

    say = draw(followed, sample.conversation)
    message = today.say(say, "en", values(None, "en"), stored_words(before))
    assert message.lines[0].text == "⟦en⟧ proef/over_wie/text"


def test_newer_words_win_where_the_node_is_the_same() -> None:
    before = DIALOGUES["proef"]
    (change,) = (
        one for one in changes(before) if (one.what, one.node) == ("a choice renamed", "over_wie")
    )
    today = engine_words().with_words(words_of(change.dialogue, "new "))
    (sample,) = (one for one in _by_node(before)["over_wie"] if one.way == "fresh")

    followed = as_it_was(before, change.dialogue).furnished(before.around)

    say = draw(followed, sample.conversation)
    message = today.say(say, "nl", values(None, "nl"), stored_words(before))
    assert message.lines[0].text == "⟦nl⟧ new proef/over_wie/text"
    assert message.rows[0][0].label == "⟦nl⟧ proef/over_wie/choices/kind"
    assert message.rows[1][0].label == "⟦nl⟧ new proef/over_wie/choices/mezelf"


# --- Words that say which language they are in --------------------------------------------------


def misread(texts_: Texts, say: Say, stored: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """What someone cannot read: a text that is nowhere, or one in another language."""
    for language in LANGUAGES:
        try:
            message = texts_.say(say, language, values(None, language), stored)
        except MissingTextError as missing:
            yield f"no words for {missing}"
            continue
        shown = [line.text for line in message.lines]
        shown += [key.label for row in message.rows for key in row]
        other = LANGUAGES[1 - LANGUAGES.index(language)]
        if message.language != language or any(f"⟦{other}⟧" in text for text in shown):
            yield f"not all in {language}: {shown}"


@cache
def engine_words() -> Texts:
    return texts()


def stored_words(dialogue: Dialogue) -> dict[str, dict[str, str]]:
    """Words for every node as ``read_revision`` gives them: also under the name it keeps."""
    return words_of(dialogue, kept=("", KEPT))


def words_of(
    dialogue: Dialogue, mark: str = "", kept: tuple[str, ...] = ("",)
) -> dict[str, dict[str, str]]:
    """Words for every node, that say which they are."""
    keys: list[str] = []
    for node in dialogue.nodes.values():
        for context in (node.context + end for end in kept):
            parts = ["text", "why", "short", "send", "keep"]
            parts += [f"choices/{code}" for code in getattr(node, "codes", ())]
            keys += [f"{context}/{part}" for part in parts]
    return {
        language: {key: f"⟦{language}⟧ {mark}{key.replace(KEPT, '')}" for key in keys}
        for language in LANGUAGES
    }
