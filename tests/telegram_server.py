"""Our own stand-in for Telegram's Bot API, over real HTTP on loopback.

``TelegramServer`` keeps what Telegram keeps (updates until they are confirmed, messages until they
are deleted), refuses what Telegram refuses, and can fail in the ways Telegram fails. A
``tests.telegram_family.Family`` is someone who uses it. The real ``telegram.Bot`` talks to it:
``Bot(server.token, base_url=f"{server.api}/bot")``.

Rules come from the Bot API documentation and from the source of tdlib/telegram-bot-api; what they
leave open is said where it is decided here.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from tests.telegram_http import Files, LoopbackServer, Params, Reply, Request
from tests.telegram_rules import (
    Json,
    Refused,
    bad,
    check_commands,
    check_keyboard,
    check_profile,
    fair_caption,
    fair_text,
    photo_sizes,
)
from tests.telegram_updates import Updates

HOUR = 3600
DELETABLE = 48 * HOUR
DICE_ROLLS = 24 * HOUR
"""How long a message may be deleted; how long a die may not be (Bot API, deleteMessage)."""

DOWNLOAD = "download"
"""What fetching a file is called, among the methods."""

LARGEST_FILE = 20 * 1024 * 1024

BOT_ID = 7000000001
MIDDAY = 1_763_726_400
"""Where the clock of a server stands that was given none: 21 November 2025, noon in UTC."""


@dataclass
class Shown:
    """A message as it stands in a chat now."""

    id: int
    chat: int
    mine: bool
    """Whether the bot sent it."""
    date: int
    body: Json = field(default_factory=dict)
    markup: Json = field(default_factory=dict)
    picture: bytes = field(default=b"", repr=False)
    """The photo as the bot sent it."""
    document: bytes = field(default=b"", repr=False)
    """The file as the bot sent it."""
    sound: bytes = field(default=b"", repr=False)
    """The voice message or music as the bot sent it."""

    @property
    def caption(self) -> str:
        """The words under a photo."""
        return str(self.body.get("caption", ""))

    @property
    def text(self) -> str:
        """Its words; for anything but text, what kind of thing it is."""
        kinds = self.body.keys() - {"entities", "forward_origin"}
        return str(self.body.get("text", f"({', '.join(sorted(kinds))})"))

    @property
    def rows(self) -> list[list[str]]:
        """The labels of the buttons under it."""
        return [[key["text"] for key in row] for row in self.markup.get("inline_keyboard", [])]

    def __str__(self) -> str:
        keys = "".join(f"\n  {' '.join(f'[{label}]' for label in row)}" for row in self.rows)
        return f"{'<' if self.mine else '>'} {self.text}{keys}"


@dataclass
class ChatState:
    """What Telegram knows of one chat."""

    json: Json
    member: Json
    """Who is in it, apart from the bot; of a group, who added the bot."""
    messages: dict[int, Shown] = field(default_factory=dict)
    begun: bool = False
    blocked: bool = False
    left: bool = False
    keyboard: Json = field(default_factory=dict)
    """The keyboard in place of the letters, when the bot asked for one."""


@dataclass(frozen=True)
class Call:
    """One request the bot made, and the HTTP status it got (0: no answer)."""

    method: str
    params: Params
    at: float
    status: int
    files: Files = field(default_factory=dict, repr=False)

    @property
    def chat(self) -> int:
        """The chat it was about; 0 when none."""
        return int(self.params.get("chat_id") or 0)


FaultKind = Literal["refuse", "swallow", "hang_up", "stall", "hold"]


@dataclass
class _Fault:
    method: str
    kind: FaultKind
    times: int
    chat: int | None
    refusal: Refused | None = None
    spares: int = 0
    """So many calls go well first."""
    released: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class Tap:
    """A tap on a button, and what the bot answered to it."""

    chat: int
    expires: float
    toast: str | None = None


class TelegramServer:
    """Telegram, as far as a bot can tell. Use ``telegram_server()`` to start and stop one."""

    def __init__(self, now: Callable[[], float] = lambda: MIDDAY) -> None:
        self.token = f"{BOT_ID}:" + "t" * 35
        self.chats: dict[int, ChatState] = {}
        self.calls: list[Call] = []
        self.taps: dict[str, Tap] = {}
        self.profile: dict[tuple[str, str], str | list[Json]] = {}
        """What the bot tells about itself: by field and language code ("" for everyone else)."""
        self.files: dict[str, bytes] = {}
        """What people sent, by its file id."""
        self.told_sizes: dict[str, int] = {}
        """How large it says that some of it is, where that is not so."""
        self.webhook = ""
        self.updates = Updates(self.now)
        self._next_message = 1
        self._now = now
        self._ahead = 0.0
        self._faults: list[_Fault] = []
        self._news = asyncio.Event()
        self._http = LoopbackServer(self._respond)
        self._methods: dict[str, Callable[[Params], object]] = {
            "getMe": self._get_me,
            "deleteWebhook": self._delete_webhook,
            "getFile": self._get_file,
            "sendMessage": self._send_message,
            "editMessageText": self._edit_text,
            "editMessageReplyMarkup": self._edit_markup,
            "deleteMessage": self._delete_message,
            "deleteMessages": self._delete_messages,
            "answerCallbackQuery": self._answer_tap,
            "sendChatAction": self._send_action,
            "leaveChat": self._leave,
            "setMyCommands": self._set_commands,
            "setMyName": partial(self._set_profile, "name"),
            "setMyDescription": partial(self._set_profile, "description"),
            "setMyShortDescription": partial(self._set_profile, "short_description"),
        }

    # --- For the test: what there is to see ------------------------------------------------------

    @property
    def api(self) -> str:
        """Where the Bot API lives."""
        return f"http://127.0.0.1:{self._http.port}"

    def now(self) -> float:
        """Telegram's own clock: the one it was given, plus what ``pass_time`` added."""
        return self._now() + self._ahead

    def screen(self, chat: int) -> list[Shown]:
        """What ``chat`` shows now, oldest first."""
        return [shown for _, shown in sorted(self.chats[chat].messages.items())]

    def said_to(self, chat: int) -> list[str]:
        """The texts of the bot that ``chat`` shows now."""
        return [shown.text for shown in self.screen(chat) if shown.mine]

    def calls_of(self, *methods: str) -> list[Call]:
        """The requests for one of ``methods`` (all but getUpdates when none is named)."""
        if methods:
            return [call for call in self.calls if call.method in methods]
        return [call for call in self.calls if call.method != "getUpdates"]

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait until calls have made something true. ``TimeoutError`` after 60 s."""
        async with asyncio.timeout(60):
            while not happened():
                await self._news.wait()

    # --- For the test: what can be done to it ----------------------------------------------------

    async def start(self) -> None:
        """Answer, on the same port as before if there was one."""
        await self._http.start()

    async def stop(self) -> None:
        """Be out of reach: connections are refused, open ones broken off. Nothing is forgotten."""
        await self._http.stop()

    def pass_time(self, seconds: float) -> None:
        """Move Telegram's clock."""
        self._ahead += seconds

    def refuses(
        self,
        method: str,
        status: int,
        *,
        retry_after: int | None = None,
        description: str = "",
        times: int = 1,
        chat: int | None = None,
        after: int = 0,
    ) -> None:
        """``times`` calls of ``method`` (for ``chat``) get an error and do nothing.

        Those are the next calls, or the next but ``after``.
        """
        if retry_after is not None:
            description = f"Too Many Requests: retry after {retry_after}"
        refusal = Refused(status, description or f"Error {status}", retry_after)
        self._faults.append(_Fault(method, "refuse", times, chat, refusal, after))

    def swallows_answer(self, method: str, *, times: int = 1, chat: int | None = None) -> None:
        """The next calls are carried out; then the connection closes without an answer."""
        self._faults.append(_Fault(method, "swallow", times, chat))

    def hangs_up(self, method: str, *, times: int = 1, chat: int | None = None) -> None:
        """The next calls are not carried out: the connection closes without an answer."""
        self._faults.append(_Fault(method, "hang_up", times, chat))

    def stalls(self, method: str, *, times: int = 1, chat: int | None = None) -> None:
        """The next calls are carried out, and never answered: the connection stays open."""
        self._faults.append(_Fault(method, "stall", times, chat))

    def holds(self, method: str, *, times: int = 1, chat: int | None = None) -> asyncio.Event:
        """The next calls are carried out, and answered when the event that this gives is set."""
        fault = _Fault(method, "hold", times, chat)
        self._faults.append(fault)
        return fault.released

    def forgets_faults(self) -> None:
        """Be well again."""
        self._faults.clear()

    # --- What happens in chats --------------------------------------------------------------------

    def post(self, chat: int, body: Json, markup: Json | None = None, *, mine: bool) -> Shown:
        """Put a message into ``chat``, from the bot (``mine``) or from who is in it."""
        shown = Shown(self._next_message, chat, mine, int(self.now()), body, markup or {})
        self._next_message += 1
        self.chats[chat].messages[shown.id] = shown
        return shown

    def as_json(self, shown: Shown) -> Json:
        """The message as the Bot API tells it."""
        chat = self.chats[shown.chat]
        inline = {"reply_markup": shown.markup} if "inline_keyboard" in shown.markup else {}
        return {
            "message_id": shown.id,
            "from": self._myself() if shown.mine else chat.member,
            "chat": chat.json,
            "date": shown.date,
            **shown.body,
            **inline,
        }

    # --- HTTP -------------------------------------------------------------------------------------

    async def _respond(self, request: Request) -> Reply | None:
        method, params = request.path.rpartition("/")[2], request.params
        if request.path.startswith("/file/"):
            method, params = DOWNLOAD, {"file_id": method}
        fault = self._fault(method, params)
        try:
            if fault is not None and fault.kind == "hang_up":
                self.calls.append(Call(method, params, self.now(), 0, request.files))
                return None
            result = await self._result(method, request, fault)
        except Refused as refusal:
            self.calls.append(Call(method, params, self.now(), refusal.status, request.files))
            return _refusal(refusal)
        self._tell()
        if fault is not None and fault.kind == "hold":
            await fault.released.wait()
            fault = None
        lost = fault is not None
        reply = result if isinstance(result, bytes) else _good(result)
        self.calls.append(Call(method, params, self.now(), 0 if lost else 200, request.files))
        self._tell()
        if fault is not None and fault.kind == "stall":
            await request.broken_off()
        return None if lost else (200, reply)

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    def _fault(self, method: str, params: Params) -> _Fault | None:
        for fault in self._faults:
            chat = fault.chat is None or str(fault.chat) == params.get("chat_id")
            if fault.method == method and chat and fault.times > 0:
                if fault.spares:
                    fault.spares -= 1
                    continue
                fault.times -= 1
                return fault
        return None

    async def _result(self, method: str, request: Request, fault: _Fault | None) -> object:
        if method == DOWNLOAD:
            return self._download(request, fault)
        if request.path != f"/bot{self.token}/{method}":
            raise Refused(401, "Unauthorized")
        if fault is not None and fault.refusal is not None:
            raise fault.refusal
        if method == "getUpdates":
            return await self._get_updates(request)
        if method == "sendPhoto":
            return self._send_photo(request.params, request.files)
        if method == "sendDocument":
            return self._send_document(request.params, request.files)
        if method in ("sendVoice", "sendAudio"):
            return self._send_sound(method, request.params, request.files)
        if method not in self._methods:
            raise Refused(404, "Not Found")
        return self._methods[method](request.params)

    # --- Updates ----------------------------------------------------------------------------------

    async def _get_updates(self, request: Request) -> list[Json]:
        params = request.params
        if self.webhook:
            raise Refused(
                409,
                "Conflict: can't use getUpdates method while webhook is active;"
                " use deleteWebhook to delete the webhook first",
            )
        if "allowed_updates" in params:
            self.updates.allow(json.loads(params["allowed_updates"]))
        self.updates.confirm(int(params.get("offset", 0)))
        self._tell()
        limit, patience = int(params.get("limit", 100)), int(params.get("timeout", 0))
        return await self.updates.next(request, limit, patience)

    def _delete_webhook(self, params: Params) -> bool:
        self.webhook = ""
        if params.get("drop_pending_updates") == "true":
            self.updates.forget()
        return True

    # --- Messages ---------------------------------------------------------------------------------

    def _reachable(self, params: Params) -> ChatState:
        address = params.get("chat_id", "")
        if not address:
            raise bad("chat_id is empty")
        chat = self.chats.get(int(address)) if address.lstrip("-").isdecimal() else None
        if chat is None or not chat.begun:
            raise bad("chat not found")
        if chat.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if chat.left:
            raise Refused(403, "Forbidden: bot is not a member of the group chat")
        return chat

    def _send_message(self, params: Params) -> Json:
        chat = self._reachable(params)
        body, markup = _text(params), _markup(params)
        shown = self.post(chat.json["id"], body, markup, mine=True)
        if "keyboard" in markup:
            chat.keyboard = markup
        elif markup.get("remove_keyboard"):
            chat.keyboard = {}
        return self.as_json(shown)

    def _send_photo(self, params: Params, files: Files) -> Json:
        chat = self._reachable(params)
        photo = files.get(params.get("photo", "").removeprefix("attach://") or "photo")
        if photo is None:
            raise bad("there is no photo in the request")
        markup = _markup(params)
        body = {"photo": photo_sizes(photo), **_caption(params)}
        shown = self.post(chat.json["id"], body, markup, mine=True)
        shown.picture = photo
        return self.as_json(shown)

    def _send_document(self, params: Params, files: Files) -> Json:
        chat = self._reachable(params)
        name = params.get("document", "").removeprefix("attach://") or "document"
        document = files.get(name)
        if not document:
            raise bad("there is no document in the request")
        markup = _markup(params)
        about = {"file_id": "BQACAgQ", "file_unique_id": "AgADx", "file_size": len(document)}
        body = {"document": about, **_caption(params)}
        shown = self.post(chat.json["id"], body, markup, mine=True)
        shown.document = document
        return self.as_json(shown)

    def _send_sound(self, method: str, params: Params, files: Files) -> Json:
        chat = self._reachable(params)
        kind = method.removeprefix("send").lower()
        sound = files.get(params.get(kind, "").removeprefix("attach://") or kind)
        if not sound:
            raise bad(f"there is no {kind} in the request")
        about = {"file_id": "AwACAgQ", "file_unique_id": "AgADy", "file_size": len(sound)}
        length = {"duration": int(params.get("duration", 0))}
        body = {kind: about | length, **_caption(params)}
        shown = self.post(chat.json["id"], body, _markup(params), mine=True)
        shown.sound = sound
        return self.as_json(shown)

    def _get_file(self, params: Params) -> Json:
        """Says where a file is; what is over 20 MB cannot be had (Bot API, getFile)."""
        name = params.get("file_id", "")
        if name not in self.files:
            raise bad("invalid file_id")
        if len(self.files[name]) > LARGEST_FILE:
            raise bad("file is too big")
        size = self.told_sizes.get(name, len(self.files[name]))
        about = {"file_id": name, "file_unique_id": name, "file_size": size}
        return about | {"file_path": f"voice/{name}"}

    def _download(self, request: Request, fault: _Fault | None) -> bytes:
        path, _, name = request.path.rpartition("/")
        if fault is not None and fault.refusal is not None:
            raise fault.refusal
        if path != f"/file/bot{self.token}/voice" or name not in self.files:
            raise Refused(404, "Not Found")
        return self.files[name]

    def _own(self, params: Params) -> Shown:
        chat = self._reachable(params)
        shown = chat.messages.get(int(params["message_id"]))
        if shown is None:
            raise bad("message to edit not found")
        if not shown.mine or (shown.markup and "inline_keyboard" not in shown.markup):
            # A message that brought or took away a reply keyboard cannot be edited (tdlib/td#3196).
            raise bad("message can't be edited")
        return shown

    def _edit_text(self, params: Params) -> Json:
        shown = self._own(params)
        if "text" not in shown.body:
            raise bad("there is no text in the message to edit")
        return self._changed(shown, _text(params), _markup(params))

    def _edit_markup(self, params: Params) -> Json:
        shown = self._own(params)
        return self._changed(shown, shown.body, _markup(params))

    def _changed(self, shown: Shown, body: Json, markup: Json) -> Json:
        if markup and "inline_keyboard" not in markup:
            raise bad("inline keyboard expected")
        if (body, _rows(markup)) == (shown.body, _rows(shown.markup)):
            raise bad(
                "message is not modified: specified new message content and reply markup are"
                " exactly the same as a current content and reply markup of the message"
            )
        shown.body, shown.markup = body, markup
        return self.as_json(shown)

    def _delete_message(self, params: Params) -> bool:
        chat, message = self._reachable(params), int(params["message_id"])
        if message not in chat.messages:
            raise bad("message to delete not found")
        return self._deleted(chat, [message])

    def _delete_messages(self, params: Params) -> bool:
        chat, messages = self._reachable(params), json.loads(params["message_ids"])
        if not messages:
            raise bad("message identifiers are not specified")
        if len(messages) > 100:
            raise bad("too many message identifiers specified")
        return self._deleted(chat, messages)

    def _deleted(self, chat: ChatState, messages: list[int]) -> bool:
        # One message that is too old makes Telegram refuse them all (MessagesManager.cpp,
        # delete_messages); messages that are not there are passed over.
        there = [chat.messages[message] for message in messages if message in chat.messages]
        for shown in there:
            age = self.now() - shown.date
            if age > DELETABLE or ("dice" in shown.body and age < DICE_ROLLS):
                raise bad("message can't be deleted for everyone")
        for shown in there:
            del chat.messages[shown.id]
        return True

    def _answer_tap(self, params: Params) -> bool:
        tap = self.taps.get(params["callback_query_id"])
        if tap is None or tap.expires <= self.now():
            raise bad("query is too old and response timeout expired or query ID is invalid")
        tap.toast = params.get("text", "")
        return True

    def _send_action(self, params: Params) -> bool:
        self._reachable(params)
        return True

    def _leave(self, params: Params) -> bool:
        chat = self._reachable(params)
        if chat.json["type"] == "private":
            raise bad("chat member status can't be changed in private chats")
        chat.left = True
        self.updates.put("my_chat_member", self.membership(chat, "member", "left", self._myself()))
        return True

    def membership(self, chat: ChatState, before: str, after: str, by: Json) -> Json:
        """What changed about the bot's own place in ``chat``."""
        until = {"until_date": 0}
        return {
            "chat": chat.json,
            "from": by,
            "date": int(self.now()),
            "old_chat_member": {"user": self._myself(), "status": before}
            | (until if before == "kicked" else {}),
            "new_chat_member": {"user": self._myself(), "status": after}
            | (until if after == "kicked" else {}),
        }

    # --- The bot itself ---------------------------------------------------------------------------

    def _myself(self) -> Json:
        return {"id": BOT_ID, "is_bot": True, "first_name": "Bot", "username": "samen_bot"}

    def _get_me(self, _params: Params) -> Json:
        return {
            **self._myself(),
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    def _set_commands(self, params: Params) -> bool:
        commands = json.loads(params["commands"])
        check_profile(params)
        check_commands(commands)
        self.profile["commands", params.get("language_code", "")] = commands
        return True

    def _set_profile(self, part: str, params: Params) -> bool:
        check_profile(params)
        self.profile[part, params.get("language_code", "")] = params.get(part, "")
        return True


def _text(params: Params) -> Json:
    entities = json.loads(params.get("entities", "[]"))
    text, entities = fair_text(params.get("text", ""), entities, params.get("parse_mode", ""))
    return {"text": text, "entities": entities} if entities else {"text": text}


def _caption(params: Params) -> Json:
    entities = json.loads(params.get("caption_entities", "[]"))
    given = params.get("caption", ""), entities, params.get("parse_mode", "")
    caption, entities = fair_caption(*given)
    body: Json = {"caption": caption} if caption else {}
    return body | ({"caption_entities": entities} if entities else {})


def _markup(params: Params) -> Json:
    markup: Json = json.loads(params.get("reply_markup", "{}"))
    if markup:
        check_keyboard(markup)
    return {} if markup == {"inline_keyboard": []} else markup


def _rows(markup: Json) -> object:
    return markup.get("inline_keyboard", [])


def _good(result: object) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()


def _refusal(refusal: Refused) -> Reply:
    answer: Json = {
        "ok": False,
        "error_code": refusal.status,
        "description": refusal.description,
    }
    if refusal.retry_after is not None:
        answer["parameters"] = {"retry_after": refusal.retry_after}
    return refusal.status, json.dumps(answer).encode()


@asynccontextmanager
async def telegram_server(
    now: Callable[[], float] = lambda: MIDDAY,
) -> AsyncIterator[TelegramServer]:
    """A server that runs as long as the block does."""
    server = TelegramServer(now)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
