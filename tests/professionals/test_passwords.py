"""A password is long, not obvious, and kept so that nobody can read it back."""

import pytest

from bot.professionals.passwords import fault_of, hashed, is_right

EMAIL = "anna.devries@wijkteamnoord.example"


@pytest.mark.parametrize(
    "password",
    [
        "kort",
        "elf tekens.",
        "x" * 201,
        "aaaaaaaaaaaaaaaa",
        "123456789012345",
        "Samenspraak2025!",
        "samenspraaksamenspraak",
        "Welkom12345678",
        "wachtwoord1234",
        "qwertyqwerty12",
        "anna.devries@wijkteamnoord.example",
        "DeVries-1984-Anna",
        "Wijkteamnoord!2025",
        "Zomer2025Zomer2025",
    ],
)
def test_an_obvious_password_is_refused_with_a_sentence(password: str) -> None:
    fault = fault_of(password, email=EMAIL, name="Anna de Vries")

    assert fault is not None
    assert fault.endswith(".")


@pytest.mark.parametrize(
    "password",
    [
        "vier losse kamelen drijven",
        "7Qh!x92mZp4w#L",
        "geit-lamp-zeven-motor",
        "надійний довгий пароль",
        "كلمة مرور طويلة جدا",
    ],
)
def test_a_good_password_will_do(password: str) -> None:
    assert fault_of(password, email=EMAIL, name="Anna de Vries") is None


async def test_a_password_is_kept_as_argon2id_and_recognised() -> None:
    kept = await hashed("vier losse kamelen drijven")

    assert kept.startswith("$argon2id$")
    assert "kamelen" not in kept
    assert await is_right("vier losse kamelen drijven", kept)
    assert not await is_right("vier losse kamelen drijver", kept)


async def test_the_same_letters_made_in_another_way_are_the_same_password() -> None:
    kept = await hashed("een caf\u00e9 vol geiten")

    assert await is_right("een cafe\u0301 vol geiten", kept)


async def test_nobody_without_a_password_has_the_right_one() -> None:
    assert not await is_right("nobody has this password", None)


async def test_what_is_kept_may_be_broken() -> None:
    assert not await is_right("vier losse kamelen drijven", "$argon2id$broken")


async def test_half_a_character_is_no_crash() -> None:
    assert not await is_right("\ud83d" * 9000, await hashed("vier losse kamelen drijven"))
