"""Recordings on the chat page: uploaded, kept sealed, played back to their maker alone."""

import re
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.dialogue.events import NoteLost
from bot.dialogue.hearing import LARGEST_NOTE
from bot.web.chat_recordings import LARGEST_UPLOAD, SPEAK
from tests.web.chat_house import House, Visitor, house

OGG = b"OggS" + bytes(range(256)) * 40


@pytest_asyncio.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as home:
        yield home


@pytest_asyncio.fixture
async def family(home: House) -> Visitor:
    """Someone who is asked for their own words."""
    family = home.visitor()
    await family.begins()
    await family.presses("Over mijn kind")
    return family


async def speaks(
    family: Visitor, content: bytes = OGG, seconds: str = "42", update: str = "", **more: str
) -> None:
    """Send a recording as the form does."""
    hidden = family.page.button("Stuur de opname").form.hidden
    data = {"update": update or hidden["update"], "seconds": seconds, **more}
    files = {"recording": ("x.exe", content, "text/html")}
    family.answer = await family.client.post(SPEAK, data=data, files=files)


async def notes_in(home: House, family: Visitor) -> list[int | None]:
    voice = await home.voice(family.secret)
    assert voice is not None
    return [said.note for said in voice.conversation.draft]


async def test_without_scripts_a_file_is_sent_and_heard_again(home: House, family: Visitor) -> None:
    await speaks(family)

    assert family.page.own == ["✓ Over mijn kind", "🎤 opname, 0:42"]
    assert "Een mens van Wijkteam Linde luistert ernaar" in family.page.said[-1]
    (note,) = await notes_in(home, family)
    assert f'src="/gesprek/opname/{note}"' in family.answer.text
    played = await family.client.get(f"/gesprek/opname/{note}")
    assert played.content == OGG
    assert played.headers["content-type"] == "audio/ogg"
    assert played.headers["x-content-type-options"] == "nosniff"
    assert played.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [
        ("bytes=0-3", 206, OGG[:4]),
        ("bytes=4-", 206, OGG[4:]),
        ("bytes=-5", 206, OGG[-5:]),
        ("bytes=5-999999", 206, OGG[5:]),
        ("bytes=999999-", 416, b""),
        ("bytes=9-4", 416, b""),
        ("bytes=-0", 416, b""),
        ("bytes=0-1,4-5", 200, OGG),
        ("bytes=-", 200, OGG),
        ("parts=1-2", 200, OGG),
    ],
)
async def test_a_browser_gets_the_part_it_asks_for(
    home: House, family: Visitor, asked: str, status: int, content: bytes
) -> None:
    await speaks(family)
    (note,) = await notes_in(home, family)

    answer = await family.client.get(f"/gesprek/opname/{note}", headers={"range": asked})
    assert (answer.status_code, answer.content) == (status, content)


async def test_nobody_else_hears_it(home: House, family: Visitor) -> None:
    await speaks(family)
    (note,) = await notes_in(home, family)
    other = home.visitor()
    await other.begins()

    for visitor in (other, home.visitor()):
        assert (await visitor.client.get(f"/gesprek/opname/{note}")).status_code == 404
    for number in ("0", "99", "9" * 30):
        assert (await family.client.get(f"/gesprek/opname/{number}")).status_code == 404


@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html><script>alert(1)</script>",
        b"\x89PNG\r\n\x1a\n",
        b"MZ\x90",
        b"\xff",
        b"GIF89a",
    ],
)
async def test_what_is_no_sound_is_refused_kindly_whatever_it_is_called(
    home: House, family: Visitor, content: bytes
) -> None:
    await speaks(family, content)

    assert family.page.said[-1].startswith("Dat kan ik niet bekijken.")
    assert await notes_in(home, family) == []


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\x1a\x45\xdf\xa3webm", "audio/webm"),
        (b"\0\0\0\x18ftypM4A ", "audio/mp4"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\xff\xfb\x90\x44", "audio/mpeg"),
    ],
)
async def test_every_kind_that_phones_and_browsers_make_is_taken(
    home: House, family: Visitor, start: bytes, kind: str
) -> None:
    await speaks(family, start + b"x" * 100)
    (note,) = await notes_in(home, family)

    played = await family.client.get(f"/gesprek/opname/{note}")
    assert played.headers["content-type"] == kind


async def test_the_same_form_sent_twice_counts_once(home: House, family: Visitor) -> None:
    await speaks(family, update="4711")
    await speaks(family, update="4711")

    assert len(await notes_in(home, family)) == 1


