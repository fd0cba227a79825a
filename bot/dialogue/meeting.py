"""What someone says of a talk they had with a professional: three short questions, if they like.

Whether there was such a meeting and what the other side says of it, only the world knows. What was
tapped is kept here until all of it is given, after a last look; nobody reads it before that.
"""

from msgspec.structs import replace

from bot.dialogue import moves
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import AskMeeting, SayMeeting, Step
from bot.dialogue.events import MeetingTold
from bot.dialogue.facts import ASPECTS, VIEWS, MeetingFacts
from bot.dialogue.meeting_screens import label_of
from bot.dialogue.phrases import line
from bot.dialogue.tree import Dialogue

CODES = "-meeting."
"""What the buttons of these screens begin with, but for the one that leads to them."""


def look(dialogue: Dialogue, conversation: Conversation) -> Step:
    """Show how the newest meeting is, and ask what is still open about it.

    In a chat that was left too: nothing of what someone told stands on this screen.
    """
    if not conversation.given:
        return moves.repeat(dialogue, conversation, line("meeting_gone"))
    return Step(conversation, (AskMeeting(),))


def told(dialogue: Dialogue, conversation: Conversation, event: MeetingTold) -> Step:
    """The world told how the meeting is; what was tapped about another one is dropped."""
    views = conversation.views if _same(event.meeting, conversation.meeting) else None
    after = replace(conversation, screen="meeting", meeting=event.meeting, views=views)
    step = moves.show(dialogue, conversation, after)
    return moves.told(step, line("meeting_late")) if event.late else step


def tapped(dialogue: Dialogue, conversation: Conversation, value: str) -> Step:
    """A button of these screens was tapped, ``value`` after what all of them begin with."""
    meeting = conversation.meeting
    if conversation.screen == "meeting" and meeting is not None:
        if meeting.mine == "open":
            step = _asked(dialogue, conversation, meeting, value)
        else:
            step = _said(conversation, meeting, value)
        if step is not None:
            return step
    return moves.repeat(dialogue, conversation, line("old_button"))


def _asked(
    dialogue: Dialogue, conversation: Conversation, meeting: MeetingFacts, value: str
) -> Step | None:
    """What a tap does while this side is open; None when it is no button of this screen."""
    views = conversation.views
    if value == "no":
        return Step(conversation, (SayMeeting(meeting.number, None),))
    if views is None:
        begun = replace(conversation, views=())
        return moves.show(dialogue, conversation, begun) if value == "yes" else None
    if len(views) < len(ASPECTS):
        for known in VIEWS:
            if known == value:
                after = replace(conversation, views=(*views, known))
                return moves.show(dialogue, conversation, after, shown=(label_of(known),))
        return None
    if value == "again":
        return moves.show(dialogue, conversation, replace(conversation, views=()))
    return Step(conversation, (SayMeeting(meeting.number, views),)) if value == "give" else None


def _said(conversation: Conversation, meeting: MeetingFacts, value: str) -> Step | None:
    """The same once this side is closed: until it is shown, what was said can be taken away."""
    if value == "drop" and not meeting.is_shown:
        return Step(conversation, (SayMeeting(meeting.number, None),))
    return None


def _same(now: MeetingFacts | None, before: MeetingFacts | None) -> bool:
    """Whether what was tapped so far is about the meeting as it is now."""
    if now is None or before is None:
        return False
    return now.number == before.number and now.mine == "open"
