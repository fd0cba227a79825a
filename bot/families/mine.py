"""Gathers everything that is one voice's own, or was shared with it, for a file to keep."""

from collections.abc import AsyncIterator, Iterator

from bot.dialogue.answers import YES, Answered, Chosen
from bot.dialogue.between import Shares
from bot.dialogue.conversation import Conversation
from bot.dialogue.facts import ASPECTS
from bot.dialogue.meeting_screens import label_of, named
from bot.dialogue.message import Moment, Piece, Text
from bot.dialogue.sharing_screens import who
from bot.dialogue.summary import items, person_line, shown
from bot.dialogue.summary import told as said_in
from bot.dialogue.tree import Choices, Dialogue, People, Question, labels_of
from bot.dialogue.vocabulary import ENGINE
from bot.families.left_out import left_out
from bot.families.passed import Word
from bot.families.passed import told as in_words
from bot.handover.mine import Met, Mine, SentPage, SharedPart, Told, Wrote, as_html
from bot.handover.page import decode
from bot.library import Library, read_revision
from bot.storage import family_pages, meetings, pages, professionals, revisions, shares, ties
from bot.storage.meetings import Meeting
from bot.storage.records import PageRow, Voice
from bot.storage.shares import Body
from bot.storage.transaction import Transaction
from bot.wording.words import MissingTextError


async def file_of(tx: Transaction, library: Library, voice: Voice, now: int) -> str:
    """The file of ``voice`` (HTML), in its language, as its conversation is in ``voice``."""
    bare, stored = read_revision(await revisions.body(tx, voice.revision))
    dialogue = bare.furnished(library.around)
    conversation, texts = voice.conversation, library.texts
    language = conversation.language
    values = library.values(conversation.team, language)

    def word(text: Text) -> str:
        return texts.text(text, language, values, stored)

    def say(key: str, **values: str | Moment) -> str:
        return word(Text(f"{ENGINE}/{key}", {**values}))

    known = Shares(await ties.of(tx, voice.id))
    mine = Mine(
        made=now,
        language=language,
        answers=tuple(_answers(dialogue, conversation, word)),
        pages=tuple(
            [await _page(tx, row, word) for row in await family_pages.all_of(tx, voice.id)]
        ),
        unfinished=tuple(_unfinished(dialogue, conversation, word)),
        unsent=(*(said.words for said in conversation.reply), *_tapped(conversation, word)),
        invited=tuple(_invited(dialogue, known, word)),
        shared=tuple([part async for part in _shared(tx, dialogue, known, voice, word)]),
        left_out=tuple(say(key) for key in await left_out(tx, voice)),
    )
    backwards = any(known.right_to_left for known in texts.languages if known.code == language)
    return as_html(mine, say, right_to_left=backwards)


def _answers(dialogue: Dialogue, conversation: Conversation, word: Word) -> Iterator[Told]:
    """What has a place on the page in its order; then all else, also of a way that was closed."""
    listed = items(dialogue, conversation)
    for item in listed:
        people = item.circle.people if item.circle else ()
        lines = tuple(word(person_line(person)) for person in people)
        said = lines or _said(shown(item.labels or item.context, item.answer), word)
        yield Told(_asked(dialogue, item.question, word), said, item.left_out, item.talk_about)
    told = {item.question for item in listed}
    for answered in conversation.answers:
        node = dialogue.nodes.get(answered.question)
        if answered.question in told or not (node is None or isinstance(node, Question)):
            continue
        if answered.person is not None:
            yield from _of_person(dialogue, conversation, answered, word)
            continue
        labels = answered.question if node is None else labels_of(node)
        said = _said(shown(labels, answered.answer), word)
        out, talk = answered.left_out, answered.talk_about
        yield Told(_asked(dialogue, answered.question, word), said, out, talk)


def _of_person(
    dialogue: Dialogue, conversation: Conversation, answered: Answered, word: Word
) -> Iterator[Told]:
    """Someone who was ticked: what was asked, and their name."""
    named = (old.question for old in conversation.answers if old.person is None)
    people = {one.id: one.name for name in named for one in conversation.people_of(name)}
    if answered.answer == Chosen((YES,)) and answered.person in people:
        yield Told(_asked(dialogue, answered.question, word), (people[answered.person],))