async def test_one_of_five_million_bytes_fits_and_never_touches_a_temporary_file(
    home: House, family: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    await speaks(family, b"OggS".ljust(LARGEST_NOTE, b"x"))
    assert len(await notes_in(home, family)) == 1

    await speaks(family, b"OggS".ljust(LARGEST_NOTE + 1, b"x"))
    assert "te lang voor mij" in family.page.said[-1]
    assert len(await notes_in(home, family)) == 1


async def test_only_this_form_may_be_that_large(family: Visitor) -> None:
    large = b"x" * (LARGEST_UPLOAD + 1)
    assert (await family.client.post(SPEAK, content=large)).status_code == 413
    elsewhere = await family.client.post("/gesprek", content=large[: 80 * 1024])
    assert elsewhere.status_code == 413


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"recording=OggS", "application/x-www-form-urlencoded"),
        (b"rubbish", "multipart/form-data"),
        (b"rubbish", "multipart/form-data; boundary=x"),
        (b"", ""),
    ],
)
async def test_what_is_no_form_of_ours_is_refused(
    family: Visitor, content: bytes, kind: str
) -> None:
    answer = await family.client.post(SPEAK, content=content, headers={"content-type": kind})

    assert answer.status_code in (400, 200)
    assert "🎤" not in answer.text or "0:42" not in answer.text


async def test_a_form_without_a_file_changes_nothing(home: House, family: Visitor) -> None:
    await speaks(family, b"")

    assert await notes_in(home, family) == []
    assert family.answer.status_code == 200


async def test_another_site_cannot_send_one(home: House, family: Visitor) -> None:
    files = {"recording": ("x", OGG, "audio/ogg")}
    answer = await family.client.post(SPEAK, files=files, headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 403
    assert await notes_in(home, family) == []


async def test_without_a_conversation_there_is_nothing_to_answer(home: House) -> None:
    stranger = home.visitor()
    answer = await stranger.client.post(SPEAK, files={"recording": ("x", OGG, "audio/ogg")})

    assert answer.status_code == 404


@pytest.mark.parametrize("seconds", ["", "x", "-3", "9" * 20, "²"])
async def test_a_length_that_makes_no_sense_does_no_harm(
    home: House, family: Visitor, seconds: str
) -> None:
    await speaks(family, seconds=seconds)

    assert await notes_in(home, family) != []
    assert family.page.own[-1] == "🎤 opname"


async def test_the_form_is_there_only_where_own_words_are_asked(family: Visitor) -> None:
    assert "data-speak" in family.answer.text
    await speaks(family)
    assert "data-speak" in family.answer.text
    await family.presses("Klaar")

    assert "data-speak" not in family.answer.text


async def test_only_the_conversation_itself_may_use_the_microphone(family: Visitor) -> None:
    there = family.answer.headers
    assert "microphone=(self)" in there["permissions-policy"]
    assert "camera=()" in there["permissions-policy"]
    assert "media-src 'self' blob:" in there["content-security-policy"]
    await family.opens("/t/linde")

    elsewhere = family.answer.headers
    assert "microphone=()" in elsewhere["permissions-policy"]
    assert "media-src" not in elsewhere["content-security-policy"]


async def test_it_can_be_heard_at_the_review_too(home: House, family: Visitor) -> None:
    await speaks(family)
    (note,) = await notes_in(home, family)
    for label in ("Klaar", "Klaar", "Sla over"):
        await family.presses(label)
    assert "🎤 opname, 0:42" in family.page.said[-1]
    place = re.search(r"(\d)\. \W*Waar je mee zit", family.page.said[-1])
    assert place is not None, family.page.said[-1]
    await family.presses(f"✏️ {place[1]}")
    before = family.answer.text.count("<audio")
    await family.presses("▶ Luister, 0:42")

    assert family.answer.text.count(f'src="/gesprek/opname/{note}"') == 2
    assert family.answer.text.count("<audio") == before + 1
    assert "Dit is je opname." in family.page.said[-2]


async def test_word_that_one_never_came_is_said_in_the_chat(home: House, family: Visitor) -> None:
    await speaks(family)
    (note,) = await notes_in(home, family)
    voice = await home.voice(family.secret)
    assert voice is not None
    assert note is not None
    await home.conversations.tell(voice.id, NoteLost(note), home.clock.now())
    await family.opens("/gesprek")

    assert "niet bij mij aangekomen" in family.page.said[-1]
