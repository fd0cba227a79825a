"""Who works here: a link that works once, and an access that ends at once."""

import asyncio

from bot.professionals import door, joining
from bot.professionals.door import LoggedIn, Refused
from bot.storage import access, pages, professionals
from bot.storage.records import Professional
from tests.web.desk_house import PASSWORD, House

ANNA = "Anna@Team.example"
DAY = 86_400


async def invited(desk: House, *teams: str) -> str:
    return await joining.invite(desk.store, ANNA, teams or ("noord",), desk.clock.now())


async def accepts(
    desk: House, token: str, name: str = "Anna", password: str = PASSWORD
) -> LoggedIn | Refused:
    return await joining.accept(desk.store, token, name, password, desk.clock.now())


async def joined(desk: House) -> LoggedIn:
    came_in = await accepts(desk, await invited(desk))
    assert isinstance(came_in, LoggedIn)
    return came_in


async def anna(desk: House) -> Professional:
    known = await desk.store.read(lambda tx: professionals.by_email(tx, ANNA))
    assert known is not None
    return known


async def stands_at_the_desk(desk: House, token: str) -> bool:
    return await door.visitor(desk.store, token, desk.clock.now()) is not None


async def test_someone_invited_chooses_a_name_and_a_password_and_is_in(desk: House) -> None:
    token = await invited(desk, "noord", "zuid")
    before = await anna(desk)

    came_in = await accepts(desk, token, "  Anna   de Vries ")

    assert not before.active
    assert isinstance(came_in, LoggedIn)
    me = await door.visitor(desk.store, came_in.token, desk.clock.now())
    assert me == Professional(
        1, "anna@team.example", "Anna de Vries", ("noord", "zuid"), active=True
    )


async def test_the_link_says_whom_it_is_for_and_opening_it_uses_nothing_up(desk: House) -> None:
    token = await invited(desk)

    await joining.invited(desk.store, token, desk.clock.now())
    invitation = await joining.invited(desk.store, token, desk.clock.now())

    assert invitation is not None
    assert (invitation.email, invitation.purpose) == ("anna@team.example", "join")
    assert ANNA not in repr(invitation)


async def test_a_link_works_once(desk: House) -> None:
    token = await invited(desk)
    await accepts(desk, token)

    again = await accepts(desk, token, "Iemand anders")

    assert isinstance(again, Refused)
    assert (await anna(desk)).name == "Anna"


async def test_of_all_who_use_one_link_at_once_exactly_one_is_in(desk: House) -> None:
    token = await invited(desk)

    came = await asyncio.gather(*(accepts(desk, token, f"Naam {n}") for n in range(12)))

    assert sum(isinstance(each, LoggedIn) for each in came) == 1


async def test_a_link_works_for_three_days(desk: House) -> None:
    token = await invited(desk)
    desk.clock.time += 3 * DAY - 1
    assert await joining.invited(desk.store, token, desk.clock.now()) is not None

    desk.clock.time += 1

    assert await joining.invited(desk.store, token, desk.clock.now()) is None
    assert isinstance(await accepts(desk, token), Refused)


async def test_a_newer_link_makes_the_older_one_void(desk: House) -> None:
    old = await invited(desk)
    new = await invited(desk)

    assert isinstance(await accepts(desk, old), Refused)
    assert isinstance(await accepts(desk, new), LoggedIn)


async def test_a_forged_link_does_nothing(desk: House) -> None:
    await invited(desk)

    for forged in ("", "a", "\x00", "\ud83d", "x" * 60_000):
        assert isinstance(await accepts(desk, forged), Refused)

    assert not (await anna(desk)).active


async def test_a_bad_name_or_password_costs_no_link(desk: House) -> None:
    token = await invited(desk)

    for name in ("", "   ", "x" * 61, "An\u202ena", "An\u200bna"):
        assert isinstance(await accepts(desk, token, name), Refused)
    assert isinstance(await accepts(desk, token, "Anna", "kort"), Refused)

    assert isinstance(await accepts(desk, token), LoggedIn)


async def test_a_reset_ends_every_log_in_and_the_old_password(desk: House) -> None:
    came_in = await joined(desk)

    token = await invited(desk)

    assert not await stands_at_the_desk(desk, came_in.token)
    old = await door.log_in(desk.store, ANNA, PASSWORD, "192.0.2.1", desk.clock.now())
    assert isinstance(old, Refused)
    invitation = await joining.invited(desk.store, token, desk.clock.now())
    assert invitation is not None
    assert (invitation.purpose, invitation.name) == ("reset", "Anna")
    assert (await anna(desk)).active


