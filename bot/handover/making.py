"""Lays out what one family member told as a page: nothing added, ranked or advised."""

from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from msgspec.structs import replace

from bot.dialogue.answers import Chosen, Counted, Named, Reached, Skipped, Worded
from bot.dialogue.circle import Circle, Person
from bot.dialogue.message import Text
from bot.dialogue.pictures import parted
from bot.dialogue.summary import Item, Summary, person_line
from bot.dialogue.vocabulary import COLOURED, SECTIONS
from bot.handover import headings
from bot.handover.compose import compose
from bot.handover.page import (
    DUTCH,
    Page,
    PageItem,
    PagePerson,
    PagePiece,
    PageSection,
    PageVoice,
)
from bot.teams import Team
from bot.texts import Texts
from bot.wording.words import MissingTextError, Values


def make_page(
    summary: Summary,
    texts: Texts,
    team: Team,
    now: int,
    *,
    code: str,
    values: Values,
    stored: Mapping[str, Mapping[str, str]] | None = None,
) -> Page:
    """The page for ``team`` of what is in ``summary``, nothing more and nothing less.

    ``values`` fills the placeholders; ``stored`` holds the words of a stored revision by language,
    for texts that are not known any more. Every section of the tree is there, in its order.
    """
    language, voice = summary.language, headings.label(summary.voice, 1)

    def said(text: Text, language: str) -> str:
        return texts.text(text, language, values, stored)

    def words(key: str, language: str) -> str:
        try:
            return said(Text(key), language)
        except MissingTextError:
            # What was told has to arrive, even under a name that is only ours.
            return key.removesuffix("/short").rpartition("/")[2]

    def laid_out(item: Item) -> Iterator[PageItem]:
        heading = words(f"{item.context}/short", DUTCH)
        match item.answer:
            case Chosen(codes):
                keys = [f"{item.labels or item.context}/choices/{code}" for code in codes]
                dutch = _lined(item, [words(key, DUTCH) for key in keys])
                seen = _lined(item, [words(key, language) for key in keys])
                seen_too = None if seen == dutch else seen
                chosen = dutch or headings.NOTHING_CHOSEN
                yield PageItem(heading, language, chosen, seen_too, voice=voice)
            case Worded(language=spoken):
                told = item.answer.words
                pieces = _pieces(item.answer)
                yield PageItem(
                    heading, spoken, original=told, own_words=True, voice=voice, pieces=pieces
                )
            case Counted(number):
                yield PageItem(heading, language, dutch=str(number), voice=voice)
            case Reached(line):
                yield PageItem(heading, language, original=line, voice=voice)
            case Named():
                people = item.circle.people if item.circle else ()
                lines = [said(person_line(person), DUTCH) for person in people]
                yield PageItem(heading, language, dutch="\n".join(lines), voice=voice)
            case Skipped():
                return
            case _:
                assert_never(item.answer)

    placed = {
        section: tuple(
            _said_of(item, shown)
            for item in summary.items
            if item.section == section
            for shown in laid_out(item)
        )
        for section in SECTIONS
    }
    page = Page(
        code=code,
        team=team.id,
        team_name=team.name,
        dialogue=summary.dialogue,
        language=language,
        language_name=headings.language_name(language),
        came=now,
        page_days=team.page_days,
        filled_in_by=headings.FILLED_IN_BY[summary.voice],
        mode=_mode(summary),
        sections=tuple(
            PageSection(section, headings.HEADINGS[section], items)
            for section, items in placed.items()
        ),
        circle=tuple(
            _page_person(person, voice)
            for item in summary.items
            for person in (item.circle or Circle()).people
        ),
        voices=(
            PageVoice(
                voice,
                summary.voice,
                headings.FILLED_IN_BY[summary.voice],
                language,
                headings.language_name(language),
                _mode(summary),
                now,
                phone=any(item.reach == "phone" for item in summary.items),
                adult=any(item.is_adult for item in summary.items),
            ),
        ),
    )
    return compose((page,))


def _said_of(item: Item, shown: PageItem) -> PageItem:
    """``shown`` with what is known of it besides what it says."""
    asks = isinstance(item.answer, Worded) and COLOURED in item.answer.signals
    return replace(shown, talk_about=item.talk_about, tells=item.tells, asks=asks)


def _lined(item: Item, labels: Iterable[str]) -> str:
    """What was chosen, a line each; what stood beside a picture without the picture."""
    return "\n".join(parted(label)[1] if item.pictures else label for label in labels)


def _page_person(person: Person, voice: str) -> PagePerson:
    return PagePerson(
        name=person.name,
        near=person.near,
        gives=person.gives,
        costs=person.costs,
        important=person.important,
        thinks_along=person.thinks_along,
        asked=person.asked,
        voice=voice,
    )


def _pieces(answer: Worded) -> tuple[PagePiece, ...]:
    """What was typed and spoken, in order; nothing when all of it was typed."""
    if all(said.note is None for said in answer.said):
        return ()
    return tuple(PagePiece(one.words, one.note, one.seconds, one.lost) for one in answer.said)


def _mode(summary: Summary) -> str:
    told = [item.answer for item in summary.items if isinstance(item.answer, Worded)]
    if any(_pieces(answer) for answer in told):
        return "knoppen en eigen woorden, ook gesproken"
    return "knoppen en eigen woorden" if told else "knoppen"
