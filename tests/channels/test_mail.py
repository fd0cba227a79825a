"""Notices by mail: encrypted, without content, and clear about what to do when it fails."""

import asyncio
import shutil
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from bot.channels.mail import SUBJECT, Mail
from bot.delivery import DeliveryError, TryLater, Unclear, Undeliverable, Unreachable
from bot.texts import Line, Message

NOTICE = Message(
    (Line("Er staat een nieuwe pagina voor je klaar."), Line("https://samen.example/bureau")),
    language="nl",
)
NOW = 1_763_724_600
ANNA = "anna@team.example"


class Postbox:
    """A mail server that answers as it is told, and keeps what it took."""

    def __init__(self, **replies: str) -> None:
        self.replies = replies
        self.taken: list[Envelope] = []
        self.was_encrypted: list[bool] = []

    async def handle_MAIL(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.replies.get("mail") == "hang up":
            _hang_up(server)
        if "mail" not in self.replies:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return self.replies.get("mail", "250 OK")

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if "rcpt" not in self.replies:
            envelope.rcpt_tos.append(address)
        return self.replies.get("rcpt", "250 OK")

    async def handle_DATA(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.replies.get("data") == "hang up":
            _hang_up(server)
        self.taken.append(envelope)
        self.was_encrypted.append(session.ssl is not None)
        return self.replies.get("data", "250 OK")


def _hang_up(server: SMTP) -> None:
    assert server.transport is not None
    server.transport.close()


@asynccontextmanager
async def served(
    box: Postbox, wrapped: ssl.SSLContext | None = None, **options: Any
) -> AsyncIterator[int]:
    """``box`` on a free port of this machine; with ``wrapped`` encrypted from the start."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(box, hostname="mail.example", loop=loop, **options),
        "127.0.0.1",
        0,
        ssl=wrapped,
    )
    async with server:
        yield server.sockets[0].getsockname()[1]


def mail(
    port: int, *, scheme: str = "smtp", who: str = "", trust: ssl.SSLContext | None = None
) -> Mail:
    url = f"{scheme}://{who}127.0.0.1:{port}?from=samenspraak@team.example"
    return Mail(url, lambda: NOW, trust)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for 127.0.0.1 in one file, made for this run."""
    made = tmp_path_factory.mktemp("tls") / "mail.pem"
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    asked = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=mail"
    where = ["-keyout", str(made), "-out", str(made.with_suffix(".crt"))]
    subprocess.run(
        [openssl, *asked.split(), "-addext", "subjectAltName=IP:127.0.0.1", *where],
        check=True,
        capture_output=True,
    )
    with made.open("a") as file:
        file.write(made.with_suffix(".crt").read_text())
    return made


@pytest.fixture
def server_side(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def trust(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate.with_suffix(".crt")))


async def test_a_notice_arrives_with_no_more_than_that_there_is_something() -> None:
    box = Postbox()
    async with served(box) as port:
        numbers = await mail(port).say(ANNA, NOTICE)

    (envelope,) = box.taken
    assert numbers == ()
    assert (envelope.mail_from, envelope.rcpt_tos) == ("samenspraak@team.example", [ANNA])
    assert isinstance(envelope.content, bytes)
    letter = message_from_bytes(envelope.content, policy=policy.default)
    assert dict(letter.items()) | {"Message-ID": ""} == {
        "From": "samenspraak@team.example",
        "To": ANNA,
        "Subject": SUBJECT,
        "Date": "Fri, 21 Nov 2025 11:30:00 +0000",
        "Message-ID": "",
        "Auto-Submitted": "auto-generated",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
        "MIME-Version": "1.0",
    }
    assert letter["Message-ID"].endswith("@team.example>")
    assert letter.get_content().split() == " ".join(each.text for each in NOTICE.lines).split()


async def test_before_anything_is_said_the_line_is_encrypted(
    server_side: ssl.SSLContext, trust: ssl.SSLContext
) -> None:
    box = Postbox()
    async with served(box, tls_context=server_side, require_starttls=True) as port:
        await mail(port, trust=trust).say(ANNA, NOTICE)

    assert box.was_encrypted == [True]


async def test_smtps_is_encrypted_from_the_start(
    server_side: ssl.SSLContext, trust: ssl.SSLContext
) -> None:
    box = Postbox()
    async with served(box, server_side) as port:
        await mail(port, scheme="smtps", trust=trust).say(ANNA, NOTICE)

    assert len(box.taken) == 1


async def test_a_server_we_do_not_trust_gets_nothing(server_side: ssl.SSLContext) -> None:
    box = Postbox()
    async with served(box, tls_context=server_side) as port:
        with pytest.raises(TryLater):
            await mail(port).say(ANNA, NOTICE)

    assert box.taken == []


async def test_the_name_and_password_are_given(
    server_side: ssl.SSLContext, trust: ssl.SSLContext, caplog: pytest.LogCaptureFixture
) -> None:
    seen = []

    def known(
        _server: SMTP, _session: Session, _envelope: Envelope, _way: str, given: object
    ) -> AuthResult:
        assert isinstance(given, LoginPassword)
        seen.append((given.login, given.password))
        return AuthResult(success=given.password == b"ge heim", handled=False)

    box = Postbox()
    options: dict[str, Any] = {
        "tls_context": server_side,
        "authenticator": known,
        "auth_required": True,
    }
    async with served(box, None, **options) as port:
        await mail(port, who="bot:ge%20heim@", trust=trust).say(ANNA, NOTICE)
        with pytest.raises(TryLater):
            await mail(port, who="bot:mis@", trust=trust).say(ANNA, NOTICE)

    assert seen[0] == (b"bot", b"ge heim")
    assert "does not accept our name and password" in caplog.text
    assert len(box.taken) == 1


@pytest.mark.parametrize(
    ("replies", "outcome"),
    [
        ({"rcpt": "550 no such user"}, Unreachable),
        ({"rcpt": "552 full"}, Undeliverable),
        ({"rcpt": "450 busy"}, TryLater),
        ({"mail": "451 later"}, TryLater),
        ({"mail": "530 who are you"}, TryLater),
        ({"mail": "hang up"}, TryLater),
        ({"rcpt": "250 fine, but not here"}, Undeliverable),
        ({"data": "554 no thanks"}, Undeliverable),
        ({"data": "452 no room"}, TryLater),
        ({"data": "hang up"}, Unclear),
    ],
)
async def test_what_to_do_after_a_refusal(
    replies: dict[str, str], outcome: type[DeliveryError]
) -> None:
    async with served(Postbox(**replies)) as port:
        with pytest.raises(DeliveryError) as refused:
            await mail(port).say(ANNA, NOTICE)

    assert type(refused.value) is outcome
    assert ANNA not in str(refused.value)


@contextmanager
def a_port_where_nobody_listens() -> Iterator[int]:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


async def test_a_server_that_is_away_is_tried_later() -> None:
    with a_port_where_nobody_listens() as port, pytest.raises(TryLater):
        await mail(port).say(ANNA, NOTICE)


async def test_a_server_that_cannot_encrypt_gets_nothing_unless_it_is_this_machine() -> None:
    box = Postbox()
    async with served(box) as port:
        elsewhere = Mail(f"smtp://mail.localhost:{port}?from=a@b.example", lambda: NOW)
        with pytest.raises(TryLater):
            await elsewhere.say(ANNA, NOTICE)

    assert box.taken == []


@pytest.mark.parametrize("address", ["geen\nadres@team.example", "änna@team.example"])
async def test_what_is_no_address_is_never_tried_again(address: str) -> None:
    async with served(Postbox()) as port:
        with pytest.raises(Undeliverable):
            await mail(port).say(address, NOTICE)


@pytest.mark.parametrize(
    "again",
    [
        lambda mail: mail.redraw(ANNA, [(1, True)], NOTICE),
        lambda mail: mail.close(ANNA, [(1, True)], NOTICE),
        lambda mail: mail.clear(ANNA, [1]),
    ],
)
async def test_what_was_sent_stays_as_it_is(again: Callable[[Mail], Awaitable[None]]) -> None:
    with a_port_where_nobody_listens() as port:
        await again(mail(port))


@pytest.mark.parametrize(
    "url", ["http://mail.example?from=a@b.c", "smtp://?from=a@b.c", "smtp://h"]
)
def test_what_is_no_mail_server_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="a mail server is"):
        Mail(url, lambda: NOW)


def test_the_sender_is_the_name_when_nothing_else_is_said() -> None:
    made = Mail("smtps://post%40team.example:geheim@mail.example", lambda: NOW)

    assert "geheim" not in repr(made)