async def test_whoever_is_removed_is_out_at_once(desk: House) -> None:
    came_in = await joined(desk)
    page = await desk.hands_over()

    assert await joining.remove(desk.store, ANNA, desk.clock.now())

    assert not await stands_at_the_desk(desk, came_in.token)
    old = await door.log_in(desk.store, ANNA, PASSWORD, "192.0.2.1", desk.clock.now())
    assert isinstance(old, Refused)
    assert (await anna(desk)).teams == ()
    rows = await desk.store.read(lambda tx: tx.rows("select count(*) as n from message"))
    assert rows[0]["n"] == 0, f"a notice of page {page} still goes to someone who was removed"


async def test_a_link_of_before_the_removal_is_void(desk: House) -> None:
    await joined(desk)
    token = await invited(desk)

    await joining.remove(desk.store, ANNA, desk.clock.now())

    assert isinstance(await accepts(desk, token), Refused)


async def test_someone_removed_can_be_invited_again(desk: House) -> None:
    await joined(desk)
    await joining.remove(desk.store, ANNA, desk.clock.now())

    token = await invited(desk, "zuid")

    invitation = await joining.invited(desk.store, token, desk.clock.now())
    assert invitation is not None
    assert invitation.purpose == "join"
    assert isinstance(await accepts(desk, token), LoggedIn)
    assert (await anna(desk)).teams == ("zuid",)


async def test_removing_nobody_is_told(desk: House) -> None:
    assert not await joining.remove(desk.store, "niemand@team.example", desk.clock.now())


async def test_colleagues_are_named_by_team_without_who_is_not_in_yet(desk: House) -> None:
    me = await desk.professional("Bram", "noord", "zuid")
    await desk.professional("Carla", "noord")
    await invited(desk, "noord")

    assert await joining.colleagues(desk.store, me) == {
        "noord": ["Bram", "Carla"],
        "zuid": ["Bram"],
    }


async def test_everything_at_the_door_is_noted_without_content(desk: House) -> None:
    await joined(desk)
    await invited(desk)
    await joining.remove(desk.store, ANNA, desk.clock.now())

    assert await desk.audited() == [
        ("invited", 1, None),
        ("joined", 1, None),
        ("password reset", 1, None),
        ("removed", 1, None),
    ]


async def test_not_being_active_is_enough_to_be_out_whatever_else_is_still_there(
    desk: House,
) -> None:
    """A second lock: removing takes memberships and log-ins away too."""
    came_in = await joined(desk)
    page, me = await desk.hands_over(), await anna(desk)
    await desk.store.write(lambda tx: tx.run("update professional set active = 0"))

    assert not await stands_at_the_desk(desk, came_in.token)
    assert await desk.store.read(lambda tx: pages.of_professional(tx, page, me.id)) is None
    assert await desk.store.read(lambda tx: pages.listed(tx, me.id, "new", 9)) == []
    assert await desk.store.read(lambda tx: professionals.of_team(tx, "noord")) == []


async def test_everyone_is_known_to_the_operator(desk: House) -> None:
    await desk.professional("Bram", "noord")
    await desk.professional("Carla", "zuid")
    await desk.removes("Bram")

    everyone = await desk.store.read(professionals.everyone)

    assert [(each.name, each.active) for each in everyone] == [("Bram", False), ("Carla", True)]


async def test_what_opens_nothing_any_more_is_swept_and_nothing_else(desk: House) -> None:
    old = await joined(desk)
    await invited(desk)
    await door.log_in(desk.store, ANNA, "onjuist", "192.0.2.1", desk.clock.now())
    desk.clock.time += 3 * DAY
    new = await joined(desk)
    await door.log_in(desk.store, ANNA, "onjuist", "192.0.2.1", desk.clock.now())

    await desk.store.write(lambda tx: access.sweep(tx, desk.clock.now()))

    rows = await desk.store.read(
        lambda tx: tx.rows(
            "select (select count(*) from login) as logins,"
            " (select count(*) from attempt) as tries, (select count(*) from invitation) as links"
        )
    )
    assert dict(rows[0]) == {"logins": 1, "tries": 2, "links": 1}
    assert await stands_at_the_desk(desk, new.token)
    assert not await stands_at_the_desk(desk, old.token)
