"""A very small HTTP/1.1 server on loopback, in the event loop of the test.

Our own, because a test must be able to do what no web framework offers: accept a request, act on
it, and then never answer.
"""

import asyncio
import contextlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import parse_qsl

Params: TypeAlias = dict[str, str]
Files: TypeAlias = dict[str, bytes]
Reply: TypeAlias = tuple[int, bytes]


@dataclass(frozen=True)
class Request:
    """One request; its parameters are those of a form, its files what was uploaded with it."""

    path: str
    params: Params
    reader: asyncio.StreamReader
    files: Files = field(default_factory=dict)

    async def broken_off(self) -> None:
        """Wait until whoever asked closes the connection."""
        # Nobody sends a second request before the first is answered: what comes is the end.
        await self.reader.read(1)


Handler: TypeAlias = Callable[[Request], Awaitable[Reply | None]]
"""From a request to status and body; None closes the connection unanswered."""


class LoopbackServer:
    """Listens from ``start`` to ``stop``; both may be called again, on the same port."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[None]] = set()
        self.port = 0

    async def start(self) -> None:
        """Listen; the first time on a free port. Nothing when it listens already."""
        if self._server is not None and self._server.is_serving():
            return
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Refuse new connections and break off those there are."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.ensure_future(self._talk(reader, writer))
        self._talks.add(talk)
        talk.add_done_callback(self._talks.discard)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                while True:
                    reply = await self._handler(await _request(reader))
                    if reply is None:
                        return
                    writer.write(_response(*reply))
                    await writer.drain()
        finally:
            writer.close()


async def _request(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    path = head[0].split(" ")[1]
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    kind, _, boundary = headers.get("content-type", "").partition("; boundary=")
    if kind == "multipart/form-data":
        params, files = _parts(body, boundary.strip('"').encode())
        return Request(path, params, reader, files)
    return Request(path, dict(parse_qsl(body.decode(), keep_blank_values=True)), reader)


def _parts(body: bytes, boundary: bytes) -> tuple[Params, Files]:
    """The fields of a form with files in it (RFC 7578): those with a file name are files."""
    params: Params = {}
    files: Files = {}
    for part in body.split(b"--" + boundary)[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        content = content.removesuffix(b"\r\n")
        name = re.search(rb'[ ;]name="([^"]*)"', head)
        assert name is not None, head
        if b"filename=" in head:
            files[name[1].decode()] = content
        else:
            params[name[1].decode()] = content.decode()
    return params, files


def _response(status: int, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status} Status\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
