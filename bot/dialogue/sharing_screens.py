"""What the screens about sharing look like: the list, what to share with whom, whether to look.

They say what the world told last (``Conversation.sharing``) and hold no words of anyone else.
"""

from collections.abc import Iterator
from typing import TypeAlias

from bot.dialogue.between import Earlier, Given, Got, Other, Shares, Sharing, ToldAnswer
from bot.dialogue.conversation import Conversation
from bot.dialogue.message import Button, Moment, Part, Quote, Text
from bot.dialogue.phrases import Rows, button, line, word
from bot.dialogue.shareable import asked, in_full, shareable
from bot.dialogue.tree import Dialogue, Question
from bot.dialogue.vocabulary import VoiceKind

Drawn: TypeAlias = tuple[list[Part], Rows]

GO_ON: Rows = ((button("go_on", "-on"),),)

SHOWN = 10
"""Of what was shared, and of whom there is to share with, so many are shown: the newest."""

WHO: dict[VoiceKind | None, str] = {
    "parent": "share_who_parent",
    "young": "share_who_young",
    "child": "share_who_child",
    "other": "share_who_other",
    None: "share_who_inviter",
}
"""Somebody in the words of who invited them, or was invited by them."""

FOR_A_PARENT = WHO | {
    "parent": "share_who_other_parent",
    "young": "share_who_my_child",
    "child": "share_who_my_child",
}


def drawn(dialogue: Dialogue, conversation: Conversation) -> Drawn:
    """The lines and buttons of the screen on top; that it is gone, when nothing was told."""
    sharing = conversation.sharing
    match conversation.screen:
        case "shares" if sharing is not None:
            return _list(dialogue, conversation, sharing.shares)
        case "share" if sharing is not None:
            return _picking(dialogue, conversation, sharing)
        case "share_sure" if sharing is not None:
            return _consent(dialogue, conversation, sharing)
        case "share_back" if sharing is not None:
            return _taking_back(sharing)
        case "share_look" if sharing is not None:
            return _looking(dialogue, sharing)
        case _:
            return [line("share_gone")], GO_ON


def who(dialogue: Dialogue, shares: Shares, tie: int) -> Text:
    """The other end of ``tie``; with the moment of the invitation, when more would be called so."""
    names = FOR_A_PARENT if dialogue.voice == "parent" else WHO
    other = next((one for one in shares.others if one.tie == tie), Other(tie, None, 0))
    name = names[other.who]
    if sum(names[one.who] == name for one in shares.others) < 2:
        return word(name)
    return word("share_who_of", ander=word(name), moment=Moment(other.at))


def in_their_words(
    dialogue: Dialogue, shares: Shares, share: int, told: tuple[ToldAnswer, ...]
) -> tuple[Part, ...]:
    """What somebody else shared, as their words and nobody else's."""
    parts = [line("share_theirs", ander=who(dialogue, shares, _got(shares, share).tie))]
    for answer in told:
        parts.append(Part((Quote(answer.asked),), "heading"))
        parts += [Part((Quote(said),), "quote") for said in answer.said]
    return tuple(parts)


def _got(shares: Shares, share: int) -> Got:
    return next((got for got in shares.got if got.share == share), Got(share, 0, 0))


def _list(dialogue: Dialogue, conversation: Conversation, shares: Shares) -> Drawn:
    found = shareable(dialogue, conversation)
    parts = [line("share_intro")]
    parts += _got_lines(dialogue, shares)
    parts += _given_lines(dialogue, shares)
    parts += _earlier_lines(shares)
    if not found:
        parts.append(line("share_none"))
    return parts, (*_list_rows(dialogue, shares, can_give=bool(found)), *GO_ON)


def _got_lines(dialogue: Dialogue, shares: Shares) -> Iterator[Part]:
    for got in shares.got[:SHOWN]:
        yield line("share_got", ander=who(dialogue, shares, got.tie), moment=Moment(got.at))


