"""Reads a dialogue or a building block into a draft, telling about all that is not in its form."""

from typing import Final, Literal, get_args

from bot.dialogue.conditions import ConditionReader
from bot.dialogue.draft import OTHERS, QUESTIONS, Draft, DraftNode, Kind, ReachedBy, Row, Word
from bot.dialogue.meant import listed, quoted
from bot.dialogue.outline import Listing, Scalar, Tree
from bot.dialogue.problems import Problem
from bot.dialogue.reading_near import read_near
from bot.dialogue.sheet import Field, Sheet, Source
from bot.dialogue.vocabulary import MARKS, THEMES, VOICE_KINDS

FORM: Final = {
    "file-too-large": "A file is at most 1 MB.",
    "invisible-character": "No sign in a file is invisible, nor a tab.",
    "yaml-error": "A file is YAML.",
    "text-lost": "YAML drops nothing of what an author wrote.",
    "wrong-shape": "Where a word, a text, a list or keys belong, there they are.",
    "duplicate-key": "Nothing stands twice under the same name.",
    "unknown-key": "Every key is one that belongs there.",
    "missing-key": "Every key that is needed is there.",
    "not-one-kind": "Every node is exactly one thing: a question, a statement, an ending, …",
    "unknown-kind": "Behind ``ask`` stands a kind of question.",
    "wrong-value": "Where only a few values or a number make sense, there is one.",
}
"""Rules about the form of a file, by the code of the problem."""

TAKEN: Final = ("i", "p")
"""Letters that no dialogue can have: links of invitations and of professionals begin so."""

_ASK = ("ask", "text", "why", "page", "short", "tells", "skip", "translator")
KEYS: dict[Kind, tuple[str, ...]] = {
    "choice": (*_ASK, "choices", "danger", "adult", "next"),
    "pictures": (*_ASK, "choices", "danger", "adult", "next"),
    "choices": (*_ASK, "choices", "of", "next"),
    "words": (*_ASK, "next"),
    "number": (*_ASK, "from", "to", "next"),
    "contact": (*_ASK, "of", "next"),
    "team": (*_ASK, "next"),
    "circle": (*_ASK, "mark", "next"),
    "people": (*(key for key in _ASK if key != "page"), "of", "mark", "next"),
    "say": ("say", "nearby", "translator", "next"),
    "use": ("use", "next"),
    "review": ("review", "translator", "next"),
    "hand_over": ("hand_over", "shows", "send", "keep", "translator", "next", "otherwise"),
    "begin": ("begin",),
    "end": ("end", "translator"),
}
# No `next` here: a node without one is told about as a dead end.
_NEEDED: dict[Kind, tuple[str, ...]] = {
    **dict.fromkeys(QUESTIONS, ("text",)),
    **dict.fromkeys(("choice", "pictures"), ("text", "choices")),
    "number": ("text", "from", "to"),
    "contact": ("text", "of"),
    "people": ("text", "short", "of", "mark"),
    **dict.fromkeys(OTHERS, ()),
    "hand_over": ("send", "keep", "otherwise"),
}
_ANY_KEY = tuple(dict.fromkeys(key for keys in KEYS.values() for key in keys))
REACHED_BY: Final[tuple[ReachedBy, ...]] = get_args(ReachedBy)
_SPOKEN = ("text", "why", "short", "send", "keep", "say", "review", "hand_over", "end")
_ENDING = {"dialogue": ("links", "voice", "start", "nodes"), "block": ("start", "nodes")}


