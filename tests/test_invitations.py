"""One voice invites another: the only way into a case, and what everyone learns of it."""

import re
import secrets
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversations import Incoming
from bot.dialogue.events import Event, Started, Tapped, Wrote
from bot.handover.qr import png
from bot.library import INVITATION
from bot.storage import invites
from bot.storage.invites import LASTS, MOST
from bot.storage.records import Chat
from bot.storage.store import Store
from tests.gathering import HERE, Person, library
from tests.telegram_family import Family
from tests.telegram_server import TelegramServer
from tests.world import House, World

COMPUTER = "Ik ben een computerprogramma"
PARENT_TOLD = "Hij slaapt al weken niet."


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    books = replace(library(tmp_path), site=HERE, bot="samen_bot")
    async with World(tmp_path, books).on() as built:
        yield built


@pytest.fixture
async def sanne(house: House) -> Person:
    """A parent who told and sent."""
    person = Person(house, "sanne")
    await person.starts()
    await person.tells(PARENT_TOLD)
    await person.sends()
    return person


def _files(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())


async def count(store: Store, table: str) -> int:
    (row,) = await store.read(lambda tx: tx.rows(f'select count(*) as n from "{table}"'))  # noqa: S608 - a table of our own
    return int(row["n"])


async def test_an_invitation_is_one_message_with_both_links_and_the_truth(
    sanne: Person,
) -> None:
    await sanne.asks("menu")
    assert "-invite" in await sanne.offers()
    await sanne.taps("-invite")
    assert {f"-invite.{kind}" for kind in ("parent", "young", "child", "other")} <= (
        await sanne.offers()
    )
    await sanne.taps("-invite.parent")

    given = (await sanne.heard())[-2]
    links = [line.text for line in given.lines if line.role == "link"]
    page, telegram = links
    token = page.removeprefix(f"{HERE}/i/")
    assert telegram == f"https://t.me/samen_bot?start=i_{token}"
    assert re.fullmatch(r"[\w-]{22}", token)
    read = "\n".join(line.text for line in given.lines)
    for truth in (
        "één keer",
        "7 dagen",
        "Stuur de link zelf",
        "ziet de ander niet",
        "Wijkteam Linde",
    ):
        assert truth in read


async def test_who_opens_it_tells_in_the_same_case_and_team_in_a_dialogue_of_their_own(
    house: House, sanne: Person
) -> None:
    for kind, dialogue in {
        "parent": "ouder",
        "young": "jongere",
        "child": "kind",
        "other": "ander",
    }.items():
        someone = Person(house, f"een {kind}")
        await someone.opens(await sanne.invites(kind))

        voice, inviter = await someone.voice(), await sanne.voice()
        assert voice.case == inviter.case
        assert voice.conversation.dialogue == dialogue
        assert voice.conversation.team == inviter.conversation.team == "linde"
        first, second = await someone.heard()
        assert first.lines[0].text.startswith(COMPUTER)
        assert second.lines[0].text.startswith("Iemand uit je gezin of daarbuiten")


async def test_it_works_once(house: House, sanne: Person) -> None:
    token = await sanne.invites("parent")
    ben, eva = Person(house, "ben", "telegram"), Person(house, "eva", "telegram")
    await ben.opens(token)

    await eva.opens(token)
    await ben.opens(token)

    assert await ben.is_known()
    assert not await eva.is_known()
    (notice,) = await house.store.read(
        lambda tx: tx.rows("select kind, channel from message where voice is null")
    )
    assert (notice["kind"], notice["channel"]) == ("notice", "telegram")


async def test_a_thousand_who_open_one_invitation_at_once_are_one_who_joins(
    house: House, sanne: Person
) -> None:
    token = await sanne.invites("parent")
    batch = [
        Incoming(Chat("telegram", str(number)), number, Started(), link=INVITATION + token)
        for number in range(1_000)
    ]

    for start in range(0, 1_000, 100):
        await house.conversations.receive(batch[start : start + 100], house.clock.now())

    assert await count(house.store, "voice") == 2
    assert await count(house.store, "case") == 1


@pytest.mark.parametrize("wrong", ["unknown", "too old", "empty", "of who erased everything"])
async def test_an_invitation_that_does_not_work_does_nothing(
    house: House, sanne: Person, wrong: str
) -> None:
    token = await sanne.invites("parent")
    if wrong == "unknown":
        token = secrets.token_urlsafe(16)
    elif wrong == "empty":
        token = ""
    elif wrong == "too old":
        house.clock.time += LASTS
    else:
        await sanne.asks("erase")
        await sanne.taps("-erase.yes")
    ben, eva = Person(house, "ben"), Person(house, "eva")
    await eva.starts()
    before = await count(house.store, "voice")
    case = (await eva.voice()).case

    await ben.opens(token)
    await eva.opens(token)

    assert await count(house.store, "voice") == before
    assert not await ben.is_known()
    assert (await eva.voice()).case == case
    assert (await eva.last()).startswith("Deze uitnodiging werkt niet meer.")


