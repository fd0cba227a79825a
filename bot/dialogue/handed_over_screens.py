"""What the screens about a page that was handed over look like.

They say what the world told last (``Conversation.page``), and no more than that.
"""

from collections.abc import Iterator
from typing import TypeAlias

from bot.dialogue import review_screens
from bot.dialogue.conversation import Conversation
from bot.dialogue.facts import PageFacts
from bot.dialogue.hearing import LONGEST_REPLY, fitting
from bot.dialogue.message import Moment, Part, Quote, Text
from bot.dialogue.phrases import Rows, button, line, word
from bot.dialogue.tree import Dialogue

Drawn: TypeAlias = tuple[list[Part], Rows]

GO_ON: Rows = ((button("go_on", "-on"),),)

READERS_SHOWN = 5
"""Names of those who opened a page, at most; the others are counted in no line."""


def drawn(dialogue: Dialogue, conversation: Conversation) -> Drawn:
    """The lines and buttons of the screen on top; that the page is gone, when nothing was told."""
    page, told = conversation.page, review_screens.sent(dialogue, conversation)
    match conversation.screen:
        case "sent" if page is not None and told:
            return [line("sent_this", team=page.team), *told], GO_ON
        case "mine":
            return _mine(conversation)
        case "withdraw" if page is not None:
            return _withdraw(page)
        case "write" if page is not None:
            return _write(conversation, page)
        case _ if page is not None:
            return _page(page, can_be_read=bool(told))
        case _:
            return [line("page_gone")], GO_ON


def _page(page: PageFacts, *, can_be_read: bool) -> Drawn:
    rows: Rows = ((button("menu_write", "-write"),), *GO_ON)
    if page.meeting:
        rows = ((button("page_meeting", "-meeting"),), *rows)
    if page.asked_back is None:
        back = "page_ask_back" if page.readers else "page_withdraw"
        rows = ((button(back, "-withdraw"),), *rows)
    if can_be_read:
        rows = ((button("page_read_it", "-sent"),), *rows)
    return list(_so_far(page)), rows


def _so_far(page: PageFacts) -> Iterator[Part]:
    yield line("page_sent", team=page.team, moment=Moment(page.sent))
    for name, at in page.readers[:READERS_SHOWN]:
        yield line("page_opened", wie=name or page.team, moment=Moment(at))
    if not page.readers:
        yield line("page_unopened", team=page.team)
    if page.answered is not None:
        yield line("page_was_answered", moment=Moment(page.answered))
    elif page.closed is None and page.asked_back is None:
        yield Part((word("page_waits", **_of_team(page)),))
    if page.closed is not None:
        yield line("page_was_closed", moment=Moment(page.closed))
    if page.asked_back is not None:
        yield line("page_was_asked_back", moment=Moment(page.asked_back))
    if page.unseen:
        yield line("page_unseen")
    if page.ends is not None:
        yield line("page_ends", dag=Moment(page.ends, clock=False))
    else:
        yield line("page_no_end", bewaard_pagina=page.days)
    if page.others:
        yield Part((Text("vast/page_others", count=page.others),))


def _withdraw(page: PageFacts) -> Drawn:
    if not page.readers:
        said, yes = line("withdraw_unread", team=page.team), "withdraw_yes"
    else:
        said, yes = line("withdraw_read", wie=page.readers[0][0] or page.team), "withdraw_ask"
    return [said], ((button(yes, "-withdraw.yes"),), (button("withdraw_no", "-on"),))


def _write(conversation: Conversation, page: PageFacts) -> Drawn:
    first: list[Part] = []
    if page.closed is not None:
        closed = Moment(page.closed)
        first.append(line("write_closed", team=page.team, moment=closed, **_phone(page)))
    if not conversation.reply:
        return [*first, line("write_how", **_of_team(page))], GO_ON
    quotes = [Part((Quote(said.words),), "quote") for said in conversation.reply]
    if not fitting(conversation.reply, "…", LONGEST_REPLY):
        quotes.append(line("write_full", aantal=LONGEST_REPLY))
    asked = [line("write_more"), Part((word("write_ask", team=page.team),), "question")]
    yes_or_no = ((button("write_yes", "-write.yes"),), (button("write_no", "-write.no"),))
    return [*first, *quotes, *asked], yes_or_no


def _mine(conversation: Conversation) -> Drawn:
    """A file comes into the chat; on the chat page a link to it stands under this screen."""
    if not conversation.reachable:
        return [line("mine_how")], GO_ON
    return [line("mine_how")], ((button("mine_yes", "-mine.yes"),), *GO_ON)


def sent(page: PageFacts) -> Part:
    """That a message is with the team now, and when an answer comes."""
    return line("write_sent", **_of_team(page))


def _of_team(page: PageFacts) -> dict[str, int | str]:
    """What the team says of itself; what it does not say has words of its own in the catalogue."""
    values: dict[str, int | str] = {"team": page.team}
    if page.reply_days is not None:
        values["antwoordtijd"] = page.reply_days
    return values | _phone(page)


def _phone(page: PageFacts) -> dict[str, int | str]:
    return {} if page.phone is None else {"telefoon_team": page.phone}
