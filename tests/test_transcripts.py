"""Every example conversation comes true: in every language, on Telegram and on the chat page.

On Telegram, in the language it was written in, the bot is switched off and on again on its database
after each deed. ``pytest -s`` prints what was played.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import certifi
import pytest

from bot.authoring.expecting import Expected
from bot.authoring.replay import TEAM, Passage, Replay
from bot.authoring.shown import page_lines
from bot.authoring.transcript import Transcript, transcripts
from bot.library import Library, authored_folders
from bot.professionals import reading
from bot.rehearsal import Rehearsal
from tests.stages import OnChatPage, OnTelegram, OutOfReach, Seen, Stage, read
from tests.world import NOW, House, World, library

BOOKS = library()

TRANSCRIPTS = transcripts(authored_folders().dialogues)

LANGUAGES = [language.code for language in BOOKS.texts.languages]

PLAYED: Counter[tuple[str, str]] = Counter()


@pytest.fixture(scope="module")
def books() -> Library:
    return BOOKS


@pytest.fixture(scope="module", autouse=True)
def _told() -> Iterator[None]:
    """Say what was played, for who asked for it with ``-s``."""
    yield
    for (where, what), number in sorted(PLAYED.items()):
        print(f"\n{where}: {number} {what}", end="")


@pytest.fixture(scope="module", autouse=True)
def _one_authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Every restart reads the machine's certificates, for a server that has none: one is enough."""
    first, end, _ = (
        Path(certifi.where()).read_text(encoding="utf-8").partition("END CERTIFICATE-----")
    )
    file = tmp_path_factory.mktemp("authorities") / "one.pem"
    file.write_text(f"{first}{end}\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(file))
        yield


def counts(where: str, passage: Passage) -> None:
    PLAYED[where, "deeds"] += 1
    PLAYED[where, "lines said"] += len(passage.expected)
    PLAYED[where, "lines of a page"] += len(passage.page)


every_transcript = pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
every_language = pytest.mark.parametrize("language", LANGUAGES)


@every_language
@every_transcript
def test_a_transcript_comes_true(path: Path, language: str, books: Library) -> None:
    """After each deed, what the transcript says is said, in that order; so is the page."""
    for passage in Replay(books, Transcript.read(path), language).passages(NOW):
        counts(f"the engine, {language}", passage)
        assert passage.mismatches == (), "\n".join(map(str, passage.mismatches))


@every_language
@every_transcript
async def test_a_transcript_comes_true_on_telegram(
    path: Path, language: str, books: Library, tmp_path: Path
) -> None:
    transcript = Transcript.read(path)
    if "telegram" not in transcript.channels:
        return
    restarts = language == transcript.language
    world = World(tmp_path, books)
    async with OnTelegram.opened(world, language, restarts=restarts) as stage:
        where = f"Telegram, {language}{', switched off and on after each deed' * restarts}"
        last = await plays(stage, Replay(books, transcript, language), where)
        async with stage.house() as house:
            await sees_the_page(house, last)


@every_language
@every_transcript
async def test_a_transcript_comes_true_on_the_chat_page(
    path: Path, language: str, books: Library, tmp_path: Path
) -> None:
    transcript = Transcript.read(path)
    if "chatpagina" not in transcript.channels:
        return
    async with OnChatPage.opened(World(tmp_path, books), language) as stage:
        where = f"the chat page, {language}"
        replay = Replay(books, transcript, language)
        there = OutOfReach(Rehearsal(books, replay.talk.dialogue, language, TEAM))
        last = await plays(stage, replay, where, there)
        await sees_the_page(stage.house, last)


def test_there_is_a_transcript_beside_every_dialogue(books: Library) -> None:
    assert {path.parent.parent.name for path in TRANSCRIPTS} == set(books.dialogues)


# --- What is seen there -------------------------------------------------------------------------


async def plays(
    stage: Stage, replay: Replay, where: str, there: OutOfReach | None = None
) -> Passage | None:
    """Do every deed there and see what is expected; the last deed after which a page was sent."""
    last: Passage | None = None
    for passage in replay.passages(NOW):
        assert passage.mismatches == (), "\n".join(map(str, passage.mismatches))
        if there is not None and not there.has(passage):
            PLAYED[where, "deeds that cannot be done there"] += 1
            continue
        expected = list(passage.expected) if there is None else there.expected(passage)
        PLAYED[where, "lines that are not said there"] += len(passage.expected) - len(expected)
        counts(where, passage)
        sees(await stage.does(passage), passage, expected)
        if passage.given is not None:
            last = passage
    return last


def sees(news: list[Seen], passage: Passage, wanted: list[Expected]) -> None:
    """Everything that is expected is seen, in order, with its buttons under it."""
    lines = [(number, line) for number, seen in enumerate(news) for line in seen.lines]
    after = 0
    for expected in wanted:
        for line in expected.lines:
            place = next((n for n in range(after, len(lines)) if lines[n][1] == line), None)
            assert place is not None, told(passage, expected, news)
            after = place
        under = news[lines[after][0] :]
        there = {read(label) for seen in under for label in seen.labels}
        asked = {read(label) for label in expected.labels}
        assert asked <= there, told(passage, expected, news)


def told(passage: Passage, expected: Expected, news: list[Seen]) -> str:
    seen = "\n".join(f"{' / '.join(each.lines)}  {each.labels}" for each in news)
    return f"line {expected.line.number}, after {passage.deed}: {expected.lines}\n{seen}"


async def sees_the_page(house: House, last: Passage | None) -> None:
    """What lies on the desk is what the transcript says, or nothing when nothing was sent."""
    anna = await house.professional()
    pages = [listed.page for listed in (await reading.listed(house.store, anna))["new"]]
    if last is None:
        assert pages == []
        return
    [page] = pages
    assert last.given is not None
    assert page.sections == last.given.sections
    for expected in last.page:
        assert set(expected.lines) <= set(page_lines(page))
