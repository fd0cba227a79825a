"""What the operator types: it is done, or one clear line says what to do first."""

import dataclasses
import os
import re
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from bot.__main__ import COMMANDS, main
from bot.app import App
from bot.commands import waiting
from bot.commands.run import opening
from bot.commands.waiting import Queue
from bot.settings import Settings
from bot.web.server import listen
from tests.world import library

SECONDS = 10
"""How long stopping may take (security notes, fault 13)."""

ENGLISH = re.compile(r"usage|options|optional|positional|show this|required|error|invalid")


@dataclass
class Typed:
    """What came of one command."""

    code: int
    out: str
    err: str


class Keyboard(StringIO):
    """Someone is there when there is something to type."""

    def isatty(self) -> bool:
        return bool(self.getvalue())


class Operator:
    """Someone at a terminal, with a data folder and the settings they made."""

    def __init__(
        self, folder: Path, patch: pytest.MonkeyPatch, screen: pytest.CaptureFixture[str]
    ) -> None:
        self.data = folder / "gegevens"
        self._patch = patch
        self._screen = screen
        self.sets(DATA=str(self.data), PUBLIC_URL="https://samenspraak.voorbeeld.nl")
        self.answers()

    def sets(self, **settings: str) -> None:
        for name, value in settings.items():
            self._patch.setenv(f"SAMENSPRAAK_{name}", value)

    def settings(self, port: int) -> dict[str, str]:
        """The environment of a service of theirs, on this machine."""
        return {
            "SAMENSPRAAK_DATA": str(self.data),
            "SAMENSPRAAK_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "SAMENSPRAAK_WEB": f"127.0.0.1:{port}",
        }

    def answers(self, *lines: str) -> None:
        """What they type when asked; with nothing to type, nobody is there."""
        self._patch.setattr(sys, "stdin", Keyboard("".join(f"{line}\n" for line in lines)))

    def types(self, *words: str) -> Typed:
        try:
            code = main(words)
        except SystemExit as stop:
            code = int(stop.code or 0)
        screen = self._screen.readouterr()
        return Typed(code, screen.out, screen.err)


@pytest.fixture
def operator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Operator]:
    before = os.umask(0o022)
    yield Operator(tmp_path, monkeypatch, capsys)
    os.umask(before)


def link_in(text: str) -> str:
    found = re.search(r"https?://\S+", text)
    assert found is not None
    return found[0]


