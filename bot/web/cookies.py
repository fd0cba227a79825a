"""How our cookies are set."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response


@dataclass(frozen=True, slots=True)
class CookieOptions:
    """How our cookies are set: never read by script, never sent from another site.

    Over https they are also ``Secure`` and named ``__Host-…``, which no other host can set.
    """

    secure: bool

    def named(self, name: str) -> str:
        """The name the browser knows this cookie by."""
        return f"__Host-{name}" if self.secure else name

    def read(self, request: Request, name: str) -> str:
        """The value of cookie ``name``, or nothing."""
        return request.cookies.get(self.named(name), "")

    def put(self, response: Response, name: str, value: str, seconds: int | None = None) -> None:
        """Give the browser a cookie, for ``seconds`` or until it closes."""
        response.set_cookie(
            self.named(name),
            value,
            max_age=seconds,
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="strict",
        )

    def drop(self, response: Response, name: str) -> None:
        """Take the cookie back."""
        response.delete_cookie(
            self.named(name), path="/", secure=self.secure, httponly=True, samesite="strict"
        )


def cookie_options(public_url: str) -> CookieOptions:
    """How cookies are set on a site that people find at ``public_url``."""
    return CookieOptions(secure=public_url.startswith("https://"))
