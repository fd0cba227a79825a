"""A real browser for tests, and a server for it to look at, both on this machine only.

Use it so::

    @needs_browser
    async def test_something(browser_page: Browser) -> None:
        async with serve(app) as address:
            page = await browser_page.phone()
            await page.goto(address + "/desk")

        assert browser_page.elsewhere == []

``needs_browser`` marks a test ``browser`` and skips it, saying so, where there is no Chromium.
"""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeVar
from urllib.parse import urlsplit

import playwright.async_api as playwright
import pytest
import pytest_asyncio
import uvicorn
from starlette.types import ASGIApp

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: playwright.ViewportSize = {"width": 360, "height": 740}
DESKTOP: playwright.ViewportSize = {"width": 1280, "height": 900}

PATIENCE = 30_000
"""Milliseconds a page may take on a machine that is busy."""

playwright.expect.set_options(timeout=PATIENCE)

Test = TypeVar("Test", bound=Callable[..., object])


def needs_browser(test: Test) -> Test:
    """Mark ``test`` as one that opens a browser; without one it is skipped with that reason."""
    missing = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}")
    missing(test)
    pytest.mark.browser(test)
    return test


@dataclass
class Browser:
    """Opens pages that share nothing, and remembers what none of them should do.

    ``elsewhere`` are requests that went to another host than 127.0.0.1; ``ran`` are dialogs and
    page errors that scripts caused; ``blocked`` are complaints of the content security policy.
    """

    chromium: playwright.Browser = field(repr=False)
    elsewhere: list[str] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)

    async def phone(self, *, scripts: bool = True) -> playwright.Page:
        """A page as on a small telephone: 360 × 740, touch."""
        return await self.open(
            await self.chromium.new_context(
                locale="nl-NL",
                viewport=PHONE,
                has_touch=True,
                is_mobile=True,
                java_script_enabled=scripts,
            )
        )

    async def desktop(self, *, scripts: bool = True) -> playwright.Page:
        """A page as on a screen: 1280 × 900."""
        return await self.open(
            await self.chromium.new_context(
                locale="nl-NL", viewport=DESKTOP, java_script_enabled=scripts
            )
        )

    async def visitor(self, language: str, *, is_phone: bool) -> playwright.Page:
        """A page of someone whose browser is in ``language``."""
        return await self.open(
            await self.chromium.new_context(
                locale=language,
                viewport=PHONE if is_phone else DESKTOP,
                has_touch=is_phone,
                is_mobile=is_phone,
            )
        )

    async def open(self, context: playwright.BrowserContext) -> playwright.Page:
        """A watched page in ``context``."""
        context.set_default_timeout(PATIENCE)
        page = await context.new_page()
        page.on("request", self._asked)
        page.on("dialog", self._asked_aloud)
        page.on("pageerror", lambda error: self.ran.append(str(error)))
        page.on("console", self._complained)
        return page

    def _asked(self, request: playwright.Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob", "about"} and address.hostname != "127.0.0.1":
            self.elsewhere.append(request.url)

    async def _asked_aloud(self, dialog: playwright.Dialog) -> None:
        self.ran.append(f"{dialog.type}: {dialog.message}")
        await dialog.dismiss()

    def _complained(self, message: playwright.ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.blocked.append(message.text)


@pytest_asyncio.fixture
async def browser_page() -> AsyncIterator[Browser]:
    """A ``Browser``; everything it opened is closed afterwards."""
    async with playwright.async_playwright() as engine:
        chromium = await engine.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield Browser(chromium)
        finally:
            await chromium.close()


class _Server(uvicorn.Server):
    """Tells when it listens, and leaves the signals of the test run alone."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listens = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listens.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serve(
    app: ASGIApp, *, lifespan: Literal["auto", "on", "off"] = "off", port: int = 0
) -> AsyncIterator[str]:
    """Run ``app`` on ``port`` of 127.0.0.1 (0: a free one); gives its address, such as
    ``http://127.0.0.1:40123``."""
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan=lifespan,
        log_level="warning",
        timeout_graceful_shutdown=2,
    )
    server = _Server(config)
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        await server.listens.wait()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    """Where pictures of pages go: the folder in ``SHOTS``, to look at; without it, nowhere kept."""
    folder = Path(os.environ.get("SHOTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