def everything_in(folder: Path) -> dict[str, bytes]:
    """Every file but the database, which changes by being looked at."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("samenspraak.db")
    }


# --- Explaining ---------------------------------------------------------------------------------


def test_the_help_names_every_command_in_dutch(operator: Operator) -> None:
    typed = operator.types("--help")

    assert typed.code == 0
    assert all(re.search(rf"^ +{name} +\w", typed.out, re.MULTILINE) for name in COMMANDS)
    assert ENGLISH.search(typed.out) is None


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_in_dutch(operator: Operator, name: str) -> None:
    typed = operator.types(name, "--help")

    assert typed.code == 0
    assert typed.out.startswith(f"gebruik: samenspraak {name} ")
    assert ENGLISH.search(typed.out) is None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "dit ontbreekt nog: COMMANDO"),
        (("demon",), "'demon' kan niet; kies uit"),
        (("team", "add"), "dit ontbreekt nog: ID"),
        (("demo", "--port"), "achter --port hoort nog iets"),
        (("demo", "--port", "tachtig"), "'tachtig' kan niet bij --port"),
        (("run", "--hard"), "dit kent het commando niet: --hard"),
        (("translate",), "geef een van deze: "),
        (("translate", "tr", "--all"), " kunnen niet samen"),
    ],
)
def test_a_slip_of_the_pen_is_one_clear_line(
    operator: Operator, words: tuple[str, ...], told: str
) -> None:
    typed = operator.types(*words)

    assert typed.code == 2
    assert told in typed.err
    assert typed.err.count("\n") == 1
    assert ENGLISH.search(typed.err) is None


@pytest.mark.parametrize(
    "words",
    [("run",), ("init",), ("team", "list"), ("professional", "list"), ("retention",)],
)
def test_everything_missing_in_the_settings_is_told_without_a_traceback(
    operator: Operator, words: tuple[str, ...]
) -> None:
    operator.sets(DATA="", PUBLIC_URL="", TELEGRAM_TOKEN="nee")

    typed = operator.types(*words)

    assert typed.code == 2
    for name in ("DATA", "PUBLIC_URL", "TELEGRAM_TOKEN"):
        assert f"SAMENSPRAAK_{name}" in typed.err
    assert "Traceback" not in typed.err


def test_settings_can_come_from_a_file(operator: Operator, tmp_path: Path) -> None:
    file = tmp_path / "instellingen"
    file.write_text(f"SAMENSPRAAK_DATA={tmp_path / 'elders'}\n")
    operator.sets(DATA="")

    typed = operator.types("--settings", str(file), "init")

    assert typed.code == 0
    assert (tmp_path / "elders" / "keys" / "root.key").exists()


@pytest.mark.parametrize("words", [("run",), ("professional", "list"), ("retention",)])
def test_before_init_one_line_says_so(operator: Operator, words: tuple[str, ...]) -> None:
    typed = operator.types(*words)

    assert typed.code == 2
    assert "samenspraak init" in typed.err
    assert not operator.data.exists()


def test_a_mistake_of_ours_is_told_without_its_message(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_args: object) -> int:
        raise ValueError("wat iemand zei")

    monkeypatch.setattr(COMMANDS["check"], "run", fail)

    typed = operator.types("check")

    assert typed.code == 1
    assert "ValueError" in typed.err
    assert "wat iemand zei" not in typed.err


def test_ctrl_c_ends_quietly(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_args: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(COMMANDS["check"], "run", interrupt)

    assert operator.types("check") == Typed(130, "", "")


# --- init ---------------------------------------------------------------------------------------

FIRST = ("init", "--team", "linde", "--professional", "anna@voorbeeld.nl")


@pytest.fixture
def installed(operator: Operator) -> Operator:
    operator.types(*FIRST)
    return operator


def test_init_makes_everything_that_is_needed(operator: Operator) -> None:
    typed = operator.types(*FIRST)

    assert typed.code == 0
    assert link_in(typed.out).startswith("https://samenspraak.voorbeeld.nl/bureau/uitnodiging/")
    assert sorted(path.name for path in operator.data.iterdir()) == [
        "keys",
        "samenspraak.db",
        "teams",
    ]


def test_nobody_else_can_read_what_init_makes(operator: Operator) -> None:
    operator.types(*FIRST)

    modes = {stat.S_IMODE(path.stat().st_mode) for path in operator.data.rglob("*")}
    assert not any(mode & 0o077 for mode in modes)


def test_init_twice_changes_nothing(operator: Operator) -> None:
    operator.types(*FIRST)
    before = everything_in(operator.data)

    typed = operator.types(*FIRST)

    assert typed.code == 0
    assert everything_in(operator.data) == before
    assert typed.out.count("blijf") + typed.out.count("blijven") >= 4
    assert "https://" not in typed.out


def test_init_asks_nothing_when_nobody_is_there(operator: Operator) -> None:
    typed = operator.types("init")

    assert typed.code == 0
    assert "?" not in typed.out
    assert not (operator.data / "teams").exists()


def test_init_asks_what_is_missing_when_someone_is_there(operator: Operator) -> None:
    operator.answers("beuk", "Wijkteam Beuk", "Beukstad", "088 000 00 00", "bo@voorbeeld.nl")

    typed = operator.types("init")

    assert typed.code == 0
    assert typed.out.count("?") == 5
    assert "Wijkteam Beuk" in operator.types("team", "list").out
    assert "bo@voorbeeld.nl: beuk" in operator.types("professional", "list").out


def test_init_takes_no_answer_for_not_yet(operator: Operator) -> None:
    operator.answers("")

    typed = operator.types("init")

    assert typed.code == 0
    assert not (operator.data / "teams").exists()


def test_init_does_not_put_new_keys_beside_an_old_database(operator: Operator) -> None:
    operator.types("init")
    for key in (operator.data / "keys").iterdir():
        key.unlink()
    (operator.data / "keys").rmdir()

    typed = operator.types("init")

    assert typed.code == 2
    assert "onleesbaar" in typed.err
    assert not (operator.data / "keys").exists()


def test_a_professional_needs_a_team(operator: Operator) -> None:
    typed = operator.types("init", "--professional", "anna@voorbeeld.nl")

    assert typed.code == 2
    assert "--team" in typed.err


def test_a_lost_database_is_not_replaced_by_an_empty_one(operator: Operator) -> None:
    operator.types(*FIRST)
    (operator.data / "samenspraak.db").unlink()

    typed = operator.types("professional", "list")

    assert typed.code == 2
    assert "back-up" in typed.err
    assert not (operator.data / "samenspraak.db").exists()


def test_a_backup_made_while_it_is_in_use_brings_everything_back(installed: Operator) -> None:
    database = installed.data / "samenspraak.db"
    with (
        started("run", **installed.settings(0)),
        closing(sqlite3.connect(database)) as source,
        closing(sqlite3.connect(installed.data.parent / "back-up.db")) as backup,
    ):
        source.backup(backup)
    for file in installed.data.glob("samenspraak.db*"):
        file.unlink()
    assert installed.types("professional", "list").code == 2

    shutil.copyfile(installed.data.parent / "back-up.db", database)

    assert "anna@voorbeeld.nl" in installed.types("professional", "list").out


# --- team ---------------------------------------------------------------------------------------

BEUK = ("team", "add", "beuk", "--name", "Wijkteam Beuk", "--place", "Beukstad", "--phone")


def test_a_team_can_be_added_and_is_listed_with_its_link(operator: Operator) -> None:
    added = operator.types(*BEUK, "088 000 00 00")

    listed = operator.types("team", "list")

    assert added.code == 0
    assert "beuk: Wijkteam Beuk (Beukstad), https://samenspraak.voorbeeld.nl/t/beuk" in listed.out


def test_without_teams_the_list_says_how_to_add_one(operator: Operator) -> None:
    assert "samenspraak team add" in operator.types("team", "list").out


def test_a_team_is_never_overwritten(operator: Operator) -> None:
    operator.types(*BEUK, "088 000 00 00")
    before = everything_in(operator.data)

    typed = operator.types(*BEUK, "088 111 11 11")

    assert typed.code == 2
    assert "is er al" in typed.err
    assert everything_in(operator.data) == before


def test_all_that_is_missing_for_a_team_is_told_at_once(operator: Operator) -> None:
    typed = operator.types("team", "add", "beuk")

    assert typed.code == 2
    assert "--name, --place, --phone" in typed.err
    assert not operator.data.exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*BEUK, "bel maar"), "phone"),
        (("team", "add", "../beuk", *BEUK[3:], "088 000 00 00"), "korte naam"),
        (("team", "add", "Beuk Oost", *BEUK[3:], "088 000 00 00"), "korte naam"),
        ((*BEUK, "088 000 00 00", "--reply-days", "99"), "reply_days"),
    ],
)
def test_a_team_that_cannot_be_is_not_written(
    operator: Operator, words: tuple[str, ...], told: str
) -> None:
    typed = operator.types(*words)

    assert typed.code == 2
    assert told in typed.err
    assert not operator.data.exists()


def test_a_mistake_in_a_team_file_is_told_with_its_line(operator: Operator) -> None:
    operator.types(*BEUK, "088 000 00 00")
    with (operator.data / "teams" / "beuk.yaml").open("a") as file:
        file.write("bel: 112\n")

    typed = operator.types("team", "list")

    assert typed.code == 2
    assert "teams/beuk.yaml:" in typed.err


# --- professional -------------------------------------------------------------------------------


def test_professionals_are_listed_with_their_teams(installed: Operator) -> None:
    typed = installed.types("professional", "list")

    assert typed.out == "anna@voorbeeld.nl: linde (nog niet binnen)\n"


def test_an_empty_list_says_how_to_invite(operator: Operator) -> None:
    operator.types("init")

    assert "samenspraak professional invite" in operator.types("professional", "list").out


def test_someone_is_invited_for_the_only_team_there_is(installed: Operator) -> None:
    typed = installed.types("professional", "invite", "bo@voorbeeld.nl")

    assert typed.code == 0
    assert "/bureau/uitnodiging/" in link_in(typed.out)
    assert "bo@voorbeeld.nl: linde" in installed.types("professional", "list").out


def test_with_more_teams_the_operator_says_which(installed: Operator) -> None:
    installed.types(*BEUK, "088 000 00 00")

    unsaid = installed.types("professional", "invite", "bo@voorbeeld.nl")
    unknown = installed.types("professional", "invite", "bo@voorbeeld.nl", "--team", "eik")
    both = ("--team", "beuk", "--team", "linde")
    said = installed.types("professional", "invite", "bo@voorbeeld.nl", *both)

    assert (unsaid.code, unknown.code, said.code) == (2, 2, 0)
    assert "beuk, linde" in unsaid.err
    assert "eik is er niet" in unknown.err
    assert "bo@voorbeeld.nl: beuk, linde" in installed.types("professional", "list").out


@pytest.mark.parametrize("email", ["bo", "bo@voorbeeld", "@voorbeeld.nl", "bo bo@voorbeeld.nl"])
def test_what_is_no_address_is_refused(installed: Operator, email: str) -> None:
    typed = installed.types("professional", "invite", email)

    assert typed.code == 2
    assert "geen e-mailadres" in typed.err


def test_a_reset_gives_a_link_and_keeps_the_teams(installed: Operator) -> None:
    typed = installed.types("professional", "reset", "anna@voorbeeld.nl")

    assert typed.code == 0
    assert "/bureau/uitnodiging/" in link_in(typed.out)
    assert "anna@voorbeeld.nl: linde" in installed.types("professional", "list").out


def test_someone_who_is_removed_is_listed_as_such(installed: Operator) -> None:
    typed = installed.types("professional", "remove", "anna@voorbeeld.nl")

    assert typed.code == 0
    assert (
        "anna@voorbeeld.nl: geen team (verwijderd)" in installed.types("professional", "list").out
    )


@pytest.mark.parametrize("deed", ["reset", "remove"])
def test_someone_who_is_not_here_is_not_reset_or_removed(installed: Operator, deed: str) -> None:
    typed = installed.types("professional", deed, "bo@voorbeeld.nl")

    assert typed.code == 2
    assert "bo@voorbeeld.nl is hier niet" in typed.err


# --- retention ----------------------------------------------------------------------------------


def test_what_is_past_its_term_is_told_and_with_a_word_deleted(installed: Operator) -> None:
    told = installed.types("retention")
    done = installed.types("retention", "--confirm")

    assert told.out.startswith(
        "Langer bewaard dan beloofd: 0 van 0 gesprekken en 0 van 0 pagina's."
    )
    assert done.out == "Gewist: 0 van 0 gesprekken en 0 van 0 pagina's.\n"


# --- waiting ------------------------------------------------------------------------------------


def test_what_waits_is_told_by_team(installed: Operator) -> None:
    typed = installed.types("waiting")

    assert (typed.code, typed.out) == (0, "Wijkteam Linde: er wacht niets (0 professionals).\n")


def test_a_page_that_nobody_can_read_ends_the_command_with_one(installed: Operator) -> None:
    queues = [Queue("Wijkteam Linde", 2, 100, 1), Queue("Wijkteam Noord", 1, 40, 0)]

    assert list(waiting.told(queues, [(7, 40)], 3_700)) == [
        "Wijkteam Linde: 2 pagina's, de oudste 1 uur (1 professional).",
        "Wijkteam Noord: 1 pagina, de oudste 1 uur (0 professionals).",
        "LET OP: 1 pagina kan niemand lezen. Nodig iemand uit met:",
        "  samenspraak professional invite E-MAIL --team ID",
    ]
    with closing(sqlite3.connect(installed.data / "samenspraak.db")) as base, base:
        base.execute('insert into "case" (began) values (1)')
        base.execute(
            'insert into page ("case", team, state, came, key, body)'
            " values (1, x'00', 'new', 1, x'00', x'00')"
        )
    assert installed.types("waiting").code == 1


# --- demo and run -------------------------------------------------------------------------------


@contextmanager
def started(*words: str, **around: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command as a process of its own with ``around`` in its environment, and what it said.

    What it said ends where it is ready, or where it stopped.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *words],
        env=os.environ | around,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            said = ""
            for line in process.stdout:
                said += line
                if "Vertel iets" in line or "Talen:" in line:
                    break
            yield process, said
        finally:
            process.terminate()
            process.wait(timeout=SECONDS)


def test_the_demo_works_at_once_and_leaves_nothing(tmp_path: Path) -> None:
    """Also where someone's own settings are in the environment: it must not use their bot."""
    around = {
        "SAMENSPRAAK_TELEGRAM_TOKEN": "1:ABC",
        "SAMENSPRAAK_TELEGRAM_API": "http://127.0.0.1:9",
        "TMPDIR": str(tmp_path),
    }
    with started("demo", "--port", "0", **around) as (process, said):
        family, professional = re.findall(r"http://\S+", said)
        with httpx.Client(follow_redirects=True) as browser:
            landing = browser.get(family)
            desk = browser.get(professional)
            stranger = httpx.get(professional.rpartition("/")[0] + "/geraden")
        process.send_signal(signal.SIGTERM)
        _, logged = process.communicate(timeout=SECONDS)

    assert landing.status_code == 200
    assert "Wijkteam Linde" in landing.text
    assert desk.status_code == 200
    assert desk.url.path == "/bureau"
    assert stranger.status_code == 404
    assert process.returncode == 0
    assert "ERROR" not in logged
    assert list(tmp_path.iterdir()) == []


