"""Says what the file of someone's own does not hold, with the reason of each."""

from collections.abc import Iterator

from bot.dialogue.lock import has_code
from bot.dialogue.speaking import notes_of
from bot.storage import family_pages, voices
from bot.storage.records import Voice
from bot.storage.transaction import Transaction


async def left_out(tx: Transaction, voice: Voice) -> tuple[str, ...]:
    """The keys of the fixed words that say so; of what there is for ``voice``, no more.

    What they told in an earlier talk of the same chat, with another case, is left out because a
    phone may have changed hands since, and the code of that talk does not guard this one.
    """
    earlier = len(await voices.of_same_chat(tx, voice.id)) > 1
    has_pages = bool(await family_pages.all_of(tx, voice.id))
    return tuple(_keys(voice, earlier=earlier, has_pages=has_pages))


def _keys(voice: Voice, *, earlier: bool, has_pages: bool) -> Iterator[str]:
    yield "mine_out_talk"
    if notes_of(voice.conversation):
        yield "mine_out_sound"
    if has_code(voice.conversation):
        yield "mine_out_code"
    if has_pages:
        yield "mine_out_readers"
    if earlier:
        yield "mine_out_earlier"
