"""Opens and closes the connection to Telegram's Bot API."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot
from telegram.request import HTTPXRequest

BOT_API = "https://api.telegram.org"

CONNECTIONS = 16
"""As many as ``delivery`` sends at once, plus a few answers to taps that wait for a free one."""

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 10.0
"""How long Telegram may take to accept a connection, and to answer."""

POLL_SECONDS = 30
"""How long Telegram keeps a request for updates open when there are none."""

# Telegram's "retry after" as a timedelta, which will be the only form; without this the library
# warns each time Telegram asks for patience.
os.environ.setdefault("PTB_TIMEDELTA", "true")


@asynccontextmanager
async def connection(token: str, api: str = BOT_API) -> AsyncIterator[Bot]:
    """A client for the bot with ``token``, at the Bot API that lives at ``api``.

    Nothing is sent until it is used: a Telegram that is out of reach delays no start.
    """
    async with _request(CONNECTIONS) as request, _request(1) as polling:
        yield Bot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=request,
            get_updates_request=polling,
        )


def _request(connections: int) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=CONNECT_SECONDS,
        read_timeout=ANSWER_SECONDS,
        write_timeout=ANSWER_SECONDS,
        pool_timeout=ANSWER_SECONDS,
    )