def test_the_demo_takes_a_free_port_when_its_own_is_taken() -> None:
    with started("demo") as (_, first), started("demo") as (_, second):
        ports = {re.findall(r"127\.0\.0\.1:(\d+)/t/", said)[0] for said in (first, second)}

    assert len(ports) == 2


def test_the_service_says_what_runs_and_stops_when_it_is_asked_to(installed: Operator) -> None:
    with listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with started("run", "--debug", **installed.settings(port)) as (process, said):
        landing = httpx.get(f"{url}/t/linde")
        process.send_signal(signal.SIGTERM)
        rest, logged = process.communicate(timeout=SECONDS)

    assert landing.status_code == 200
    assert "Wijkteam Linde:\n" in said
    assert f"    {url}/t/linde\n" in said
    assert "Telegram: uit" in said
    assert "Nederlands" in said
    assert rest.endswith("Samenspraak is gestopt.\n")
    assert process.returncode == 0
    assert logged == ""


def test_the_links_for_families_are_told_for_every_way_to_begin() -> None:
    settings = Settings(
        data=Path("gegevens"),
        public_url="https://samenspraak.voorbeeld.nl",
        telegram_token=SecretStr("1:ABC"),
        smtp=SecretStr("smtps://a%40b.nl:c@d.nl"),
    )

    there = list(opening(settings, library(), App({}, "SamenspraakBot")))
    away = list(opening(settings, library(), App({})))
    nobody = list(opening(settings, dataclasses.replace(library(), teams={}), App({})))

    assert "    https://samenspraak.voorbeeld.nl/t/linde" in there
    assert "    https://t.me/SamenspraakBot?start=t_linde" in there
    assert "  Telegram: aan, als @SamenspraakBot." in there
    assert "  Mail aan professionals: aan." in there
    assert not any("t.me" in line for line in away)
    assert any("nu niet te bereiken" in line for line in away)
    assert any("samenspraak team add" in line for line in nobody)


def test_with_a_mistake_in_a_team_the_service_does_not_start(installed: Operator) -> None:
    with (installed.data / "teams" / "linde.yaml").open("a") as file:
        file.write("bel: 112\n")

    with started("run", **installed.settings(0)) as (process, said):
        _, told = process.communicate(timeout=SECONDS)

    assert said == ""
    assert process.returncode == 2
    assert "teams/linde.yaml:" in told
    assert told.endswith("Alles bij elkaar: samenspraak check\n")


def test_a_port_that_is_taken_is_one_line_and_nothing_is_opened(installed: Operator) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with started("run", **installed.settings(port)) as (process, said):
            _, told = process.communicate(timeout=SECONDS)

    assert said == ""
    assert process.returncode == 2
    assert f"luisteren op 127.0.0.1:{port} lukt niet" in told
    assert "Traceback" not in told


@pytest.mark.parametrize("words", [["check"], ["measure", "wie"]])
def test_a_command_that_nobody_reads_on_stops_in_silence(words: list[str]) -> None:
    reads, writes = os.pipe()
    os.close(reads)

    with os.fdopen(writes, "w") as unread:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words], stdout=unread, stderr=subprocess.PIPE
        )

    assert (done.returncode, done.stderr) == (141, b"")
