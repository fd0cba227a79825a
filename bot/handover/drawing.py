"""Draws the picture of a message when it is to be shown."""

import logging

from bot.handover.apart import apart
from bot.handover.picture import picture
from bot.handover.qr import png
from bot.handover.typesetting import is_panic
from bot.texts import Picture

log = logging.getLogger(__name__)


async def drawn(it: Picture) -> bytes | None:
    """``it`` as a PNG; None when it cannot be drawn, which is a mistake of ours.

    Takes tens of milliseconds; everything else goes on meanwhile.
    """
    try:
        if it.address:
            return await apart(png, it.address)
        return await apart(picture, it.circle, it.words, right_to_left=it.right_to_left)
    except BaseException as mistake:
        if not isinstance(mistake, Exception) and not is_panic(mistake):
            raise
        # What typst says may quote a name.
        log.error("a picture cannot be drawn: %s", type(mistake).__name__)
        return None
