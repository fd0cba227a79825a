"""The server stops without cutting anybody off, and without waiting for who only waits."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.web.server import listen, serve


async def test_whoever_waits_for_news_hears_at_once_that_there_is_none(
    caplog: pytest.LogCaptureFixture,
) -> None:
    waiting = asyncio.Event()

    async def site(scope: Scope, receive: Receive, send: Send) -> None:
        assert (await receive())["type"] == "http.request"
        waiting.set()
        assert (await receive())["type"] == "http.disconnect"
        await Response(status_code=204)(scope, receive, send)

    with listen("127.0.0.1", 0) as listener:
        serving = asyncio.create_task(serve(site, listener))
        async with httpx.AsyncClient() as browser:
            asks = asyncio.create_task(browser.get(f"http://127.0.0.1:{listener.getsockname()[1]}"))
            await waiting.wait()
            await _stop(serving)

            assert (await asks).status_code == 204
    assert caplog.records == []


async def test_what_someone_is_sending_still_arrives_whole() -> None:
    half_there, stopped = asyncio.Event(), asyncio.Event()

    async def site(scope: Scope, receive: Receive, send: Send) -> None:
        body = b""
        async for piece in Request(scope, receive).stream():
            body += piece
            half_there.set()
        await Response(body)(scope, receive, send)

    async def words() -> AsyncIterator[bytes]:
        yield b"eerst dit "
        await stopped.wait()
        yield b"en dan dat"

    with listen("127.0.0.1", 0) as listener:
        serving = asyncio.create_task(serve(site, listener))
        async with httpx.AsyncClient() as browser:
            address = f"http://127.0.0.1:{listener.getsockname()[1]}"
            sends = asyncio.create_task(browser.post(address, content=words()))
            await half_there.wait()
            stopping = asyncio.create_task(_stop(serving))
            await asyncio.wait({stopping}, timeout=0)
            stopped.set()

            assert (await sends).text == "eerst dit en dan dat"
            await stopping


async def _stop(serving: asyncio.Task[None]) -> None:
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving
