"""Nothing a family says reaches a log, whatever the level and whoever speaks."""

import asyncio
import io
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import aiosqlite
import httpx
import pytest
import telegram
from telegram.request import BaseRequest, HTTPXRequest

from bot import logs
from bot.storage.errors import StorageError

WORD = "hetgeheimewoord"
OURS = logging.getLogger("bot.tests")


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Everything that is logged at DEBUG, the way ``run`` logs; put back afterwards."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level, logging.raiseExceptions)
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    levels = {name: logging.getLogger(name).level for name in logs.PINNED}
    stream = io.StringIO()
    logs.start_logging(logging.DEBUG, stream)
    yield stream
    logging.captureWarnings(capture=False)
    root.handlers[:], root.level, logging.raiseExceptions = before
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


async def test_the_database_says_nothing_at_debug(stream: io.StringIO) -> None:
    async with aiosqlite.connect(":memory:") as connection:
        await connection.execute("create table t (words text)")
        await connection.execute("insert into t values (?)", (WORD,))
        with pytest.raises(aiosqlite.Error):
            await connection.execute(f"select {WORD}")

    assert stream.getvalue() == ""


async def test_httpx_does_not_tell_the_token(stream: io.StringIO) -> None:
    async def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"ok": True})

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        await client.get(f"https://api.telegram.org/bot123:{WORD}/getMe")

    assert stream.getvalue() == ""


