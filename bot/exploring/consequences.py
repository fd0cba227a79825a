"""What someone in the middle of a talk notices of a change, found by letting it happen to them."""

from collections.abc import Iterator

from bot.dialogue.answers import Chosen, Skipped
from bot.dialogue.conversation import Conversation
from bot.dialogue.moving import placed
from bot.dialogue.summary import items
from bot.dialogue.tree import (
    Choice,
    Choices,
    Compiled,
    Dialogue,
    Elsewhere,
    Ending,
    HandOver,
    Question,
    Statement,
    shows_items,
)
from bot.exploring import on_the_page
from bot.exploring.differences import Difference
from bot.exploring.samples import answered_all_ways, half, onward, questions

KINDS = {
    "Choice": "één keuze",
    "Pictures": "een keuze met plaatjes",
    "Choices": "aanvinken wat past",
    "Among": "kiezen uit wat al aangevinkt is",
    "Words": "eigen woorden",
    "Number": "een getal",
    "Contact": "een naam, nummer of mailadres",
    "TeamChoice": "zoeken welk team erbij hoort",
    "Naming": "namen van mensen",
    "People": "namen aanvinken",
    "Statement": "iets wat de bot zegt",
    "Nearby": "iets wat de bot zegt, met wat er in de buurt is",
    "Review": "nakijken",
    "HandOver": "de vraag of het naar het team mag",
    "Ending": "een einde",
    "Elsewhere": "verder in een ander gesprek",
}
"""How each kind of step is called in a Dutch sentence."""


