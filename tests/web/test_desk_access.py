"""Access, whole: every address of the desk × everyone who may knock there.

The addresses come from the router, so that a new one without a place in the lists below fails.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.routing import Route

from bot.storage.store import Store
from bot.web.desk import DESK, Demo, desk_routes
from tests.web.desk_house import House, Visitor, house

SPOKEN = b"OggS" + b"gesproken" * 100

OPEN = {
    f"GET {DESK}/inloggen",
    f"POST {DESK}/inloggen",
    f"GET {DESK}/uitnodiging/{{token}}",
    f"POST {DESK}/uitnodiging/{{token}}",
    f"GET {DESK}/demo/{{token}}",
}
"""What is there for who did not log in; everything else is not."""

OWN = {
    f"GET {DESK}",
    f"GET {DESK}/instellingen",
    f"POST {DESK}/instellingen/telegram",
    f"POST {DESK}/instellingen/telegram-los",
    f"POST {DESK}/instellingen/wachtwoord",
    f"POST {DESK}/uitloggen",
}
"""What is there for everyone who logged in, and about themselves only."""


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[House]:
    async with house(
        tmp_path, telegram="samen_bot", demo=Demo("demotoken", "anna@team.example")
    ) as built:
        yield built


def addresses(desk: House) -> list[tuple[str, Route]]:
    """Every method and path there is."""
    return [
        (f"{method} {route.path}", route)
        for route in desk_routes(desk.desk)
        for method in sorted((route.methods or set()) - {"HEAD"})
    ]


async def knock(
    visitor: Visitor, address: str, page: int, /, note: int = 1, **fields: str
) -> httpx.Response:
    """Ask for an address as ``visitor``, with the proof that belongs to their log-in."""
    method, path = address.split(" ", 1)
    path = path.replace("{page:int}", str(page)).replace("{note:int}", str(note))
    path = path.replace("{token}", "onbekend")
    return await visitor.client.request(
        method, path, data=fields if method == "POST" else None, follow_redirects=False
    )


def proof(desk: House, visitor: Visitor) -> str:
    return desk.desk.proof("member", visitor.client.cookies["bureau"])


async def changes(store: Store) -> int:
    rows = await store.read(
        lambda tx: tx.rows(
            "select (select count(*) from audit) + (select count(*) from invitation)"
            " + (select count(*) from reply) + (select count(*) from login) as n"
        )
    )
    return int(rows[0]["n"])


async def test_every_address_has_its_place_in_the_lists(desk: House) -> None:
    found = {address for address, _ in addresses(desk)}

    assert found >= OPEN | OWN
    about_a_page = {address for address in found if "{page:int}" in address}
    assert found == OPEN | OWN | about_a_page
    assert len(about_a_page) == 15


async def test_who_did_not_log_in_gets_nothing(desk: House) -> None:
    page = await desk.hands_over(spoken=SPOKEN)
    before = await changes(desk.store)
    for address, _ in addresses(desk):
        if address in OPEN:
            continue
        answer = await knock(desk.visitor(), address, page)
        if address.startswith("GET"):
            assert (answer.status_code, answer.headers["location"]) == (303, f"{DESK}/inloggen")
        else:
            assert answer.status_code == 403, address
        assert "Beuk" not in answer.text

    assert await changes(desk.store) == before


async def test_who_was_removed_gets_nothing_from_the_next_request_on(desk: House) -> None:
    page = await desk.hands_over(spoken=SPOKEN)
    anna = await desk.member("Anna")
    csrf = proof(desk, anna)
    assert (await knock(anna, f"GET {DESK}/pagina/{{page:int}}", page)).status_code == 200
    await desk.removes("Anna")
    before = await changes(desk.store)

    for address, _ in addresses(desk):
        if address in OPEN:
            continue
        answer = await knock(anna, address, page, csrf=csrf)
        assert answer.status_code == (303 if address.startswith("GET") else 403), address
        assert answer.headers.get("location", f"{DESK}/inloggen") == f"{DESK}/inloggen"

    assert await changes(desk.store) == before


async def test_who_is_of_another_team_finds_no_page(desk: House) -> None:
    page = await desk.hands_over(team="noord", spoken=SPOKEN)
    zita = await desk.member("Zita", "zuid")
    before = await changes(desk.store)
    for address, _ in addresses(desk):
        if "{page:int}" not in address:
            continue

        answer = await knock(zita, address, page, csrf=proof(desk, zita), antwoord="hallo")

        assert answer.status_code == 404, address
    assert await changes(desk.store) == before
    assert f"pagina/{page}" not in await zita.opens()


async def test_a_page_that_is_not_there_and_one_of_others_look_the_same(desk: House) -> None:
    page = await desk.hands_over(team="noord")
    zita = await desk.member("Zita", "zuid")

    seen = {await zita.opens(f"/pagina/{number}") for number in (page, page + 1, 2**70, 0)}

    assert len(seen) == 1
    assert zita.status == 404


async def test_who_is_of_the_team_can_do_everything(desk: House) -> None:
    anna = await desk.member("Anna")
    for address, _ in addresses(desk):
        if address in OPEN or address.endswith(("/uitloggen", "/wachtwoord")):
            continue
        page = await desk.hands_over(spoken=SPOKEN)
        if not address.endswith("/oppakken"):
            await knock(
                anna, f"POST {DESK}/pagina/{{page:int}}/oppakken", page, csrf=proof(desk, anna)
            )

        answer = await knock(
            anna, address, page, desk.notes[page], csrf=proof(desk, anna), antwoord="hallo"
        )

        assert answer.status_code in (200, 303), address
        assert answer.headers.get("location") != f"{DESK}/inloggen"


@pytest.mark.parametrize("forged", ["none", "empty", "wrong", "of another", "other site"])
async def test_what_is_posted_without_our_own_form_changes_nothing(
    desk: House, forged: str
) -> None:
    page = await desk.hands_over()
    anna, bram = await desk.member("Anna"), await desk.member("Bram")
    tokens: dict[str, dict[str, str]] = {
        "none": {},
        "empty": {"csrf": ""},
        "wrong": {"csrf": "é" * 64},
        "of another": {"csrf": proof(desk, bram)},
        "other site": {"csrf": proof(desk, anna)},
    }
    if forged == "other site":
        anna.client.headers["sec-fetch-site"] = "cross-site"
    before = await changes(desk.store)

    for address, _ in addresses(desk):
        if address.startswith("POST"):
            fields = {"antwoord": "hallo", "email": "anna@team.example", "wachtwoord": "x"}
            answer = await knock(anna, address, page, 1, **(tokens[forged] | fields))
            assert answer.status_code == 403, address

    assert await changes(desk.store) == before


async def test_the_proof_of_the_log_in_form_belongs_to_the_browser_that_asked_for_it(
    desk: House,
) -> None:
    here, there = desk.visitor(), desk.visitor()
    await here.opens("/inloggen")
    stolen = here.html
    await there.opens("/inloggen")

    there.answer = here.answer
    await there.posts("/inloggen", email="anna@team.example", wachtwoord="x")

    assert stolen
    assert there.status == 403


async def test_a_log_in_cookie_is_no_proof_before_the_log_in(desk: House) -> None:
    anna = await desk.member("Anna")

    answer = await knock(
        anna, f"POST {DESK}/inloggen", 0, csrf=proof(desk, anna), email="a", wachtwoord="b"
    )

    assert answer.status_code == 403