class Answering(BaseRequest):
    """A Telegram that gives the same answer to everything."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(self, *_args: object, **_options: object) -> tuple[int, bytes]:
        return 200, self.answer


@pytest.mark.parametrize(
    "answer",
    [
        f'{{"ok": true, "result": [{{"update_id": "{WORD}", "message": {{"text": "{WORD}"}}}}]}}',
        f'{{"ok": true, "result": {{"message_id": 1, "text": "{WORD}"}}}}',
        f"{WORD} is no JSON",
    ],
)
async def test_telegram_says_nothing_of_what_it_carries(stream: io.StringIO, answer: str) -> None:
    bot = telegram.Bot("123:ABC", request=Answering(answer.encode()))

    for call in (bot.get_updates(), bot.send_message(1, WORD)):
        try:
            await call
        except Exception:  # what it raises is not the question here
            OURS.exception("a call to Telegram failed")

    assert WORD not in stream.getvalue()


async def test_telegrams_own_client_is_as_silent(stream: io.StringIO) -> None:
    request = HTTPXRequest(connect_timeout=0.2)
    bot = telegram.Bot(f"123:{WORD}", "http://127.0.0.1:9/bot", request=request)

    with pytest.raises(telegram.error.NetworkError) as caught:
        await bot.send_message(1, WORD)
    OURS.error("nothing was sent", exc_info=caught.value)
    await request.shutdown()

    assert "nothing was sent" in stream.getvalue()
    assert WORD not in stream.getvalue()


async def test_asyncio_does_not_tell_what_a_lost_task_died_of(stream: io.StringIO) -> None:
    async def fails() -> None:
        raise ValueError(WORD)

    loop = asyncio.get_running_loop()
    error = (await asyncio.gather(fails(), return_exceptions=True))[0]
    loop.call_exception_handler({"message": f"lost: {error!r}", "exception": error})

    assert "asyncio: spoke from" in stream.getvalue()
    assert "ValueError\n" in stream.getvalue()
    assert WORD not in stream.getvalue()


def fail_with(error: BaseException) -> None:
    raise error


def test_of_an_exception_the_type_and_the_way_are_told(stream: io.StringIO) -> None:
    try:
        try:
            fail_with(KeyError(WORD))
        except KeyError as error:
            error.add_note(WORD)
            raise StorageError("De map is er niet.") from error
    except StorageError as error:
        OURS.exception("it failed: %s", error)

    told = stream.getvalue()
    assert "it failed: StorageError: De map is er niet." in told
    assert "because of:\nKeyError\n" in told
    assert "tests/test_logs.py:" in told
    assert "fail_with" in told
    assert WORD not in told
    assert str(Path(__file__).parent.parent) not in told


def test_a_group_of_exceptions_is_told_one_by_one(stream: io.StringIO) -> None:
    try:
        fail_with(ExceptionGroup(WORD, [ValueError(WORD), TypeError(WORD)]))
    except ExceptionGroup:
        OURS.exception("several at once")

    told = stream.getvalue()
    assert told.count("one of them:") == 2
    assert "TypeError" in told
    assert WORD not in told


def test_an_exception_that_leads_back_to_itself_is_told_once(stream: io.StringIO) -> None:
    first, second = ValueError(WORD), TypeError(WORD)
    first.__cause__, second.__cause__ = second, first
    group = ExceptionGroup("", [first, second])
    first.__context__ = group

    OURS.error("in a circle", exc_info=group)

    assert stream.getvalue().count("ValueError") == 1
    assert stream.getvalue().count("TypeError") == 1


def test_an_exception_of_theirs_in_our_own_line_is_told_by_its_type(stream: io.StringIO) -> None:
    OURS.warning("not now: %s (%d)", OSError(WORD), 3)
    OURS.warning("not now: %(why)s", {"why": OSError(WORD)})

    assert stream.getvalue() == (
        "WARNING bot.tests: not now: OSError (3)\nWARNING bot.tests: not now: OSError\n"
    )


def test_our_own_lines_are_shown_as_they_are(stream: io.StringIO) -> None:
    OURS.info("update %d is set aside", 5003)
    OURS.info("started")

    assert "INFO bot.tests: update 5003 is set aside\n" in stream.getvalue()


def test_of_any_other_library_only_the_place_is_told(stream: io.StringIO) -> None:
    logging.getLogger("bottle").warning("%s came in", WORD, stack_info=True)

    assert stream.getvalue().startswith(
        "WARNING bottle: spoke from test_of_any_other_library_only_the_place_is_told:"
    )
    assert stream.getvalue().count("\n") == 1
    assert WORD not in stream.getvalue()


def test_a_traceback_that_someone_else_wrote_out_is_not_used(stream: io.StringIO) -> None:
    record = OURS.makeRecord("bot.x", logging.ERROR, "x.py", 1, "failed", (), None)
    record.exc_text = f"Traceback: {WORD}"

    logging.getLogger().handle(record)

    assert stream.getvalue() == "ERROR bot.x: failed\n"


def test_what_nobody_caught_is_told_without_its_message(stream: io.StringIO) -> None:
    error = ValueError(WORD)
    sys.excepthook(ValueError, error, None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    thread = threading.Thread(target=fail_with, args=(error,))
    thread.start()
    thread.join()

    told = stream.getvalue()
    assert told.count("nobody caught this") == 2
    assert "ValueError" in told
    assert WORD not in told


def test_what_goes_wrong_while_cleaning_up_is_told_without_its_message(
    stream: io.StringIO,
) -> None:
    class Leaving:
        def __del__(self) -> None:
            raise ValueError(WORD)

    leaving = Leaving()
    del leaving

    assert "nobody caught this" in stream.getvalue()
    assert WORD not in stream.getvalue()


def test_a_warning_tells_nothing_either(stream: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)
        logging.captureWarnings(capture=True)
        warnings.warn(WORD, stacklevel=1)

    assert "py.warnings: spoke from" in stream.getvalue()
    assert WORD not in stream.getvalue()


def test_a_mistake_in_a_line_of_our_own_does_not_print_it(
    stream: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    OURS.info("two %s %s", WORD)

    assert WORD not in stream.getvalue()
    assert WORD not in capsys.readouterr().err


@pytest.mark.parametrize("name", logs.PINNED)
def test_a_pinned_library_is_silent_below_its_level(name: str, stream: io.StringIO) -> None:
    logger = logging.getLogger(name)

    logger.info(WORD)

    assert stream.getvalue() == ""
    assert logger.level == logs.PINNED[name]