def read(source: Source, kind: Literal["dialogue", "block"]) -> tuple[Draft, tuple[Problem, ...]]:
    """The draft in ``source``, with all of it that could be read, and what is wrong with its form.

    Never raises, whatever the text is.
    """
    sheet = Sheet(source)
    tree = sheet.tree()
    fields = None if tree is None else sheet.fields(tree, "dit bestand", f"{kind}: naam")
    if fields is None:
        return Draft(file=source.file, kind=kind, name=None, start=None), tuple(sheet.problems)
    known = (kind, *_ENDING[kind])
    sheet.expect(fields, known, (kind, "start", "nodes"), 0)
    draft = Draft(
        file=source.file,
        kind=kind,
        name=sheet.name(fields.get(kind), kind),
        start=sheet.name(fields.get("start"), "start"),
        links=_links(sheet, fields.get("links")) if kind == "dialogue" else (),
        voice=sheet.one_of(fields.get("voice"), "voice", VOICE_KINDS)
        if kind == "dialogue"
        else None,
        nodes=_nodes(sheet, fields.get("nodes")),
    )
    return draft, tuple(sheet.problems)


def _links(sheet: Sheet, field: Field | None) -> tuple[str, ...]:
    if field is None:
        return ()
    trees = field.tree.items if isinstance(field.tree, Listing) else (field.tree,)
    links: list[str] = []
    for tree in trees:
        letter = sheet.name(Field(tree.line, tree), "links")
        if letter is None:
            continue
        if len(letter.text) != 1 or not "a" <= letter.text <= "z":
            message = f"{quoted(letter.text)} kan geen link zijn. Neem één kleine letter."
            sheet.wrong(letter.line, "wrong-value", message)
        elif letter.text in TAKEN:
            message = f"De link {quoted(letter.text)} is van Samenspraak zelf. Neem een andere."
            sheet.wrong(letter.line, "wrong-value", message)
        elif letter.text in links:
            message = f"De link {quoted(letter.text)} staat er al. Haal een van de twee weg."
            sheet.wrong(letter.line, "duplicate-key", message)
        links.append(letter.text)
    return tuple(links)


def _nodes(sheet: Sheet, field: Field | None) -> dict[str, DraftNode]:
    fields = None if field is None else sheet.fields(field.tree, "‘nodes’")
    return {key: _node(sheet, Word(key, at.line), at.tree) for key, at in (fields or {}).items()}


def _node(sheet: Sheet, name: Word, tree: Tree) -> DraftNode:
    fields = sheet.fields(tree, quoted(name.text))
    kind = None if fields is None else _kind(sheet, name, fields)
    if fields is None or kind is None:
        return DraftNode(id=name, kind=None, torn=True)
    needed = _NEEDED[kind]
    if kind == "choices" and "of" not in fields:
        needed = (*needed, "choices")
    sheet.expect(fields, KEYS[kind], needed, name.line)
    if kind == "choices" and {"of", "choices"} <= fields.keys():
        message = "Bij ‘of’ komen de keuzes van een andere vraag. Haal ‘choices’ weg, of ‘of’."
        sheet.wrong(fields["of"].line, "not-one-kind", message)
    fields = {key: field for key, field in fields.items() if key in KEYS[kind]}
    words, codes = _words(sheet, fields)
    note = fields.get("translator")
    said = None if note is None else sheet.words(note, "translator")
    rows, torn = _rows(sheet, fields.get("next"))
    near, unread = read_near(sheet, fields.get("nearby"))
    otherwise = sheet.name(fields.get("otherwise"), "otherwise")
    block = sheet.name(fields.get("use"), "use")
    begins = sheet.name(fields.get("begin"), "begin")
    return DraftNode(
        id=name,
        kind=kind,
        words=words,
        note="" if said is None else said.text,
        page=sheet.name(fields.get("page"), "page"),
        skip=sheet.one_of(fields.get("skip"), "skip", ("yes", "no")) != "no",
        codes=codes,
        least=sheet.number(fields.get("from"), "from"),
        most=sheet.number(fields.get("to"), "to"),
        of=sheet.one_of(fields.get("of") if kind == "contact" else None, "of", REACHED_BY)
        or "name",
        circle=sheet.name(fields.get("of"), "of") if kind == "people" else None,
        among=sheet.name(fields.get("of"), "of") if kind == "choices" else None,
        mark=sheet.one_of(fields.get("mark"), "mark", MARKS),
        block=block,
        begins=begins,
        danger=_choice_of(sheet, fields.get("danger"), "danger", codes),
        adult=_choice_of(sheet, fields.get("adult"), "adult", codes),
        tells=sheet.one_of(fields.get("tells"), "tells", THEMES),
        shows=sheet.one_of(fields.get("shows"), "shows", ("yes", "no")) == "yes",
        near=near,
        rows=rows,
        otherwise=otherwise,
        torn=torn
        or unread
        or (kind == "hand_over" and otherwise is None)
        or (kind == "use" and block is None)
        or (kind == "begin" and begins is None),
    )


