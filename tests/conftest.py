"""What holds for every test: it stays on this machine, and nobody's own settings change it."""

import gc
import os
import sys
from collections.abc import Callable

import hypothesis
import pytest

from bot.settings import PREFIX, is_loopback

# How long an example takes says something about the machine, not about the code.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


class LeavesTheMachineError(RuntimeError):
    """A test tried to reach something beyond this machine."""


def stay_home(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse to connect to anything beyond this machine."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = str(arguments[1][0])
        if not is_loopback(host):
            raise LeavesTheMachineError(host)


sys.addaudithook(stay_home)


def pytest_collection_finish() -> None:
    """What was read until here stays to the end. Looking for garbage in it took a fifth of the time
    of all tests, as they make and drop so much."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _nobodys_own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have an installation of their own."""
    for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
        monkeypatch.delenv(name)


@pytest.fixture
def counted(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Says in one line what a test counted or measured; all of it is shown when the run ends."""

    def say(line: str) -> None:
        record_property("counted", line)

    return say


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what the tests counted: a number that nobody sees is no evidence."""
    ran = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    lines = [line for report in ran for name, line in report.user_properties if name == "counted"]
    if lines:
        terminalreporter.section("what was counted")
        for line in lines:
            terminalreporter.write_line(str(line))
