"""Reads the words the bot itself says: a flat file of names and texts."""

from collections.abc import Iterator

from bot.dialogue.draft import Word
from bot.dialogue.meant import as_id, quoted
from bot.dialogue.outline import Table
from bot.dialogue.problems import Problem
from bot.dialogue.rules_of_names import ID
from bot.dialogue.rules_of_words import PLACEHOLDER, lone_braces, long_text
from bot.dialogue.sheet import Field, Sheet, Source


def compile_words(
    source: Source, prefix: str
) -> tuple[dict[str, str], dict[str, str], tuple[Problem, ...]]:
    """The texts in ``source``, the notes to their translators by the same keys, and the problems.

    Each name has a text, a table of ``text`` and ``translator``, or one of ``one``, ``other`` and
    ``translator`` for what is counted. Keys are ``<prefix>/<name>``, and for what is counted
    ``<prefix>/<name>#one`` and ``#other``. What goes between braces depends on who says the text,
    so any name may. Never raises; what can be read is returned beside the problems.
    """
    sheet = Sheet(source)
    tree = sheet.tree()
    fields = None if tree is None else sheet.fields(tree, "dit bestand", "naam: tekst")
    words: dict[str, str] = {}
    notes: dict[str, str] = {}
    for name, field in (fields or {}).items():
        if not ID.fullmatch(name):
            better = f" Bedoelde je {quoted(as_id(name))}?" if as_id(name) else ""
            message = f"{quoted(name)} kan geen naam zijn.{better} Gebruik kleine letters en _."
            sheet.wrong(field.line, "bad-id", message)
        forms, note = _forms(sheet, name, field)
        for end, word in forms.items():
            for problem in _problems(source.file, word):
                sheet.wrong(problem.line, problem.code, problem.message)
            words[f"{prefix}/{name}{end}"] = word.text
            if note:
                notes[f"{prefix}/{name}{end}"] = note
    return words, notes, tuple(sorted(set(sheet.problems)))


def _forms(sheet: Sheet, name: str, field: Field) -> tuple[dict[str, Word], str]:
    """The texts under ``name`` by the end of their key, and the note to their translator."""
    if not isinstance(field.tree, Table):
        word = sheet.words(field, name)
        return ({} if word is None else {"": word}), ""
    fields = sheet.fields(field.tree, quoted(name)) or {}
    ends = {"text": ""} if "text" in fields else {"one": "#one", "other": "#other"}
    sheet.expect(fields, (*ends, "translator"), tuple(ends), field.line)
    read = {key: sheet.words(fields[key], key) for key in (*ends, "translator") if key in fields}
    note = read.pop("translator", None)
    forms = {ends[key]: word for key, word in read.items() if word is not None}
    return forms, "" if note is None else note.text


def _problems(file: str, word: Word) -> Iterator[Problem]:
    if not word.text:
        yield Problem(file, word.line, "empty-text", "Hier staat geen tekst. Schrijf die erbij.")
    yield from lone_braces(file, word)
    yield from long_text(file, word)
    for name in PLACEHOLDER.findall(word.text):
        if not ID.fullmatch(name):
            message = f"{quoted(name)} kan niet worden ingevuld. Tussen {{ en }} hoort één woord."
            yield Problem(file, word.line, "unknown-placeholder", message)
