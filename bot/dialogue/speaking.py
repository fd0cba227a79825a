"""What someone says aloud: kept unheard as part of an answer, by the number of its recording.

A person will listen to it; nothing here knows what is in it. When a computer of the house's own
writes it out, that counts only once the speaker says that it is so.
"""

from collections.abc import Callable

from msgspec.structs import replace

from bot.dialogue import keeping, moves
from bot.dialogue.answers import Heard, Said, Worded
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import Play, Step
from bot.dialogue.events import Spoke
from bot.dialogue.hearing import (
    LARGEST_NOTE,
    LONGEST_NOTE,
    MOST_NOTES,
    fitting,
)
from bot.dialogue.message import Part
from bot.dialogue.phrases import line
from bot.dialogue.speaking_screens import NO, YES, notes_in
from bot.dialogue.summary import items
from bot.dialogue.tree import Dialogue, HandOver, Review, Words
from bot.dialogue.walk import walk
from bot.dialogue.writing import keep


def notes_of(conversation: Conversation) -> frozenset[int]:
    """The numbers of every recording that this conversation speaks of, left out or not."""
    said = [*conversation.draft]
    for answered in conversation.answers:
        said += notes_in(answered.answer)
    return frozenset(one.note for one in said if one.note is not None)


def spoke(dialogue: Dialogue, conversation: Conversation, event: Spoke) -> Step:
    """Something was said aloud: kept where own words are asked, else refused kindly."""
    why = _refusal(dialogue, conversation, event)
    if why is not None:
        return moves.repeat(dialogue, conversation, why)
    said = Said("", event.origin, event.note, max(event.seconds, 0))
    told = [line("note_kept")]
    if not notes_of(conversation):
        told.insert(0, line("note_writes_out" if dialogue.around.writes_out else "note_unheard"))
    step = keep(dialogue, conversation, said, *told)
    # From another screen it is back to the question; what is to be known is said there too.
    is_new = step.conversation.turn != conversation.turn
    return moves.told(step, *told[:-1]) if is_new and told[:-1] else step


def play(dialogue: Dialogue, conversation: Conversation, place: str) -> Step:
    """The recording at this ``place`` of the item under review is sent again, to listen to."""
    found = [
        item.answer
        for item in items(dialogue, conversation)
        if conversation.screen == "item" and item.question == conversation.item
    ]
    notes = notes_in(found[0]) if found else ()
    numbered = {str(number): one for number, one in enumerate(notes, 1) if not one.lost}
    one = numbered.get(place)
    if one is None or one.note is None:
        return moves.repeat(dialogue, conversation, line("old_button"))
    return moves.show(dialogue, conversation, conversation, Play(one.note, one.seconds))


def lost(dialogue: Dialogue, conversation: Conversation, note: int) -> Step:
    """A recording never reached us: it is marked so wherever it is, and that is said once."""
    after = _changed(conversation, note, lambda one: replace(one, lost=True))
    if after == conversation:
        return Step(conversation)
    if conversation.status in ("left", "paused"):
        return Step(after)  # nothing appears in a chat that was left; the review shows it
    return moves.repeat(dialogue, after, line("note_never_came"))


def written_out(dialogue: Dialogue, conversation: Conversation, note: int, words: str) -> Step:
    """A computer made words of a recording: its speaker is asked, if it still can be changed.

    Who is away, or looks at something else, is not disturbed: then it stays a recording.
    """
    words = words.strip()
    waits = conversation.heard if conversation.screen == "heard" else ()
    is_free = conversation.status == "open" and conversation.screen in ("question", "item", "heard")
    open_ = [one.note for one in _open(dialogue, conversation) if not one.words]
    if not words or not is_free or note not in open_ or any(one.note == note for one in waits):
        return Step(conversation)
    after = replace(conversation, heard=(*waits, Heard(note, words)))
    if waits:
        return Step(after)
    return moves.over(dialogue, after, "heard")


def confirmed(dialogue: Dialogue, conversation: Conversation, code: str) -> Step:
    """The speaker said whether the words are right. Those that are stand beside the recording."""
    if (
        conversation.screen != "heard"
        or not conversation.heard
        or f"-heard.{code}" not in (YES, NO)
    ):
        return moves.repeat(dialogue, conversation, line("old_button"))
    first, *others = conversation.heard
    after = replace(conversation, heard=tuple(others))
    if f"-heard.{code}" == YES:
        after = _with_words(dialogue, after, first)
    if others:
        return moves.show(dialogue, conversation, after)
    return _onward(dialogue, conversation, replace(after, screen="question", item=None))


def let_go(step: Step) -> Step:
    """``step``, in which nothing waits for a yes that nobody is asked for any more."""
    now = step.conversation
    on_top = now.beneath if now.screen == "care" else now.screen
    if not now.heard or on_top == "heard":
        return step
    return replace(step, conversation=replace(now, heard=()))


def _refusal(dialogue: Dialogue, conversation: Conversation, event: Spoke) -> Part | None:
    """The line that says kindly why a recording is not kept; None when it is."""
    node = dialogue.nodes[conversation.at]
    if not isinstance(node, Words) or conversation.screen == "write":
        return line("note_not_here")
    if event.seconds > LONGEST_NOTE or event.size > LARGEST_NOTE:
        return line("note_too_long", minuten=LONGEST_NOTE // 60)
    if sum(one.note is not None for one in conversation.draft) >= MOST_NOTES:
        return line("note_enough", aantal=MOST_NOTES)
    return None


def _open(dialogue: Dialogue, conversation: Conversation) -> list[Said]:
    """The recordings that were not sent yet."""
    way = walk(dialogue, conversation)
    found = [one for one in conversation.draft if one.note is not None]
    for answered in conversation.answers:
        if not way.is_sent(answered.question):
            found += notes_in(answered.answer)
    return found


def _with_words(dialogue: Dialogue, conversation: Conversation, heard: Heard) -> Conversation:
    """The words in their place, as far as they fit; what was agreed on after it is open again."""

    def worded(said: tuple[Said, ...]) -> tuple[Said, ...]:
        others = tuple(one for one in said if one.note != heard.note)
        new = fitting(others, heard.words)
        return tuple(replace(one, words=new) if one.note == heard.note else one for one in said)

    after = replace(conversation, draft=worded(conversation.draft))
    for old in conversation.answers:
        if any(one.note == heard.note for one in notes_in(old.answer)):
            assert isinstance(old.answer, Worded)  # noqa: S101 - others have no recordings
            given = replace(old.answer, said=worded(old.answer.said))
            after = keeping.put(dialogue, after, old.question, given, old.person)
            if old.left_out:
                after = keeping.left_out(after, old.question)
    return after


def _onward(dialogue: Dialogue, before: Conversation, after: Conversation) -> Step:
    """Back where someone was; the words may have opened or closed the way they were on."""
    way = walk(dialogue, after)
    at_end = isinstance(dialogue.nodes[after.at], Review | HandOver)
    if way.place_of(after.at) is None or (at_end and way.open.id != after.at):
        after = moves.go_to(after, way.open)
    return moves.show(dialogue, before, after)


def _changed(conversation: Conversation, note: int, change: Callable[[Said], Said]) -> Conversation:
    """The same with ``change`` made to one recording, wherever it stands."""

    def changed(said: tuple[Said, ...]) -> tuple[Said, ...]:
        return tuple(change(one) if one.note == note else one for one in said)

    answers = tuple(
        replace(old, answer=replace(old.answer, said=changed(old.answer.said)))
        if isinstance(old.answer, Worded)
        else old
        for old in conversation.answers
    )
    return replace(conversation, draft=changed(conversation.draft), answers=answers)