class Consequences:
    """The people who are under way in ``old``, and what becomes of them in ``new``."""

    def __init__(self, old: Compiled, new: Compiled) -> None:
        self.old, self.new = old.dialogue, new.dialogue
        self._old, self._new = old, new
        self._there = questions(self.old)

    def of(self, change: Difference) -> Iterator[str]:
        """The sentences that say what people notice of ``change``."""
        match change.what:
            case "new":
                yield from self._of_new(change.node)
            case "words":
                yield "Iedereen leest meteen de nieuwe tekst."
            case "renamed":
                yield from self._of_renamed(change)
            case "start":
                yield "Wie nog niets verteld heeft, begint voortaan daar."
            case "links":
                yield from _of_links(change)
            case "elsewhere":
                yield f"Wie hier komt, gaat verder in ‘{change.added[0]}’."
                yield "Wie hier al voorbij is, merkt niets."
            case "danger" | "adult" | "tells" | "voice":
                yield "Wie hier al in zit, krijgt dezelfde vragen."
                yield from on_the_page.told(self._old, self._new, change)
            case _:
                yield from self._of_those_at(change)
                yield from self._of_answers(change)
                yield from on_the_page.told(self._old, self._new, change)

    # --- A step that was there already ------------------------------------------------------------

    def _of_those_at(self, change: Difference) -> Iterator[str]:
        here = self._there.get(change.node)
        if here is None:
            if isinstance(self.old.nodes[change.node], Statement):
                yield self._of_statement(change)
            return
        there = placed(self.new, here).at
        if there != change.node:
            yield f"Wie bij ‘{change.node}’ is, {_goes_on(self.new, there)}."
            typed = half(self.old, here)
            if typed is not None and change.what in ("gone", "kind"):
                yield "Wat daar half getypt of aangevinkt is, komt niet op de pagina."
            return
        yield f"Wie bij ‘{change.node}’ is, {self._sees(change)}."

    def _of_statement(self, change: Difference) -> str:
        if change.what == "gone":
            return "Niemand hoort dit nog."
        return "Wie er nog niet langs is gekomen, merkt dit."

    def _sees(self, change: Difference) -> str:
        match change.what:
            case "choices":
                return "krijgt de vraag opnieuw, met de keuzes van nu"
            case "kind":
                kind = KINDS[type(self.new.nodes[change.node]).__name__]
                return f"krijgt hier iets anders: {kind}"
            case "order":
                return "krijgt de vraag opnieuw, met de keuzes in de nieuwe volgorde"
            case "shows":
                node = self.new.nodes[change.node]
                is_shown = isinstance(node, HandOver) and node.shows
                seen = "meteen" if is_shown else "niet meer"
                return f"ziet daar {seen} alles wat er gestuurd wordt"
            case "asked":
                return "krijgt de vraag zoals ze nu is"
            case "skip":
                node = self.new.nodes[change.node]
                may = isinstance(node, Question) and node.skip
                return f"mag de vraag {'voortaan' if may else 'niet meer'} overslaan"
            case "route":
                return "blijft daar, en gaat na het antwoord de nieuwe weg"
            case _:
                return "blijft daar"

    def _of_answers(self, change: Difference) -> Iterator[str]:
        """What becomes of the answers that were given at this step, each way that was possible."""
        here = self._there.get(change.node)
        if here is None or not isinstance(self.old.nodes[change.node], Question):
            return
        again: list[Conversation] = []
        kept = off_page = 0
        for after in answered_all_ways(self.old, here):
            if after.answer_to(change.node) is None or _is_skipped(after, change.node):
                continue
            now = placed(self.new, after)
            if onward(self.new, now, lambda one: one.at == change.node) is not None:
                again.append(after)
            elif _is_on_page(self.old, after, change.node) and not self._stays(now, change.node):
                off_page += 1
            else:
                kept += 1
        if again:
            who = self._who(change.node, again, others=kept + off_page)
            yield f"{who} krijgt de vraag nog een keer."
        if off_page:
            yield "Wat daar al geantwoord is, komt niet meer op de pagina."
        if kept:
            yield (
                "Wat daar al geantwoord is, blijft." if not again else "Andere antwoorden blijven."
            )

    def _stays(self, now: Conversation, node: str) -> bool:
        """Whether the answer to ``node`` is on the page, once someone gets there."""
        last = onward(self.new, now, lambda one: shows_items(self.new.nodes[one.at]))
        return _is_on_page(self.new, last or now, node)

    def _who(self, node: str, again: list[Conversation], *, others: int) -> str:
        """Those whose answer does not fit any more."""
        codes = {
            code
            for after in again
            if isinstance(answer := after.answer_to(node), Chosen)
            for code in answer.codes
        }
        if not others or not codes:
            return "Wie al antwoord gaf,"
        old = self.old.nodes[node]
        labels = [
            f"‘{on_the_page.label(self._old, node, code)}’"
            for code in (old.codes if isinstance(old, Choice | Choices) else ())
            if code in codes
        ]
        only = "alleen " if isinstance(old, Choices) else ""
        return f"Wie {only}{' of '.join(labels)} koos,"

    # --- A step that is new -----------------------------------------------------------------------

    def _of_new(self, node: str) -> Iterator[str]:
        if isinstance(self.new.nodes[node], Statement):
            yield "Wie er nog niet langs is, hoort dit."
            return
        here = [one for one in self._there.values() if placed(self.new, one).at == node]
        if here:
            names = ", ".join(f"‘{one.at}’" for one in here)
            yield f"Wie nu bij {names} is, krijgt eerst deze vraag."
        else:
            yield "Wie er nog niet langs is, krijgt deze vraag. Anderen merken er niets van."

    def _of_renamed(self, change: Difference) -> Iterator[str]:
        here = self._there.get(change.node)
        ways = [] if here is None else list(answered_all_ways(self.old, here))
        if any(
            onward(self.new, placed(self.new, after), lambda one: one.at == change.to) is not None
            for after in ways
            if not _is_skipped(after, change.node)
        ):
            yield (
                f"Voor de bot is ‘{change.to}’ een nieuwe vraag: wie ‘{change.node}’ al"
                " beantwoordde, krijgt hem nog een keer."
            )
        yield f"Hoeft de naam niet anders? Noem de stap dan weer ‘{change.node}’."


def _is_skipped(here: Conversation, node: str) -> bool:
    return isinstance(here.answer_to(node), Skipped)


def _is_on_page(dialogue: Dialogue, here: Conversation, node: str) -> bool:
    return any(item.question == node for item in items(dialogue, here))


def _of_links(change: Difference) -> Iterator[str]:
    for letter in change.gone:
        yield f"Een link met ‘{letter}’ begint hier niet meer."
    for letter in change.added:
        yield f"Een link met ‘{letter}’ begint voortaan hier."
    yield "Wie hier al in zit, merkt niets."


def _goes_on(dialogue: Dialogue, node: str) -> str:
    if isinstance(dialogue.nodes[node], Ending | Elsewhere):
        return f"komt bij het einde: ‘{node}’"
    return f"gaat verder bij ‘{node}’"
