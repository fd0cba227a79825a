"""What a stolen data folder, or a log at DEBUG, gives away of a family: nothing that was typed.

Two hundred canaries are typed in every field there is, through the real Telegram client and on the
chat page, by a family and by a professional. The scan is tried on a house that does not seal.
"""

import io
from itertools import count
from pathlib import Path

from bot.dialogue.events import Asked, Edited, Sent, Shared, Started, Tapped, Wrote
from bot.dialogue.shareable import shareable
from bot.dialogue.tree import Choice, Choices, Contact, HandOver, Naming, People, Review, Words
from bot.families.allowance import Limits
from bot.professionals import reading
from bot.storage.vault import Vault
from tests.gathering import Person
from tests.storage.test_canaries import Unsealed, forms
from tests.telegram_family import Family
from tests.telegram_server import telegram_server
from tests.test_logs import stream
from tests.world import NOW, House, World

__all__ = ["stream"]

CANARIES_TALK = Limits(burst=1_000_000, an_hour=1_000_000)
"""They sing faster than a person can type, on a clock that stands still."""

MANY = 200


class Canaries:
    """Makes strings that are nowhere else, and remembers them."""

    def __init__(self, first: int = 7_001) -> None:
        self.sung: list[str] = []
        self._numbers = count(first)

    def sings(self, form: str = "kanarie {} zingt één lied") -> str:
        song = form.format(next(self._numbers))
        self.sung.append(song)
        return song

    def names(self) -> str:
        """A canary without numbers, such as a name in the circle has to be."""
        name = f"kanarie {next(self._numbers)}".translate(str.maketrans("0123456789", "abcdefghij"))
        self.sung.append(name)
        return name

    def found_in(self, data: bytes) -> set[str]:
        return {song for song in self.sung if any(form in data for form in forms(song))}


async def lives(house: House, family: Family, birds: Canaries) -> None:
    """A parent tells, a professional reads and answers; a second parent stops half way."""
    family.starts("t_linde")
    await house.settle()
    family.taps("Begin")
    await house.settle()
    address = str(family.number)
    birds.sung.append(address)
    web = birds.sings("geheime-link-van-{}-en-langer")
    await house.happens("web", web, Started(), link="t_linde")
    await answers_everything(house, "telegram", address, birds)
    await answers_everything(house, "web", web, birds)
    await house.settle()
    await shares(house, web, birds.sings("geheime-link-van-{}-die-meeleest"))

    anna = await house.professional(birds.sings("anna{}@wijkteam.example"))
    for line in (await reading.listed(house.store, anna))["new"]:
        assert await house.work.claim(anna, line.id, NOW) == "claimed"
        assert await house.work.mark_read(anna, line.id, NOW) == "read"
        assert await house.work.answer(anna, line.id, birds.sings(), NOW) == "answered"
    await house.settle()

    half = birds.sings("geheime-link-van-{}-halverwege")
    await house.happens("web", half, Started())
    while len(birds.sung) < MANY:
        await house.happens("web", half, Wrote(birds.sings(), 1))


async def shares(house: House, address: str, reader: str) -> None:
    """Someone shares all they can with whoever comes by their invitation, who looks at it."""
    sharer, other = Person(house, address), Person(house, reader)
    await other.opens(await sharer.invites("parent"))
    conversation = (await sharer.voice()).conversation
    found = shareable(house.library.dialogues[conversation.dialogue], conversation)
    assert len(found) > 3
    await sharer.shares(*range(1, len(found) + 1))
    await other.looks()
    assert "kanarie" in await other.said()


