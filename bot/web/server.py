"""Serves a site on a socket that is already open, until it is cancelled."""

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.settings import SettingsError

LAST_REQUESTS = 3
"""Seconds that requests under way may take when we stop; a page that waits for news is cut off."""

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
    server = _Server(
        uvicorn.Config(
            site,
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
        server.should_exit = True
        await serving


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to whoever runs us."""
        yield
