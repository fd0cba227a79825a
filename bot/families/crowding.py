"""Takes in no more than can be taken, and tells the rest so: nothing is lost in silence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.dialogue.events import Missed, TooFast
from bot.dialogue.patience import too_many
from bot.families.allowance import HOUR, Counting
from bot.families.incoming import Incoming
from bot.library import Library
from bot.storage import messages, voices
from bot.storage.records import NewMessage
from bot.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everyone who comes in, in one transaction, in the words of ``library``."""

    library: Library
    counting: Counting

    def taken(self, batch: Iterable[Incoming]) -> list[Incoming]:
        """``batch`` with, in the place of each message that is one too many, word of that.

        What is refused is kept nowhere, but the number of the message is: it stands in the chat,
        and goes when that is cleared.
        """
        taken = []
        for came in batch:
            verdict, missed = self.counting.message(came.chat, came.event, came.at)
            if missed:
                taken.append(Incoming(came.chat, 0, Missed(missed), came.language))
            if verdict != "taken":
                told = TooFast(told=verdict == "refused and told")
                came = replace(came, event=told, link=None, raw=b"", recorded=None)
            taken.append(came)
        return taken

    async def welcome(self, tx: Transaction, new: Sequence[Incoming], now: int) -> list[Incoming]:
        """Those of the chats that are ``new`` for whom there is room; the others hear whom to call.

        On the chat page that is said by the page itself, which finds no conversation.
        """
        channels = {came.chat.channel for came in new}
        most = self.counting.allowance.limits.newcomers
        known = {
            channel: await voices.begun_since(tx, channel, now - HOUR, most) for channel in channels
        }
        welcome, told = [], []
        for came in new:
            verdict = self.counting.newcomer(came.chat, known[came.chat.channel])
            if verdict == "taken":
                welcome.append(came)
            elif verdict == "refused and told" and came.chat.channel != "web":
                told.append(self._told(came, now))
        await messages.enqueue(tx, told, now)
        return welcome

    def _told(self, came: Incoming, now: int) -> NewMessage:
        library, team = self.library, self.library.team_of(came.link)
        language = library.texts.offered(came.language)
        say = too_many(library.dialogue_of(came.link))
        message = library.texts.say(say, language, library.values(team, language))
        return NewMessage(None, came.chat, "notice", now, message)
