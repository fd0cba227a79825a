"""Sharing some of one's own answers with another voice of the case: item by item, and never more.

Who takes part and who told anything stays between each of them and the team. So whom someone can
share with follows from what they did themselves: whom they invited, or that they were invited.
Whether anybody came by that invitation is not told; what is shared waits for them. The one thing
that is told is that the other chose to look, and the other hears so before they choose.

What was shared is said in a message of its own and never becomes part of a conversation: it goes
when its sharer takes it back or erases it.
"""

from typing import assert_never

from msgspec.structs import replace

from bot.dialogue import moves
from bot.dialogue.between import (
    AskShares,
    DropShare,
    GiveShare,
    ShareOutcome,
    ShareRequest,
    SharesTold,
    Sharing,
    ShowShare,
    TakeShareBack,
)
from bot.dialogue.conversation import Conversation, Screen
from bot.dialogue.effects import Redraw, Step
from bot.dialogue.lock import door
from bot.dialogue.message import Part, Say
from bot.dialogue.phrases import line
from bot.dialogue.screens import draw
from bot.dialogue.shareable import shareable
from bot.dialogue.sharing_screens import in_their_words
from bot.dialogue.tree import Dialogue

NOTICE = "-shared"
"""The button under word that something was shared, with its number: it works however old."""

CODES = (
    "-shares",
    "-give",
    "-give_item",
    "-give_show",
    "-give_yes",
    "-unshare",
    "-unshare_yes",
    "-look",
    "-drop",
)
"""The other buttons, without the number behind their point."""

MOST_DIGITS = 15

SAID: dict[ShareOutcome, str] = {
    "given": "share_done",
    "often": "share_often",
    "taken_back": "share_taken_back",
    "looked_first": "share_looked_first",
    "dropped": "share_dropped",
    "gone": "share_gone",
}


def opened(dialogue: Dialogue, conversation: Conversation, value: str) -> Step:
    """Someone wants to see what was shared; in a chat that was left they are asked first."""
    if conversation.status == "left":
        return moves.over(dialogue, conversation, door(conversation))
    return _asks(conversation, AskShares(_number(value)))


def tapped(dialogue: Dialogue, conversation: Conversation, name: str, value: str) -> Step:
    """A button of one of these screens was tapped, or the one in the menu that leads to them."""
    if name == "-shares":
        return opened(dialogue, conversation, "")
    sharing = conversation.sharing
    if sharing is not None:
        number = _number(value)
        match conversation.screen:
            case "shares":
                step = _of_the_list(dialogue, conversation, sharing, name, number)
            case "share" | "share_sure":
                step = _giving(dialogue, conversation, sharing, name, number)
            case "share_back" if name == "-unshare_yes":
                step = _asks(conversation, TakeShareBack(sharing.share))
            case "share_look" if name == "-look":
                step = _asks(conversation, ShowShare(sharing.share))
            case "share_look" if name == "-drop":
                step = _asks(conversation, DropShare(sharing.share))
            case _:
                step = None
        if step is not None:
            return step
    return moves.repeat(dialogue, conversation, line("old_button"))


def told(dialogue: Dialogue, conversation: Conversation, event: SharesTold) -> Step:
    """The world told what was shared, and what came of what was asked."""
    share = event.share
    there = any(known.share == share for known in event.shares.got)
    after = replace(conversation, sharing=Sharing(event.shares, share=share), screen="shares")
    match event.outcome:
        case "told" | "shown" if there:
            looking = replace(after, screen="share_look")
            if event.outcome == "told":
                return moves.show(dialogue, conversation, looking)
            said = in_their_words(dialogue, event.shares, share, event.told)
            say = Say(said, conversation.turn + 1, share=share)
            return moves.show(dialogue, conversation, looking, say)
        case "told" | "shown":
            gone = (line("share_gone"),) if share else ()
            return _listed(dialogue, conversation, after, *gone)
        case "given" | "often" | "taken_back" | "looked_first" | "dropped" | "gone":
            return _listed(dialogue, conversation, after, line(SAID[event.outcome]))
        case _:
            assert_never(event.outcome)


def _listed(
    dialogue: Dialogue, conversation: Conversation, after: Conversation, *lines: Part
) -> Step:
    step = moves.show(dialogue, conversation, after)
    return moves.told(step, *lines) if lines else step


def _of_the_list(
    dialogue: Dialogue, conversation: Conversation, sharing: Sharing, name: str, number: int
) -> Step | None:
    shares = sharing.shares
    others = {other.tie for other in shares.others}
    mine = {given.share for given in shares.mine if given.looked is None}
    if name == "-give" and number in others and shareable(dialogue, conversation):
        return _on(dialogue, conversation, replace(sharing, tie=number, ticked=()), "share")
    if name == "-unshare" and number in mine:
        return _on(dialogue, conversation, replace(sharing, share=number), "share_back")
    return None


def _giving(
    dialogue: Dialogue, conversation: Conversation, sharing: Sharing, name: str, number: int
) -> Step | None:
    questions = [item.question for item in shareable(dialogue, conversation)]
    ticked = tuple(question for question in questions if question in sharing.ticked)
    if conversation.screen == "share_sure":
        if name == "-give_yes" and ticked:
            return _asks(conversation, GiveShare(sharing.tie, ticked))
        return None
    if name == "-give_item" and 1 <= number <= len(questions):
        chosen = questions[number - 1]
        others = tuple(question for question in ticked if question != chosen)
        now = others if chosen in ticked else (*ticked, chosen)
        after = replace(conversation, sharing=replace(sharing, ticked=now))
        return Step(after, (Redraw(draw(dialogue, after)),))
    if name == "-give_show":
        if not ticked:
            return moves.repeat(dialogue, conversation, line("tick_one"))
        return _on(dialogue, conversation, sharing, "share_sure")
    return None


def _on(dialogue: Dialogue, conversation: Conversation, sharing: Sharing, screen: Screen) -> Step:
    after = replace(conversation, sharing=sharing, screen=screen)
    return moves.show(dialogue, conversation, after)


def _asks(conversation: Conversation, request: ShareRequest) -> Step:
    return Step(conversation, (request,))


def _number(value: str) -> int:
    """The number behind a code; 0 for anything else, which is the number of nothing."""
    is_one = value.isascii() and value.isdecimal() and len(value) <= MOST_DIGITS
    return int(value) if is_one else 0
