"""Everything that is someone's own as one readable file: HTML that reads well as text too.

Nothing in it needs a network or a script. What a person sees comes first; the same for a computer
stands below it as JSON.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

import msgspec
from markupsafe import Markup
from msgspec import Struct

from bot.dialogue.message import Moment
from bot.handover import headings
from bot.handover.page import Page

NAME = "gegevens.html"
"""What the file is called: it says no more than that to who looks in a list of files."""

_STYLE = Markup(
    "body{max-width:40rem;margin:2rem auto;padding:0 1rem;font:1.0625rem/1.6 sans-serif;"
    "color:#1f2d2b}blockquote{margin:.25rem 0 1rem;white-space:pre-wrap;padding:0 1rem;"
    "border-inline-start:4px solid #0b655a}h3,figcaption{margin:1rem 0 0;color:#56625f}"
    "figure{margin:0}pre{white-space:pre-wrap;overflow-wrap:anywhere}"
)


class Told(Struct, frozen=True):
    """One answer: what was asked, and what was said, a line each.

    ``left_out`` keeps it off the page; ``talk_about`` is what they want to talk about.
    """

    asked: str
    said: tuple[str, ...]
    left_out: bool = False
    talk_about: bool = False

    def __repr__(self) -> str:
        return "Told(…)"


class Wrote(Struct, frozen=True):
    """A message beside a page: from a professional of this name, or from the family (None)."""

    name: str | None
    at: int
    words: str

    def __repr__(self) -> str:
        return "Wrote(…)"


class Met(Struct, frozen=True):
    """A talk with a professional of this name (empty: nobody knows any more), on that day.

    What each side says of it, in the reader's words, is there for each thing that was ``asked``;
    what the other said only once it was shown.
    """

    name: str
    on: int
    asked: tuple[str, ...]
    mine: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()


class SentPage(Struct, frozen=True):
    """A page as the team got it, what became of it, and what was written beside it."""

    page: Page
    sent: int
    answered: int | None
    closed: int | None
    asked_back: int | None
    ends: int | None
    messages: tuple[Wrote, ...] = ()
    meetings: tuple[Met, ...] = ()


class SharedPart(Struct, frozen=True):
    """What was shared at once with another voice, or by it (``theirs``). ``other`` is who that is
    in the words of this one. ``seen``: ``answers`` has what was said, as it may be read here."""

    other: str
    at: int
    theirs: bool
    seen: bool
    answers: tuple[Told, ...]


class Mine(Struct, frozen=True):
    """All of one voice at the moment ``made``; of anyone else's only what they shared with it and
    it looked at.

    ``unfinished`` is what was begun at the question that is open, ``invited`` what is said of each
    invitation, ``left_out`` what is not in here and how it comes.
    """

    made: int
    language: str
    answers: tuple[Told, ...]
    pages: tuple[SentPage, ...]
    unsent: tuple[str, ...] = ()
    shared: tuple[SharedPart, ...] = ()
    unfinished: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    schema: int = 1


class Say(Protocol):
    """Words from the catalogue in the reader's language."""

    def __call__(self, key: str, **values: str | Moment) -> str:
        """The fixed word ``key`` with its values."""
        ...


def as_html(mine: Mine, say: Say, *, right_to_left: bool) -> str:
    """The whole file."""
    body = Markup("\n").join(_body(mine, say))
    return str(
        Markup(
            '<!doctype html>\n<html lang="{}" dir="{}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n{}\n</body>\n</html>\n"
        ).format(mine.language, "rtl" if right_to_left else "ltr", say("mine_title"), _STYLE, body)
    )


def as_json(mine: Mine) -> str:
    """The same for a computer; fields may be added to it, never taken away."""
    return msgspec.json.format(msgspec.json.encode(mine), indent=1).decode()


