"""Visits every state of a dialogue, lets everything happen there, and tries the laws.

A state is what ``alike`` says; it is left by every deed of ``deeds``. When all is visited, each
question that stands in a review is followed to it once more, so that it is seen there, changed,
left out and put back whatever else was answered.
"""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from bot.dialogue import engine
from bot.dialogue.answers import Answer, Skipped
from bot.dialogue.buttons import works_however_old
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import Close, Effect, Erase, Join, Redraw, Step
from bot.dialogue.events import Event, Rang, Started, Tapped
from bot.dialogue.message import Say, Text
from bot.dialogue.moves import statements
from bot.dialogue.nearby import each_alone
from bot.dialogue.screens import draw
from bot.dialogue.tree import Dialogue, Elsewhere, Nearby, People, Question, shows_items
from bot.dialogue.walk import walk
from bot.exploring import laws
from bot.exploring.alike import OF_THE_QUESTION, Alike, Key
from bot.exploring.deeds import aloud, anywhere, deeds, stale, told_by_the_world
from bot.exploring.findings import Finding, finding
from bot.exploring.rendering import Longest, Renderer
from bot.exploring.states import State, States, is_onward, worded
from bot.exploring.whole import dead_ends, never_here

Advance: TypeAlias = Callable[[Dialogue, Conversation, Event], Step]

MOST_STATES = 50_000
"""With more than this a dialogue is too wide to try whole; that is told."""

MOST_WAYS = 8
"""Different answers to one question that are tried to get to a review with it, at most."""

MOST_HOPS = 200
"""Deeds from an answer to the review, at most."""


@dataclass(slots=True)
class Report:
    """What exploring one dialogue came to.

    ``events`` is how often something happened; ``followed`` the questions that were seen in a
    review by their own answer, ``unfollowed`` those that were not. ``rendered`` counts different
    messages, and ``longest`` is the longest of them, by language.
    """

    dialogue: str
    states: int = 0
    events: int = 0
    followed: list[str] = field(default_factory=list)
    unfollowed: list[str] = field(default_factory=list)
    rendered: dict[str, int] = field(default_factory=dict)
    longest: dict[str, Longest] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


