"""Keeps who the professionals are: address, name, teams, and the Telegram chat they linked.

Names and addresses are sealed with the desk key, found again by keyed hashes.
"""

from collections.abc import Collection

from bot.storage.records import Chat, Professional
from bot.storage.transaction import Row, Transaction
from bot.storage.voices import chat_hash


def address_of(email: str) -> str:
    """The form in which an e-mail address is compared and kept."""
    return email.strip().casefold()


async def add(tx: Transaction, email: str, now: int) -> int:
    """A new professional, without a name, teams or a password, and not active yet."""
    id_ = await tx.next_id("professional")
    address = address_of(email)
    key = tx.vault.key("desk")
    await tx.run(
        "insert into professional (id, email_hash, active, began, email, name)"
        " values (?, ?, 0, ?, ?, ?)",
        (
            id_,
            tx.vault.lookup("email", address),
            now,
            tx.vault.seal(key, address.encode(), "professional", "email", id_),
            tx.vault.seal(key, b"", "professional", "name", id_),
        ),
    )
    return id_


async def by_id(tx: Transaction, ids: Collection[int]) -> dict[int, Professional]:
    """Those of ``ids`` that there are, removed ones included."""
    found = {}
    for id_ in ids:
        rows = await tx.rows("select * from professional where id = ?", (id_,))
        for row in rows:
            found[id_] = await _professional(tx, row)
    return found


async def by_email(tx: Transaction, email: str) -> Professional | None:
    """Whoever has this address, removed or not."""
    rows = await tx.rows(
        "select * from professional where email_hash = ?",
        (tx.vault.lookup("email", address_of(email)),),
    )
    return await _professional(tx, rows[0]) if rows else None


async def of_team(tx: Transaction, team: str) -> list[Professional]:
    """The active professionals of a team, the longest there first."""
    rows = await tx.rows(
        "select professional.* from professional"
        " join membership on membership.professional = professional.id"
        " where membership.team = ? and professional.active = 1 order by professional.id",
        (tx.vault.lookup("team", team),),
    )
    return [await _professional(tx, row) for row in rows]


async def everyone(tx: Transaction) -> list[Professional]:
    """All professionals there ever were, the longest there first."""
    rows = await tx.rows("select * from professional order by id")
    return [await _professional(tx, row) for row in rows]


async def set_teams(tx: Transaction, professional: int, teams: Collection[str]) -> None:
    """From now on ``teams`` are their teams, and no others."""
    await tx.run("delete from membership where professional = ?", (professional,))
    key = tx.vault.key("desk")
    await tx.run_many(
        "insert into membership (professional, team, name) values (?, ?, ?)",
        [
            (
                professional,
                hashed := tx.vault.lookup("team", team),
                tx.vault.seal(key, team.encode(), "membership", "name", professional, hashed.hex()),
            )
            for team in dict.fromkeys(teams)
        ],
    )


async def set_name(tx: Transaction, professional: int, name: str) -> None:
    """Call them ``name`` from now on."""
    sealed = tx.vault.seal(
        tx.vault.key("desk"), name.encode(), "professional", "name", professional
    )
    await tx.run("update professional set name = ? where id = ?", (sealed, professional))


async def activate(tx: Transaction, professional: int) -> None:
    """They may come in."""
    await tx.run("update professional set active = 1 where id = ?", (professional,))


async def deactivate(tx: Transaction, professional: int) -> None:
    """They may not come in, and nothing goes to them; their password and link are gone."""
    await tx.run(
        "update professional set active = 0, password = null where id = ?", (professional,)
    )
    await tx.run("delete from linked_chat where professional = ?", (professional,))
    await tx.run("delete from message where professional = ?", (professional,))


async def password_of(tx: Transaction, professional: int) -> str | None:
    """The Argon2id string of their password; None when they have none."""
    rows = await tx.rows("select password from professional where id = ?", (professional,))
    return rows[0]["password"] if rows else None


async def set_password(tx: Transaction, professional: int, password: str | None) -> None:
    """Keep the Argon2id string of a new password, or nothing: then no password is right."""
    await tx.run("update professional set password = ? where id = ?", (password, professional))


async def link_chat(tx: Transaction, professional: int, chat: Chat) -> None:
    """Send their notices to ``chat`` too. One chat belongs to one professional: the last."""
    hashed = chat_hash(tx.vault, chat)
    await tx.run(
        "delete from linked_chat where professional = ? or chat_hash = ?", (professional, hashed)
    )
    sealed = tx.vault.seal(
        tx.vault.key("desk"), chat.address.encode(), "linked_chat", "address", professional
    )
    await tx.run(
        "insert into linked_chat (professional, chat_hash, address) values (?, ?, ?)",
        (professional, hashed, sealed),
    )


async def unlink_chat(tx: Transaction, professional: int) -> bool:
    """Send their notices to no chat any more. False when there was none."""
    return await tx.run("delete from linked_chat where professional = ?", (professional,)) > 0


async def linked_chat(tx: Transaction, professional: int) -> Chat | None:
    """The Telegram chat their notices go to, if any."""
    rows = await tx.rows("select address from linked_chat where professional = ?", (professional,))
    if not rows:
        return None
    sealed = rows[0]["address"]
    address = tx.vault.unseal(tx.vault.key("desk"), sealed, "linked_chat", "address", professional)
    return Chat("telegram", address.decode())


async def linked_to(tx: Transaction, chat: Chat) -> int | None:
    """The active professional whose notices go to ``chat``, if any."""
    rows = await tx.rows(
        "select professional.id from linked_chat"
        " join professional on professional.id = linked_chat.professional"
        " where linked_chat.chat_hash = ? and professional.active = 1",
        (chat_hash(tx.vault, chat),),
    )
    return rows[0]["id"] if rows else None


async def linked_chats(tx: Transaction) -> set[bytes]:
    """The keyed hash of every linked chat (``voices.chat_hash``)."""
    return {row["chat_hash"] for row in await tx.rows("select chat_hash from linked_chat")}


async def _professional(tx: Transaction, row: Row) -> Professional:
    key, id_ = tx.vault.key("desk"), int(row["id"])
    memberships = await tx.rows(
        "select team, name from membership where professional = ? order by team", (id_,)
    )
    teams = (
        tx.vault.unseal(key, team["name"], "membership", "name", id_, team["team"].hex()).decode()
        for team in memberships
    )
    return Professional(
        id=id_,
        email=tx.vault.unseal(key, row["email"], "professional", "email", id_).decode(),
        name=tx.vault.unseal(key, row["name"], "professional", "name", id_).decode(),
        teams=tuple(sorted(teams)),
        active=bool(row["active"]),
    )
