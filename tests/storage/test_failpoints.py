"""What is left after the process dies at the worst moment: SIGKILL at each of our fail-points."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.failpoints import POINTS, VARIABLE, fail_point
from bot.storage import voices
from bot.storage.store import Store
from bot.storage.vault import Vault
from tests.storage.families import PARENT, begin, count

BEGINS_AND_ERASES = """
import asyncio, sys
from pathlib import Path
from bot.storage import voices
from bot.storage.store import Store
from bot.storage.vault import Vault
from tests.storage.families import PARENT, begin

async def live(folder):
    async with await Store.open(folder, Vault.open(folder)) as store:
        (voice,) = await begin(store, PARENT)
        print("begun", flush=True)
        await store.write(lambda tx: voices.erase(tx, [voice.id]))
        print("erased", flush=True)

asyncio.run(live(Path(sys.argv[1])))
"""


def live(folder: Path, fail_at: str) -> tuple[int, list[str]]:
    """Begin a voice and erase it in a process of its own; how it ended, and what it had done."""
    done = subprocess.run(
        [sys.executable, "-c", BEGINS_AND_ERASES, str(folder)],
        env={**os.environ, VARIABLE: fail_at},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.split()


@pytest.mark.parametrize(
    ("fail_at", "done", "voices_left"),
    [
        ("write.before_commit:1", [], 0),
        ("write.after_commit:1", [], 1),
        ("erase.before_rows:1", ["begun"], 1),
        ("write.before_commit:2", ["begun"], 1),
        ("write.after_commit:2", ["begun"], 0),
    ],
)
async def test_a_write_is_whole_or_not_there_wherever_the_process_dies(
    tmp_path: Path, vault: Vault, fail_at: str, done: list[str], voices_left: int
) -> None:
    assert live(tmp_path, fail_at) == (-signal.SIGKILL, done)

    async with await Store.open(tmp_path, vault) as store:
        assert await count(store, "voice") == voices_left
        assert await count(store, "case") == voices_left
        found = await store.read(lambda tx: voices.of_chats(tx, [PARENT]))
        assert [voice.damaged for voice in found.values()] == [False] * voices_left
        await begin(store, PARENT)


def test_nothing_dies_when_the_environment_does_not_ask_for_it(tmp_path: Path) -> None:
    Vault.create(tmp_path)

    assert live(tmp_path, "") == (0, ["begun", "erased"])
    assert live(tmp_path, "write.after_commit:99") == (0, ["begun", "erased"])
    assert live(tmp_path, "delivery.before_send:1") == (0, ["begun", "erased"])


def test_a_fail_point_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no such fail-point"):
        fail_point("write.halfway")


@pytest.mark.parametrize(
    "wish", ["write.halfway:1", "write.before_commit", "write.before_commit:0"]
)
def test_a_wish_for_no_fail_point_is_refused(monkeypatch: pytest.MonkeyPatch, wish: str) -> None:
    monkeypatch.setenv(VARIABLE, wish)

    with pytest.raises(ValueError, match=VARIABLE):
        fail_point(POINTS[0])
