"""Reads ``dialogen/woordkeuze.yaml``: words that are better left unsaid, in each language."""

import re

from bot.authored.forms import Form
from bot.dialogue.meant import listed, meant, quoted
from bot.dialogue.outline import Listing, Tree
from bot.dialogue.problems import Problem
from bot.dialogue.sheet import Field, Sheet, Source
from bot.wording.avoided import Allowed, Avoided, Tone, WordChoice, plain
from bot.wording.languages import LANGUAGES

_ID = r"[a-z][a-z0-9_]{0,29}"
_FORM = r"\*?\w[\w'’-]*\*?(?: \w[\w'’-]*\*?)*"
_NEEDED = ("words", "use", "reason")
_MAY = ("allow",)
_ALLOWED_NEEDED = ("words", "reason")
_ALLOWED_MAY = ("in",)
_LONGEST = 300


def read_word_choice(source: Source) -> tuple[WordChoice, tuple[Problem, ...]]:
    """The words that are avoided, by language, and what is wrong with ``source``.

    Never raises; what can be read is returned beside the problems.
    """
    sheet = Sheet(source)
    choice = {code: Tone(rules) for code, rules in _languages(sheet).items()}
    return choice, tuple(sorted(set(sheet.problems)))


def _languages(sheet: Sheet) -> dict[str, tuple[Avoided, ...]]:
    tree = sheet.tree()
    fields = None if tree is None else sheet.fields(tree, "dit bestand", "nl:")
    found: dict[str, tuple[Avoided, ...]] = {}
    for code, field in (fields or {}).items():
        if code not in LANGUAGES:
            hint = meant(code, tuple(LANGUAGES)) or f" Hier kan: {listed(LANGUAGES)}."
            sheet.wrong(field.line, "wrong-value", f"De taal {quoted(code)} ken ik niet.{hint}")
            continue
        found[code] = _rules(sheet, field)
    return found


def _rules(sheet: Sheet, field: Field) -> tuple[Avoided, ...]:
    """The rules of one language; no word stands in two of them."""
    rules: list[Avoided] = []
    seen: dict[str, str] = {}
    for id_, at in (sheet.fields(field.tree, "een taal", "moeten:") or {}).items():
        if re.fullmatch(_ID, id_) is None:
            message = f"{quoted(id_)} kan geen naam zijn. Neem kleine letters, cijfers en _."
            sheet.wrong(at.line, "wrong-value", message)
            continue
        form = Form(sheet, at.tree, quoted(id_), (*_NEEDED, *_MAY), _NEEDED)
        words = form.texts("words", _FORM, "een woord, of een paar woorden")
        for word in words:
            other = seen.setdefault(plain(word), id_)
            if other != id_:
                message = f"{quoted(word)} staat ook al bij {quoted(other)}. Haal er één weg."
                sheet.wrong(form.line_of("words"), "duplicate-key", message)
        use, reason = form.text("use", _LONGEST), form.text("reason", _LONGEST)
        allowed = _allowed(sheet, form.tree_of("allow"))
        if words and use and reason:
            rules.append(Avoided(id_, words, use, reason, allowed))
    return tuple(rules)


def _allowed(sheet: Sheet, tree: Tree | None) -> tuple[Allowed, ...]:
    """Where the words of a rule may stand."""
    if tree is None:
        return ()
    if not isinstance(tree, Listing):
        message = "Zet onder ‘allow’ een streepje voor elke plek: ‘- words: …’."
        sheet.wrong(tree.line, "wrong-shape", message)
        return ()
    found: list[Allowed] = []
    for item in tree.items:
        known = (*_ALLOWED_NEEDED, *_ALLOWED_MAY)
        form = Form(sheet, item, "‘allow’", known, _ALLOWED_NEEDED)
        words, reason = form.text("words"), form.text("reason", _LONGEST)
        if words and reason:
            found.append(Allowed(words, reason, form.text("in")))
    return tuple(found)
