"""The headers that keep a browser from doing too much, on every answer."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def policy(*, connect: bool = False, media: str = "") -> str:
    """What a page may load: our own files, and with ``connect`` our own addresses by script.

    ``media`` is where sound may come from (``'self'``; ``blob:`` is what was recorded just now).
    """
    rules = [
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "script-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
    if media:
        rules.insert(1, f"media-src {media}")
    if connect:
        rules.insert(1, "connect-src 'self'")
    return "; ".join(rules)


PERMISSIONS = "camera=(), geolocation=(), microphone=()"
"""What no page may use of someone's device, unless it says otherwise itself."""

HEADERS = {
    "content-security-policy": policy(),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": PERMISSIONS,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow",
}
"""What every answer says, unless it says otherwise itself."""


def security_headers(app: ASGIApp, *, public_url: str) -> ASGIApp:
    """Add to every answer of ``app`` the headers that keep a browser from doing too much.

    What the answer says itself stays. Static files may be kept and are asked after each time; no
    other answer is ever stored.
    """
    fixed = dict(HEADERS)
    if public_url.startswith("https://"):
        fixed["strict-transport-security"] = "max-age=31536000"

    async def with_headers(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        keep = "no-cache" if scope["path"].startswith("/static/") else "no-store"

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in fixed.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", keep)
            await send(message)

        await app(scope, receive, add)

    return with_headers
