"""What differs from one installation to the next, read once from the environment.

Every name starts with ``SAMENSPRAAK_``. What is missing or wrong is told all at once, in Dutch,
each with what to set; a name we do not know is wrong too, so that a slip of the pen does not
silently leave Telegram out. Secrets never show in a ``repr``.
"""

import difflib
import ipaddress
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from dotenv import dotenv_values
from pydantic import AfterValidator, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "SAMENSPRAAK_"

NEEDED = {
    "data": "Geef de map voor de gegevens, bijvoorbeeld /var/lib/samenspraak.",
    "public_url": "Geef het adres waarop mensen de dienst vinden, bijvoorbeeld"
    " https://samenspraak.voorbeeld.nl.",
}
"""The settings without a default, and what to set."""

MOST_NEW_CHATS = 10_000

NOT_OURS = frozenset({"fail_point"})
"""Names with our prefix that other modules read (``bot.failpoints``)."""


class SettingsError(Exception):
    """The operator must set something: ``problems`` names all of it, one Dutch sentence each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(("De instellingen kloppen nog niet:", *problems)))


# --- What a value must look like ----------------------------------------------------------------


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine itself; a name other than localhost is not looked up."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _parts(value: str) -> SplitResult | None:
    """The parts of an address, or None when it is none."""
    try:
        parts = urlsplit(value)
        _ = parts.port  # a port that is no number is found out only when it is read
    except ValueError:
        return None
    return parts if parts.hostname else None


def _site(value: str) -> str:
    """An https address without a path; http only for this machine itself."""
    parts = _parts(value)
    if (
        parts is None
        or parts.path.strip("/")
        or parts.query
        or parts.fragment
        or parts.username is not None
        or not (
            parts.scheme == "https"
            or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
        )
    ):
        raise ValueError(
            "Geef een adres als https://naam.voorbeeld.nl, zonder iets erachter;"
            " http mag alleen voor deze computer zelf."
        )
    return value.rstrip("/")


def _page(value: str) -> str:
    parts = _parts(value)
    if parts is None or parts.scheme != "https":
        raise ValueError("Geef het adres van een gewone pagina die met https:// begint.")
    return value


def _endpoint(value: str) -> str:
    """An https address; http only for this machine itself, as nothing may travel in the open."""
    parts = _parts(value)
    if (
        parts is None
        or parts.username is not None
        or parts.query
        or parts.fragment
        or not (
            parts.scheme == "https"
            or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
        )
    ):
        raise ValueError(
            "Geef het adres van een eigen dienst die met https:// begint;"
            " http mag alleen voor deze computer zelf."
        )
    return value.rstrip("/")


def _listen(value: str) -> str:
    parts = _parts(f"//{value}")
    if parts is None or parts.port is None or parts.netloc != value or "@" in value:
        raise ValueError("Geef adres:poort, bijvoorbeeld 127.0.0.1:8080.")
    return value


def _token(value: SecretStr) -> SecretStr:
    if re.fullmatch(r"\d+:[\w-]+", value.get_secret_value()) is None:
        raise ValueError(
            "Neem het token over zoals BotFather het gaf: cijfers, een dubbele punt, tekens."
        )
    return value


def _mail(value: SecretStr) -> SecretStr:
    parts = _parts(value.get_secret_value())
    sender = [] if parts is None else parse_qs(parts.query).get("from", [parts.username or ""])
    if parts is None or parts.scheme not in ("smtp", "smtps") or "@" not in unquote(sender[0]):
        raise ValueError(
            "Geef smtps://naam:wachtwoord@mail.voorbeeld.nl:465?from=afzender@voorbeeld.nl."
        )
    return value


def _some(value: int) -> int:
    if not 1 <= value <= MOST_NEW_CHATS:
        raise ValueError(f"Geef een getal van 1 tot en met {MOST_NEW_CHATS}.")
    return value


# --- The settings -------------------------------------------------------------------------------


class Settings(BaseSettings):
    """The settings of one installation; ``README.md`` says what each is for.

    Without ``telegram_token`` only the web pages run; without ``smtp`` no mail is sent; without
    ``transcription_url`` what was spoken is not written out.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        str_strip_whitespace=True,
    )

    data: Path
    public_url: Annotated[str, AfterValidator(_site)]
    web: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8080"
    telegram_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    telegram_api: Annotated[str, AfterValidator(_site)] = "https://api.telegram.org"
    smtp: Annotated[SecretStr, AfterValidator(_mail)] | None = None
    leave_to: Annotated[str, AfterValidator(_page)] | None = None
    transcription_url: Annotated[str, AfterValidator(_endpoint)] | None = None
    new_chats: Annotated[int, AfterValidator(_some)] = 30

    @property
    def host(self) -> str:
        """The address of this machine that the web pages are served on."""
        return urlsplit(f"//{self.web}").hostname or ""

    @property
    def port(self) -> int:
        """The port that the web pages are served on."""
        return urlsplit(f"//{self.web}").port or 0


def names() -> tuple[str, ...]:
    """The name in the environment of every setting, in the order of ``Settings``."""
    return tuple(PREFIX + field.upper() for field in Settings.model_fields)


def read_settings(file: Path | None = None) -> Settings:
    """The settings in the environment; those in ``file`` (``NAME=value`` lines) where it has none.

    Raises ``SettingsError``, which names everything that is missing or wrong.
    """
    if file is not None and not file.is_file():
        raise SettingsError((f"- Het bestand met instellingen {file} is er niet.",))
    problems = list(_unknown(os.environ))
    if file is not None:
        problems += _unknown(dotenv_values(file))
    try:
        settings = Settings(_env_file=file)  # type: ignore[call-arg]  # all come from outside
    except ValidationError as error:
        problems += _told(error)
        # The error holds what was set, so nobody further up may see it.
        raise SettingsError(tuple(problems)) from None
    if problems:
        raise SettingsError(tuple(problems))
    return settings


def _unknown(environment: Mapping[str, str | None]) -> Iterator[str]:
    """What is set under our prefix and is no setting of ours."""
    for name in sorted(environment):
        field = name.upper().removeprefix(PREFIX).lower()
        if not name.upper().startswith(PREFIX) or field in Settings.model_fields:
            continue
        if field not in NOT_OURS:
            near = difflib.get_close_matches(name.upper(), names(), n=1)
            meant = f" Bedoel je {near[0]}?" if near else ""
            yield f"- {name} is geen instelling van Samenspraak.{meant}"


def _told(error: ValidationError) -> Iterator[str]:
    """What is missing or wrong, as sentences."""
    for problem in error.errors(include_url=False, include_input=False):
        field = str(problem["loc"][0])
        name = PREFIX + field.upper()
        if problem["type"] == "missing":
            yield f"- {name} ontbreekt. {NEEDED[field]}"
        else:
            why = problem.get("ctx", {}).get("error", "Deze waarde kan niet.")
            yield f"- {name} klopt niet. {why}"
