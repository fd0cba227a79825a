"""The parts together: what the loops do for people, and how all of it stops."""

import asyncio
import os
import resource
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from bot.app import App, Clock, SystemClock, harden_process, keep_terms, let_alarms_ring
from bot.conversations import Conversations, Incoming
from bot.dialogue.events import Started
from bot.professionals.reception import Reception
from bot.retention import Retention
from bot.settings import Settings
from bot.storage import alarms, voices
from bot.storage.errors import Busy, StorageError
from bot.storage.records import Chat
from bot.storage.store import Store
from bot.storage.vault import Vault
from bot.web.server import listen
from tests.telegram_family import Family
from tests.telegram_server import telegram_server
from tests.world import DESK, NOW, library

SECONDS = 10
"""How long stopping may take (security notes, fault 13)."""


class StandingClock:
    """Clocks that someone else moves."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> int:
        return self.time

    def passed(self) -> float:
        return float(self.time)


@asynccontextmanager
async def built(
    folder: Path,
    *,
    token: str | None = None,
    api: str = "http://127.0.0.1:9",
    smtp: str | None = None,
) -> AsyncIterator[tuple[App, str]]:
    """The app on the database in ``folder``, and where its pages are."""
    is_new = not (folder / "keys").exists()
    vault = Vault.create(folder) if is_new else Vault.open(folder)
    with listen("127.0.0.1", 0) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        settings = Settings(
            data=folder,
            public_url=url,
            telegram_token=SecretStr(token) if token else None,
            telegram_api=api,
            smtp=SecretStr(smtp) if smtp else None,
            leave_to=None,
        )
        async with (
            await Store.open(folder, vault) as store,
            App.build(settings, store, library(), listener, clock=StandingClock()) as app,
        ):
            yield app, url


@asynccontextmanager
async def running(app: App) -> AsyncIterator[None]:
    """The app while it runs; it is asked to stop at the end, and does so in time."""
    stop = asyncio.Event()
    async with asyncio.timeout(60):
        task = asyncio.create_task(app.run(stop))
        try:
            yield
        finally:
            stop.set()
            async with asyncio.timeout(SECONDS):
                assert await task


# --- What it does for people --------------------------------------------------------------------


async def test_a_family_on_telegram_is_answered(tmp_path: Path) -> None:
    async with (
        telegram_server() as server,
        built(tmp_path, token=server.token, api=server.api) as (app, _),
        running(app),
    ):
        family = Family(server)
        family.starts("t_linde")
        await server.until(lambda: any(shown.mine for shown in family.screen()))

    assert app.bot != ""
    by_themselves = {"outbox", "web", "alarms", "waiting", "retention", "recordings"}
    assert set(app.loops) == {"telegram", "announcement"} | by_themselves


async def test_without_telegram_the_pages_are_served(tmp_path: Path) -> None:
    async with built(tmp_path) as (app, url), running(app), httpx.AsyncClient() as browser:
        desk = await browser.get(f"{url}/bureau/inloggen")
        elsewhere = await browser.get(f"{url}/nergens")
        too_much = await browser.post(f"{url}/bureau/inloggen", content=b"x" * 70_000)

    assert desk.status_code == 200
    assert "content-security-policy" in desk.headers
    assert "server" not in desk.headers
    assert (elsewhere.status_code, too_much.status_code) == (404, 413)
    assert "telegram" not in app.loops
    assert app.bot == ""


async def test_a_telegram_that_is_out_of_reach_keeps_nothing_from_starting(tmp_path: Path) -> None:
    async with (
        built(tmp_path, token="123:ABC") as (app, url),
        running(app),
        httpx.AsyncClient() as browser,
    ):
        desk = await browser.get(f"{url}/bureau/inloggen")

    assert desk.status_code == 200
    assert app.bot == ""


async def test_what_waits_for_mail_goes_when_there_is_a_mail_server(tmp_path: Path) -> None:
    smtp = "smtp://127.0.0.1:9?from=bureau@voorbeeld.nl"
    async with built(tmp_path, smtp=smtp) as (app, _):
        assert "outbox" in app.loops


# --- Stopping -----------------------------------------------------------------------------------


async def test_it_stops_while_pages_wait_for_news_and_requests_are_under_way(
    tmp_path: Path,
) -> None:
    async with built(tmp_path) as (app, url), httpx.AsyncClient(timeout=60) as browser:
        async with running(app):
            await browser.post(f"{url}/t/linde", data={"taal": "nl"})
            waiting = asyncio.create_task(browser.get(f"{url}/gesprek/nieuw?na=999999"))
            await browser.get(f"{url}/gesprek")
        with pytest.raises(httpx.HTTPError):
            await browser.get(f"{url}/gesprek")
        await asyncio.gather(waiting, return_exceptions=True)


async def test_nothing_is_lost_or_told_twice_when_it_is_stopped_in_the_middle(
    tmp_path: Path,
) -> None:
    async with telegram_server() as server:
        families = [Family(server, 4000 + number) for number in range(20)]

        def told() -> list[tuple[str, ...]]:
            return [tuple(server.said_to(family.number)) for family in families]

        for family in families:
            family.starts("t_linde")
        async with built(tmp_path, token=server.token, api=server.api) as (app, _), running(app):
            await server.until(lambda: any(told()))
        assert not all(told())
        async with built(tmp_path, token=server.token, api=server.api) as (app, _), running(app):
            await server.until(lambda: all(told()) and len(set(told())) == 1)
            await server.updates.idle()


async def wait_for_ever() -> None:
    await asyncio.Event().wait()


async def test_one_loop_that_fails_stops_all_and_is_told(caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        raise StorageError("De schijf is stuk.")

    app = App({"web": wait_for_ever, "outbox": fail})

    went_well = await app.run(asyncio.Event())

    assert not went_well
    assert "all stops, as this failed: outbox: StorageError: De schijf is stuk." in caplog.text


async def test_what_a_loop_finishes_when_asked_to_stop_is_waited_for() -> None:
    finished: list[str] = []

    async def farewell() -> None:
        try:
            await wait_for_ever()
        finally:
            await asyncio.get_running_loop().run_in_executor(None, finished.append, "outbox")

    stop = asyncio.Event()
    asyncio.get_running_loop().call_soon(stop.set)

    assert await App({"outbox": farewell, "web": wait_for_ever}).run(stop)
    assert finished == ["outbox"]


# --- Alarms and terms ---------------------------------------------------------------------------


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with await Store.open(tmp_path, Vault.create(tmp_path)) as store:
        yield store


async def paused(store: Store, clock: Clock, due: int) -> Conversations:
    """Somebody's conversation in which an alarm goes off at ``due``."""
    books = library()
    conversations = Conversations(store, books, Reception(books, DESK))
    await conversations.open()
    chat = Chat("web", "geheim")
    await conversations.receive([Incoming(chat, 1, Started("linde"))], clock.now())
    voice = (await store.read(lambda tx: voices.of_chats(tx, [chat])))[chat]
    await store.write(lambda tx: alarms.set_(tx, [(voice.id, "remind", 0, due)]))
    return conversations


