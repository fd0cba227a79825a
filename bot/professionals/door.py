"""The door of the desk: who comes in with what, and for how long.

A token has 256 bits and only its keyed hash is kept. What is wrong is never told more precisely
than that it is; and whoever tries too often waits.
"""

import secrets
from dataclasses import dataclass, field

from bot.professionals import passwords
from bot.storage import access, audit, professionals
from bot.storage.records import Professional
from bot.storage.store import Store
from bot.storage.transaction import Transaction

IDLE = 30 * 60
LONGEST = 12 * 3600
"""Seconds a log-in lasts without a request, and at most."""

PRECISE = 60
"""A log-in's last use is written down when it is this many seconds off: reading stays reading."""

TRIES = 5
WINDOW = 15 * 60
"""So many tries in vain in so many seconds, for one account and for one network address."""

PAUSES = (0, 2, 5, 15)
"""Seconds before the next try after the first, second, third and fourth in vain."""


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """The door is open for who has this token."""

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """The door stays closed; ``wait`` seconds until the next try counts, and what to say."""

    line: str
    wait: int = 0


async def log_in(
    store: Store, email: str, password: str, address: str, now: int
) -> LoggedIn | Refused:
    """Come in with an e-mail address and a password, from network ``address``.

    Unknown, removed and wrong are told alike and take as long. After tries in vain there is a
    pause that grows, for the account and for the network address; a try within it does not count.
    """
    counted = (account(email), f"address/{address}")

    async def begin(tx: Transaction) -> tuple[Refused | None, Professional | None, str | None]:
        pause = max([await _pause(tx, what, now) for what in counted])
        if pause > 0:
            return Refused(_wait(pause), pause), None, None
        for what in counted:
            await access.attempted(tx, what, now)
        known = await professionals.by_email(tx, email)
        if known is None or not known.active:
            return None, None, None
        return None, known, await professionals.password_of(tx, known.id)

    refused, person, kept = await store.write(begin)
    if refused:
        return refused
    if not await passwords.is_right(password, kept) or person is None:
        return await store.write(lambda tx: _in_vain(tx, counted, person, now))
    known = person

    async def finish(tx: Transaction) -> LoggedIn | Refused:
        # The password may have been reset, or the person removed, while it was being checked.
        if kept is None or await professionals.password_of(tx, known.id) != kept:
            return await _in_vain(tx, counted, known, now)
        await access.forgive(tx, counted[0])
        await access.forgive_one(tx, counted[1], now)
        await audit.note(tx, "logged in", now, professional=known.id)
        return await open_door(tx, known.id, now)

    return await store.write(finish)


async def visitor(store: Store, token: str, now: int) -> Professional | None:
    """Who stands at the desk with ``token``: an active professional, or nobody."""

    async def look(tx: Transaction) -> tuple[Professional | None, int]:
        found = await access.logged_in(tx, token, now - LONGEST, now - IDLE)
        if found is None:
            return None, 0
        person, used = found
        return (await professionals.by_id(tx, [person]))[person], used

    person, used = await store.read(look)
    if person is not None and now - used >= PRECISE:
        await store.write(lambda tx: access.use_login(tx, token, now))
    return person


async def enter(store: Store, email: str, now: int) -> LoggedIn | None:
    """Come in without a password: for a demonstration only. None when there is no such person."""

    async def work(tx: Transaction) -> LoggedIn | None:
        known = await professionals.by_email(tx, email)
        return await open_door(tx, known.id, now) if known and known.active else None

    return await store.write(work)


async def log_out(store: Store, me: Professional, token: str, now: int) -> None:
    """Leave; the token opens nothing any more."""

    async def work(tx: Transaction) -> None:
        await access.log_out(tx, token)
        await audit.note(tx, "logged out", now, professional=me.id)

    await store.write(work)


async def change_password(
    store: Store, me: Professional, token: str, old: str, new: str, now: int
) -> str | None:
    """Choose another password; ends every log-in but this one. What is wrong, or None."""
    what = account(me.email)

    async def begin(tx: Transaction) -> tuple[int, str | None]:
        pause = await _pause(tx, what, now)
        if pause <= 0:
            await access.attempted(tx, what, now)
        return pause, await professionals.password_of(tx, me.id)

    pause, kept = await store.write(begin)
    if pause > 0:
        return _wait(pause)
    if not await passwords.is_right(old, kept):
        return "Je oude wachtwoord klopt niet."
    fault = passwords.fault_of(new, email=me.email, name=me.name)
    fresh = "" if fault else await passwords.hashed(new)

    async def finish(tx: Transaction) -> None:
        await access.forgive(tx, what)
        if fresh and await professionals.password_of(tx, me.id) == kept:
            await professionals.set_password(tx, me.id, fresh)
            await access.log_out_everywhere(tx, me.id, but=token)
            await audit.note(tx, "password changed", now, professional=me.id)

    await store.write(finish)
    return fault


async def open_door(tx: Transaction, person: int, now: int) -> LoggedIn:
    """A new log-in for ``person``."""
    token = secrets.token_urlsafe(32)
    await access.log_in(tx, token, person, now)
    return LoggedIn(token)


def account(email: str) -> str:
    """What tries on this account are counted under."""
    return f"account/{professionals.address_of(email)}"


async def _pause(tx: Transaction, what: str, now: int) -> int:
    """Seconds until ``what`` may be tried again; nothing or less when it may be now."""
    tries = await access.attempts(tx, what, now - WINDOW)
    if not tries:
        return 0
    if len(tries) >= TRIES:
        return tries[-TRIES] + WINDOW - now
    return tries[-1] + PAUSES[len(tries) - 1] - now


async def _in_vain(
    tx: Transaction, counted: tuple[str, str], person: Professional | None, now: int
) -> Refused:
    await audit.note(tx, "log-in refused", now, professional=person.id if person else None)
    pause = max([await _pause(tx, what, now) for what in counted])
    line = "Dit e-mailadres en wachtwoord horen niet bij elkaar."
    return Refused(f"{line} {_wait(pause)}" if pause > 0 else line, max(pause, 0))


def _wait(seconds: int) -> str:
    if seconds < 60:
        return f"Probeer het over {seconds} {'seconde' if seconds == 1 else 'seconden'} nog eens."
    minutes = -(-seconds // 60)
    return f"Probeer het over {minutes} {'minuut' if minutes == 1 else 'minuten'} nog eens."