def _body(mine: Mine, say: Say) -> Iterator[Markup]:
    yield Markup("<h1>{}</h1>\n<p>{}</p>").format(
        say("mine_title"), say("mine_made", moment=Moment(mine.made))
    )
    yield Markup("<p>{}</p>").format(say("mine_keeps"))
    yield Markup("<h2>{}</h2>").format(say("mine_told"))
    if not mine.answers:
        yield Markup("<p>{}</p>").format(say("mine_nothing"))
    yield from _answers(mine.answers, say)
    if mine.unfinished:
        yield Markup("<h2>{}</h2>").format(say("mine_unfinished"))
        yield _quoted(mine.unfinished)
    if mine.unsent:
        yield Markup("<h2>{}</h2>").format(say("mine_unsent"))
        yield _quoted(mine.unsent)
    for sent in mine.pages:
        yield from _page(sent, say)
    if mine.invited:
        yield Markup("<h2>{}</h2>").format(say("mine_invitations"))
    for line in mine.invited:
        yield Markup("<p>{}</p>").format(line)
    for part in mine.shared:
        key = "mine_got" if part.theirs else "mine_given"
        heading = say(key, ander=part.other, moment=Moment(part.at))
        yield Markup("<h2>{}</h2>").format(heading)
        if not part.seen:
            yield Markup("<p>{}</p>").format(say("mine_got_unlooked"))
        yield from _answers(part.answers, say)
    yield Markup("<h2>{}</h2>").format(say("mine_out"))
    for line in mine.left_out:
        yield Markup("<p>{}</p>").format(line)
    yield Markup("<details>\n<summary>{}</summary>\n<pre>{}</pre>\n</details>").format(
        say("mine_data"), as_json(mine)
    )


def _answers(answers: Sequence[Told], say: Say) -> Iterator[Markup]:
    for told in answers:
        yield Markup("<h3>{}</h3>").format(told.asked)
        yield _quoted(told.said)
        if told.left_out:
            yield Markup("<p>{}</p>").format(say("left_out"))
        if told.talk_about:
            yield Markup("<p>{}</p>").format(say("talk_about_this"))


def _page(sent: SentPage, say: Say) -> Iterator[Markup]:
    page = sent.page
    yield Markup("<h2>{}</h2>").format(
        say("mine_page", team=page.team_name, moment=Moment(sent.sent))
    )
    yield Markup('<section lang="nl" dir="auto">')
    for section in page.sections:
        if section.items:
            yield Markup("<h3>{}</h3>").format(section.heading)
        for item in section.items:
            yield Markup("<p>{}</p>").format(item.heading)
            pairs = [" / ".join(filter(None, pair)) for pair in item.pairs()]
            yield _quoted(pairs)
            if item.talk_about:
                yield Markup("<p>{}</p>").format(f"{headings.SIGN} {headings.TALK_ABOUT}")
    yield Markup("</section>")
    for key, at in (
        ("page_was_answered", sent.answered),
        ("page_was_closed", sent.closed),
        ("page_was_asked_back", sent.asked_back),
        ("page_ends", sent.ends),
    ):
        if at is not None:
            moment = (
                {"dag": Moment(at, clock=False)} if key == "page_ends" else {"moment": Moment(at)}
            )
            yield Markup("<p>{}</p>").format(say(key, **moment))
    if sent.messages:
        yield Markup("<h3>{}</h3>").format(say("mine_messages"))
    for message in sent.messages:
        who = say("mine_you") if message.name is None else message.name or page.team_name
        by = say("mine_at", wie=who, moment=Moment(message.at))
        yield Markup("<figure>\n<figcaption>{}</figcaption>\n{}\n</figure>").format(
            by, _quoted((message.words,))
        )
    for met in sent.meetings:
        yield from _met(met, page, say)


def _met(met: Met, page: Page, say: Say) -> Iterator[Markup]:
    yield Markup("<h3>{}</h3>").format(say("meeting_title", dag=Moment(met.on, clock=False)))
    who = met.name or page.team_name
    for place, asked in enumerate(met.asked):
        said = [
            say("meeting_row", wie=whose, antwoord=views[place])
            for whose, views in ((say("mine_you"), met.mine), (who, met.theirs))
            if views
        ]
        if said:
            yield Markup("<p>{}</p>").format(asked)
            yield _quoted(said)


def _quoted(lines: Sequence[str]) -> Markup:
    return Markup('<blockquote dir="auto">{}</blockquote>').format("\n".join(lines))
