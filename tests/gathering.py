"""A family of several voices: four small dialogues, and people who talk in a chat of their own."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from bot.dialogue.events import Asked, Control, Event, Started, Tapped, Wrote
from bot.families.mine import file_of
from bot.library import INVITATION, Library, authored_folders
from bot.storage import messages, voices
from bot.storage.records import Chat, Voice
from bot.storage.store import Transaction
from bot.texts import Message
from tests.world import House

TRUTH = """\
block: waarheid
start: welkom
nodes:
  welkom:
    say: |
      Ik ben een computerprogramma, geen mens. Is er gevaar? Bel 112.
      Een begin wis ik na {bewaard_concept}, een pagina {bewaard_pagina} na het antwoord.
      Telegram kan meelezen. Onze eigen pagina niet: {chatpagina}
    next: begin
  begin:
    ask: choice
    text: Is dit goed voor jou?
    choices: {begin: Begin}
    skip: no
    next: team
  team: {ask: team, text: Waar woon je?, skip: no, next: return}
"""

DIALOGUE = """\
dialogue: {name}
links: {link}
start: waarheid
nodes:
  waarheid: {{use: waarheid, next: {first}}}
{age}  vertel:
    ask: words
    text: Waar zit je mee?
    page: eigen_woorden
    short: Waar ik mee zit
    next: mensen
  mensen:
    ask: circle
    text: Wie zou willen meedenken?
    mark: thinks_along
    page: kring
    short: Wie meedenkt
    next: hoop
  hoop: {{ask: words, text: Wat hoop je?, page: hoop, short: Wat ik hoop, next: nakijken}}
  nakijken: {{review: Klopt het zo?, next: sturen}}
  sturen:
    hand_over: 'Mag ik dit naar {{team}} sturen?'
    send: Ja, stuur het
    keep: Nee, nu niet
    next: einde
    otherwise: einde
  einde: {{end: Dag.}}
"""

AGE = """\
  leeftijd:
    ask: number
    text: Hoe oud ben je?
    page: vraag
    short: Leeftijd
    from: 8
    to: 23
    next: vertel
