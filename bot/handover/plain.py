"""The page as plain text, to carry into a file of one's own."""

from collections.abc import Iterator

from bot.handover import first_talk, headings
from bot.handover.moments import moment
from bot.handover.page import DUTCH, Page, PageItem
from bot.handover.visible import visible


def as_text(page: Page, delete_after: int | None = None) -> str:
    """The page as plain text, to carry into a file of one's own.

    Invisible characters are written as their numbers. ``delete_after`` is when the page goes; None
    says how long after an answer it goes.
    """
    return "\n".join(_lines(page, delete_after)) + "\n"


def _lines(page: Page, delete_after: int | None) -> Iterator[str]:
    yield f"Samenspraak · {page.code}"
    yield f"Voor: {page.team_name}"
    yield f"Gekomen: {moment(page.came)}"
    if page.renewed is not None:
        yield f"Aangevuld: {moment(page.renewed)}"
    for voice in page.voices:
        who = f"{voice.label}, {voice.filled_in_by}" if page.is_shared else voice.filled_in_by
        yield f"Ingevuld door: {who}, {voice.mode}, {voice.language_name}"
    yield f"Toestemming: {headings.consent(page.team_name)}"
    for section in page.shown_sections:
        yield from ("", section.heading.upper())
        yield from section.unheard
        yield from section.notes
        if section.missing:
            yield section.missing
        for label, items in section.by_voice():
            if page.is_shared:
                yield f"[{label}]"
            for item in items:
                yield from _item_lines(item)
    if bare := headings.bare(page.bare_sections):
        yield from ("", "NOG LEEG", bare)
    if page.not_heard:
        yield from ("", "NOG NIET GEHOORD")
        yield from (f"- {missing}" for missing in page.not_heard)
    yield from ("", "OPEN VRAGEN")
    if wish := first_talk.wish(page):
        yield f"{headings.SIGN} {wish}"
    yield from (f"- {question}" for question in page.open_questions)
    yield from ("", *headings.small_print(page.page_days, delete_after))


def _item_lines(item: PageItem) -> Iterator[str]:
    language = "" if item.language == DUTCH else headings.language_name(item.language)
    wish = (f"  {headings.SIGN} {headings.TALK_ABOUT}",) if item.talk_about else ()
    if item.own_words:
        yield f"{item.heading}{language and f' (in het {language})'}:"
        yield from wish
        for piece in item.told():
            if piece.note is not None:
                yield f"  {piece.on_paper()}"
            if piece.words or piece.note is None:
                yield from (f"  | {line}" for line in visible(piece.words).split("\n"))
        return
    yield f"{item.heading}:"
    yield from wish
    for dutch, seen in item.pairs():
        yield f"  {dutch} ({language}: {seen})" if dutch and seen else f"  {dutch or visible(seen)}"