async def test_ones_own_invitation_is_not_used_up_by_opening_it(
    house: House, sanne: Person
) -> None:
    token = await sanne.invites("parent")

    await sanne.opens(token)

    assert (await sanne.last()).startswith("Dit is je eigen uitnodiging.")
    ben = Person(house, "ben")
    await ben.opens(token)
    assert (await ben.voice()).case == (await sanne.voice()).case


async def test_who_is_in_the_case_already_does_not_join_it_twice(
    house: House, sanne: Person
) -> None:
    ben = Person(house, "ben")
    await ben.opens(await sanne.invites("parent"))
    for_the_child = await sanne.invites("young")

    await ben.opens(for_the_child)

    assert (await ben.last()).startswith("Deze uitnodiging is voor iemand anders.")
    assert (await ben.voice()).conversation.dialogue == "ouder"
    eva = Person(house, "eva")
    await eva.opens(for_the_child)
    assert (await eva.voice()).case == (await sanne.voice()).case


async def test_who_talks_in_a_case_of_their_own_is_asked_first(house: House, sanne: Person) -> None:
    ben = Person(house, "ben")
    await ben.starts("t_buitengebied")
    await ben.tells("Mijn eigen verhaal.")
    own = await ben.voice()

    await ben.opens(await sanne.invites("parent"))
    assert (await ben.last()).startswith("Iemand vraagt je om mee te doen")
    assert (await ben.voice()).case == own.case
    await ben.taps("-on")
    assert "Klopt het zo?" in await ben.last()

    await ben.opens(token := await sanne.invites("parent"))
    await ben.taps("-join")
    joined = await ben.voice()
    assert joined.case == (await sanne.voice()).case
    assert joined.conversation.team == "linde"
    assert joined.conversation.answers == ()
    assert "Iemand uit je gezin of daarbuiten" in await ben.last()

    await ben.does(Tapped(own.conversation.turn, "-agree"))
    assert (await ben.last()).startswith("Die knop hoort bij een eerdere vraag.")
    assert await house.store.read(lambda tx: invites.found(tx, token, house.clock.now())) is None


async def test_an_invitation_that_went_while_someone_thought_leaves_them_in_their_own_talk(
    house: House, sanne: Person
) -> None:
    ben, eva = Person(house, "ben"), Person(house, "eva")
    await ben.starts()
    await ben.tells("Mijn eigen verhaal.")
    token = await sanne.invites("parent")
    await ben.opens(token)
    await eva.opens(token)

    await ben.taps("-join")

    assert (await ben.last()).startswith("Deze uitnodiging werkt niet meer.")
    assert "Klopt het zo?" in await ben.last()
    assert len((await ben.voice()).conversation.answers) > 1


async def test_who_only_just_began_goes_straight_on_in_the_case_of_the_invitation(
    house: House, sanne: Person
) -> None:
    ben = Person(house, "ben")
    await ben.starts()

    await ben.opens(await sanne.invites("young"))

    assert (await ben.voice()).conversation.dialogue == "jongere"
    assert "Iemand uit je gezin of daarbuiten" in await ben.last()


async def test_what_someone_does_in_one_batch_happens_in_its_order(
    house: House, sanne: Person
) -> None:
    token = await sanne.invites("young")
    chat = Chat("web", "ben")
    events: tuple[Event, ...] = (Started(), Started(), Tapped(3, "begin"), Wrote("15"))
    batch = [
        Incoming(chat, number, event, link=link)
        for number, (event, link) in enumerate(
            zip(events, ("t_linde", f"i_{token}", None, None), strict=True)
        )
    ]

    await house.conversations.receive(batch, house.clock.now())

    voice = await house.voice("web", "ben")
    assert voice.case == (await sanne.voice()).case
    assert [given.question for given in voice.conversation.answers] == [
        "waarheid/begin",
        "leeftijd",
    ]


async def test_an_update_that_comes_twice_uses_an_invitation_once(
    house: House, sanne: Person
) -> None:
    token = await sanne.invites("young")
    came = Incoming(Chat("web", "ben"), 1, Started(), link=INVITATION + token)

    await house.conversations.receive([came], house.clock.now())
    await house.conversations.receive([came], house.clock.now())

    said = await Person(house, "ben").said()
    assert said.count(COMPUTER) == 1
    assert "werkt niet meer" not in said


async def test_clearing_and_erasing_are_about_the_whole_chat(house: House, sanne: Person) -> None:
    """Also what was said in, and what was sent from, the talk before the invitation."""
    ben = Person(house, "ben", "telegram")
    await ben.starts()
    for _ in range(2):
        await ben.does(Wrote("x"))
    await house.happens("telegram", "ben", Tapped(1, "begin"))
    await house.store.write(
        lambda tx: tx.run(
            "update message set state = 1, ref = id + 100, body = null where ref is null"
        )
    )
    await ben.opens(await sanne.invites("parent"))
    await ben.taps("-join")
    old = await house.store.read(
        lambda tx: tx.rows("select id from voice where current = 0 order by id")
    )
    assert len(old) == 1

    await ben.asks("erase")
    await ben.taps("-erase.yes")

    assert await count(house.store, "voice") == 1
    assert not await ben.is_known()
    (farewell,) = await house.store.read(
        lambda tx: tx.rows("select kind from message where voice is null")
    )
    assert farewell["kind"] == "clear"