def _given_lines(dialogue: Dialogue, shares: Shares) -> Iterator[Part]:
    for given in shares.given[:SHOWN]:
        yield line("share_gave", ander=who(dialogue, shares, given.tie), moment=Moment(given.at))
        for question in given.questions:
            yield Part((_name_of(dialogue, question),), "quote")
        yield _looked_at(given)


def _earlier_lines(shares: Shares) -> Iterator[Part]:
    for earlier in shares.earlier[:SHOWN]:
        yield line("share_earlier", moment=Moment(earlier.at))
        yield _looked_at(earlier)


def _looked_at(given: Given | Earlier) -> Part:
    if given.looked is None:
        return line("share_unlooked")
    return line("share_looked", moment=Moment(given.looked))


def _name_of(dialogue: Dialogue, question: str) -> Text:
    """What an answer is called; of a dialogue that changed since, that it is one."""
    node = dialogue.nodes.get(question)
    if isinstance(node, Question) and node.section is not None:
        return Text(f"{node.context}/short")
    return word("share_some")


def _list_rows(dialogue: Dialogue, shares: Shares, *, can_give: bool) -> Rows:
    see = [
        (Button(word("share_see", moment=Moment(got.at)), f"-shared.{got.share}"),)
        for got in shares.got[:SHOWN]
    ]
    shown = {*shares.given[:SHOWN], *shares.earlier[:SHOWN]}
    take = [
        (Button(word("share_take", moment=Moment(given.at)), f"-unshare.{given.share}"),)
        for given in shares.mine
        if given.looked is None and given in shown
    ]
    give = [
        (Button(word("share_with", ander=who(dialogue, shares, other.tie)), f"-give.{other.tie}"),)
        for other in shares.others[:SHOWN]
        if can_give
    ]
    return (*see, *give, *take)


def _picking(dialogue: Dialogue, conversation: Conversation, sharing: Sharing) -> Drawn:
    """Someone young is told first that nobody can make them."""
    free = [line("share_free")] if dialogue.voice in ("young", "child") else []
    name = who(dialogue, sharing.shares, sharing.tie)
    question = Part((word("share_pick", ander=name),), "question")
    boxes = [
        (
            Button(
                word("ticked" if is_ticked else "unticked", keuze=asked(item)),
                f"-give_item.{number}",
                ticked=is_ticked,
            ),
        )
        for number, item in enumerate(shareable(dialogue, conversation), 1)
        for is_ticked in (item.question in sharing.ticked,)
    ]
    rest: Rows = ((button("share_show", "-give_show"),), (button("share_no", "-on"),))
    return [*free, line("share_never"), question], (*boxes, *rest)


def _consent(dialogue: Dialogue, conversation: Conversation, sharing: Sharing) -> Drawn:
    name = who(dialogue, sharing.shares, sharing.tie)
    found = shareable(dialogue, conversation)
    chosen = tuple(item for item in found if item.question in sharing.ticked)
    parts = [line("share_sure", ander=name), *in_full(chosen), line("share_after")]
    parts.append(Part((word("share_ask"),), "question"))
    return parts, ((button("share_yes", "-give_yes"),), (button("share_no", "-on"),))


def _taking_back(sharing: Sharing) -> Drawn:
    shares = sharing.shares
    moments = [Moment(given.at) for given in shares.mine if given.share == sharing.share]
    if not moments:
        return [line("share_gone")], GO_ON
    rows: Rows = ((button("share_take_yes", "-unshare_yes"),), (button("share_take_no", "-on"),))
    return [line("share_take_sure", moment=moments[0])], rows


def _looking(dialogue: Dialogue, sharing: Sharing) -> Drawn:
    got = _got(sharing.shares, sharing.share)
    name = who(dialogue, sharing.shares, got.tie)
    drop = (button("share_drop", "-drop"),)
    if got.looked is not None:
        parts = [line("share_seen", ander=name)]
        return parts, ((button("share_again", "-look"),), drop, *GO_ON)
    parts = [line("share_look", ander=name), Part((word("share_look_ask"),), "question")]
    return parts, ((button("share_look_yes", "-look"),), (button("share_look_no", "-on"),), drop)
