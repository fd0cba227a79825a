"""From nothing to a first answer, and a check of all that people author; each its own program."""

import subprocess
import sys

from tests.bench.timing import Spread, spread, timed

FIRST_ANSWER = """
from bot.dialogue.conversation import Conversation
from bot.dialogue.engine import advance
from bot.dialogue.events import Started
from tests.world import library
books = library()
dialogue = books.dialogue_for("t")
new = Conversation(dialogue.name, dialogue.revision, "nl")
step = advance(dialogue, new, Started("linde"))
books.texts.say(step.effects[-1], "nl", books.values("linde"))
"""


def started(times: int) -> Spread:
    """Every dialogue and language read and checked, and the first question in words."""
    return spread(_ran("-c", FIRST_ANSWER) for _ in range(times))


def checked(times: int) -> Spread:
    """``samenspraak check`` on what is authored here."""
    return spread(_ran("-m", "bot", "check") for _ in range(times))


def _ran(*arguments: str) -> float:
    return timed(
        lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    )
