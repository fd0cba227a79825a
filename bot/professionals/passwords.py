"""Keeps passwords as Argon2id strings, and says which ones are too easy to guess."""

import asyncio
import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200

OBVIOUS = (
    "samenspraak wijkteam gemeente jeugdteam sociaalteam professional welkom wachtwoord geheim"
    " inloggen password welcome letmein admin qwerty azerty asdfgh zxcvbn abcdef iloveyou"
    " lente zomer herfst winter januari februari maart april mei juni juli augustus september"
    " oktober november december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
)
"""Words that people put in a password first; what is left without them has to be enough."""

ENOUGH = 6
"""So many different letters must be left when the obvious is taken out."""

_hasher = PasswordHasher(memory_cost=46 * 1024, time_cost=1, parallelism=1)
"""46 MiB and one pass: the first of the settings OWASP's password storage cheat sheet names."""

_one_at_a_time = ThreadPoolExecutor(max_workers=1, thread_name_prefix="argon2")
"""One thread makes every hash, so that memory is used once, whoever knocks at the same time."""

_NOBODYS = _hasher.hash("nobody has this password")
"""Checked where there is no password to check, so that it takes as long."""


def fault_of(password: str, *, email: str, name: str = "") -> str | None:
    """What is wrong with a new password, as a Dutch sentence; None when it will do."""
    if len(password) < SHORTEST:
        return f"Kies een wachtwoord van {SHORTEST} tekens of meer."
    if len(password) > LONGEST:
        return f"Kies een wachtwoord van hooguit {LONGEST} tekens."
    left = password.casefold()
    own = re.split(r"[\W_]+", f"{email} {name}".casefold())
    for word in sorted({*OBVIOUS.split(), *own}, key=len, reverse=True):
        if len(word) > 2:
            left = left.replace(word, "")
    letters = re.sub(r"[\W\d_]+", "", left)
    if len(set(letters)) < ENOUGH:
        return (
            "Dit wachtwoord is makkelijk te raden. Kies bijvoorbeeld vier woorden die niets met"
            " elkaar te maken hebben."
        )
    return None


async def hashed(password: str) -> str:
    """The Argon2id string to keep; made in a thread, one at a time."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_one_at_a_time, _hasher.hash, _normal(password))


async def is_right(password: str, kept: str | None) -> bool:
    """Whether ``password`` is the one kept; takes as long when none is (``None``: never right)."""
    loop = asyncio.get_running_loop()
    right = await loop.run_in_executor(
        _one_at_a_time, _verified, _normal(password), kept or _NOBODYS
    )
    return right and kept is not None


def _verified(password: str, kept: str) -> bool:
    try:
        return _hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def _normal(password: str) -> str:
    """The same letters, however a keyboard makes them; never so many that hashing takes long."""
    return unicodedata.normalize("NFC", password[: 4 * LONGEST]).encode(errors="replace").decode()
