"""Who works at the desk: invited with a link that works once, until they are removed.

Whoever is removed is out at their next request. Of a link only a keyed hash is kept.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field

from bot.handover.visible import visible
from bot.professionals import passwords
from bot.professionals.door import LoggedIn, Refused, account, open_door
from bot.storage import access, audit, pages, professionals
from bot.storage.access import Purpose
from bot.storage.records import Professional
from bot.storage.store import Store
from bot.storage.transaction import Transaction

LINK_LASTS = 72 * 3600
"""Seconds an invitation can be used."""

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Invited:
    """For whom a link was made, and why (``join`` or ``reset``)."""

    professional: int
    email: str = field(repr=False)
    name: str = field(repr=False)
    purpose: Purpose


async def invite(store: Store, email: str, teams: Collection[str], now: int) -> str:
    """Make a link for ``email``, for these teams from now on; the token that goes in it.

    For someone who is here already it is a way to choose a new password: the old one stops
    working and every log-in ends. Earlier links for the same person stop working.
    """
    token = secrets.token_urlsafe(32)

    async def work(tx: Transaction) -> None:
        known = await professionals.by_email(tx, email)
        person = known.id if known else await professionals.add(tx, email, now)
        purpose: Purpose = "reset" if known and known.active else "join"
        await professionals.set_teams(tx, person, teams)
        await professionals.set_password(tx, person, None)
        await access.log_out_everywhere(tx, person)
        for earlier in ("join", "reset"):
            await access.revoke(tx, person, earlier)
        await access.invite(tx, token, person, purpose, now + LINK_LASTS)
        what: audit.What = "password reset" if purpose == "reset" else "invited"
        await audit.note(tx, what, now, professional=person)

    await store.write(work)
    return token


async def invited(store: Store, token: str, now: int) -> Invited | None:
    """Whom the link with ``token`` is for; None when it is unknown, used or over."""
    return await store.read(lambda tx: _invited(tx, token, now))


async def accept(
    store: Store, token: str, name: str, password: str, now: int
) -> LoggedIn | Refused:
    """Choose a name and a password, and come in. Of all who use one link exactly one does."""
    invitation = await invited(store, token, now)
    if invitation is None:
        return Refused("Deze link werkt niet meer. Vraag een nieuwe aan.")
    name = " ".join(name.split())
    fault = _fault_of_name(name) or passwords.fault_of(password, email=invitation.email, name=name)
    if fault:
        return Refused(fault)
    kept = await passwords.hashed(password)

    async def work(tx: Transaction) -> LoggedIn | Refused:
        if not await access.use_invitation(tx, token, now):
            return Refused("Deze link is al gebruikt. Vraag een nieuwe aan.")
        person = invitation.professional
        await professionals.set_name(tx, person, name)
        await professionals.set_password(tx, person, kept)
        await professionals.activate(tx, person)
        await access.forgive(tx, account(invitation.email))
        await audit.note(tx, "joined", now, professional=person)
        return await open_door(tx, person, now)

    return await store.write(work)


async def remove(store: Store, email: str, now: int) -> bool:
    """Take someone's access away, from their next request on. False when there is no such person.

    What they were reading is new again for their colleagues; what they answered stays.
    """

    async def work(tx: Transaction) -> bool:
        known = await professionals.by_email(tx, email)
        if known is None:
            return False
        await professionals.deactivate(tx, known.id)
        await professionals.set_teams(tx, known.id, ())
        await access.log_out_everywhere(tx, known.id)
        for purpose in ("join", "reset", "telegram"):
            await access.revoke(tx, known.id, purpose)
        for page in await pages.release(tx, known.id):
            await audit.note(tx, "page released", now, page=page)
        await audit.note(tx, "removed", now, professional=known.id)
        return True

    return await store.write(work)


async def colleagues(store: Store, me: Professional) -> dict[str, list[str]]:
    """The names in each of my teams, mine included."""

    async def look(tx: Transaction) -> dict[str, list[str]]:
        return {
            team: [other.name for other in await professionals.of_team(tx, team)]
            for team in me.teams
        }

    return await store.read(look)


async def _invited(tx: Transaction, token: str, now: int) -> Invited | None:
    found = await access.invited(tx, token, now)
    if found is None or found[1] == "telegram":
        return None
    person = (await professionals.by_id(tx, [found[0]]))[found[0]]
    return Invited(person.id, person.email, person.name, found[1])


def _fault_of_name(name: str) -> str | None:
    if not name or len(name) > LONGEST_NAME:
        return f"Vul je naam in, in hooguit {LONGEST_NAME} tekens."
    if visible(name) != name:
        return "Je naam kan geen onzichtbare tekens hebben."
    return None