def _choice_of(sheet: Sheet, field: Field | None, key: str, codes: tuple[Word, ...]) -> Word | None:
    """The choice behind ``key``: one of those of this question."""
    word = sheet.name(field, key)
    if word is not None and word.text not in {code.text for code in codes}:
        message = f"Achter {quoted(key)} staat {quoted(word.text)}, en dat is hier geen keuze."
        sheet.wrong(word.line, "wrong-value", message)
    return word


def _kind(sheet: Sheet, name: Word, fields: dict[str, Field]) -> Kind | None:
    kinds = [key for key in ("ask", *OTHERS) if key in fields]
    if len(kinds) == 1:
        if kinds[0] == "ask":
            return sheet.one_of(fields["ask"], "ask", QUESTIONS, "unknown-kind")
        return next(kind for kind in OTHERS if kind in fields)
    if kinds:
        message = f"{quoted(name.text)} is van alles tegelijk: {listed(kinds)}. Houd er één over."
        sheet.wrong(name.line, "not-one-kind", message)
    elif fields.keys() <= set(_ANY_KEY):
        message = f"Wat is {quoted(name.text)}? Zet er één bij: {listed(('ask', *OTHERS))}."
        sheet.wrong(name.line, "not-one-kind", message)
    else:  # most likely the key that says what it is was misspelt
        sheet.expect(fields, _ANY_KEY, (), name.line)
    return None


def _words(sheet: Sheet, fields: dict[str, Field]) -> tuple[dict[str, Word], tuple[Word, ...]]:
    words: dict[str, Word] = {}
    codes: list[Word] = []
    for key, field in fields.items():
        if key in _SPOKEN:
            said = sheet.words(field, key)
            if said is not None:
                words["text" if key in OTHERS else key] = said
        elif key == "choices":
            choices = sheet.fields(field.tree, "‘choices’")
            if choices == {}:
                sheet.wrong(field.line, "missing-key", "Onder ‘choices’ hoort minstens één keuze.")
            for code, label in (choices or {}).items():
                codes.append(Word(code, label.line))
                said = sheet.words(label, code)
                if said is not None:
                    words[f"choices/{code}"] = said
    return words, tuple(codes)


def _rows(sheet: Sheet, field: Field | None) -> tuple[tuple[Row, ...], bool]:
    """The ways out, and whether one of them could not be read."""
    if field is None:
        return (), False
    if isinstance(field.tree, Scalar):
        to = sheet.name(field, "next")
        return ((), True) if to is None else ((Row(to.line, to),), False)
    if isinstance(field.tree, Listing):
        read = [_row(sheet, item) for item in field.tree.items]
        rows = tuple(row for row in read if row is not None)
        return rows, len(rows) < len(read) or any(row.torn for row in rows)
    sheet.wrong(
        field.line, "wrong-shape", "Zet onder ‘next’ een streepje voor elke weg: ‘- to: …’."
    )
    return (), True


def _row(sheet: Sheet, tree: Tree) -> Row | None:
    fields = sheet.fields(tree, "‘next’", "- to: einde")
    if fields is None:
        return None
    sheet.expect(fields, ("when", "to"), ("to",), tree.line)
    to = sheet.name(fields.get("to"), "to")
    reader = ConditionReader(sheet)
    when = reader.read(fields["when"].tree) if "when" in fields else None
    if to is None:
        return None
    torn = reader.torn or not fields.keys() <= {"when", "to"}
    return Row(tree.line, to, when, tuple(reader.reads), torn)
