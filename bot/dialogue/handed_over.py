"""What someone does with a page that was handed over: look, take it back, write to the team.

How the page is, only the world knows. So a wish becomes a ``Request`` here, and what came of it
comes back as ``PageTold``; only then something is shown, and only then the answers change.
"""

from typing import Literal, assert_never

from msgspec.structs import replace

from bot.dialogue import moves
from bot.dialogue.answers import Said
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import AskPage, GiveMine, Step, TakeBack, WriteTeam
from bot.dialogue.events import PageTold
from bot.dialogue.handed_over_screens import sent
from bot.dialogue.hearing import LONGEST_REPLY, fitting
from bot.dialogue.message import Part
from bot.dialogue.phrases import line
from bot.dialogue.tree import Dialogue, Ending, HandOver, Review
from bot.dialogue.walk import walk

CODES = ("-sent", "-withdraw", "-withdraw.yes", "-write.yes", "-write.no", "-mine.yes")
"""The buttons of these screens, but for those that lead to one."""


def look(
    dialogue: Dialogue, conversation: Conversation, screen: Literal["page", "withdraw", "write"]
) -> Step:
    """Show ``screen`` with how the page is now, when there is one."""
    if not conversation.given:
        return moves.repeat(dialogue, conversation, line("page_none"))
    return Step(conversation, (AskPage(screen),))


def tapped(dialogue: Dialogue, conversation: Conversation, code: str) -> Step:
    """A button of one of these screens was tapped."""
    screen, page = conversation.screen, conversation.page
    match code:
        case "-sent" if screen == "page":
            return moves.over(dialogue, conversation, "sent")
        case "-withdraw":
            return look(dialogue, conversation, "withdraw")
        case "-withdraw.yes" if screen == "withdraw" and page is not None:
            return Step(conversation, (TakeBack(though_read=bool(page.readers)),))
        case "-write.yes" if screen == "write" and conversation.reply:
            words = "\n".join(said.words for said in conversation.reply)
            return Step(conversation, (WriteTeam(words),))
        case "-write.no" if screen == "write" and conversation.reply:
            step = moves.show(dialogue, conversation, _at_the_question(dialogue, conversation))
            return moves.told(step, line("write_dropped"))
        case "-mine.yes" if screen == "mine":
            after = _at_the_question(dialogue, conversation, reply=conversation.reply)
            step = moves.show(dialogue, conversation, after, GiveMine())
            return moves.told(step, line("mine_here"))
        case _:
            return moves.repeat(dialogue, conversation, line("old_button"))


def wrote(dialogue: Dialogue, conversation: Conversation, words: str, origin: int | None) -> Step:
    """Someone typed ``words`` for the team: they are kept, and sent only after a yes."""
    kept = fitting(conversation.reply, words, LONGEST_REPLY)
    if not kept.strip():
        why = "write_full" if words.strip() else "write_please"
        return moves.repeat(dialogue, conversation, line(why, aantal=LONGEST_REPLY))
    after = replace(conversation, reply=(*conversation.reply, Said(kept, origin)))
    return Step(after, (AskPage("write"),))


def corrected(conversation: Conversation, words: str, origin: int) -> Conversation:
    """The message ``origin`` of what is not sent yet says ``words`` now; without words it goes."""
    others = tuple(said for said in conversation.reply if said.origin != origin)
    kept = fitting(others, words, LONGEST_REPLY)
    reply = tuple(
        Said(kept, origin) if said.origin == origin else said
        for said in conversation.reply
        if said.origin != origin or kept.strip()
    )
    return replace(conversation, reply=reply)


def told(dialogue: Dialogue, conversation: Conversation, event: PageTold) -> Step:
    """The world told how the page is, and what came of what was asked."""
    after = replace(conversation, page=event.page, given=event.page is not None)
    match event.outcome:
        case "taken_back" | "asked_back":
            return _back_at_the_draft(dialogue, conversation, after, line(event.outcome))
        case _ if event.page is None:
            return _gone(dialogue, conversation, after)
        case "looked" | "gone":
            return moves.show(dialogue, conversation, replace(after, screen=event.screen))
        case "read_first":
            step = moves.show(dialogue, conversation, replace(after, screen="withdraw"))
            return moves.told(step, line("withdraw_read_first"))
        case "written":
            step = moves.show(dialogue, conversation, _at_the_question(dialogue, after))
            return moves.told(step, sent(event.page))
        case _:
            assert_never(event.outcome)


def _gone(dialogue: Dialogue, conversation: Conversation, after: Conversation) -> Step:
    lines = [line("page_gone")]
    if conversation.reply:
        lines.append(line("write_not_kept"))
    step = moves.show(dialogue, conversation, _at_the_question(dialogue, after))
    return moves.told(step, *lines)


def _back_at_the_draft(
    dialogue: Dialogue, before: Conversation, after: Conversation, said: Part
) -> Step:
    """Nothing counts as sent: it can be changed, is looked through again, and sent only then.

    Someone who began anew since is in another draft, which was not sent: that stays as it is.
    """
    way = walk(dialogue, after)
    if way.sent:
        agreed = {node.id for node in way.path if isinstance(node, Review | HandOver)}
        answers = tuple(old for old in after.answers if old.question not in agreed)
        after = replace(after, answers=answers)
        after = moves.go_to(after, walk(dialogue, after).open)
    else:
        after = _at_the_question(dialogue, after, reply=after.reply)
    return moves.told(moves.show(dialogue, before, after), said)


def _at_the_question(
    dialogue: Dialogue, conversation: Conversation, *, reply: tuple[Said, ...] = ()
) -> Conversation:
    """``conversation`` with the question on top again; ``reply`` is what stays to be sent."""
    is_done = isinstance(dialogue.nodes[conversation.at], Ending)
    status: Literal["done", "open"] = "done" if is_done else "open"
    return replace(conversation, screen="question", status=status, reply=reply)
