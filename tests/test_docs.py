"""What is written about Samenspraak is true: commands, settings, modules, dependencies, links."""

import ast
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS, parser
from bot.settings import names

HOUSE = Path(__file__).resolve().parent.parent
BOT = HOUSE / "bot"
MODULES = sorted(path.relative_to(BOT) for path in BOT.rglob("*.py") if path.name != "__init__.py")
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))
PAGES = sorted(
    path
    for path in HOUSE.rglob("*.md")
    if not any(part[0] == "." or part == "build" for part in path.relative_to(HOUSE).parts)
)

RUN_IT = "python3 -m venv .venv && .venv/bin/pip install --quiet . && .venv/bin/samenspraak demo"
TEST_IT = (
    "python3 -m venv .venv && .venv/bin/pip install --quiet --editable '.[dev]' && .venv/bin/pytest"
)


def text_of(*steps: str) -> str:
    return HOUSE.joinpath(*steps).read_text("utf-8")


def blocks_in(text: str) -> list[str]:
    """What stands between fences, for someone to copy."""
    return re.findall(r"^```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


TYPED = re.compile(
    r"^(?:sudo -u samenspraak |ExecStart=|.* && )?(?:\S*/)?samenspraak (.+)$", re.MULTILINE
)


def typed_in(text: str) -> Iterator[list[str]]:
    """Every ``samenspraak`` command line in ``text``, as the words after it."""
    for block in blocks_in(text):
        for line in TYPED.findall(re.sub(r"\\\n\s*", "", block)):
            yield shlex.split(line, comments=True)


# --- README -------------------------------------------------------------------------------------


def test_readme_opens_with_two_commands_one_runs_it_and_one_tests_it() -> None:
    assert blocks_in(text_of("README.md"))[:2] == [f"{RUN_IT}\n", f"{TEST_IT}\n"]


def test_ci_runs_readmes_test_command() -> None:
    """It finds the line by its shape, so the shape must find exactly that line."""
    found = re.search(r"sed -n 's/\^\\\((.*)\\\)\$/", text_of(".ci", "run"))
    assert found is not None

    lines = text_of("README.md").splitlines()
    assert [line for line in lines if re.fullmatch(found[1], line)] == [TEST_IT]


def test_readme_names_every_command() -> None:
    told = re.findall(r"^\| `samenspraak (\w+)` \|", text_of("README.md"), re.MULTILINE)

    assert told == list(COMMANDS)


# --- Commands and settings ----------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(HOUSE)))
def test_every_command_line_that_someone_may_copy_can_be_typed(page: Path) -> None:
    for words in typed_in(page.read_text("utf-8")):
        assert parser().parse_args(words).command in COMMANDS


def test_the_page_for_operators_shows_every_deed() -> None:
    shown = {" ".join(words[:2]) for words in typed_in(text_of("README.md"))}

    for deed in ("list", "invite", "reset", "remove"):
        assert f"professional {deed}" in shown
    assert {"team list", "team add", "retention", "retention --confirm", "check"} <= shown


def test_every_setting_is_explained_and_no_other() -> None:
    told = re.findall(r"^\| `(SAMENSPRAAK_\w+)` \|", text_of("README.md"), re.MULTILINE)

    assert sorted(told) == sorted(names())


# --- Modules ------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_every_module_says_in_one_sentence_what_it_does(module: Path) -> None:
    told = ast.get_docstring(ast.parse((BOT / module).read_text("utf-8")))

    assert told is not None
    assert told.split("\n\n")[0].endswith(".")


def test_the_table_of_rooms_has_every_room_and_no_other() -> None:
    """A room is a folder of ``bot``, or a module that lies there by itself."""
    told = re.findall(r"^\| `([\w./]+)` \|", text_of("bot", "README.md"), re.MULTILINE)

    assert sorted(told) == sorted(
        {f"{module.parts[0]}/" if len(module.parts) > 1 else module.name for module in MODULES}
    )


# --- Dependencies and package -------------------------------------------------------------------


def declared() -> set[str]:
    """The distributions the package asks for, as the registry names them."""
    return {re.split(r"[<>=\[ ]", line)[0].lower() for line in PROJECT["project"]["dependencies"]}


def imported() -> set[str]:
    """The distributions that the code imports."""
    roots: set[str] = set()
    for module in MODULES:
        for node in ast.walk(ast.parse((BOT / module).read_text("utf-8"))):
            if isinstance(node, ast.Import):
                roots |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                roots.add((node.module or "").partition(".")[0])
    known = packages_distributions()
    foreign = roots - sys.stdlib_module_names - {"bot"}
    return {known[root][0].lower() for root in foreign}


# Not imported by name: starlette needs the first, zoneinfo the second.
UNSEEN = {"python-multipart", "tzdata"}


def test_what_is_imported_is_declared_and_nothing_else() -> None:
    # It comes with pydantic-settings, whose values it makes.
    assert imported() - {"pydantic"} | UNSEEN == declared()


def test_every_dependency_has_its_reason() -> None:
    told = re.findall(r"^\| ([\w-]+) \| .+ \| .+ \|$", text_of("bot", "README.md"), re.MULTILINE)

    assert set(told) - {"package"} == declared()


def test_every_folder_of_the_package_is_installed() -> None:
    """A folder that is not in this list is there in a checkout and missing when installed."""
    there = {"bot", *(f"bot.{module.parts[0]}" for module in MODULES if len(module.parts) > 1)}

    listed = set(PROJECT["tool"]["setuptools"]["packages"])
    assert listed == there | {"bot.dialogen", "bot.locales"}


# --- Links --------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(HOUSE)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        path = target.partition("#")[0]
        assert "://" in target or not path or (page.parent / path).exists(), target
