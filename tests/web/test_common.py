"""What every page has: its headers, its limits, its cookies, and calm errors."""

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from bot.web.common import (
    BodyLimit,
    client_address,
    cookie_options,
    error_pages,
    form_of,
    policy,
    security_headers,
    static_files,
)
from bot.web.limits import BodyTooLargeError

LIMIT = 64 * 1024
SECRET = "iets wat een gezin zei"


async def _echo(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def _fields(request: Request) -> Response:
    return PlainTextResponse(" ".join(f"{k}={v}" for k, v in (await form_of(request)).items()))


async def _breaks(_request: Request) -> Response:
    raise ValueError(SECRET)


async def _refuses(_request: Request) -> Response:
    raise HTTPException(429, SECRET, {"retry-after": "5"})


async def _own(_request: Request) -> Response:
    own = {"content-security-policy": policy(connect=True), "cache-control": "private"}
    return PlainTextResponse("", headers=own)


def a_site(public_url: str = "http://127.0.0.1") -> Starlette:
    return Starlette(
        routes=[
            static_files(),
            Route("/echo", _echo, methods=["POST"]),
            Route("/fields", _fields, methods=["POST"]),
            Route("/breaks", _breaks),
            Route("/refuses", _refuses),
            Route("/own", _own),
        ],
        middleware=[Middleware(security_headers, public_url=public_url), Middleware(BodyLimit)],
        exception_handlers=error_pages(),
    )


def browser(site: Starlette) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(site, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with browser(a_site()) as client:
        yield client


@pytest.mark.parametrize("path", ["/echo", "/nergens", "/breaks", "/refuses", "/static/desk.css"])
async def test_every_answer_tells_the_browser_to_be_careful(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(path)

    assert {name: answer.headers[name] for name in CAREFUL} == CAREFUL
    assert answer.headers["cache-control"] == (
        "no-cache" if path.startswith("/static") else "no-store"
    )
    assert "strict-transport-security" not in answer.headers
    assert "server" not in answer.headers


CAREFUL = {
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self';"
    " script-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow",
}


async def test_over_https_it_stays_https() -> None:
    async with browser(a_site("https://samen.example")) as client:
        answer = await client.get("/own")

    assert answer.headers["strict-transport-security"] == "max-age=31536000"


async def test_what_an_answer_says_itself_stays(client: httpx.AsyncClient) -> None:
    answer = await client.get("/own")

    assert "connect-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "private"


@pytest.mark.parametrize("size", [0, 1, LIMIT])
async def test_a_small_body_passes_whole(client: httpx.AsyncClient, size: int) -> None:
    assert (await client.post("/echo", content=b"x" * size)).text == str(size)


async def test_a_large_body_is_refused_before_it_is_read(client: httpx.AsyncClient) -> None:
    answer = await client.post("/echo", content=b"x" * (LIMIT + 1))

    assert answer.status_code == 413
    assert "Maak het korter" in answer.text


@pytest.mark.parametrize("lie", ["1", "-1", "veel", "1e3"])
async def test_a_body_that_lies_about_its_size_is_refused_all_the_same(
    client: httpx.AsyncClient, lie: str
) -> None:
    async def much() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"x" * 1024

    answer = await client.post("/echo", content=much(), headers={"content-length": lie})

    assert answer.status_code == 413


async def test_a_body_without_a_size_is_counted(client: httpx.AsyncClient) -> None:
    async def much() -> AsyncIterator[bytes]:
        for _ in range(65):
            yield b"x" * 1024

    assert (await client.post("/echo", content=much())).status_code == 413


async def test_a_body_that_grows_too_large_under_an_answer_ends_it() -> None:
    """There is no way back once an answer has begun: the connection breaks."""

    async def begins_at_once(_scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        while (await receive())["more_body"]:
            pass

    async def much() -> Message:
        return {"type": "http.request", "body": b"x" * 1024, "more_body": True}

    said: list[Message] = []

    async def told(message: Message) -> None:
        said.append(message)

    scope = {"type": "http", "path": "/", "headers": []}
    with pytest.raises(BodyTooLargeError):
        await BodyLimit(begins_at_once)(scope, much, told)

    assert [message["type"] for message in said] == ["http.response.start"]


async def test_what_is_no_request_passes_as_it_is() -> None:
    passed = []

    async def inside(scope: Scope, _receive: Receive, _send: Send) -> None:
        passed.append(scope["type"])

    async def nothing() -> Message:
        return {"type": "lifespan.startup"}

    async def nobody(_message: Message) -> None: ...

    app = security_headers(BodyLimit(inside), public_url="http://127.0.0.1")
    await app({"type": "lifespan"}, nothing, nobody)

    assert passed == ["lifespan"]


async def test_a_form_gives_its_fields_and_takes_no_files(client: httpx.AsyncClient) -> None:
    fields = await client.post("/fields", data={"een": "1", "twee": "é \ud7ff"})
    file = await client.post("/fields", files={"een": b"x"}, data={"twee": "2"})
    many = await client.post("/fields", data={f"f{n}": "x" for n in range(51)})
    other = await client.post("/fields", json={"een": "1"})

    assert fields.text == "een=1 twee=é \ud7ff"
    assert file.status_code == 400
    assert many.status_code == 400
    assert other.text == ""


@pytest.mark.parametrize(
    ("path", "status"), [("/nergens", 404), ("/breaks", 500), ("/refuses", 429), ("/echo", 405)]
)
async def test_an_error_is_a_calm_dutch_page_that_says_nothing_about_us(
    client: httpx.AsyncClient, path: str, status: int
) -> None:
    answer = await client.get(path)

    assert answer.status_code == status
    assert '<html lang="nl">' in answer.text
    assert SECRET not in answer.text
    assert "Error" not in answer.text
    assert answer.headers.get("retry-after") == ("5" if status == 429 else None)


@pytest.mark.parametrize(
    ("url", "cookie"),
    [
        (
            "https://samen.example",
            "__Host-naam=waarde; HttpOnly; Max-Age=9; Path=/; SameSite=strict; Secure",
        ),
        ("http://127.0.0.1:8080", "naam=waarde; HttpOnly; Max-Age=9; Path=/; SameSite=strict"),
    ],
)
def test_a_cookie_is_out_of_reach_of_scripts_and_other_sites(url: str, cookie: str) -> None:
    response = Response()

    cookie_options(url).put(response, "naam", "waarde", 9)

    assert response.headers["set-cookie"] == cookie


def test_a_cookie_is_read_by_its_name_and_dropped_the_way_it_was_set() -> None:
    options, response = cookie_options("https://samen.example"), Response()
    request = Request({"type": "http", "headers": [(b"cookie", b"naam=vals; __Host-naam=echt")]})

    options.drop(response, "naam")

    assert options.read(request, "naam") == "echt"
    assert options.read(request, "iets") == ""
    assert response.headers["set-cookie"].startswith('__Host-naam=""; ')
    assert "Max-Age=0" in response.headers["set-cookie"]


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_tries_are_counted_by_address_or_by_the_network_at_home(host: str, address: str) -> None:
    assert client_address(Request({"type": "http", "client": (host, 1)})) == address
    assert client_address(Request({"type": "http"})) == ""
