"""What was spoken, at the desk: heard by the team alone, and said in words on paper."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.storage import notes
from bot.web.desk import DESK
from tests.web.desk_house import House, house

SPOKEN = b"OggS" + bytes(range(256)) * 2_000


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as built:
        yield built


async def test_the_team_hears_it_with_a_player_that_has_a_name(desk: House) -> None:
    page = await desk.hands_over(spoken=SPOKEN)
    anna = await desk.member("Anna")
    shown = await anna.opens(f"/pagina/{page}")
    at = f"{DESK}/pagina/{page}/opname/{desk.notes[page]}"

    assert f'<audio controls preload="none" src="{at}" aria-label="Gesproken, 0:42: ' in shown
    assert "Gesproken, 0:42, in het Turks" in shown
    assert shown.index("Eerst dit.") < shown.index("<audio")
    assert "media-src 'self'" in anna.answer.headers["content-security-policy"]
    heard = await anna.client.get(at)
    assert (heard.content, heard.headers["content-type"]) == (SPOKEN, "audio/ogg")
    assert heard.headers["cache-control"] == "no-store"
    assert heard.headers["x-content-type-options"] == "nosniff"
    part = await anna.client.get(at, headers={"range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, SPOKEN[4:8])


async def test_that_someone_heard_it_is_noted_once_however_many_parts_are_asked(
    desk: House,
) -> None:
    page = await desk.hands_over(spoken=SPOKEN)
    anna = await desk.member("Anna")
    at = f"{DESK}/pagina/{page}/opname/{desk.notes[page]}"
    for part in ("bytes=0-", "bytes=1000-", "bytes=-100"):
        await anna.client.get(at, headers={"range": part})

    noted = [what for what, _, _ in await desk.audited()]
    assert noted.count("recording heard") == 1


async def test_a_page_without_recordings_may_play_nothing(desk: House) -> None:
    page = await desk.hands_over()
    anna = await desk.member("Anna")
    shown = await anna.opens(f"/pagina/{page}")

    assert "<audio" not in shown
    assert "media-src" not in anna.answer.headers["content-security-policy"]


@pytest.mark.parametrize("lost", [False, True], ids=["waits", "lost"])
async def test_one_that_is_not_here_says_so(desk: House, *, lost: bool) -> None:
    page = await desk.hands_over(spoken=SPOKEN, fetched=False)
    if lost:
        await desk.store.write(lambda tx: notes.lose(tx, desk.notes[page]))
    anna = await desk.member("Anna")
    shown = await anna.opens(f"/pagina/{page}")

    assert "<audio" not in shown
    assert ("De opname is niet aangekomen" if lost else "De opname komt nog") in shown
    answer = await anna.client.get(f"{DESK}/pagina/{page}/opname/{desk.notes[page]}")
    assert answer.status_code == 404


@pytest.mark.parametrize("number", ["0", "77", "9" * 25])
async def test_a_number_that_is_not_on_the_page_is_nowhere(desk: House, number: str) -> None:
    page = await desk.hands_over(spoken=SPOKEN)
    anna = await desk.member("Anna")
    answer = await anna.client.get(f"{DESK}/pagina/{page}/opname/{number}")

    assert answer.status_code == 404


async def test_a_recording_of_another_page_is_not_heard_through_this_one(desk: House) -> None:
    theirs = await desk.hands_over(team="zuid", spoken=SPOKEN)
    ours = await desk.hands_over(team="noord", spoken=SPOKEN)
    anna = await desk.member("Anna")
    for page in (theirs, ours):
        answer = await anna.client.get(f"{DESK}/pagina/{page}/opname/{desk.notes[theirs]}")
        assert answer.status_code == 404, page


async def test_paper_text_and_json_say_in_words_that_something_was_spoken(desk: House) -> None:
    page = await desk.hands_over(spoken=SPOKEN)
    anna = await desk.member("Anna")
    text = await anna.opens(f"/pagina/{page}/tekst")
    body = (await anna.client.get(f"{DESK}/pagina/{page}/json")).content
    pdf = (await anna.client.get(f"{DESK}/pagina/{page}/pdf")).content

    assert "(gesproken, 0:42 — te beluisteren op het bureau)" in text
    pieces = [
        item["pieces"]
        for section in json.loads(body)["sections"]
        for item in section["items"]
        if item.get("pieces")
    ]
    (told,) = pieces
    assert told[1]["note"] == desk.notes[page]
    assert told[1]["seconds"] == 42
    assert pdf.startswith(b"%PDF")
    assert b"OggS" not in body + pdf
