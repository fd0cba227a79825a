"""What the screens about a meeting look like, of which both sides say how it was.

They say what the world told last (``Conversation.meeting``), and no more than that.
"""

from collections.abc import Iterator, Sequence

from bot.dialogue.conversation import Conversation
from bot.dialogue.facts import ASPECTS, VIEWS, Aspect, MeetingFacts, View
from bot.dialogue.message import Moment, Part, Text
from bot.dialogue.phrases import Rows, button, line, word
from bot.dialogue.tree import Dialogue
from bot.dialogue.vocabulary import VoiceKind

GO_ON: Rows = ((button("go_on", "-on"),),)

IN_THEIR_WORDS: dict[VoiceKind, str] = {
    "parent": "",
    "other": "",
    "young": "_young",
    "child": "_child",
}
"""How the name of a question ends for whoever is asked (``dialogen/vaste_woorden.yaml``)."""


def drawn(dialogue: Dialogue, conversation: Conversation) -> tuple[list[Part], Rows]:
    """The lines and buttons of the screen; that there is no meeting, when nothing was told."""
    meeting = conversation.meeting
    if meeting is None:
        return [line("meeting_gone")], GO_ON
    if meeting.mine != "open":
        return (_beside if meeting.is_shown else _waits)(meeting)
    if conversation.views is None:
        return _wanted(meeting)
    if len(conversation.views) < len(ASPECTS):
        return _question(meeting, ASPECTS[len(conversation.views)], dialogue.voice)
    return _check(meeting, conversation.views)


def label_of(view: View) -> Text:
    """How a view reads, on its button and wherever it is shown."""
    return word("skipped" if view == "skipped" else f"meeting_{view}")


def named(aspect: Aspect, who: str) -> Text:
    """The short name of what was asked, about ``who``."""
    return word(f"meeting_{aspect}_short", wie=who)


def _who(meeting: MeetingFacts) -> str:
    return meeting.who or meeting.team


def _wanted(meeting: MeetingFacts) -> tuple[list[Part], Rows]:
    """First whether they want to, and who will read it and when."""
    who = _who(meeting)
    reads = "meeting_they_pass" if meeting.theirs == "passed" else "meeting_who_reads"
    parts = [
        line("meeting_noted", wie=who, team=meeting.team, dag=Moment(meeting.on, clock=False)),
        line("meeting_how"),
        line(reads, wie=who),
        Part((word("meeting_wanted"),), "question"),
    ]
    return parts, ((button("meeting_yes", "-meeting.yes"),), (button("meeting_no", "-meeting.no"),))


def _question(meeting: MeetingFacts, aspect: Aspect, voice: VoiceKind) -> tuple[list[Part], Rows]:
    asked = word(f"meeting_{aspect}{IN_THEIR_WORDS[voice]}", wie=_who(meeting))
    rows: Rows = tuple(
        (button(f"meeting_{view}", f"-meeting.{view}"),) for view in VIEWS if view != "skipped"
    )
    aside = (button("skip", "-meeting.skipped"), button("meeting_stop", "-meeting.no"))
    return [Part((asked,), "question")], (*rows, aside)


def _check(meeting: MeetingFacts, views: Sequence[View]) -> tuple[list[Part], Rows]:
    """All that would be given, before it is."""
    who = _who(meeting)
    chosen: list[Part] = []
    for aspect, view in zip(ASPECTS, views, strict=True):
        chosen += [Part((named(aspect, who),), "heading"), Part((label_of(view),), "quote")]
    asked = Part((word("meeting_may", wie=who),), "question")
    give, again = button("meeting_give", "-meeting.give"), button("meeting_again", "-meeting.again")
    return [line("meeting_chosen"), *chosen, asked], (
        (give,),
        (again,),
        (button("meeting_stop", "-meeting.no"),),
    )


def _waits(meeting: MeetingFacts) -> tuple[list[Part], Rows]:
    """It was said, and the other side has not closed yet."""
    return [line("meeting_waits", wie=_who(meeting))], (
        (button("meeting_drop", "-meeting.drop"),),
        *GO_ON,
    )


def _beside(meeting: MeetingFacts) -> tuple[list[Part], Rows]:
    """What there is of both sides, beside each other."""
    if meeting.mine == "passed" and meeting.theirs != "said":
        return [line("meeting_i_pass")], GO_ON
    parts = [line("meeting_i_pass")] if meeting.mine == "passed" else []
    parts.append(line("meeting_shown", wie=_who(meeting), dag=Moment(meeting.on, clock=False)))
    parts += list(_both(meeting))
    if meeting.theirs == "passed":
        parts.append(line("meeting_they_passed", wie=_who(meeting)))
    parts.append(line("meeting_then"))
    return parts, ((button("menu_write", "-write"),), *GO_ON)


def _both(meeting: MeetingFacts) -> Iterator[Part]:
    who = _who(meeting)
    for place, aspect in enumerate(ASPECTS):
        yield Part((named(aspect, who),), "heading")
        if meeting.my_views:
            said = label_of(meeting.my_views[place])
            yield line("meeting_row", wie=word("mine_you"), antwoord=said)
        if meeting.their_views:
            yield line("meeting_row", wie=who, antwoord=label_of(meeting.their_views[place]))