async def test_one_voice_erases_itself_and_spares_the_others(house: House, sanne: Person) -> None:
    ben = Person(house, "ben")
    await ben.opens(await sanne.invites("parent"))
    await ben.tells("Ik zie het anders.")
    await ben.sends()

    await sanne.asks("erase")
    await sanne.taps("-erase.yes")

    assert not await sanne.is_known()
    assert (await ben.voice()).conversation.status == "done"
    assert await count(house.store, "page") == 1
    assert "Sanne" not in await ben.said()

    await ben.asks("erase")
    await ben.taps("-erase.yes")
    assert await count(house.store, "case") == 0
    assert await count(house.store, "invite") == 0
    assert await count(house.store, "part_gone") == 0


async def test_there_are_so_many_invitations_at_a_time_and_the_oldest_goes(
    house: House, sanne: Person
) -> None:
    tokens = []
    for _ in range(MOST + 1):
        tokens.append(await sanne.invites("other"))
        house.clock.time += 1

    assert await count(house.store, "invite") == MOST
    await Person(house, "ben").opens(tokens[0])
    assert not await Person(house, "ben").is_known()


async def test_nobody_is_invited_to_a_dialogue_that_is_not_there(tmp_path: Path) -> None:
    async with World(tmp_path, library(tmp_path, "ouder", "jongere")).on() as house:
        sanne = Person(house, "sanne")
        await sanne.starts()
        await sanne.asks("menu")
        await sanne.taps("-invite")

        assert {code for code in await sanne.offers() if code.startswith("-invite")} == {
            "-invite.parent",
            "-invite.young",
        }
        await sanne.taps("-invite.child")
        assert await count(house.store, "invite") == 0


async def test_an_invitation_to_a_dialogue_that_went_is_gone(tmp_path: Path) -> None:
    world = World(tmp_path, library(tmp_path / "before"))
    async with world.on() as house:
        sanne = Person(house, "sanne")
        await sanne.starts()
        token = await sanne.invites("other")
    world.books = library(tmp_path / "after", "ouder", "jongere")
    async with world.on() as house:
        await Person(house, "ben").opens(token)

        assert not await Person(house, "ben").is_known()


async def test_a_parent_who_sent_is_offered_it_at_the_end(house: House, sanne: Person) -> None:
    assert "-invite" in await sanne.offers()

    eva = Person(house, "eva")
    await eva.opens(await sanne.invites("young"))
    await eva.tells("Ik wil rust.")
    await eva.sends()
    assert "-invite" not in await eva.offers()


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    server = TelegramServer()
    await server.start()
    yield server
    await server.stop()


async def test_on_telegram_two_parents_meet_by_the_link_that_came_with_a_picture(
    tmp_path: Path, server: TelegramServer
) -> None:
    books = replace(library(tmp_path / "books"), site=HERE, bot="samen_bot")
    world = World(tmp_path, books, server)
    sanne, ben = Family(server, 5551), Family(server, 5552)
    async with world.on() as house:
        sanne.starts("t_linde")
        await house.settle()
        sanne.taps("Begin")
        await house.settle()
        for label in ("⋯", "Iemand uitnodigen", "De andere ouder"):
            sanne.taps(label)
            await house.settle()

        said = "\n".join(shown.text for shown in sanne.screen())
        (picture,) = [shown for shown in sanne.screen() if shown.picture]
        (token,) = re.findall(r"start=i_([\w-]{22})", said)
        assert picture.picture == png(f"{HERE}/i/{token}")
        assert "camera" in picture.caption
        ben.starts(f"i_{token}")
        await house.settle()

    assert "Iemand uit je gezin of daarbuiten" in "\n".join(shown.text for shown in ben.screen())
    async with world.on() as house:
        one, other = await house.voice("telegram", "5551"), await house.voice("telegram", "5552")
        assert one.case == other.case


async def test_no_link_of_an_invitation_stands_in_the_database(
    house: House, sanne: Person, tmp_path: Path
) -> None:
    token = await sanne.invites("parent")
    await house.store.checkpoint()

    written = _files(tmp_path)
    assert len(written) > 10_000
    assert token.encode() not in written


async def test_links_that_are_too_old_are_forgotten(house: House, sanne: Person) -> None:
    await sanne.invites("parent")

    await house.store.write(lambda tx: invites.sweep(tx, house.clock.now() + LASTS - 1))
    assert await count(house.store, "invite") == 1
    await house.store.write(lambda tx: invites.sweep(tx, house.clock.now() + LASTS))
    assert await count(house.store, "invite") == 0
