"""Someone with Telegram on their phone: what they can do, and what they see.

Everything a ``Family`` does reaches the bot as the update Telegram would make of it.
"""

import re
from collections.abc import Callable

from tests.telegram_rules import Json, units
from tests.telegram_server import ChatState, Shown, Tap, TelegramServer
from tests.telegram_updates import TAP_LIFE

_FILE = {"file_id": "AgACAgQ", "file_unique_id": "AQADx"}
_PICTURE = {**_FILE, "width": 320, "height": 240, "file_size": 12_345}
_PLACE = {"latitude": 52.09, "longitude": 5.12}

THINGS: dict[str, Json] = {
    "photo": {"photo": [_PICTURE], "caption": "kijk"},
    "voice": {"voice": {**_FILE, "duration": 7, "mime_type": "audio/ogg"}},
    "sticker": {
        "sticker": {**_PICTURE, "type": "regular", "is_animated": False, "is_video": False}
    },
    "video": {"video": {**_PICTURE, "duration": 3}},
    "video_note": {"video_note": {**_FILE, "length": 240, "duration": 3}},
    "audio": {"audio": {**_FILE, "duration": 60}},
    "document": {"document": {**_FILE, "file_name": "brief.pdf"}},
    "animation": {"animation": {**_PICTURE, "duration": 2}, "document": _FILE},
    "location": {"location": _PLACE},
    "venue": {
        "venue": {"location": _PLACE, "title": "Speeltuin", "address": "Lindeplein 1"},
        "location": _PLACE,
    },
    "dice": {"dice": {"emoji": "🎲", "value": 4}},
}
"""What can be sent that is no text, by its name in the Bot API."""


class Family:
    """One person. ``number`` is their Telegram id and that of their private chat with the bot."""

    def __init__(
        self, server: TelegramServer, number: int = 4001, name: str = "Noor", language: str = "nl"
    ) -> None:
        self.server = server
        self.number = number
        self.person: Json = {"id": number, "is_bot": False, "first_name": name}
        if language:
            self.person["language_code"] = language
        chat = {"id": number, "type": "private", "first_name": name}
        self._chat = server.chats.setdefault(number, ChatState(chat, self.person))
        self._chat.member = self.person

    # --- What they see ----------------------------------------------------------------------------

    def screen(self) -> list[Shown]:
        """What the chat shows now, oldest first."""
        return self.server.screen(self.number)

    @property
    def last(self) -> Shown:
        """The newest message of the bot in the chat."""
        return [shown for shown in self.screen() if shown.mine][-1]

    @property
    def toasts(self) -> list[str]:
        """What came of each of their taps that the bot answered."""
        taps = [tap for tap in self.server.taps.values() if tap.chat == self.number]
        return [tap.toast for tap in taps if tap.toast is not None]

    # --- What they do -----------------------------------------------------------------------------

    def starts(self, payload: str = "") -> int:
        """Press START, by a link with ``payload`` or without one."""
        return self.writes(f"/start {payload}".strip())

    def writes(self, text: str) -> int:
        """Send a text message; gives its id."""
        body: Json = {"text": text}
        if command := re.match(r"/\w+(@\w+)?", text):
            length = units(command[0])
            body["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self._posts(body)

    def forwards(self, text: str) -> int:
        """Forward somebody else's text message."""
        origin = {"type": "hidden_user", "sender_user_name": "Oma", "date": 1}
        return self._posts({"text": text, "forward_origin": origin})

    def edits(self, message: int, text: str) -> None:
        """Change a text message they sent before."""
        shown = self._chat.messages[message]
        shown.body = {"text": text}
        edited = {**self.server.as_json(shown), "edit_date": int(self.server.now())}
        self.server.updates.put("edited_message", edited)

    def sends(self, thing: str) -> int:
        """Send one of ``THINGS``."""
        return self._posts(dict(THINGS[thing]))

    def speaks(
        self,
        content: bytes,
        seconds: int = 42,
        *,
        size: int | None = None,
        mime: str = "audio/ogg",
    ) -> int:
        """Send a voice message of ``content``; ``size`` is what Telegram says of it."""
        name = f"AwACAgQAAx{len(self.server.files)}"
        self.server.files[name] = content
        about = {"file_id": name, "file_unique_id": name, "duration": seconds, "mime_type": mime}
        told = len(content) if size is None else size
        return self._posts({"voice": {**about, "file_size": told}})

    def shares_contact(self, phone: str = "+31612345678", *, of: int | None = None) -> int:
        """Share a contact: their own, or that of the person with id ``of`` (0: not on Telegram)."""
        contact: Json = {"phone_number": phone, "first_name": "Noor"}
        if owner := self.number if of is None else of:
            contact["user_id"] = owner
        return self._posts({"contact": contact})

    def taps(self, label: str) -> str:
        """Tap the newest button that reads ``label``; gives the id of the tap.

        ``AssertionError`` with what there is to tap when there is no such button.
        """
        if any(label == key["text"] for key in self._reply_keys()):
            self.shares_contact()
            return ""
        for shown in reversed(self.screen()):
            for key in (key for row in shown.markup.get("inline_keyboard", []) for key in row):
                if key["text"] == label:
                    return self.forges(key["callback_data"], shown)
        there = [shown.rows for shown in self.screen() if shown.rows]
        raise AssertionError(f"no button {label!r}; there are {there}")

    def _reply_keys(self) -> list[Json]:
        rows: list[list[Json]] = self._chat.keyboard.get("keyboard", [])
        return [key for row in rows for key in row]

    def forges(self, data: str, under: Shown | None = None) -> str:
        """Send any callback data, as a changed Telegram app can; gives the id of the tap."""
        number = f"{self.number}{len(self.server.taps) + 1:06}"
        tap: Json = {"id": number, "from": self.person, "chat_instance": "1", "data": data}
        if under is not None:
            tap["message"] = self.server.as_json(under)
        self.server.taps[number] = Tap(self.number, self.server.now() + TAP_LIFE)
        self.server.updates.put("callback_query", tap)
        return number

    def blocks(self) -> None:
        """Block the bot."""
        self._chat.blocked = True
        change = self.server.membership(self._chat, "member", "kicked", self.person)
        self.server.updates.put("my_chat_member", change)

    def unblocks(self) -> None:
        """Let the bot in again."""
        self._chat.blocked = False
        change = self.server.membership(self._chat, "kicked", "member", self.person)
        self.server.updates.put("my_chat_member", change)

    def adds_bot_to_group(
        self, group: int = -1_001, kind: str = "supergroup"
    ) -> Callable[[str], int]:
        """Make a group with the bot in it; gives a function that writes there."""
        json: Json = {"id": group, "type": kind, "title": "Buurtapp"}
        chat = self.server.chats[group] = ChatState(json, self.person, begun=True)
        change = self.server.membership(chat, "left", "member", self.person)
        self.server.updates.put("my_chat_member", change)
        return lambda text: self._posts({"text": text}, chat)

    def _posts(self, body: Json, chat: ChatState | None = None) -> int:
        chat = chat or self._chat
        chat.begun = True
        shown = self.server.post(chat.json["id"], body, mine=False)
        self.server.updates.put("message", self.server.as_json(shown))
        return shown.id
