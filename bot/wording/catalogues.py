"""Gettext catalogues (.po) as values, which are always written the same way.

They are read by ``bot.wording.po_reader``. The strings are Babel's; the lines around them are not,
as Babel breaks the earlier Dutch (``#|``) where its quotes do not, so that no program can read it,
and puts the hour and its own name in the header.
"""

from collections.abc import Iterable, Iterator

from babel.messages.pofile import normalize
from msgspec import Struct

from bot.wording.languages import Language


class Entry(Struct, frozen=True):
    """One text and its translation.

    ``dutch`` is one text, or two: for one and for several. ``translated`` has one text, or one
    for each plural form; an empty one is not translated yet. ``fuzzy`` marks a translation of
    ``previous``, an older Dutch text. ``notes`` (``#.``) and ``files`` (``#:``) are ours,
    ``remarks`` (``#``) the translator's. ``line`` is that of its ``msgid``.
    """

    context: str
    dutch: tuple[str, ...]
    translated: tuple[str, ...] = ("",)
    fuzzy: bool = False
    previous: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    line: int = 0


class Catalogue(Struct, frozen=True):
    """One .po file. ``plural_forms`` is what its header says, ``None`` without that line."""

    file: str
    entries: tuple[Entry, ...] = ()
    plural_forms: str | None = None
    remarks: tuple[str, ...] = ()


def written(language: Language, remarks: Iterable[str], entries: Iterable[Entry]) -> str:
    """The text of a .po file: the same for the same entries, with no date and no program in it."""
    header = (
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
        f"Content-Transfer-Encoding: 8bit\nLanguage: {language.code}\n"
        f"Plural-Forms: {language.plural_forms}\n"
    )
    blocks = [[*_comments("#", remarks), *_quoted("msgid", ""), *_quoted("msgstr", header)]]
    blocks += [list(_block(entry)) for entry in entries]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _block(entry: Entry) -> Iterator[str]:
    yield from _comments("#", entry.remarks)
    yield from _comments("#.", entry.notes)
    yield from _comments("#:", entry.files)
    if entry.fuzzy:
        yield "#, fuzzy"
    for name, text in zip(("msgid", "msgid_plural"), entry.previous, strict=False):
        yield from _comments("#|", _quoted(name, text))
    yield from _quoted("msgctxt", entry.context)
    for name, text in zip(("msgid", "msgid_plural"), entry.dutch, strict=False):
        yield from _quoted(name, text)
    if len(entry.dutch) == 1:
        yield from _quoted("msgstr", entry.translated[0])
        return
    for number, text in enumerate(entry.translated):
        yield from _quoted(f"msgstr[{number}]", text)


def _comments(sign: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield f"{sign} {line}".rstrip()


def _quoted(name: str, text: str) -> list[str]:
    """A string as gettext writes it: on its own lines when the text has more than one."""
    return f"{name} {normalize(text, width=0)}".split("\n")
