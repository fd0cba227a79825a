"""Rules about what can be chosen: pictures with a word, what was ticked before, what is near."""

from collections.abc import Iterator

from bot.dialogue.meant import listed, meant, quoted
from bot.dialogue.pictures import parted
from bot.dialogue.problems import Problem
from bot.dialogue.vocabulary import TOPICS
from bot.dialogue.weaving import Woven

LONGEST_UNDER_A_PICTURE = 12
"""Characters of the words with a picture; four of those stand beside each other on a telephone."""

MOST_WORDS = 2


def unknown_choices(woven: Woven) -> Iterator[Problem]:
    """``of`` of a question of kind ``choices`` names another one of that kind."""
    for spot in woven.spots.values():
        name = spot.node.among
        if name is None or woven.hidden(spot.prefix + name.text):
            continue
        asked = woven.among(spot)
        if asked is not None and asked is not spot:
            continue
        if asked is spot:
            message = f"{quoted(name.text)} is deze vraag zelf. "
        elif spot.prefix + name.text in woven.spots:
            message = f"Bij {quoted(name.text)} wordt niets aangevinkt. "
        else:
            near = [one for one in woven.questions(spot, "choices") if spot.prefix + one != spot.id]
            message = f"Er is geen vraag {quoted(name.text)}.{meant(name.text, near)} "
        message += "Zet achter ‘of’ een eerdere vraag met ‘ask: choices’."
        yield Problem(spot.draft.file, name.line, "unknown-choices", message)


def picture_label(woven: Woven) -> Iterator[Problem]:
    """The label of a picture is one emoji, a space, and one or two short words."""
    for draft, node in woven.nodes():
        if node.kind != "pictures":
            continue
        for code in node.codes:
            word = node.words.get(f"choices/{code.text}")
            if word is None or not word.text:
                continue
            picture, words = parted(word.text)
            if not picture:
                message = (
                    f"{quoted(word.text)} begint niet met één plaatje. "
                    "Schrijf een emoji, een spatie, en dan een woord: 🙂 blij."
                )
            elif len(words.split()) > MOST_WORDS or len(words) > LONGEST_UNDER_A_PICTURE:
                message = (
                    f"{quoted(words)} is te lang voor onder een plaatje. Neem één of twee woorden, "
                    f"samen hoogstens {LONGEST_UNDER_A_PICTURE} tekens."
                )
            else:
                continue
            yield Problem(draft.file, word.line, "picture-label", message)


def unknown_topic(woven: Woven) -> Iterator[Problem]:
    """Behind a choice of ``nearby`` stands a topic that people and places near can have."""
    for draft, node in woven.nodes():
        for topic in (topic for near in node.near for topic in near.topics):
            if topic.text not in TOPICS:
                message = (
                    f"Het onderwerp {quoted(topic.text)} kan hier niet.{meant(topic.text, TOPICS)}"
                    f" Kies uit: {listed(TOPICS)}."
                )
                yield Problem(draft.file, topic.line, "unknown-topic", message)