class Explorer:
    """One exploration of ``dialogue``. Without a ``renderer`` nothing is put into words."""

    def __init__(
        self,
        dialogue: Dialogue,
        renderer: Renderer | None = None,
        *,
        advance: Advance = engine.advance,
        wide: bool = False,
        most: int = MOST_STATES,
    ) -> None:
        """``wide`` tries the engine's own screens in every state, instead of over every node."""
        self.dialogue = dialogue
        self.report = Report(dialogue.name)
        self.states = States()
        self._renderer = renderer
        self._advance = advance
        self._alike = Alike(dialogue, wide=wide)
        self._wide = wide
        self._most = most
        self._todo: deque[Key] = deque()
        self._answered: dict[str, dict[Answer, Conversation]] = {}
        self._said: set[str] = set()
        self._near = {n.context for n in dialogue.nodes.values() if isinstance(n, Nearby)}
        self._done_before: set[object] = set()
        self._found: dict[Finding, None] = {}

    def explore(self) -> Report:
        """Visit everything; the same report for the same dialogue, always."""
        teams = self.dialogue.around.teams
        asking = [place for place in teams if place.pin]
        for team in dict.fromkeys((None, *(each.team for each in (*teams[:1], *asking[:1])))):
            new = Conversation(self.dialogue.name, self.dialogue.revision, "nl")
            for step in self._steps(None, new, Started(team)):
                self._reach(step.conversation, None, Started(team))
        self._visit_all()
        self._follow_each_question()
        for found in dead_ends(self.dialogue, self.states, self._alike, self._way):
            self._tell(found)
        if not any(found.code in ("endless", "crash") for found in self._found):
            for found in never_here(self.dialogue, self.states, self._said):
                self._tell(found)
        self.report.states = len(self.states)
        self.report.findings = list(self._found)
        if self._renderer is not None:
            self.report.rendered = self._renderer.count
            self.report.longest = self._renderer.longest
        return self.report

    # --- Visiting ---------------------------------------------------------------------------------

    def _visit_all(self) -> None:
        while self._todo:
            if len(self.states) > self._most:
                self._tell(finding("endless", self._context(self.dialogue.start)))
                return
            self._visit(self._todo.popleft())

    def _visit(self, key: Key) -> None:
        here = self.states[key].conversation
        if isinstance(self.dialogue.nodes[here.at], Elsewhere):
            return
        screen = draw(self.dialogue, here)
        for code in laws.of_state(self.dialogue, here, screen):
            self._tell(finding(code, self._context(here.at), self._way(key)))
        self._render(key, here, (screen,))
        for old in stale(here, screen):
            self._try_stale(key, here, old)
        for event in (*deeds(self.dialogue, here, screen), *self._anywhere(here)):
            for step in self._steps(key, here, event):
                self._went(key, here, event, step)

    def _anywhere(self, here: Conversation) -> Iterable[Event]:
        """What does the same at a node whatever was answered: once for each node and screen."""
        key = (here.at, here.screen, here.status, here.team is None)
        return () if self._is_done(key) and not self._wide else anywhere(self.dialogue, here)

    def _went(self, key: Key, here: Conversation, event: Event, step: Step) -> None:
        for code, what in laws.of_step(self.dialogue, here, event, step):
            self._tell(finding(code, self._context(here.at), self._way(key, event), what=what))
        self._render(key, step.conversation, step.effects)
        if any(isinstance(effect, Erase | Join) for effect in step.effects):
            return
        to = self._reach(step.conversation, key, event)
        if to != key and is_onward(event):
            self.states[key].onward.append((event, to))

    def _reach(self, there: Conversation, before: Key | None, event: Event) -> Key:
        for old in there.answers:
            if old.question != there.at and not isinstance(old.answer, Skipped):
                ways = self._answered.setdefault(old.question, {})
                if len(ways) < MOST_WAYS:
                    ways.setdefault(old.answer, there)
        key = self._alike.key(there)
        tag = _tag(before)
        if tag and there.screen in OF_THE_QUESTION and shows_items(self.dialogue.nodes[there.at]):
            key = (*key, tag)
        self._keep(key, there, before, event)
        if there.screen == "pause" and there.reachable:
            alone = replace(there, reachable=False)
            self._keep(self._alike.key(alone), alone, before, event)
        return key

    def _keep(self, key: Key, there: Conversation, before: Key | None, event: Event | None) -> None:
        if key not in self.states:
            self.states[key] = State(there, before, event)
            self._todo.append(key)
            if not self._near <= self._said:
                self._point(key, there)

    def _point(self, key: Key, there: Conversation) -> None:
        """Render each place near that can be named on the way to where someone is ``there``.

        States are not told apart by it (``alike``), so each is rendered here, for every team.
        """
        for remark in walk(self.dialogue, there).said:
            node = remark.node
            if isinstance(node, Nearby) and node.context not in self._said:
                self._said.add(node.context)
                for team in self.dialogue.around.teams:
                    after = replace(there, team=team.team)
                    every = each_alone(self.dialogue, team.team, node)
                    self._render(key, after, statements(every, there.turn))

    def _steps(self, key: Key | None, here: Conversation, event: Event) -> list[Step]:
        """What can come of ``event``: several things, when the world is asked something."""
        context = self._context(here.at or self.dialogue.start)
        try:
            step = self._advance(self.dialogue, here, event)
            told = [said for effect in step.effects for said in told_by_the_world(effect)]
            steps = [_both(step, self._advance(self.dialogue, step.conversation, t)) for t in told]
            plain = replace(event, turn=0) if isinstance(event, Tapped | Rang) else event
            again = step
            if not self._is_done((here.at, here.screen, msgspec.json.encode(plain))):
                again = self._advance(self.dialogue, here, event)
        except Exception as mistake:
            what = type(mistake).__name__
            self._tell(finding("crash", context, self._way(key, event), what=what))
            return []
        self.report.events += 1 + len(steps)
        if step != again:
            self._tell(finding("two-answers", context, self._way(key, event)))
        return steps or [step]

    def _try_stale(self, key: Key, here: Conversation, event: Tapped) -> None:
        for step in self._steps(key, here, event):
            if not works_however_old(event.code) and step.conversation != here:
                self._tell(finding("stale-button", self._context(here.at), self._way(key, event)))

    def _is_done(self, what: object) -> bool:
        """Whether this was asked before."""
        known = what in self._done_before
        self._done_before.add(what)
        return known

    # --- Each question in the review --------------------------------------------------------------

    def _follow_each_question(self) -> None:
        nodes = self.dialogue.nodes
        reviews = [
            key for key, state in self.states.items() if self._is_at_review(state.conversation)
        ]
        next_ = self.states.towards(reviews)
        for node in nodes.values():
            if not isinstance(node, Question) or node.section is None or isinstance(node, People):
                continue
            answered = self._answered.get(node.id, {}).values()
            arrived = (self._follow(aloud(here, node.id), next_) for here in answered)
            there = next((one for one in arrived if one and one.answer_to(node.id)), None)
            if there is None:
                self.report.unfollowed.append(node.id)
            else:
                self.report.followed.append(node.id)
                self._keep((*self._alike.key(there), _TAG + node.id), there, None, None)
        self._visit_all()

    def _is_at_review(self, here: Conversation) -> bool:
        return here.screen == "question" and shows_items(self.dialogue.nodes[here.at])

    def _follow(self, here: Conversation | None, next_: dict[Key, Event]) -> Conversation | None:
        """Someone who is ``here``, once they are at the review; None when they do not get there."""
        for _ in range(MOST_HOPS):
            if here is None or self._is_at_review(here):
                return here
            key = self._alike.key(here)
            event = next_.get(key)
            if isinstance(event, Tapped):
                event = replace(event, turn=here.turn)
            steps = [] if event is None else self._steps(key, here, event)
            here = steps[0].conversation if steps else None
        return None

    # --- Telling ----------------------------------------------------------------------------------

    def _render(self, key: Key, after: Conversation, effects: Iterable[Effect]) -> None:
        for effect in effects:
            say = effect.say if isinstance(effect, Redraw) else effect
            if not isinstance(say, Say | Close):
                continue
            texts = (
                piece for part in say.parts for piece in part.pieces if isinstance(piece, Text)
            )
            self._said |= {text.key.removesuffix("/text") for text in texts}
            if self._renderer is not None:
                for found in self._renderer.faults(say, after.team, self._context(after.at)):
                    self._tell(found.on(self._way(key)))

    def _tell(self, found: Finding) -> None:
        self._found.setdefault(found)

    def _context(self, node: str) -> str:
        return self.dialogue.nodes[node].context

    def _way(self, key: Key | None, event: Event | None = None) -> tuple[str, ...]:
        """How someone gets to the state of ``key``, and does ``event`` there."""
        way = self.states.way_to(key)
        if event is not None and key is not None:
            way.append((self.states[key].conversation, event))
        return tuple(worded(deed, self._labels(here)) for here, deed in way)

    def _labels(self, here: Conversation) -> dict[str, str]:
        if self._renderer is None:
            return {}
        rows = draw(self.dialogue, here).rows
        return {
            button.code: self._renderer.label(button.label, here.team)
            for row in rows
            for button in row
        }


_TAG = "followed:"


def _tag(key: Key | None) -> str:
    """What marks a state in which a question is followed; empty for another."""
    last = key[-1] if key else None
    return last if isinstance(last, str) and last.startswith(_TAG) else ""


def _both(first: Step, then: Step) -> Step:
    return Step(then.conversation, (*first.effects, *then.effects))


def explore(
    dialogue: Dialogue,
    renderer: Renderer | None = None,
    *,
    advance: Advance = engine.advance,
    wide: bool = False,
) -> Report:
    """What exploring ``dialogue`` comes to."""
    return Explorer(dialogue, renderer, advance=advance, wide=wide).explore()