async def answers_everything(house: House, channel: str, address: str, birds: Canaries) -> None:
    """Type canaries wherever typing is possible, up to and including the consent."""
    for origin in count(100, 10):
        conversation = (await house.voice(channel, address)).conversation
        node = house.library.dialogues[conversation.dialogue].nodes[conversation.at]
        turn = conversation.turn
        match node:
            case Words():
                words = [Wrote(birds.sings(), origin + n) for n in range(5)]
                edited = Edited(birds.sings(), origin)
                await house.happens(channel, address, *words, edited, Tapped(turn, "-done"))
            case Contact():
                typed = {
                    "name": birds.sings("Kanarie {}"),
                    "phone": birds.sings("06-5550{}"),
                    "email": birds.sings("kanarie{}@gezin.example"),
                }[node.of]
                await house.happens(channel, address, Wrote(typed, origin))
            case Naming():
                typed = f"{birds.names()}, {birds.names()}"
                words = [Wrote(typed, origin), Wrote(birds.names(), origin + 1)]
                await house.happens(channel, address, *words, Tapped(turn, "-done"))
            case People():
                await house.happens(channel, address, Tapped(turn, "p1"), Tapped(turn, "-done"))
            case Choice() | Choices():
                several = isinstance(node, Choices)
                taps = [Tapped(turn, code) for code in node.codes[: 9 if several else 1]]
                more = [Tapped(turn, "-done")] if several else []
                await house.happens(channel, address, Wrote(birds.sings()), *taps, *more)
            case Review():
                await house.happens(channel, address, Sent("photo"), Tapped(turn, "-agree"))
            case HandOver():
                await house.happens(channel, address, Tapped(turn, "send"))
            case _:
                break
    await house.happens(channel, address, Shared("+31655501234"), Asked("menu"))


def folder_of(world: World) -> bytes:
    """Every file in the data folder but the keys, which a thief of a backup has not."""
    kept = [path for path in world.folder.rglob("*") if path.is_file()]
    return b"".join(path.read_bytes() for path in kept if path.parent.name != "keys")


async def test_two_hundred_canaries_are_in_no_file_and_in_no_log(
    tmp_path: Path, stream: io.StringIO
) -> None:
    birds = Canaries()
    async with telegram_server() as server:
        world = World(tmp_path, server=server, limits=CANARIES_TALK)
        async with world.on() as house:
            await lives(house, Family(server, 40_917_733), birds)
            while_on = folder_of(world)

    assert len(birds.sung) >= MANY
    assert birds.found_in(while_on) == set()
    assert birds.found_in(folder_of(world)) == set()
    assert birds.found_in(stream.getvalue().encode()) == set()
    assert server.token not in stream.getvalue()


async def test_the_scan_finds_them_when_sealing_is_off(tmp_path: Path) -> None:
    """Telegram's words go as soon as they are delivered; everything else must be found."""
    birds = Canaries()
    Vault.create(tmp_path)
    async with telegram_server() as server:
        world = World(tmp_path, server=server, vault=Unsealed, limits=CANARIES_TALK)
        async with world.on() as house:
            await lives(house, Family(server, 40_917_733), birds)
            found = birds.found_in(folder_of(world))

    missed = set(birds.sung) - found
    assert len(missed) <= len(birds.sung) * 0.2, missed


async def test_one_voice_erased_its_words_are_gone_and_the_others_stand(tmp_path: Path) -> None:
    gone, stays = Canaries(), Canaries(8_001)
    Vault.create(tmp_path)
    world = World(tmp_path, vault=Unsealed, limits=CANARIES_TALK)
    async with world.on() as house:
        for address, birds in (("een", gone), ("twee", stays)):
            await house.happens("web", address, Started(), link="t_linde")
            await answers_everything(house, "web", address, birds)
        assert gone.found_in(folder_of(world))

        turn = (await house.voice("web", "een")).conversation.turn
        await house.happens("web", "een", Asked("erase"), Tapped(turn + 1, "-erase.yes"))
        assert await house.store.checkpoint()

        assert gone.found_in(folder_of(world)) == set()
        assert stays.found_in(folder_of(world))
        anna = await house.professional()
        assert len((await reading.listed(house.store, anna))["new"]) == 1


async def test_what_was_shared_is_in_no_file_once_its_sharer_erased(tmp_path: Path) -> None:
    """Not with the other either, who had looked at it."""
    gone = Canaries()
    Vault.create(tmp_path)
    world = World(tmp_path, vault=Unsealed, limits=CANARIES_TALK)
    async with world.on() as house:
        await house.happens("web", "een", Started(), link="t_linde")
        await answers_everything(house, "web", "een", gone)
        await shares(house, "een", "twee")
        assert gone.found_in(folder_of(world))

        turn = (await house.voice("web", "een")).conversation.turn
        await house.happens("web", "een", Asked("erase"), Tapped(turn + 1, "-erase.yes"))
        assert await house.store.checkpoint()

        assert await Person(house, "twee").is_known()
        assert gone.found_in(folder_of(world)) == set()
