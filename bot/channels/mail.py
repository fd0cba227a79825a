"""Notices by e-mail, through a mail server of the organisation (SMTP).

A notice says that there is something to read, and where; the subject says no more than that. The
connection is encrypted: from the start (``smtps://``) or before anything is said (``smtp://`` with
STARTTLS). Only to a server on this machine itself it may stay open.
"""

import asyncio
import logging
import secrets
import smtplib
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit

from bot.delivery import TryLater, Unclear, Undeliverable, Unreachable
from bot.delivery.channel import Ref
from bot.settings import is_loopback
from bot.storage.notes import Recording
from bot.texts import Message

log = logging.getLogger(__name__)

SUBJECT = "Er staat iets voor je klaar"

PATIENCE = 30.0
"""Seconds to wait for the server at each step."""

PORTS = {"smtp": 587, "smtps": 465}
NO_SUCH_MAILBOX = frozenset({550, 551, 553})
"""Replies that are about the recipient, and for ever (RFC 5321, 4.2.3)."""


class Mail:
    """Sends from the address in ``url``: ``smtps://name:password@host:465?from=sender@example.nl``.

    ``now`` gives the moment that stands in the mail, in Unix seconds. ``trust`` says which
    certificates are believed; those the machine believes, when it is None.
    """

    def __init__(
        self, url: str, now: Callable[[], int], trust: ssl.SSLContext | None = None
    ) -> None:
        parts = urlsplit(url)
        sender = parse_qs(parts.query).get("from", [unquote(parts.username or "")])[0]
        if parts.scheme not in PORTS or not parts.hostname or "@" not in sender:
            raise ValueError("a mail server is smtp(s)://name:password@host:port?from=address")
        self._is_wrapped = parts.scheme == "smtps"
        self._host, self._port = parts.hostname, parts.port or PORTS[parts.scheme]
        self._name, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._sender = sender
        self._now = now
        self._trust = trust or ssl.create_default_context()

    def __repr__(self) -> str:
        return f"Mail({self._host!r})"

    async def say(self, address: str, message: Message) -> tuple[int, ...]:
        """Send ``message`` to ``address``. Mail has no numbers to find it by."""
        await asyncio.to_thread(self._send, address, self._letter(address, message))
        return ()

    async def show(self, address: str, picture: bytes, message: Message) -> tuple[int, ...]:
        """Never: nothing about a family goes by mail."""
        del address, picture, message
        raise Undeliverable

    async def hand(
        self, address: str, name: str, content: bytes, message: Message
    ) -> tuple[int, ...]:
        """Never, as ``show``."""
        del address, name, content, message
        raise Undeliverable

    async def sound(
        self,
        address: str,
        recording: Recording,
        message: Message,
    ) -> tuple[int, ...]:
        """Never, as ``show``."""
        del address, recording, message
        raise Undeliverable

    async def redraw(self, address: str, refs: Sequence[Ref], message: Message) -> None:
        """Nothing: a mail that was sent stays as it is."""

    async def close(self, address: str, refs: Sequence[Ref], message: Message) -> None:
        """Nothing: a mail has no buttons."""

    async def clear(self, address: str, refs: Sequence[int]) -> None:
        """Nothing: a mail that was sent stays where it is."""

    def _letter(self, address: str, message: Message) -> EmailMessage:
        letter = EmailMessage()
        try:
            letter["From"] = self._sender
            letter["To"] = address
        except (ValueError, IndexError) as error:
            raise Undeliverable("no address") from error
        letter["Subject"] = SUBJECT
        letter["Date"] = format_datetime(datetime.fromtimestamp(self._now(), UTC))
        letter["Message-ID"] = f"<{secrets.token_hex(16)}@{self._sender.rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content("\n\n".join(line.text for line in message.lines), cte="quoted-printable")
        return letter

    def _send(self, address: str, letter: EmailMessage) -> None:
        try:
            server = self._connected()
        except smtplib.SMTPAuthenticationError as error:
            log.error("the mail server does not accept our name and password")
            raise TryLater from error
        except (smtplib.SMTPException, OSError) as error:
            raise TryLater from error
        try:
            self._say_all(server, address, letter)
        finally:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()

    def _say_all(self, server: smtplib.SMTP, address: str, letter: EmailMessage) -> None:
        """Step by step, as what to do after a failure depends on how far we got."""
        try:
            code, _ = server.mail(self._sender)
            if code >= 400:
                log.error("the mail server does not let us send: %d", code)
                raise TryLater
            _accepted(server.rcpt(address)[0])
        except UnicodeError as error:
            raise Undeliverable("no address") from error
        except (smtplib.SMTPException, OSError) as error:
            raise TryLater from error
        try:
            code, _ = server.data(letter.as_bytes())
        except smtplib.SMTPDataError as error:
            code = error.smtp_code
        except (smtplib.SMTPException, OSError) as error:
            raise Unclear from error
        _accepted(code)

    def _connected(self) -> smtplib.SMTP:
        """Connected, encrypted and known to the server."""
        server: smtplib.SMTP
        if self._is_wrapped:
            server = smtplib.SMTP_SSL(self._host, self._port, timeout=PATIENCE, context=self._trust)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=PATIENCE)
        try:
            server.ehlo()
            if not self._is_wrapped and not self._may_stay_open(server):
                server.starttls(context=self._trust)
                server.ehlo()
            if self._password:
                server.login(self._name, self._password)
        except BaseException:
            server.close()
            raise
        return server

    def _may_stay_open(self, server: smtplib.SMTP) -> bool:
        return is_loopback(self._host) and not server.has_extn("starttls")


def _accepted(code: int) -> None:
    """Go on, or tell what a refusal means: for ever about this mailbox, for ever, or not now."""
    if code in NO_SUCH_MAILBOX:
        raise Unreachable(str(code))
    if code >= 500:
        raise Undeliverable(str(code))
    if code >= 400:
        raise TryLater