def _said(pieces: tuple[Piece, ...], word: Word) -> tuple[str, ...]:
    return tuple(_word(piece, word) if isinstance(piece, Text) else piece.words for piece in pieces)


def _asked(dialogue: Dialogue, question: str, word: Word) -> str:
    """The name of a question on the page, or the question itself; its id when both are gone."""
    node = dialogue.nodes.get(question)
    if node is None:
        return question
    has_name = isinstance(node, Question) and node.section is not None
    return _word(Text(f"{node.context}/{'short' if has_name else 'text'}"), word)


def _word(text: Text, word: Word) -> str:
    try:
        return word(text)
    except MissingTextError:
        # What was told is theirs, even under a name that is only ours.
        return text.key.rpartition("/")[2]


def _tapped(conversation: Conversation, word: Word) -> Iterator[str]:
    """What was tapped about a meeting and not given yet."""
    meeting = conversation.meeting
    if meeting is not None:
        for aspect, view in zip(ASPECTS, conversation.views or (), strict=False):
            yield f"{word(named(aspect, meeting.who or meeting.team))}: {word(label_of(view))}"


def _unfinished(dialogue: Dialogue, conversation: Conversation, word: Word) -> Iterator[str]:
    """What was typed, spoken or ticked at the question that is open, and is no answer yet."""
    yield from _said(said_in(conversation.draft), word)
    yield from (heard.words for heard in conversation.heard)
    node = dialogue.nodes.get(conversation.at)
    match node:
        case Choices():
            ticked = Chosen(conversation.ticked)
            yield from _said(shown(labels_of(node), ticked), word)
        case People(of=of):
            people = conversation.people_of(of)
            yield from (one.name for one in people if one.id in conversation.ticked)
        case _:
            return


def _invited(dialogue: Dialogue, known: Shares, word: Word) -> Iterator[str]:
    """Whom they invited, and that they were; whether anybody came is not theirs to know."""
    for other in known.others:
        ander, moment = who(dialogue, Shares((other,)), other.tie), Moment(other.at)
        key = "mine_was_invited" if other.who is None else "mine_invited"
        yield word(Text(f"{ENGINE}/{key}", {"ander": ander, "moment": moment}))


async def _shared(
    tx: Transaction, dialogue: Dialogue, known: Shares, voice: Voice, word: Word
) -> AsyncIterator[SharedPart]:
    """What they gave to other voices; then what they got, with the words of what they looked at.

    What they did not look at yet can still be taken back, so its words are not in the file.
    """

    def part(tie: int, at: int, body: Body | None, *, theirs: bool) -> SharedPart:
        other = word(who(dialogue, known, tie))
        answers = in_words(body, word) if body else ()
        told = tuple(Told(answer.asked, answer.said) for answer in answers)
        return SharedPart(other, at, theirs, body is not None, told)

    for given, body in await shares.given(tx, voice):
        yield part(given.tie, given.at, body, theirs=False)
    for got, seen in await shares.looked(tx, voice):
        yield part(got.tie, got.at, seen, theirs=True)


async def _page(tx: Transaction, row: PageRow, word: Word) -> SentPage:
    replies = await pages.replies(tx, row)
    talks = await meetings.of_page(tx, row)
    wrote = {each.professional for each in replies if each.professional is not None}
    wrote |= {each.professional for each in talks if each.professional is not None}
    people = await professionals.by_id(tx, wrote)
    names = {id_: person.name for id_, person in people.items()}
    return SentPage(
        page=decode(row.body),
        sent=row.came,
        answered=row.answered_at,
        closed=row.closed_at,
        asked_back=row.asked_back_at,
        ends=row.delete_after,
        messages=tuple(
            Wrote(
                None if reply.from_family else names.get(reply.professional or 0, ""),
                reply.at,
                reply.words,
            )
            for reply in replies
        ),
        meetings=tuple(
            _met(talk, names.get(talk.professional or 0, ""), decode(row.body).team_name, word)
            for talk in talks
        ),
    )


def _met(talk: Meeting, name: str, team: str, word: Word) -> Met:
    theirs = talk.body.professional if talk.is_shown else None
    return Met(
        name=name,
        on=talk.body.on,
        asked=tuple(word(named(aspect, name or team)) for aspect in ASPECTS),
        mine=tuple(word(label_of(view)) for view in talk.body.family or ()),
        theirs=tuple(word(label_of(view)) for view in theirs or ()),
    )
