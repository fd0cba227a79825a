"""Reads for which choices a statement names people and places nearby."""

from bot.dialogue.draft import Near, Word
from bot.dialogue.outline import Listing, Tree
from bot.dialogue.sheet import Field, Sheet

_EXAMPLE = "zwaar: {geld: geld}"


def read_near(sheet: Sheet, field: Field | None) -> tuple[tuple[Near, ...], bool]:
    """What stands behind ``nearby``, and whether some of it could not be read."""
    if field is None:
        return (), False
    questions = sheet.fields(field.tree, "‘nearby’", _EXAMPLE)
    if not questions:
        if questions is not None:
            message = f"Onder ‘nearby’ hoort minstens één vraag: {_EXAMPLE}."
            sheet.wrong(field.line, "missing-key", message)
        return (), True
    found: list[Near] = []
    torn = False
    for question, at in questions.items():
        codes = sheet.fields(at.tree, f"‘{question}’", "geld: geld")
        torn = torn or not codes
        if codes == {}:
            message = f"Onder ‘{question}’ hoort minstens één keuze, met een onderwerp erachter."
            sheet.wrong(at.line, "missing-key", message)
        for code, behind in (codes or {}).items():
            topics = [sheet.name(Field(tree.line, tree), code) for tree in _each(behind.tree)]
            known = tuple(topic for topic in topics if topic is not None)
            torn = torn or len(known) < len(topics) or not known
            if not topics:
                message = f"Achter ‘{code}’ staat niets. Zet er een onderwerp, zoals geld."
                sheet.wrong(behind.line, "missing-key", message)
            found.append(Near(Word(question, at.line), Word(code, behind.line), known))
    return tuple(found), torn


def _each(tree: Tree) -> tuple[Tree, ...]:
    return tree.items if isinstance(tree, Listing) else (tree,)
