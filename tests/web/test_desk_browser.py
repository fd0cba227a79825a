"""The desk in a real browser: nothing a family wrote runs, and everyone can read and use it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page

from bot.dialogue.answers import Chosen, Reached
from bot.professionals import joining
from bot.web.desk import DESK
from tests.browser import Browser, browser_page, needs_browser, serve, shots
from tests.web.desk_house import A_STORY, House, house, item, told

__all__ = ["browser_page", "shots"]

ELSEWHERE = "https://elders.example"

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    f"<img src={ELSEWHERE}/x.png>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "</blockquote></article><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</pre><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><button formaction=//elders.example autofocus onfocus=alert(1)>',
    "' onmouseover='alert(1)' x='",
    "javascript:alert(1)",
    f"<a href=javascript:alert(1)>klik</a> {ELSEWHERE}",
    "{{ 7 * 7 }}{% include 'error.html' %}{{ cycler.__init__.__globals__ }}",
    f"<meta http-equiv=refresh content='0;url={ELSEWHERE}'>",
    f"<style>*{{background:url({ELSEWHERE}/x)}}</style>",
    f"<link rel=stylesheet href={ELSEWHERE}/x.css>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    f"<object data={ELSEWHERE}></object><embed src={ELSEWHERE}>",
    f"<form action={ELSEWHERE}><button>Verstuur</button></form>",
    f"<base href={ELSEWHERE}>",
    "<details open ontoggle=alert(1)>",
    "<math><mtext></p><img src onerror=alert(1)></math>",
    "<!-- --!><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "&lt;script&gt;alert(1)&lt;/script&gt;&#60;script&#62;",
    "\u202egnp.exe\u202c\u2066x\u2069\u200b\ufeff",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<bdo dir=rtl>omgekeerd</bdo>\U000e0041",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
]


@dataclass
class Office:
    """A desk with its address, and Anna behind a screen."""

    desk: House
    address: str
    browser: Browser
    token: str

    async def sits_down(self, page: Page) -> Page:
        """The page is of someone who is logged in."""
        await page.context.add_cookies(
            [{"name": "bureau", "value": self.token, "url": self.address}]
        )
        return page

    async def goes(self, page: Page, path: str = "") -> Page:
        answer = await page.goto(f"{self.address}{DESK}{path}")
        assert answer is not None
        assert answer.status in (200, 404)
        return page


@pytest_asyncio.fixture
async def office(tmp_path: Path, browser_page: Browser) -> AsyncIterator[Office]:
    """Whatever is opened here asks nobody else anything, and runs nothing of a stranger."""
    async with house(tmp_path, telegram="samen_bot") as desk, serve(desk.app) as address:
        anna = await desk.member("Anna", "noord", "zuid")
        token = anna.client.cookies["bureau"]
        yield Office(desk, address, browser_page, token)
        for context in browser_page.chromium.contexts:
            await context.close()

    assert browser_page.elsewhere == []
    assert browser_page.ran == []
    assert browser_page.blocked == []


async def every_page(office: Office) -> list[str]:
    """One address of each kind of page, with something on it."""
    endless = told("https://" + "lang" * 80, "nl", "hoop")
    new = await office.desk.hands_over([*A_STORY, endless])
    answered = await office.desk.hands_over(language="nl", team="zuid")
    anna = office.desk.visitor()
    anna.client.cookies.set("bureau", office.token)
    await anna.opens(f"/pagina/{answered}")
    await anna.posts(f"/pagina/{answered}/oppakken")
    await anna.posts(f"/pagina/{answered}/antwoord", antwoord="Dank je wel. " + "x" * 300)
    link = await joining.invite(
        office.desk.store, "n@t.example", ["noord"], office.desk.clock.now()
    )
    return [
        "",
        "/instellingen",
        f"/pagina/{new}",
        f"/pagina/{answered}?gedaan=answered",
        f"/pagina/{answered}/tekst",
        f"/uitnodiging/{link}",
        "/inloggen",
        "/uitnodiging/onbekend",
        "/pagina/99",
    ]


# --- Nothing runs -------------------------------------------------------------------------------


@needs_browser
async def test_nothing_a_family_wrote_runs_or_asks_anyone_anything(office: Office) -> None:
    items = [told(attack, "fr") for attack in ATTACKS]
    items += [item("bellen", "praktisch", Reached(attack)) for attack in ATTACKS]
    page = await office.desk.hands_over(items)
    screen = await office.sits_down(await office.browser.desktop())

    await office.goes(screen, f"/pagina/{page}")
    quotes = await screen.locator(".sheet blockquote").all_inner_texts()
    assert len(quotes) == len(ATTACKS)
    assert "<script>alert(1)</script>" in quotes
    assert "U+202Egnp.exeU+202C" in quotes[-4]
    assert "{{ 7 * 7 }}" in quotes[14]
    assert await strangers(screen) == []
    await office.goes(screen, f"/pagina/{page}/tekst")
    assert "<script>alert(1)</script>" in await screen.locator("#tekst").inner_text()
    assert await strangers(screen) == []


@needs_browser
async def test_nothing_a_colleague_wrote_runs_either(office: Office) -> None:
    page = await office.desk.hands_over()
    screen = await office.sits_down(await office.browser.desktop())
    await office.goes(screen, f"/pagina/{page}")
    await screen.get_by_role("button", name="Ik pak dit op").click()
    for attack in ATTACKS[:12]:
        await screen.get_by_label("ericht aan het gezin").fill(attack)
        await screen.get_by_role("button", name="Verstuur").click()
        await screen.get_by_text("Je bericht gaat naar het gezin.").wait_for()

    assert (await screen.locator(".answer blockquote").all_inner_texts())[0] == ATTACKS[0]
    assert await strangers(screen) == []
    await screen.get_by_label("ericht aan het gezin").evaluate(
        "it => it.removeAttribute('maxlength')"
    )
    await screen.get_by_label("ericht aan het gezin").fill(ATTACKS[6] + "x" * 2000)
    await screen.get_by_role("button", name="Verstuur").click()
    await screen.get_by_text("langer dan 2000 tekens").wait_for()
    assert await strangers(screen) == []


async def strangers(screen: Page) -> list[str]:
    """Elements that our templates do not make."""
    found: list[str] = await screen.evaluate(
        """() => [
            ...document.querySelectorAll(
                'script:not([src="/static/desk.js"]), iframe, object, embed, base, style, math,'
                + ' details, bdo, img, svg, link:not([href^="/static/desk."]),'
                + ' form:not([action^="/bureau/"]), [onerror], [onload], [onmouseover], [onfocus],'
                + ' .sheet a:not([href="#doen"]), pre a, .answer a'
            )
        ].map(each => each.outerHTML)"""
    )
    return found


# --- Everyone can use it ------------------------------------------------------------------------


@needs_browser
@pytest.mark.parametrize("width", [360, 640, 1280], ids=["phone", "zoomed to 200 %", "screen"])
async def test_every_page_fits_and_can_be_read(office: Office, width: int, shots: Path) -> None:
    screen = await office.sits_down(await office.browser.desktop())
    await screen.set_viewport_size({"width": width, "height": 740})
    for number, path in enumerate(await every_page(office)):
        await office.goes(screen, path)
        await screen.screenshot(path=shots / f"desk-{width}-{number}.png", full_page=True)

        assert await screen.evaluate("document.documentElement.scrollWidth") <= width, path
        assert await faults_of(screen) == [], path


@needs_browser
async def test_larger_letters_push_nothing_off_the_page(office: Office) -> None:
    screen = await office.sits_down(await office.browser.desktop())
    for path in await every_page(office):
        await office.goes(screen, path)
        await screen.evaluate("document.documentElement.style.fontSize = '200%'")

        assert await screen.evaluate("document.documentElement.scrollWidth") <= 1280, path


@needs_browser
async def test_a_page_is_read_answered_and_closed_with_the_keyboard_alone(office: Office) -> None:
    await office.desk.hands_over()
    screen = await office.sits_down(await office.browser.desktop())
    await office.goes(screen)
    await screen.keyboard.press("Tab")
    assert await screen.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    assert await screen.evaluate("document.activeElement.getBoundingClientRect().top >= 0")
    await screen.keyboard.press("Enter")
    await screen.keyboard.press("Tab")
    await screen.keyboard.press("Enter")
    await screen.wait_for_url("**/pagina/*")

    await press(screen, "Ik pak dit op")
    await press(screen, "Ik heb het gelezen")
    await tab_to(screen, "TEXTAREA")
    await screen.keyboard.type("Zullen we bellen?")
    await press(screen, "Verstuur")
    await press(screen, "Sluit deze pagina")

    await screen.get_by_text("De pagina is gesloten.").wait_for()


async def press(screen: Page, name: str) -> None:
    """Tab to the button with this name, and press it."""
    await tab_to(screen, name)
    assert await screen.evaluate(
        "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
    ), f"nobody can see where they are on {name}"
    async with screen.expect_navigation():
        await screen.keyboard.press("Enter")


async def tab_to(screen: Page, name: str) -> None:
    for _ in range(40):
        await screen.keyboard.press("Tab")
        at = await screen.evaluate(
            "[document.activeElement.tagName, document.activeElement.textContent.trim()]"
        )
        if name in at:
            return
    raise AssertionError(f"{name} cannot be reached with the keyboard")


@needs_browser
async def test_everything_works_without_scripts(office: Office) -> None:
    page = await office.desk.hands_over()
    screen = await office.sits_down(await office.browser.phone(scripts=False))
    await office.goes(screen, f"/pagina/{page}")
    await screen.get_by_role("link", name="Naar wat je kunt doen").click()
    await screen.get_by_role("button", name="Ik pak dit op").click()
    await screen.get_by_label("Bericht aan het gezin").fill("Dank je wel.")
    await screen.get_by_role("button", name="Verstuur").click()
    await screen.get_by_text("Je bericht gaat naar het gezin.").wait_for()
    assert await screen.get_by_role("button", name="Print").count() == 0

    await screen.get_by_role("link", name="Kopieer als tekst").click()

    assert "Uyuyamıyor." in await screen.locator("#tekst").inner_text()
    assert await screen.get_by_role("button", name="Kopieer alles").count() == 0


@needs_browser
async def test_with_scripts_the_text_is_copied_with_one_press(office: Office) -> None:
    page = await office.desk.hands_over()
    screen = await office.sits_down(await office.browser.desktop())
    await screen.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await office.goes(screen, f"/pagina/{page}/tekst")

    await screen.get_by_role("button", name="Kopieer alles").click()

    await screen.get_by_text("Gekopieerd.").wait_for()
    assert "Uyuyamıyor." in await screen.evaluate("navigator.clipboard.readText()")


@needs_browser
async def test_words_from_right_to_left_stand_on_the_right(office: Office, shots: Path) -> None:
    page = await office.desk.hands_over(
        [told("لا أنام جيدًا.\nأريد أن يسمعني أحد.", "ar"), *A_STORY], language="ar"
    )
    screen = await office.sits_down(await office.browser.desktop())
    await office.goes(screen, f"/pagina/{page}")
    await screen.screenshot(path=shots / "desk-arabic.png", full_page=True)

    quotes = screen.locator(".sheet blockquote")

    directions = [
        await quotes.nth(number).evaluate("it => getComputedStyle(it).direction")
        for number in range(2)
    ]
    assert directions == ["rtl", "ltr"]


@needs_browser
async def test_a_page_is_printed_on_one_sheet_without_what_is_around_it(
    office: Office, shots: Path
) -> None:
    page = await office.desk.hands_over(
        [*A_STORY, item("over_wie", "vraag", Chosen(("gezin",))), told("Samen.", "nl", "hoop")]
    )
    screen = await office.sits_down(await office.browser.desktop())
    await office.goes(screen, f"/pagina/{page}")

    pdf = await screen.pdf(path=shots / "desk.pdf", prefer_css_page_size=True)

    assert pdf.count(b"/Type /Page\n") == 1
    await screen.emulate_media(media="print")
    assert not await screen.locator("aside").is_visible()
    assert not await screen.locator(".top").is_visible()


async def faults_of(screen: Page) -> list[Any]:
    """What keeps someone from reading or using this page, of WCAG 2.1 AA what can be counted."""
    found: list[Any] = await screen.evaluate(
        """() => {
        const faults = [];
        const one = (selector, most) => {
            const there = document.querySelectorAll(selector).length;
            if (there < 1 || there > most) faults.push([selector, there]);
        };
        one('h1', 1);
        one('main', 1);
        one('html[lang=nl]', 1);
        if (!document.title.trim()) faults.push(['no title']);
        let level = 0;
        for (const heading of document.querySelectorAll('h1, h2, h3')) {
            const own = Number(heading.tagName[1]);
            if (own > level + 1) faults.push(['level skipped', heading.textContent]);
            level = own;
        }
        const ids = [...document.querySelectorAll('[id]')].map(each => each.id);
        if (new Set(ids).size !== ids.length) faults.push(['an id twice', ids.join()]);
        for (const each of document.querySelectorAll('[aria-labelledby], [aria-describedby]')) {
            const named = (each.getAttribute('aria-labelledby') || '') + ' '
                + (each.getAttribute('aria-describedby') || '');
            for (const id of named.split(' ').filter(Boolean)) {
                if (!document.getElementById(id)) faults.push(['no such id', id]);
            }
        }
        for (const field of document.querySelectorAll('input:not([type=hidden]), textarea')) {
            if (!field.labels.length) faults.push(['no label', field.outerHTML]);
        }
        for (const each of document.querySelectorAll('button, .button, .row, input, textarea')) {
            const box = each.getBoundingClientRect();
            if (box.width && box.height < 24) faults.push(['too small to hit', each.outerHTML]);
        }
        const parse = colour => colour.match(/[\\d.]+/g).map(Number);
        const light = ([r, g, b]) => [r, g, b].map(c => {
            c /= 255;
            return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
        }).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
        const behind = element => {
            for (let at = element; at; at = at.parentElement) {
                const [r, g, b, a = 1] = parse(getComputedStyle(at).backgroundColor);
                if (a === 1) return [r, g, b];
            }
            return [255, 255, 255];
        };
        const ratio = (one, other) => {
            const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
            return (high + 0.05) / (low + 0.05);
        };
        for (const element of document.querySelectorAll('body *')) {
            const words = [...element.childNodes].some(
                node => node.nodeType === 3 && node.textContent.trim());
            if (!words || !element.getClientRects().length) continue;
            const contrast = ratio(parse(getComputedStyle(element).color), behind(element));
            if (contrast < 4.5) faults.push(['contrast', contrast, element.outerHTML]);
        }
        const open = 'input:not([type=hidden]):not([readonly]), textarea';
        for (const field of document.querySelectorAll(open)) {
            const colour = parse(getComputedStyle(field).borderTopColor);
            const edge = ratio(colour, behind(field.parentElement));
            if (edge < 3) faults.push(['edge', edge, field.outerHTML]);
        }
        return faults;
    }"""
    )
    return found