"""

LINKS = {"ouder": "t", "jongere": "j", "kind": "k", "ander": "a"}

HERE = "https://samen.example"


def library(folder: Path, *dialogues: str) -> Library:
    """The real fixed words with a short dialogue for each kind of voice, or for some; two teams."""
    authored = authored_folders().dialogues
    home = folder / "dialogen"
    (home / "bouwstenen").mkdir(parents=True)
    for file in authored.glob("*.yaml"):
        shutil.copy(file, home)
    (home / "bouwstenen" / "waarheid.yaml").write_text(TRUTH, encoding="utf-8")
    for name in dialogues or LINKS:
        is_asked = name in ("jongere", "kind")
        text = DIALOGUE.format(
            name=name,
            link=LINKS[name],
            first="leeftijd" if is_asked else "vertel",
            age=AGE if is_asked else "",
        )
        (home / name).mkdir()
        (home / name / "dialoog.yaml").write_text(text, encoding="utf-8")
    read = Library.read(home, folder / "locales", authored / "teams")
    assert isinstance(read, Library), "\n".join(map(str, read))
    return read


@dataclass
class Person:
    """Someone in a chat of their own."""

    house: House
    address: str
    channel: str = "web"

    @property
    def chat(self) -> Chat:
        return Chat(self.channel, self.address)

    async def voice(self) -> Voice:
        return await self.house.voice(self.channel, self.address)

    async def is_known(self) -> bool:
        """Whether there is a talk in this chat."""
        return bool(await self.house.store.read(lambda tx: voices.of_chats(tx, [self.chat])))

    async def does(self, *events: Event, link: str = "") -> None:
        await self.house.happens(self.channel, self.address, *events, link=link)

    async def starts(self, link: str = "t_linde") -> None:
        await self.does(Started(), link=link)

    async def opens(self, token: str) -> None:
        """Follow the link of an invitation."""
        await self.does(Started(), link=INVITATION + token)

    async def taps(self, *codes: str) -> None:
        """Tap buttons of the screen on top, one after the other."""
        for code in codes:
            await self.does(Tapped((await self.voice()).conversation.turn, code))

    async def asks(self, control: Control) -> None:
        await self.does(Asked(control))

    async def writes(self, *words: str) -> None:
        for message in words:
            await self.does(Wrote(message))

    async def tells(self, words: str, *people: str, age: int = 15, hope: str = "rust") -> None:
        """From the link to the review, with these words."""
        await self.taps("begin")
        if (await self.voice()).conversation.dialogue in ("jongere", "kind"):
            await self.writes(str(age))
        await self.writes(words)
        await self.taps("-done")
        if people:
            await self.writes(*people)
        await self.taps("-done" if people else "-skip")
        await self.writes(hope)
        await self.taps("-done")

    async def sends(self) -> None:
        """From the review: agree, and give it to the team."""
        await self.taps("-agree", "send")

    async def heard(self) -> list[Message]:
        """Everything that was ever said to them, in any talk of this chat, sent or not yet."""

        async def look(tx: Transaction) -> list[Message]:
            found = (await voices.of_chats(tx, [self.chat])).values()
            ids = [id_ for voice in found for id_ in await voices.of_same_chat(tx, voice.id)]
            known = await voices.by_id(tx, ids)
            said = []
            for voice in known.values():
                said += [message for *_, message in await messages.log_of(tx, voice)]
            return said

        return await self.house.store.read(look)

    async def said(self) -> str:
        """All of it as one text."""
        return "\n".join(
            text
            for message in await self.heard()
            for text in [line.text for line in message.lines]
            + [key.label for row in message.rows for key in row]
        )

    async def last(self) -> str:
        """The last message, its buttons apart."""
        return "\n".join(line.text for line in (await self.heard())[-1].lines)

    async def offers(self) -> set[str]:
        """The codes of the buttons under the last message."""
        return {key.code for row in (await self.heard())[-1].rows for key in row}

    async def invites(self, kind: str) -> str:
        """Make an invitation; its token."""
        await self.asks("menu")
        await self.taps("-invite", f"-invite.{kind}")
        links = re.findall(r"/i/([\w-]+)", await self.said())
        assert links, await self.said()
        return str(links[-1])

    # --- Sharing --------------------------------------------------------------------------------

    async def offered(self, name: str) -> str:
        """The newest code that was offered under this name, with the number behind it."""
        codes = [key.code for each in await self.heard() for row in each.rows for key in row]
        found = [code for code in codes if code.startswith(f"{name}.")]
        assert found, await self.said()
        return found[-1]

    async def picks(self, name: str) -> None:
        """Tap the first button of this name under the last message."""
        codes = [key.code for row in (await self.heard())[-1].rows for key in row]
        await self.taps(next(code for code in codes if code.startswith(f"{name}.")))

    async def sees_the_list(self) -> None:
        """What was shared by and with them, and with whom they can share."""
        await self.does(Asked("menu"))
        await self.taps("-shares")

    async def shares(self, *items: int) -> None:
        """Share these items, by their place, with whoever was invited last, or invited them."""
        await self.sees_the_list()
        await self.picks("-give")
        await self.taps(*(f"-give_item.{number}" for number in items), "-give_show", "-give_yes")

    async def takes_back(self) -> None:
        """Take back what was shared last."""
        await self.sees_the_list()
        await self.picks("-unshare")
        await self.taps("-unshare_yes")

    async def looks(self) -> None:
        """Look at what was shared with them last."""
        await self.taps(await self.offered("-shared"), "-look")

    async def file(self) -> str:
        """All that is theirs, as a file."""
        voice = await self.voice()
        now = self.house.clock.now()
        return await self.house.store.read(lambda tx: file_of(tx, self.house.library, voice, now))
