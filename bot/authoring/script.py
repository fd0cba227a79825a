"""A dialogue as a script on paper, in the order of a talk, for people who look at its words.

Left what the bot says, with the buttons under it; right room for remarks, or the same in a second
language. Where it goes next is said in plain Dutch.
"""

from collections.abc import Iterator

from jinja2 import Environment, PackageLoader, StrictUndefined
from msgspec import Struct

from bot.authoring.wordings import OTHERWISE, InDutch, kind_of, ways
from bot.dialogue.message import Text
from bot.dialogue.tree import (
    Dialogue,
    Elsewhere,
    HandOver,
    Node,
    Question,
)
from bot.handover.headings import HEADINGS
from bot.library import Library
from bot.wording.languages import DUTCH, LANGUAGES, Language
from bot.wording.words import Values

LONGEST_OPENING = 60
"""Characters of the step where it goes next: enough to find it by."""

_TEMPLATE = Environment(
    loader=PackageLoader("bot.authoring"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class Side(Struct, frozen=True):
    """What is read at one step in one language: paragraphs of lines, labels, and the why."""

    paragraphs: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...] = ()
    why: str = ""


class Onwards(Struct, frozen=True):
    """One way on: when it is taken, and the number and first words of the step it leads to."""

    when: str
    number: int
    opening: str


class Step(Struct, frozen=True):
    """One step of the script; ``page`` says where the answer lands, "" when nowhere.

    ``block`` is the building block it belongs to, "" for none; ``name`` is what it is called there.
    """

    number: int
    name: str
    kind: str
    block: str
    dutch: Side
    other: Side | None
    page: str
    ways: tuple[Onwards, ...]


def script_page(
    library: Library, dialogue: Dialogue, team: str | None, language: str | None = None
) -> str:
    """The script as one HTML page that needs nothing else; ``language`` beside the Dutch."""
    other = None if language is None else LANGUAGES[language]
    template = _TEMPLATE.get_template("script.html")
    named = library.teams.get(team or "")
    return template.render(
        dialogue=dialogue.name,
        team=named.name if named else "",
        steps=tuple(steps(library, dialogue, team, other)),
        other=other,
    )


def steps(
    library: Library, dialogue: Dialogue, team: str | None, other: Language | None = None
) -> Iterator[Step]:
    """Every step of ``dialogue`` in the order of a talk, with the words ``team`` fills in."""
    values = dict(library.values(team))
    values.setdefault("chatpagina", "(adres van de chatpagina)")
    told = InDutch(dialogue, library.texts, values)
    ordered = in_order(dialogue)
    numbers = {node.id: number for number, node in enumerate(ordered, 1)}
    for node in ordered:
        yield Step(
            numbers[node.id],
            node.context.rpartition("/")[2],
            kind_of(node),
            _block(node),
            _side(library, told, node, DUTCH, values),
            None if other is None else _side(library, told, node, other, values),
            _page(told, node),
            tuple(
                Onwards(
                    _when(told, node, number),
                    numbers[route.to],
                    _short(told.opening(dialogue.nodes[route.to])),
                )
                for number, route in ways(node)
            ),
        )


def in_order(dialogue: Dialogue) -> tuple[Node, ...]:
    """Every node after all that can come before it, and each way followed as far as that allows."""
    done: dict[str, Node] = {}
    todo = [dialogue.start]
    while todo:
        node = dialogue.nodes[todo[-1]]
        # Last ways first: turned round at the end, the first way comes right behind its node.
        waiting = [name for name in dialogue.routes_from(node) if name not in done]
        if waiting:
            todo.append(waiting[-1])
            continue
        done.setdefault(node.id, node)
        todo.pop()
    return tuple(reversed(done.values()))


def _side(library: Library, told: InDutch, node: Node, language: Language, values: Values) -> Side:
    if isinstance(node, Elsewhere):
        return Side(((told.opening(node),),))

    def said(key: str) -> str:
        return library.texts.text(Text(key), language.code, values)

    paragraphs = tuple(
        tuple(line for line in paragraph.splitlines() if line.strip())
        for paragraph in said(f"{node.context}/text").split("\n\n")
    )
    labels = tuple(said(key) for key in _labels(told, node))
    why = said(f"{node.context}/why") if isinstance(node, Question) and node.why else ""
    return Side(paragraphs, labels, why)


def _labels(told: InDutch, node: Node) -> Iterator[str]:
    """The keys of what stands on the buttons that an author wrote."""
    for code, _ in told.choices(node):
        middle = "" if isinstance(node, HandOver) else "choices/"
        context = getattr(node, "labels", node.context)
        yield f"{context}/{middle}{code}"


def _page(told: InDutch, node: Node) -> str:
    if not isinstance(node, Question) or node.section is None:
        return ""
    return f"{HEADINGS[node.section]}: ‘{told.text(f'{node.context}/short')}’"


def _block(node: Node) -> str:
    room, _, rest = node.context.partition("/")
    return rest.partition("/")[0] if room == "bouwstenen" else ""


def _when(told: InDutch, node: Node, number: int) -> str:
    """How a way begins on paper: ‘Bij ‘Ja’’, ‘Anders’, ‘Daarna’."""
    when = told.way(node, number)
    if isinstance(node, HandOver) and (number == OTHERWISE or len(node.routes) == 1):
        return f"Bij ‘{when}’"
    if when == "altijd":
        return "Daarna"
    if when.startswith("‘"):
        return f"Bij {when}"
    return when[:1].upper() + when[1:]


def _short(opening: str) -> str:
    """The first sentence, cut at a word when it is long."""
    first = opening
    for number, sign in enumerate(opening):
        if sign in ".?!" and opening[number + 1 : number + 2] in ("", " "):
            first = opening[: number + 1]
            break
    if len(first) <= LONGEST_OPENING:
        return first
    return f"{first[:LONGEST_OPENING].rsplit(' ', 1)[0]}…"
