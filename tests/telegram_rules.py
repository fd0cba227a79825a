"""What Telegram refuses: texts, entities, keyboards and the bot's own profile.

Error texts as the Bot API gives them (tdlib/telegram-bot-api and tdlib/td); the two limits on the
number of buttons are not documented there and come from ``telegram.constants``.
"""

import re
import struct
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
HEAVIEST_PHOTO = 10 * 1024 * 1024
MOST_PIXELS, MOST_STRETCHED = 10_000, 20
"""A photo's width and height together, and the one to the other (Bot API, sendPhoto)."""
SMALLER_SIZES = ((90, "s"), (320, "m"), (800, "x"), (1280, "y"))
"""The longest side of each size Telegram makes of a photo, and its letter."""
LONGEST_DATA = 64
MOST_BUTTONS = 100
WIDEST_ROW = 8
ENTITY_TYPES = {"bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre"}
ENTITY_TYPES |= {"blockquote", "expandable_blockquote", "text_link", "bot_command"}
INVISIBLE = r"[\s\u200b\u2060\u2066-\u2069]"
HTML_TAGS = {"b": "bold", "i": "italic", "u": "underline", "s": "strikethrough", "code": "code"}
HTML_TAGS |= {"strong": "bold", "em": "italic", "pre": "pre", "blockquote": "blockquote"}


