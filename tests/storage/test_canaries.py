"""What a thief finds: every word, name and address is a canary, looked for in every file.

The scan itself is tried with a vault that does not seal: then it must find each of them.
"""

import base64
import json
import logging
import struct
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from bot.dialogue.answers import Answered, Reached, Said, Worded
from bot.dialogue.conversation import Conversation
from bot.storage import messages, revisions, set_aside, voices
from bot.storage.records import DONE, Chat, NewMessage
from bot.storage.store import Store, Transaction
from bot.storage.vault import Vault
from bot.texts import Key, Line, Message
from tests.storage.families import NOW

NUMBER = 5_551_234_907
CANARIES = {
    "telegram address": str(NUMBER),
    "web address": "geheim-kanarie-0417",
    "own words": "kanarie één slaapt slecht",
    "name": "Kanarie van Buuren",
    "draft": "kanarie in het concept",
    "question": "kanarie in de vraag",
    "button": "kanarie op de knop",
    "log": "kanarie op de pagina",
    "farewell": "kanarie ten afscheid",
    "notice address": "kanarie@linde.example",
    "notice": "kanarie in een bericht",
    "set aside": "kanarie in de fout",
    "error": "KanarieError",
}


class Unsealed(Vault):
    """A vault that does nothing: the sabotage the scan has to notice."""

    def seal(self, key: bytes, plaintext: bytes, *where: str | int) -> bytes:
        del key, where
        return plaintext

    def unseal(self, key: bytes, sealed: bytes, *where: str | int) -> bytes:
        del key, where
        return sealed


def forms(words: str) -> Iterator[bytes]:
    """How words could lie on a disk without looking like themselves."""
    plain = words.encode()
    yield plain
    yield words.encode("utf-16-le")
    yield words.encode("utf-16-be")
    yield words.encode("latin-1")
    yield plain.hex().encode()
    yield quote(words).encode()
    yield json.dumps(words)[1:-1].encode()
    for shift in range(3):  # base64 looks different at each place in a group of three
        yield base64.b64encode(b"\0" * shift + plain)[4:-4]
    if words.isdecimal():
        yield struct.pack(">q", int(words)).lstrip(b"\0")
        yield struct.pack("<q", int(words)).rstrip(b"\0")


def found_in(data: bytes) -> set[str]:
    return {name for name, words in CANARIES.items() if any(form in data for form in forms(words))}


async def live(store: Store) -> None:
    """Everything the storage room keeps for a family, with a canary in each field."""

    async def work(tx: Transaction) -> None:
        row = await revisions.keep(tx, "ouder", "r1", b"{}")
        told = Conversation(
            "ouder",
            "r1",
            "nl",
            answers=(
                Answered("vertel", Worded((Said(CANARIES["own words"]),), "nl")),
                Answered("contact/naam", Reached(CANARIES["name"])),
            ),
            draft=(Said(CANARIES["draft"]),),
        )
        chats = [Chat("telegram", str(NUMBER)), Chat("web", CANARIES["web address"])]
        begun = await voices.begin(tx, [(chat, told, row) for chat in chats], NOW)
        parent, on_the_page = (begun[chat] for chat in chats)
        await voices.save(tx, [parent], NOW)
        question = Message(
            (Line(CANARIES["question"]),), "nl", rows=((Key(CANARIES["button"], "ja"),),)
        )
        written = Message((Line(CANARIES["log"], "own"),), "nl")
        desk = Chat("mail", CANARIES["notice address"])
        word = Message((Line(CANARIES["notice"]),), "nl")
        await messages.enqueue(
            tx,
            [
                NewMessage(parent, parent.chat, "say", NOW, question),
                NewMessage(on_the_page, on_the_page.chat, "in", NOW, written, state=DONE),
                NewMessage(None, desk, "notice", NOW, word),
            ],
            NOW,
        )
        last = Message((Line(CANARIES["farewell"]),), "nl")
        await messages.farewell(tx, parent.chat, [1], last, NOW)
        await set_aside.put(
            tx, "telegram", 1, CANARIES["set aside"].encode(), CANARIES["error"], NOW
        )

    await store.write(work)
    for pending in await store.read(lambda tx: messages.due(tx, NOW, 10)):
        assert not pending.damaged


def files_of(folder: Path) -> bytes:
    """All there is to steal, the write-ahead log included; without the keys."""
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


async def test_no_word_name_or_address_is_on_the_disk_or_in_the_log_at_debug(
    tmp_path: Path, vault: Vault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with await Store.open(tmp_path, vault) as store:
        await live(store)
        while_open = files_of(tmp_path)
    after_closing = files_of(tmp_path)

    assert "aiosqlite" in {record.name for record in caplog.records}
    assert found_in(while_open) == set()
    assert found_in(after_closing) == set()
    assert found_in(caplog.text.encode()) == set()


async def test_the_scan_finds_every_canary_when_sealing_is_off(tmp_path: Path) -> None:
    Vault.create(tmp_path)
    async with await Store.open(tmp_path, Unsealed.open(tmp_path)) as store:
        await live(store)
        while_open = files_of(tmp_path)

    assert found_in(while_open) == set(CANARIES)


@pytest.mark.parametrize("form", range(10))
def test_the_scan_knows_every_disguise(form: int) -> None:
    disguised = [list(forms(words))[form] for words in CANARIES.values()]

    assert found_in(b"\n".join(disguised)) == set(CANARIES)


async def test_after_erasing_and_a_checkpoint_not_even_the_ciphertext_is_left(
    tmp_path: Path, vault: Vault
) -> None:
    async with await Store.open(tmp_path, vault) as store:
        await live(store)
        (voice, *_) = await store.read(lambda tx: tx.rows("select * from voice order by id"))
        pieces = [voice["key"], voice["conversation"], voice["address"], voice["chat"]]
        assert all(piece[-32:] in files_of(tmp_path) for piece in pieces)

        await store.write(lambda tx: voices.erase(tx, [voice["id"]]))
        # The farewell to the same chat goes first: it knows the chat by the same keyed hash.
        await store.write(lambda tx: tx.run("delete from message where voice is null"))
        assert await store.checkpoint()

        assert not any(piece[-32:] in files_of(tmp_path) for piece in pieces)
