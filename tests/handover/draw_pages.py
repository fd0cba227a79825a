"""Draws pages to look at, for ``python -m tests.handover.draw <folder>``.

An ordinary page, an overfull one and an empty one, and a rich one of three voices in three scripts,
and the same with things to talk about:
on paper, as JSON, as text and as the desk shows it, each photographed, with how many words stand on
the first sheet. The HTML stands alone: it needs no other file.
"""

import re
import shutil
import subprocess
import tempfile
from base64 import b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import playwright.async_api as playwright

from bot.dialogue.conversation import Conversation
from bot.handover.circle_page import paper_words
from bot.handover.compose import compose
from bot.handover.entries import words_in
from bot.handover.page import DUTCH, Page, as_json
from bot.handover.pdf import page_pdf
from bot.handover.plain import as_text
from bot.storage import pages, revisions, voices
from bot.storage.records import Chat
from bot.storage.store import Transaction
from tests.browser import ARGUMENTS, CHROMIUM, DESKTOP, PHONE, serve
from tests.handover.circles import LATIN_NAMES, some_circle
from tests.handover.family_pages import (
    BOOKS,
    MOTHER,
    empty,
    part,
    three_voices,
    three_wishes,
)
from tests.handover.pages import ordinary, overfull
from tests.web.desk_house import NO_WORDS, House, house

PAGES: Mapping[str, Sequence[Page]] = {
    "three_voices": three_voices(),
    "one_voice": (part("parent", "ar", *MOTHER),),
    "ordinary": (ordinary(some_circle(8, LATIN_NAMES, 8)),),
    "overfull": (overfull(),),
    "three_wishes": three_wishes(),
    "ordinary_wishes": (ordinary(some_circle(8, LATIN_NAMES, 8), "vertel", "zwaar", "hoop"),),
    "overfull_wishes": (overfull(talk_about=True),),
    "empty": (empty(),),
}

SIZES: Mapping[str, playwright.ViewportSize] = {"desktop": DESKTOP, "phone": PHONE}


def on_paper(folder: Path) -> None:
    """Writes each page to ``folder`` as PDF, JSON, text and pictures of its sheets."""
    words = paper_words(BOOKS.texts, DUTCH)
    for name, parts in PAGES.items():
        page = compose(parts)
        file = folder / f"{name}.pdf"
        file.write_bytes(page_pdf(page, words).body)
        folder.joinpath(f"{name}.json").write_bytes(as_json(page))
        folder.joinpath(f"{name}.txt").write_text(as_text(page), "utf-8")
        subprocess.run(
            [_program("pdftoppm"), "-r", "90", "-png", str(file), str(folder / f"{name}_sheet")],
            check=True,
        )
        first = subprocess.run(
            [_program("pdftotext"), "-l", "1", str(file), "-"],
            check=True,
            capture_output=True,
            text=True,
        )
        print(f"{name}: {words_in(first.stdout)} words on the first sheet")


def _program(name: str) -> str:
    return shutil.which(name) or name


async def at_the_desk(folder: Path) -> None:
    """Photographs each page as the desk shows it, on a desktop and on a telephone."""
    with tempfile.TemporaryDirectory() as kept:
        async with house(Path(kept)) as desk, serve(desk.app) as address:
            anna = await desk.member("Anna")
            token = anna.client.cookies["bureau"]
            async with playwright.async_playwright() as started:
                chromium = await started.chromium.launch(
                    executable_path=str(CHROMIUM), args=ARGUMENTS
                )
                for name, parts in PAGES.items():
                    number = await _handed_over(desk, name, parts)
                    for size, viewport in SIZES.items():
                        shown = await chromium.new_page(viewport=viewport)
                        await shown.context.add_cookies(
                            [
                                {
                                    "name": "bureau",
                                    "value": token,
                                    "domain": urlsplit(address).hostname or "",
                                    "path": "/",
                                }
                            ]
                        )
                        await shown.goto(f"{address}/bureau/pagina/{number}")
                        file = folder / f"{name}_{size}"
                        html = await _standing_alone(await shown.content(), anna.client)
                        file.with_suffix(".html").write_text(html, "utf-8")
                        await shown.screenshot(path=file.with_suffix(".png"), full_page=True)
                        await shown.close()
                await chromium.close()


async def _standing_alone(html: str, client: httpx.AsyncClient) -> str:
    """``html`` with its looks and its drawings inside."""
    for link in re.findall(r'<link rel="stylesheet" href="[^"]+">', html):
        looks = await client.get(link.split('"')[3])
        html = html.replace(link, f"<style>{looks.text}</style>")
    for address in set(re.findall(r'<img src="(/[^"]+)"', html)):
        drawn = b64encode((await client.get(address)).content).decode()
        html = html.replace(f'src="{address}"', f'src="data:image/png;base64,{drawn}"')
    return html


async def _handed_over(desk: House, name: str, parts: Sequence[Page]) -> int:
    """The number of a case with these parts, claimed by Anna."""

    async def work(tx: Transaction) -> int:
        row = await revisions.keep(tx, "ouder", "r1", NO_WORDS)
        case, first = 0, 0
        for number, each in enumerate(parts):
            chat = Chat("web", f"{name}{number}")
            conversation = Conversation("ouder", "r1", each.language, team="noord", turn=3, at="x")
            if case:
                voice = await voices.join(tx, case, chat, conversation, row, each.came)
            else:
                voice = (await voices.begin(tx, [(chat, conversation, row)], each.came))[chat]
            id_ = await pages.add(
                tx, case=voice.case, voice=voice.id, team="noord", body=as_json(each), now=each.came
            )
            case, first = voice.case, first or id_
        return first

    number = await desk.store.write(work)
    await desk.store.write(
        lambda tx: tx.run("update page set state = 'reading', professional = 1 where state = 'new'")
    )
    return number
