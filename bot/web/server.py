"""Serves a site on a socket that is already open, until it is cancelled."""

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.settings import SettingsError

LAST_REQUESTS = 3
"""Seconds that requests under way may take when we stop."""

PROXIES = ("127.0.0.1", "::1")
"""Who may say from whom a request really is: the web server in front, on this machine."""


def listen(host: str, port: int) -> socket.socket:
    """A socket on which nothing is served yet; port 0 is any that is free.

    Raises ``SettingsError`` when that is not possible here.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else "dit adres is er niet"
        raise SettingsError(
            (f"- SAMENSPRAAK_WEB: luisteren op {host}:{port} lukt niet ({why}).",)
        ) from error


async def serve(site: ASGIApp, listener: socket.socket) -> None:
    """Serve ``site`` until cancelled; then let requests that are under way end."""
    stopping = asyncio.Event()
    server = _Server(
        uvicorn.Config(
            _leaving(site, stopping),
            access_log=False,  # addresses hold secrets: invitations, a family's own link
            forwarded_allow_ips=list(PROXIES),
            lifespan="off",
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=LAST_REQUESTS,
            ws="none",
        )
    )
    serving = asyncio.create_task(server.serve([listener]))
    try:
        await asyncio.shield(serving)
    finally:
        stopping.set()
        server.should_exit = True
        await serving


def _leaving(site: ASGIApp, stopping: asyncio.Event) -> ASGIApp:
    """``site``, for which whoever only waits for an answer has gone as soon as it is ``stopping``.

    So a page that waits for news hears at once that there is none, and asks again later.
    """

    async def leaving(scope: Scope, receive: Receive, send: Send) -> None:
        asked = False

        async def received() -> Message:
            nonlocal asked
            message = await (_unless(stopping, receive) if asked else receive())
            asked = not message.get("more_body", False)
            return message

        await site(scope, received, send)

    return leaving


async def _unless(stopping: asyncio.Event, receive: Receive) -> Message:
    """What comes next from the browser; that it has gone, when we stop first."""
    coming, stopped = asyncio.ensure_future(receive()), asyncio.ensure_future(stopping.wait())
    try:
        await asyncio.wait({coming, stopped}, return_when=asyncio.FIRST_COMPLETED)
        return coming.result() if coming.done() else {"type": "http.disconnect"}
    finally:
        coming.cancel()
        stopped.cancel()


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to whoever runs us."""
        yield