async def test_an_alarm_goes_off_when_it_is_due(store: Store) -> None:
    clock = StandingClock()
    conversations = await paused(store, clock, NOW)
    seen = store.commits

    ringing = asyncio.create_task(let_alarms_ring(store, conversations, clock))
    await store.committed_after(seen)
    ringing.cancel()

    assert await store.read(alarms.next_due) is None


async def test_an_alarm_does_not_go_off_before_it_is_due(store: Store) -> None:
    clock = StandingClock()
    conversations = await paused(store, clock, NOW + 1)
    seen = store.commits

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await let_alarms_ring(store, conversations, clock)

    assert store.commits == seen
    assert await store.read(alarms.next_due) == NOW + 1


class BusyConversations(Conversations):
    """Conversations on a disk that is full."""

    async def ring(self, now: int) -> None:
        raise Busy(f"De schijf is vol om {now}.")


async def test_alarms_wait_for_a_disk_that_is_full(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    clock = StandingClock()
    await paused(store, clock, NOW)
    books = library()
    conversations = BusyConversations(store, books, Reception(books, DESK))

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await let_alarms_ring(store, conversations, clock)

    assert caplog.text.count("the alarms have to wait: De schijf is vol") == 1
    assert await store.read(alarms.next_due) == NOW


async def test_what_is_past_its_term_goes_soon_after_the_start(store: Store) -> None:
    clock = StandingClock()
    await paused(store, clock, NOW)
    clock.time += 40 * 86_400

    sweeping = asyncio.create_task(keep_terms(Retention(store, {}), clock))
    while await store.read(lambda tx: tx.rows("select id from voice")):
        await store.committed_after(store.commits)
    sweeping.cancel()


# --- The process --------------------------------------------------------------------------------


def test_a_crash_leaves_no_memory_behind_and_files_are_ours_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        harden_process()
        (tmp_path / "bestand").touch()
    finally:
        os.umask(before)

    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
    assert stat.S_IMODE((tmp_path / "bestand").stat().st_mode) == 0o600


def test_the_clock_is_that_of_this_machine(tmp_path: Path) -> None:
    clock = SystemClock()
    before, passed = clock.now(), clock.passed()
    (tmp_path / "bestand").touch()

    assert before - 1 <= (tmp_path / "bestand").stat().st_mtime <= clock.now() + 1
    assert passed <= clock.passed()
