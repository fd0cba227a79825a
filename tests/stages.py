"""Where an example conversation is played for real: in a Telegram chat, or on the chat page.

A ``Stage`` does what a person does there, by what the buttons read, and tells what they then see.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

import httpx
from msgspec.structs import replace

from bot.authoring.expecting import Expected
from bot.authoring.replay import AT, Passage
from bot.authoring.shown import DRAWN, labels, read_lines
from bot.dialogue.events import Asked, Started, Tapped
from bot.dialogue.message import Text
from bot.dialogue.vocabulary import ENGINE
from bot.rehearsal import BAR, Rehearsal
from bot.texts import Texts
from bot.web.chat import ChatPage
from bot.web.chat_here import BAR as NAMED
from bot.web.chat_view import BOXES
from bot.web.desk import Desk
from bot.web.site import site
from tests.telegram_family import Family
from tests.telegram_server import Shown, telegram_server
from tests.web.chat_house import HERE, Visitor
from tests.web.chat_reading import Button
from tests.world import House, World


@dataclass(frozen=True)
class Seen:
    """Something that someone sees: its lines, and what can be tapped under it."""

    lines: tuple[str, ...]
    labels: tuple[str, ...]


class Stage(Protocol):
    """A way to have a conversation, with somebody there."""

    async def does(self, passage: Passage) -> list[Seen]:
        """Do what ``passage`` says; what is new to see, in order."""
        ...


def label_of(passage: Passage) -> str:
    """What the button reads that is tapped."""
    found = re.fullmatch(r"\[(.+)\]", passage.deed)
    assert found is not None, passage.deed
    return found[1]


def lines_of(text: str, *, is_picture: bool = False) -> tuple[str, ...]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if is_picture:
        lines[0] = DRAWN + lines[0]
    return tuple(lines)


def read(label: str) -> str:
    """A label without what a channel draws in its own way: the box, the room beside a picture."""
    return "".join(label.lstrip(BOXES).split())


# --- Telegram -----------------------------------------------------------------------------------


@dataclass
class OnTelegram:
    """Someone with Telegram, and the bot behind the real client.

    With ``restarts`` the bot is switched off and on again on its database after each deed.
    """

    world: World
    family: Family
    restarts: bool
    _house: House | None = None

    async def does(self, passage: Passage) -> list[Seen]:
        before = {shown.id: (shown.text, shown.rows) for shown in self.family.screen()}
        match passage.event:
            case Started():
                link = passage.deed.partition(" ")[2] or "t_linde"
                self.family.starts(link)
            case Tapped():
                self.family.taps(label_of(passage))
            case _:
                self.family.writes(passage.deed)
        async with self.house() as house:
            await house.settle()
        return [
            Seen(
                lines_of(shown.caption or shown.text, is_picture=bool(shown.picture)),
                tuple(label for row in shown.rows for label in row),
            )
            for shown in self.family.screen()
            if shown.mine and self._is_news(shown, before)
        ]

    @staticmethod
    def _is_news(shown: Shown, before: dict[int, tuple[str, list[list[str]]]]) -> bool:
        """Whether it came now, or is still the question and looks different."""
        if shown.id not in before:
            return True
        changed = before[shown.id] != (shown.text, shown.rows)
        return changed and sum(map(len, shown.rows)) > 1

    @asynccontextmanager
    async def house(self) -> AsyncIterator[House]:
        """The bot, switched on."""
        if self._house is not None:
            yield self._house
            return
        async with self.world.on() as house:
            yield house

    @classmethod
    @asynccontextmanager
    async def opened(
        cls, world: World, language: str, *, restarts: bool
    ) -> AsyncIterator["OnTelegram"]:
        """A new chat of someone whose Telegram is in ``language``."""
        async with telegram_server() as server:
            world.server = server
            stage = cls(world, Family(server, language=language), restarts)
            if restarts:
                yield stage
                return
            async with world.on() as house:
                stage._house = house
                yield stage


# --- The chat page ------------------------------------------------------------------------------


@dataclass
class OutOfReach:
    """The same talk where no message finds who is away, and no file comes in the chat.

    So it is on the chat page: there is no reminder, and what is one's own stands behind a link.
    What ``passage`` expects and is not there is left out by this, and by nothing else.
    """

    talk: Rehearsal

    def __post_init__(self) -> None:
        self.talk.conversation = replace(self.talk.conversation, reachable=False)

    def has(self, passage: Passage) -> bool:
        """Whether someone can do there what they do in ``passage``."""
        return not isinstance(passage.event, Tapped) or any(
            key.code == passage.event.code for key in self.talk.keys
        )

    def expected(self, passage: Passage) -> list[Expected]:
        """What is to be seen there."""
        event = passage.event
        if isinstance(event, Tapped):
            event = replace(event, turn=self.talk.conversation.turn)
        said = self.talk.happens(event, AT)
        lines = {line for _, line in read_lines(said)}
        there = {label for message in said for label in labels(message)}
        return [
            each
            for each in passage.expected
            if lines.issuperset(each.lines) and there.issuperset(each.labels)
        ]


@dataclass
class OnChatPage:
    """Someone with a browser that runs no scripts, and the whole site."""

    house: House
    visitor: Visitor
    language: str
    _seen: int = 0
    _buttons: list[Button] = field(default_factory=list)

    async def does(self, passage: Passage) -> list[Seen]:
        match passage.event:
            case Started():
                await self._comes(passage.deed.partition(" ")[2] or "t_linde")
            case Asked("leave") | Tapped(_, "-leave"):
                return await self._leaves()
            case Tapped(_, code) if code in BAR:
                await self._asks(code.removeprefix("-"))
            case Tapped():
                await self._presses(label_of(passage))
            case Asked(control):
                await self._asks(control)
            case _:
                await self._types(passage.deed)
        return self._news()

    def _word(self, name: str) -> str:
        texts: Texts = self.house.library.texts
        return texts.text(Text(f"{ENGINE}/{name}"), self.language, {})

    def _as_authored(self, said: str) -> str:
        """The same with the pictures that a text has for the buttons which are words here."""
        for picture, name in NAMED.items():
            said = said.replace(f"‘{self._word(name)}’", picture)
        return said

    async def _comes(self, link: str) -> None:
        """Follow a link, and begin."""
        letter, _, team = link.partition("_")
        usual = not team and letter in self.house.library.dialogue_of(None).links
        await self.visitor.opens("/" if usual else f"/{letter}/{team or 'geen-team'}")
        self._seen = 0
        begin = self._word("again" if self._is_back() else "chat_begin")
        await self.visitor.presses(begin)

    def _is_back(self) -> bool:
        return self._word("chat_begin") not in self.visitor.page.labels()

    async def _presses(self, label: str) -> None:
        """Press a button under the question, or one of the bar."""
        named = [each for each in self.visitor.page.buttons if each.name]
        found = [each for each in named if read(each.label) == read(label)]
        assert len(found) == 1, f"{label}: {self.visitor.page.labels()}"
        await self.visitor.sends(found[0])

    async def _types(self, words: str) -> None:
        send = self.visitor.page.button(self._word("chat_send"))
        await self.visitor.sends(send, words=words)

    async def _asks(self, control: str) -> None:
        """Use one of the controls: it stands in the bar, else in the menu."""
        for _ in range(2):
            for button in self.visitor.page.buttons:
                if button.value == control or button.value.endswith(f":-{control}"):
                    await self.visitor.sends(button)
                    return
            await self._presses(self._word("chat_menu"))
            self._news()
        raise AssertionError(f"no way to {control}: {self.visitor.page.labels()}")

    async def _leaves(self) -> list[Seen]:
        """Leave in a hurry, see an empty page, and come back with the link that was kept."""
        [secret] = [
            cookie.value
            for cookie in self.visitor.client.cookies.jar
            if cookie.name.endswith("gesprek") and cookie.value
        ]
        await self.visitor.presses(self._word("chat_leave"))
        assert self.visitor.answer.url.path == "/leeg"
        assert self.visitor.page.said == []
        await self.visitor.opens(f"/verder/{secret}")
        self._seen = 0
        return self._news()

    def _news(self) -> list[Seen]:
        """The bubbles that came, else the question, which looks different now."""
        page = self.visitor.page
        if not page.said:
            return [Seen(lines_of(page.heading), ())]
        numbered = zip(page.numbers, page.said, strict=True)
        came = [said for number, said in numbered if number > self._seen] or page.said[-1:]
        came = [self._as_authored(said) for said in came]
        self._seen = page.numbers[-1]
        labels = tuple(page.labels())
        drawn = {lines_of(words) for words in page.pictures.values()}
        return [
            Seen(lines_of(bubble, is_picture=lines_of(bubble) in drawn), labels) for bubble in came
        ]

    @classmethod
    @asynccontextmanager
    async def opened(cls, world: World, language: str) -> AsyncIterator["OnChatPage"]:
        """A new visitor whose browser is in ``language``."""
        async with world.on() as house:
            chat = ChatPage(house.store, house.conversations, house.library, house.clock, HERE)
            desk = Desk(house.store, house.library, house.clock, HERE)
            client = httpx.AsyncClient(
                transport=httpx.ASGITransport(site(chat, desk)),
                base_url=HERE,
                headers={"accept-language": language},
                follow_redirects=True,
            )
            async with client:
                yield cls(house, Visitor(client), language)
