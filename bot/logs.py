"""What may be logged: that something happened, never what a family said.

Libraries log what passes through them: at DEBUG aiosqlite and telegram print people's words, at
INFO httpx prints the bot's token, and asyncio prints the message of an exception that nobody
awaited. So two things hold, whatever level is asked for:

* only our own loggers (``bot.…``) may say something; of any other no more is shown than that it
  spoke, how seriously, and from which line of its code;
* of an exception that is not ours its type and the lines it passed are shown, never its message.

What our own code logs is numbers and names of events; that is for whoever writes the line.
"""

import logging
import sys
import threading
import traceback
import types
from collections.abc import Iterator, Mapping
from typing import TextIO

SILENT = logging.CRITICAL + 1
"""Above every level there is."""

PINNED = {
    "aiosqlite": SILENT,
    "asyncio": logging.WARNING,
    "httpcore": SILENT,
    "httpx": SILENT,
    "mail": SILENT,  # aiosmtpd, should anyone run it in our process
    "multipart": SILENT,
    "python_multipart": SILENT,
    "telegram": SILENT,
    "uvicorn": logging.WARNING,
    "uvicorn.access": SILENT,
    "uvicorn.asgi": SILENT,
}
"""The least serious level at which a library may speak at all."""

OURS = "bot"


def start_logging(level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """From now on log to ``stream`` (standard error when None), silent about content.

    Replaces every handler of the root logger. What is never caught by anyone is shown the same
    way, in any thread.
    """
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Silent())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    pin()
    logging.captureWarnings(capture=True)
    # A mistake while logging would print the record, words and all.
    logging.raiseExceptions = False
    sys.excepthook = _uncaught
    threading.excepthook = lambda crash: _log_uncaught(crash.exc_value)
    sys.unraisablehook = lambda crash: _log_uncaught(crash.exc_value)


def pin() -> None:
    """Set the libraries' loggers to levels that leak nothing even when the root is at DEBUG."""
    for name, level in PINNED.items():
        logging.getLogger(name).setLevel(level)


class Silent(logging.Formatter):
    """Formats a record without anybody's words in it, as far as ours does not put them there."""

    def __init__(self) -> None:
        super().__init__("{levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        """One line, and under it where an exception passed."""
        # Another formatter may have left the full traceback in the record: it is made anew.
        copy = logging.makeLogRecord(record.__dict__ | {"exc_text": None, "stack_info": None})
        if _is_ours(record.name):
            copy.args = _harmless(record.args)
        else:
            copy.msg, copy.args = f"spoke from {record.funcName}:{record.lineno}", ()
        return super().format(copy)

    def formatException(  # noqa: N802  # the name is logging's
        self,
        ei: tuple[type[BaseException], BaseException, types.TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """The exception, what caused it, and the lines they passed."""
        return describe(ei[1]) if ei[1] is not None else ""


def describe(error: BaseException) -> str:
    """The type of ``error`` and the lines it passed, its causes after it.

    The message is told only when the exception is one of ours; notes on it are never told.
    """
    return "\n".join(_described(error, seen=set()))


def _described(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    yield named(error)
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {_module(frame.filename)}:{frame.lineno} {frame.name}"
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            if id(inner) not in seen:
                yield "one of them:"
                yield from _described(inner, seen)
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield "because of:"
        yield from _described(before, seen)


def named(error: BaseException) -> str:
    """The name of an exception's type; with its message when it is one of ours."""
    kind = type(error)
    if _is_ours(kind.__module__):
        return f"{kind.__qualname__}: {error}"
    return f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")


def _is_ours(module: str) -> bool:
    return module == OURS or module.startswith(f"{OURS}.")


def _module(filename: str) -> str:
    """The last two steps of a path: enough to find the line, without the machine it lies on."""
    return "/".join(filename.split("/")[-2:])


def _harmless(args: object) -> tuple[object, ...] | Mapping[str, object]:
    """The arguments of one of our own lines, an exception told by its type alone."""
    if isinstance(args, Mapping):
        return {name: _told(value) for name, value in args.items()}
    return tuple(_told(value) for value in args) if isinstance(args, tuple) else ()


def _told(value: object) -> object:
    return named(value) if isinstance(value, BaseException) else value


def _uncaught(
    _kind: type[BaseException], error: BaseException, _trace: types.TracebackType | None
) -> None:
    _log_uncaught(error)


def _log_uncaught(error: BaseException | None) -> None:
    if isinstance(error, KeyboardInterrupt):
        return
    logging.getLogger(__name__).critical("nobody caught this", exc_info=error)
