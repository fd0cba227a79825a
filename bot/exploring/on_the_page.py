"""What a change does to the page of whoever did not send it yet: who it is of, and what it says."""

from collections.abc import Iterator

from bot.dialogue.shareable import SECTIONS
from bot.dialogue.tree import Choice, Compiled, NodeBase, Question, Words
from bot.dialogue.vocabulary import SAFETY, Theme
from bot.exploring.differences import Difference, What
from bot.handover.first_talk import OPEN, USUALLY
from bot.handover.headings import FILLED_IN_BY, HEADINGS, THE_YOUNG

ABOUT_THE_PAGE: tuple[What, ...] = ("voice", "section", "danger", "adult", "tells")
"""What changes nothing of what somebody is asked."""

SENT = "Een pagina die al gestuurd is, blijft zoals hij is."
UNCHANGED = "Op de pagina verandert er niets."


def label(of: Compiled, node: str, code: str) -> str:
    """What the button for ``code`` reads, in the words of that form; the code without words."""
    return of.words.get(f"{of.dialogue.nodes[node].context}/choices/{code}", code)


def filled_in_by(of: Compiled) -> str:
    """Who tells in this dialogue, as the page calls them."""
    return FILLED_IN_BY[of.dialogue.voice]


def told(old: Compiled, new: Compiled, change: Difference) -> Iterator[str]:
    """The sentences that say what the page says, or says no more, because of ``change``."""
    match change.what:
        case "voice":
            yield f"Wat hier verteld wordt, staat op de pagina bij: {filled_in_by(new)}."
            yield "Ook hulpnummers, uitnodigen, delen en de vragen na een gesprek horen daarbij."
            yield SENT
        case "section":
            yield from _of_questions(old, new, change.node)
        case "danger":
            yield from _of_danger(old, new, change)
            yield SENT
        case "adult":
            yield from _of_adult(old, new, change)
            yield SENT
        case "tells":
            yield from _of_questions(old, new, change.node) or (UNCHANGED,)
            yield SENT
        case _:
            return


def _of_danger(old: Compiled, new: Compiled, change: Difference) -> Iterator[str]:
    before, after = old.dialogue.nodes[change.node], new.dialogue.nodes[change.node]
    for code in change.gone:
        yield (
            f"Wie ‘{label(old, change.node, code)}’ kiest of koos, vindt dat niet meer bovenaan,"
            f" maar {_place(after)}."
        )
    for code in change.added:
        yield (
            f"Wie ‘{label(new, change.node, code)}’ kiest of koos, vindt dat bovenaan de pagina,"
            f" onder ‘{HEADINGS[SAFETY]}’."
        )
    was, is_ = _can_be_shared(before), _can_be_shared(after)
    if was != is_:
        yield f"Het antwoord op deze vraag is {'voortaan' if is_ else 'niet meer'} te delen."


def _of_adult(old: Compiled, new: Compiled, change: Difference) -> Iterator[str]:
    if new.dialogue.voice not in THE_YOUNG:
        yield UNCHANGED
        return
    for code in change.gone:
        yield (
            f"Wie ‘{label(old, change.node, code)}’ kiest of koos, geldt niet meer als volwassen:"
            " op de pagina staat dan dat de ouders nog niet gehoord zijn."
        )
    for code in change.added:
        yield (
            f"Wie ‘{label(new, change.node, code)}’ kiest of koos, geldt als volwassen:"
            " op de pagina staat dan niet dat de ouders nog niet gehoord zijn."
        )


def _of_questions(old: Compiled, new: Compiled, node: str) -> tuple[str, ...]:
    """What is asked in a first talk, or is no longer: what nobody told yet."""
    before, after = _theme(old.dialogue.nodes[node]), _theme(new.dialogue.nodes[node])
    if before == after:
        return ()
    lines = []
    if before is not None:
        lines.append(f"De open vraag ‘{OPEN[before]}’ blijft staan, ook als dit beantwoord is.")
    if after is not None:
        lines.append(f"De open vraag ‘{OPEN[after]}’ vervalt als dit beantwoord is.")
    return tuple(lines)


def _theme(node: NodeBase) -> Theme | None:
    """What nobody has to ask any more once ``node`` was answered, as on the page."""
    if not isinstance(node, Question) or node.section is None:
        return None
    return node.tells or (USUALLY.get(node.section) if isinstance(node, Words) else None)


def _place(node: NodeBase) -> str:
    section = node.section if isinstance(node, Question) else None
    return f"onder ‘{HEADINGS[section]}’" if section else "nergens op de pagina"


def _can_be_shared(node: NodeBase) -> bool:
    return isinstance(node, Choice) and node.danger is None and node.section in SECTIONS