class Refused(Exception):
    """Telegram's answer is no: an HTTP status and its description."""

    def __init__(self, status: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.retry_after = retry_after


def bad(description: str) -> Refused:
    """The refusal of a request that is wrong in itself."""
    return Refused(400, f"Bad Request: {description}")


def units(text: str) -> int:
    """The length of ``text`` as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fair_text(text: str, entities: list[Json], parse_mode: str = "") -> tuple[str, list[Json]]:
    """The text as it will stand in the chat, trimmed, with its entities; or a refusal."""
    if parse_mode:
        text, entities = _parsed(text, parse_mode)
    _check_entities(text, entities)
    start = units(text) - units(text.lstrip())
    trimmed = text.strip()
    if not re.sub(INVISIBLE, "", trimmed):
        raise bad("message text is empty")
    if units(trimmed) > LONGEST_TEXT:
        raise bad("message is too long")
    return trimmed, list(_clipped(entities, start, units(trimmed)))


def fair_caption(text: str, entities: list[Json], parse_mode: str = "") -> tuple[str, list[Json]]:
    """What will stand under a photo, which may be nothing; or a refusal."""
    if not re.sub(INVISIBLE, "", text):
        return "", []
    text, entities = fair_text(text, entities, parse_mode)
    if units(text) > LONGEST_CAPTION:
        raise bad("message caption is too long")
    return text, entities


def photo_sizes(file: bytes) -> list[Json]:
    """The sizes in which Telegram shows this picture, the smallest first; or a refusal."""
    if len(file) > HEAVIEST_PHOTO:
        raise Refused(413, "Request Entity Too Large")
    if file[:8] != b"\x89PNG\r\n\x1a\n" or file[12:16] != b"IHDR":
        raise bad("IMAGE_PROCESS_FAILED")
    width, height = struct.unpack(">II", file[16:24])
    if width + height > MOST_PIXELS or max(width, height) > MOST_STRETCHED * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    longest = max(width, height)
    sides = {min(side, longest): letter for side, letter in reversed(SMALLER_SIZES)}
    return [
        {
            "file_id": f"AgACAgQAAx{letter}{len(file)}",
            "file_unique_id": f"AQADx{letter}",
            "width": max(1, width * side // longest),
            "height": max(1, height * side // longest),
            "file_size": len(file) * side // longest,
        }
        for side, letter in sorted(sides.items())
    ]


def _check_entities(text: str, entities: list[Json]) -> None:
    borders = set(_borders(text))
    end = units(text)
    stack: list[int] = []
    for entity in sorted(entities, key=lambda e: (e["offset"], -e["length"])):
        first, last = entity["offset"], entity["offset"] + entity["length"]
        if entity["type"] not in ENTITY_TYPES:
            raise bad("can't parse MessageEntity: Unsupported type specified")
        if first < 0 or first >= end:
            raise bad(f"entity begins after the end of the text at UTF-16 offset {first}")
        while stack and stack[-1] <= first:
            stack.pop()
        if last > end or (stack and last > stack[-1]):
            raise bad(
                f"entity beginning at UTF-16 offset {first} ends after the end of the text"
                f" at UTF-16 offset {last}"
            )
        if first not in borders or last not in borders:
            raise bad(f"entity at UTF-16 offset {first} splits a UTF-16 symbol")
        stack.append(last)


def _borders(text: str) -> Iterator[int]:
    place = 0
    yield place
    for sign in text:
        place += units(sign)
        yield place


def _clipped(entities: list[Json], start: int, length: int) -> Iterator[Json]:
    for entity in entities:
        first = max(entity["offset"] - start, 0)
        last = min(entity["offset"] + entity["length"] - start, length)
        if first < last:
            yield entity | {"offset": first, "length": last - first}


def _parsed(text: str, parse_mode: str) -> tuple[str, list[Json]]:
    if parse_mode.lower() != "html":
        raise bad("unsupported parse_mode")
    page = _Html()
    page.feed(text)
    page.close()
    if page.open:
        raise bad(f"can't parse entities: Can't find end tag corresponding to \"{page.open[-1]}\"")
    return page.text, page.entities


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities: list[Json] = []
        self.open: list[str] = []
        self._began: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the base class's
        if tag not in HTML_TAGS:
            raise bad(f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset 0')
        self.open.append(tag)
        self._began.append(units(self.text))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise bad("can't parse entities: Unexpected end tag")
        began = self._began.pop()
        if length := units(self.text) - began:
            self.entities.append({"type": HTML_TAGS[tag], "offset": began, "length": length})

    def handle_data(self, data: str) -> None:
        self.text += data


def check_keyboard(markup: Json) -> None:
    """Refuse a reply markup that Telegram refuses."""
    if "inline_keyboard" in markup:
        _check_rows(markup["inline_keyboard"])
        for button in (button for row in markup["inline_keyboard"] for button in row):
            _check_inline(button)
    elif "keyboard" in markup:
        _check_rows(markup["keyboard"])
        if not any(markup["keyboard"]):
            raise bad("object expected as reply markup")
        if not all(button["text"].strip() for row in markup["keyboard"] for button in row):
            raise bad("keyboard button text must be non-empty")
    elif not markup.get("remove_keyboard") and not markup.get("force_reply"):
        raise bad("object expected as reply markup")


def _check_rows(rows: list[list[Json]]) -> None:
    if any(len(row) > WIDEST_ROW for row in rows) or sum(map(len, rows)) > MOST_BUTTONS:
        raise bad("reply markup is too long")


def _check_inline(button: Json) -> None:
    if not button.get("text", "").strip():
        raise bad("inline keyboard button text must be non-empty")
    if not button.keys() & {"callback_data", "url"}:
        raise bad(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= LONGEST_DATA:
        raise bad("BUTTON_DATA_INVALID")


PROFILE_LIMITS = {"name": 64, "description": 512, "short_description": 120}


def check_profile(params: dict[str, str]) -> None:
    """Refuse a name or description that is too long, or a language code that is none."""
    for field, most in PROFILE_LIMITS.items():
        if len(params.get(field, "")) > most:
            raise bad(f"{field} is too long")
    if not re.fullmatch(r"([a-z]{2})?", params.get("language_code", "")):
        raise bad("invalid language code specified")


def check_commands(commands: list[Json]) -> None:
    """Refuse a list of commands that Telegram refuses."""
    if len(commands) > 100:
        raise bad("too many commands")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
