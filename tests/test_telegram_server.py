"""Our stand-in for Telegram keeps to Telegram's contract, as the real ``telegram.Bot`` sees it."""

import asyncio
import struct
from collections.abc import AsyncIterator

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram_bot import connection
from bot.channels.telegram_errors import seconds
from tests.telegram_family import THINGS, Family
from tests.telegram_server import HOUR, TelegramServer, telegram_server

DAY = 24 * HOUR


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with telegram_server() as running:
        yield running


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Bot]:
    async with connection(server.token, server.api) as connected:
        yield connected


@pytest.fixture
def noor(server: TelegramServer) -> Family:
    family = Family(server)
    family.starts()
    return family


def keys(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=label)] for label in labels]
    )


# --- Updates --------------------------------------------------------------------------------------


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(
    server: TelegramServer, bot: Bot, noor: Family
) -> None:
    first, again = await bot.get_updates(), await bot.get_updates()
    noor.writes("hallo")

    assert first[0].update_id == again[0].update_id
    (after,) = await bot.get_updates(offset=first[0].update_id + 1)
    assert after.message is not None
    assert after.message.text == "hallo"
    assert server.updates.unconfirmed == [after.update_id]


async def test_a_negative_offset_keeps_only_the_last_updates(
    server: TelegramServer, bot: Bot, noor: Family
) -> None:
    for text in ("een", "twee", "drie"):
        noor.writes(text)

    updates = await bot.get_updates(offset=-2)

    assert [update.message.text for update in updates if update.message] == ["twee", "drie"]
    assert len(server.updates.unconfirmed) == 2


async def test_at_most_the_limit_comes_at_once(bot: Bot, noor: Family) -> None:
    for number in range(120):
        noor.writes(str(number))

    assert len(await bot.get_updates()) == 100
    assert len(await bot.get_updates(limit=3)) == 3


async def test_a_long_poll_is_answered_as_soon_as_something_happens(
    server: TelegramServer, bot: Bot, noor: Family
) -> None:
    (start,) = await bot.get_updates()
    polling = asyncio.create_task(bot.get_updates(offset=start.update_id + 1, timeout=30))
    await server.updates.idle()
    noor.writes("hallo")

    assert len(await polling) == 1


async def test_a_long_poll_without_news_ends_empty(bot: Bot) -> None:
    assert await bot.get_updates(timeout=1) == ()


async def test_the_first_of_two_pollers_is_refused(server: TelegramServer, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await server.updates.idle()
    async with connection(server.token, server.api) as other:
        second = asyncio.create_task(other.get_updates(timeout=30))

        with pytest.raises(Conflict, match="terminated by other getUpdates"):
            await first
        await server.updates.idle()
        Family(server).writes("hallo")
        assert len(await second) == 1


async def test_a_poll_that_was_broken_off_counts_no_more(server: TelegramServer, bot: Bot) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    await server.updates.idle()
    polling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await polling

    again = asyncio.create_task(bot.get_updates(timeout=30))
    await server.updates.idle()
    Family(server).writes("hallo")

    assert len(await again) == 1


async def test_a_webhook_stands_in_the_way_until_it_is_deleted(
    server: TelegramServer, bot: Bot, noor: Family
) -> None:
    noor.writes("hallo")
    server.webhook = "https://voorbeeld.nl"

    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook(drop_pending_updates=False)
    assert len(await bot.get_updates()) == 2
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_what_is_not_asked_for_gets_no_number(server: TelegramServer, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["message"])
    noor = Family(server)
    noor.starts()
    noor.blocks()
    noor.writes("hallo")

    numbers = [update.update_id for update in await bot.get_updates()]
    assert numbers == [numbers[0], numbers[0] + 1]


async def test_a_message_waits_a_day_for_the_bot_and_a_tap_150_seconds(
    server: TelegramServer, bot: Bot, noor: Family
) -> None:
    noor.forges("1:ja")

    server.pass_time(149)
    assert len(await bot.get_updates()) == 2
    server.pass_time(2)
    assert len(await bot.get_updates()) == 1
    server.pass_time(DAY)
    assert await bot.get_updates() == ()


async def test_another_week_can_bring_lower_numbers(server: TelegramServer, bot: Bot) -> None:
    server.updates.next_id = 12
    Family(server).writes("hallo")

    (update,) = await bot.get_updates()
    assert update.update_id == 12


# --- What people do -------------------------------------------------------------------------------


async def test_every_deed_is_an_update_that_the_library_reads(bot: Bot, noor: Family) -> None:
    mine = noor.writes("hallo")
    noor.edits(mine, "hallo!")
    noor.forwards("van oma")
    noor.shares_contact()
    noor.shares_contact("+31101234567", of=0)
    for thing in THINGS:
        noor.sends(thing)
    await bot.send_message(noor.number, "Vraag", reply_markup=keys("Ja"))
    noor.taps("Ja")
    noor.blocks()
    noor.unblocks()
    noor.adds_bot_to_group()("hoi")

    updates = await bot.get_updates()
    start, text, edit, forward, own, other = updates[:6]
    assert start.message is not None
    assert start.message.entities[0].type == "bot_command"
    assert text.message is not None
    assert text.message.from_user is not None
    assert text.message.from_user.language_code == "nl"
    assert edit.edited_message is not None
    assert edit.edited_message.text == "hallo!"
    assert forward.message is not None
    assert forward.message.forward_origin is not None
    assert own.message is not None
    assert own.message.contact is not None
    assert own.message.contact.user_id == noor.number
    assert other.message is not None
    assert other.message.contact is not None
    assert other.message.contact.user_id is None
    *things, tap, blocked, unblocked, added, hoi = updates[6:]
    for thing, update in zip(THINGS, things, strict=True):
        assert update.message is not None
        assert update.message[thing]
    assert tap.callback_query is not None
    assert tap.callback_query.data == "Ja"
    assert tap.callback_query.message is not None
    statuses = [
        update.my_chat_member.new_chat_member.status
        for update in (blocked, unblocked, added)
        if update.my_chat_member
    ]
    assert statuses == ["kicked", "member", "member"]
    assert hoi.message is not None
    assert hoi.message.chat.type == "supergroup"


async def test_a_tap_needs_a_button(bot: Bot, noor: Family) -> None:
    await bot.send_message(noor.number, "Vraag", reply_markup=keys("Ja", "Nee"))

    with pytest.raises(AssertionError, match=r"no button 'Misschien'.*Nee"):
        noor.taps("Misschien")


async def test_a_button_in_place_of_the_letters_shares_the_number(bot: Bot, noor: Family) -> None:
    share = ReplyKeyboardMarkup([[KeyboardButton("Deel", request_contact=True)]])
    await bot.send_message(noor.number, "Nummer?", reply_markup=share)
    noor.taps("Deel")

    update = (await bot.get_updates())[-1]
    assert update.message is not None
    assert update.message.contact is not None
    await bot.send_message(noor.number, "Dank je", reply_markup=ReplyKeyboardRemove())
    with pytest.raises(AssertionError):
        noor.taps("Deel")


# --- Messages -------------------------------------------------------------------------------------


async def test_the_screen_shows_what_the_chat_shows(bot: Bot, noor: Family) -> None:
    noor.sends("photo")
    sent = await bot.send_message(noor.number, " Kies \n", reply_markup=keys("Ja", "Nee"))

    assert [str(shown) for shown in noor.screen()] == [
        "> /start",
        "> (caption, photo)",
        "< Kies\n  [Ja]\n  [Nee]",
    ]
    assert sent.text == "Kies"
    assert sent.reply_markup == keys("Ja", "Nee")


async def test_nobody_can_be_told_anything_who_did_not_begin(
    server: TelegramServer, bot: Bot
) -> None:
    stranger = Family(server, 5001)

    for chat in (stranger.number, 12345, "@iemand"):
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(chat, "Dag")
    with pytest.raises(BadRequest, match="Chat_id is empty"):
        await bot.send_message("", "Dag")


async def test_a_bot_that_is_blocked_can_say_change_and_delete_nothing(
    bot: Bot, noor: Family
) -> None:
    sent = await bot.send_message(noor.number, "Dag")
    noor.blocks()

    for deed in (
        bot.send_message(noor.number, "Dag"),
        bot.edit_message_text("Doei", noor.number, sent.message_id),
        bot.delete_messages(noor.number, [sent.message_id]),
        bot.send_chat_action(noor.number, "typing"),
    ):
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await deed
    noor.unblocks()
    assert await bot.send_chat_action(noor.number, "typing")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "text is empty"),
        (" \n\u2068 \u2069\u200b", "text is empty"),
        ("a" * 4097, "too long"),
        ("😀" * 2049, "too long"),
    ],
)
async def test_a_text_that_is_empty_or_too_long_is_refused(
    bot: Bot, noor: Family, text: str, refusal: str
) -> None:
    with pytest.raises(BadRequest, match=refusal):
        await bot.send_message(noor.number, text)
    await bot.send_message(noor.number, " " + "😀" * 2048 + " ")


@pytest.mark.parametrize(
    ("entity", "refusal"),
    [
        (MessageEntity("bold", 9, 1), "begins after the end"),
        (MessageEntity("bold", 0, 10), "ends after the end"),
        (MessageEntity("bold", 1, 2), "splits a utf-16 symbol"),
        (MessageEntity("wavy", 0, 2), "unsupported type"),
    ],
)
async def test_an_entity_outside_its_text_is_refused(
    bot: Bot, noor: Family, entity: MessageEntity, refusal: str
) -> None:
    with pytest.raises(BadRequest, match=refusal):
        await bot.send_message(noor.number, "😀 hallo", entities=[entity])


async def test_entities_may_lie_in_each_other_and_not_across(bot: Bot, noor: Family) -> None:
    inside = [MessageEntity("blockquote", 0, 5), MessageEntity("bold", 1, 2)]
    across = [MessageEntity("blockquote", 0, 3), MessageEntity("bold", 1, 4)]

    await bot.send_message(noor.number, "hallo", entities=inside)
    with pytest.raises(BadRequest, match="ends after"):
        await bot.send_message(noor.number, "hallo", entities=across)


async def test_entities_move_along_when_the_text_is_trimmed(bot: Bot, noor: Family) -> None:
    sent = await bot.send_message(
        noor.number, "  hallo daar  ", entities=[MessageEntity("bold", 8, 6)]
    )

    assert sent.parse_entities() == {MessageEntity("bold", 6, 4): "daar"}


async def test_html_is_parsed_or_refused(bot: Bot, noor: Family) -> None:
    sent = await bot.send_message(noor.number, "<b>a &lt; b</b>", parse_mode="HTML")

    assert sent.text == "a < b"
    assert sent.parse_entities() == {MessageEntity("bold", 0, 5): "a < b"}
    for wrong in ("<b>a", "a</b>", "<wijk>a</wijk>"):
        with pytest.raises(BadRequest, match="Can't parse entities"):
            await bot.send_message(noor.number, wrong, parse_mode="HTML")
    with pytest.raises(BadRequest, match="parse_mode"):
        await bot.send_message(noor.number, "a", parse_mode="Wiki")


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        (keys("x" * 65), "Button_data_invalid"),
        (keys("é" * 33), "Button_data_invalid"),
        (keys(*(str(number) for number in range(101))), "too long"),
        (
            InlineKeyboardMarkup([[InlineKeyboardButton("a", callback_data="a")] * 9]),
            "too long",
        ),
        (
            InlineKeyboardMarkup([[InlineKeyboardButton(" ", callback_data="a")]]),
            "non-empty",
        ),
        (InlineKeyboardMarkup([[InlineKeyboardButton("a")]]), "text buttons are unallowed"),
        (ReplyKeyboardMarkup([[KeyboardButton(" ")]]), "non-empty"),
    ],
)
async def test_a_keyboard_that_cannot_be_drawn_is_refused(
    bot: Bot,
    noor: Family,
    markup: InlineKeyboardMarkup | ReplyKeyboardMarkup,
    refusal: str,
) -> None:
    with pytest.raises(BadRequest, match=refusal):
        await bot.send_message(noor.number, "Kies", reply_markup=markup)


def png(width: int, height: int) -> bytes:
    """As much of a picture of this size as Telegram looks at."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\r\n--\0" * 9


async def test_a_photo_arrives_byte_for_byte_with_its_caption(
    server: TelegramServer, bot: Bot, noor: Family
) -> None:
    bold = MessageEntity("bold", 0, 5)

    sent = await bot.send_photo(
        noor.number, png(1080, 1080), "kring 🌻 ", caption_entities=[bold], reply_markup=keys("weg")
    )

    (shown,) = [each for each in noor.screen() if each.mine]
    assert (shown.id, shown.picture) == (sent.message_id, png(1080, 1080))
    assert (shown.caption, sent.caption) == ("kring 🌻", "kring 🌻")
    assert sent.caption_entities == (bold,)
    assert shown.rows == [["weg"]]
    (call,) = server.calls_of("sendPhoto")
    assert (call.chat, call.status, call.files["photo"]) == (noor.number, 200, png(1080, 1080))


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((60, 40), [(60, 40)]),
        ((1080, 1080), [(90, 90), (320, 320), (800, 800), (1080, 1080)]),
        ((4000, 200), [(90, 4), (320, 16), (800, 40), (1280, 64)]),
    ],
)
async def test_a_photo_is_shown_in_several_sizes(
    size: tuple[int, int], shown: list[tuple[int, int]], bot: Bot, noor: Family
) -> None:
    sent = await bot.send_photo(noor.number, png(*size))

    assert [(each.width, each.height) for each in sent.photo] == shown


@pytest.mark.parametrize(
    ("picture", "caption", "refused"),
    [
        (png(9, 9), "🌻" * 512 + "x", "message caption is too long"),
        (b"GIF89a" + bytes(40), "", "IMAGE_PROCESS_FAILED"),
        (png(9000, 1001), "", "PHOTO_INVALID_DIMENSIONS"),
        (png(2100, 100), "", "PHOTO_INVALID_DIMENSIONS"),
    ],
    ids=["a long caption", "no picture", "too large", "too long and thin"],
)
async def test_a_photo_that_telegram_cannot_show_is_refused(
    picture: bytes, caption: str, refused: str, bot: Bot, noor: Family
) -> None:
    with pytest.raises(BadRequest, match=f"(?i){refused}"):
        await bot.send_photo(noor.number, picture, caption)

    assert [each for each in noor.screen() if each.mine] == []


async def test_a_photo_of_more_than_ten_megabytes_is_refused(bot: Bot, noor: Family) -> None:
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_photo(noor.number, png(99, 99) + bytes(10 * 1024 * 1024))


async def test_a_request_for_a_photo_without_one_is_refused(
    server: TelegramServer, noor: Family
) -> None:
    async with httpx.AsyncClient() as client:
        answer = await client.post(
            f"{server.api}/bot{server.token}/sendPhoto", data={"chat_id": str(noor.number)}
        )

    assert answer.json()["description"] == "Bad Request: there is no photo in the request"


async def test_the_words_of_a_photo_are_no_text_and_it_is_deleted_like_any_message(
    bot: Bot, noor: Family
) -> None:
    sent = await bot.send_photo(noor.number, png(9, 9), "kring", reply_markup=keys("weg"))

    with pytest.raises(BadRequest, match="no text in the message to edit"):
        await bot.edit_message_text("anders", noor.number, sent.message_id)
    await bot.edit_message_reply_markup(noor.number, sent.message_id, reply_markup=keys("door"))
    assert noor.last.rows == [["door"]]

    await bot.delete_messages(noor.number, [sent.message_id])
    assert [each for each in noor.screen() if each.mine] == []


async def test_an_edit_must_change_something(bot: Bot, noor: Family) -> None:
    sent = await bot.send_message(noor.number, "Kies", reply_markup=keys("Ja"))

    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("Kies", noor.number, sent.message_id, reply_markup=keys("Ja"))
    await bot.edit_message_text("Gekozen", noor.number, sent.message_id, reply_markup=keys("Ja"))
    await bot.edit_message_reply_markup(noor.number, sent.message_id)
    assert str(noor.last) == "< Gekozen"
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(noor.number, sent.message_id)


async def test_only_its_own_messages_without_a_reply_keyboard_can_be_edited(
    bot: Bot, noor: Family
) -> None:
    theirs = noor.writes("hallo")
    share = ReplyKeyboardMarkup([[KeyboardButton("Deel", request_contact=True)]])
    with_keyboard = await bot.send_message(noor.number, "Nummer?", reply_markup=share)

    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("Dag", noor.number, 999)
    for message in (theirs, with_keyboard.message_id):
        with pytest.raises(BadRequest, match="Message can't be edited"):
            await bot.edit_message_text("Dag", noor.number, message)


async def test_either_sides_messages_can_be_deleted_for_two_days(
    server: TelegramServer, bot: Bot, noor: Family
) -> None:
    sent = await bot.send_message(noor.number, "Dag")
    mine = noor.writes("hallo")

    await bot.delete_messages(noor.number, [sent.message_id, mine, 999])
    assert [shown.text for shown in noor.screen()] == ["/start"]
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(noor.number, mine)
    fresh = noor.writes("nieuw")
    server.pass_time(2 * DAY)
    await bot.delete_message(noor.number, fresh)
    server.pass_time(1)
    old = noor.screen()[0].id
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_message(noor.number, old)


async def test_one_message_that_may_not_be_deleted_saves_the_whole_batch(
    server: TelegramServer, bot: Bot, noor: Family
) -> None:
    old = noor.screen()[0].id
    server.pass_time(2 * DAY + 1)
    fresh, die = noor.writes("nieuw"), noor.sends("dice")

    for keeper in (old, die):
        with pytest.raises(BadRequest, match="Message can't be deleted"):
            await bot.delete_messages(noor.number, [keeper, fresh])
    assert len(noor.screen()) == 3
    server.pass_time(DAY + 1)
    await bot.delete_messages(noor.number, [die, fresh])


async def test_at_most_a_hundred_messages_are_deleted_at_once(bot: Bot, noor: Family) -> None:
    with pytest.raises(BadRequest, match="Too many message identifiers"):
        await bot.delete_messages(noor.number, list(range(1, 102)))
    with pytest.raises(BadRequest, match="not specified"):
        await bot.delete_messages(noor.number, [])


async def test_a_tap_can_be_answered_twice_and_not_too_late(
    server: TelegramServer, bot: Bot, noor: Family
) -> None:
    tap = noor.forges("1:ja")

    assert await bot.answer_callback_query(tap)
    assert await bot.answer_callback_query(tap, "Gelukt")
    assert noor.toasts == ["Gelukt"]
    server.pass_time(151)
    for late in (tap, "12"):
        with pytest.raises(BadRequest, match="Query is too old"):
            await bot.answer_callback_query(late)


async def test_a_group_can_be_left_once(bot: Bot, noor: Family) -> None:
    noor.adds_bot_to_group(-1001)

    await bot.leave_chat(-1001)
    for deed in (bot.leave_chat(-1001), bot.send_message(-1001, "Dag")):
        with pytest.raises(Forbidden, match="not a member"):
            await deed
    left = (await bot.get_updates())[-1].my_chat_member
    assert left is not None
    assert left.new_chat_member.status == "left"
    with pytest.raises(BadRequest):
        await bot.leave_chat(noor.number)


# --- The bot itself -------------------------------------------------------------------------------


async def test_the_bot_tells_about_itself_in_each_language(
    server: TelegramServer, bot: Bot
) -> None:
    await bot.set_my_commands([BotCommand("weg", "Wis deze chat")])
    await bot.set_my_commands([BotCommand("leave", "Clear this chat")], language_code="en")
    await bot.set_my_name("Samenspraak")
    await bot.set_my_description("Een computer.")
    await bot.set_my_short_description("Kort.", language_code="en")

    assert server.profile == {
        ("commands", ""): [{"command": "weg", "description": "Wis deze chat"}],
        ("commands", "en"): [{"command": "leave", "description": "Clear this chat"}],
        ("name", ""): "Samenspraak",
        ("description", ""): "Een computer.",
        ("short_description", "en"): "Kort.",
    }
    for wrong in (
        bot.set_my_commands([BotCommand("Weg!", "x")]),
        bot.set_my_commands([BotCommand("weg", "x" * 257)]),
        bot.set_my_commands([BotCommand(f"c{number}", "x") for number in range(101)]),
        bot.set_my_name("x" * 65),
        bot.set_my_description("x" * 513),
        bot.set_my_short_description("x" * 121),
        bot.set_my_name("x", language_code="nld"),
    ):
        with pytest.raises(BadRequest):
            await wrong


async def test_a_wrong_token_or_method_is_refused(server: TelegramServer, bot: Bot) -> None:
    me = await bot.get_me()
    async with connection("123:abc", server.api) as stranger:
        with pytest.raises(InvalidToken, match="Unauthorized"):
            await stranger.get_me()

    assert me.is_bot
    with pytest.raises(InvalidToken, match="Not Found"):
        await bot.get_my_star_balance()


# --- Faults ---------------------------------------------------------------------------------------


async def test_it_can_ask_for_patience_in_one_chat_so_many_times(
    server: TelegramServer, bot: Bot, noor: Family
) -> None:
    other = Family(server, 4002)
    other.starts()
    server.refuses("sendMessage", 429, retry_after=7, times=2, chat=noor.number)

    for _ in range(2):
        with pytest.raises(RetryAfter) as patience:
            await bot.send_message(noor.number, "Dag")
        assert seconds(patience.value.retry_after) == 7
    await bot.send_message(other.number, "Dag")
    await bot.send_message(noor.number, "Dag")
    assert [call.status for call in server.calls_of("sendMessage")] == [429, 429, 200, 200]


async def test_it_can_fail_and_be_well_again(
    server: TelegramServer, bot: Bot, noor: Family
) -> None:
    server.refuses("sendMessage", 502, times=9)

    with pytest.raises(NetworkError):
        await bot.send_message(noor.number, "Dag")
    server.forgets_faults()
    await bot.send_message(noor.number, "Dag")
    assert server.said_to(noor.number) == ["Dag"]


async def test_it_can_do_what_is_asked_and_never_answer(
    server: TelegramServer, bot: Bot, noor: Family
) -> None:
    server.swallows_answer("sendMessage")
    server.stalls("sendMessage")

    with pytest.raises(NetworkError) as lost:
        await bot.send_message(noor.number, "een")
    with pytest.raises(TimedOut):
        await bot.send_message(noor.number, "twee", read_timeout=0.05)
    assert isinstance(lost.value.__cause__, httpx.RemoteProtocolError)
    assert server.said_to(noor.number) == ["een", "twee"]
    assert [call.status for call in server.calls] == [0, 0]


async def test_it_can_hang_up_without_doing_what_is_asked(
    server: TelegramServer, bot: Bot, noor: Family
) -> None:
    server.hangs_up("sendMessage")

    with pytest.raises(NetworkError):
        await bot.send_message(noor.number, "Dag")
    assert server.said_to(noor.number) == []


async def test_it_can_be_out_of_reach_and_forgets_nothing(
    server: TelegramServer, bot: Bot, noor: Family
) -> None:
    await server.stop()
    with pytest.raises(NetworkError) as unreachable:
        await bot.send_message(noor.number, "Dag")
    await server.start()

    assert isinstance(unreachable.value.__cause__, httpx.ConnectError)
    assert len(await bot.get_updates()) == 1


async def test_it_can_repeat_itself(server: TelegramServer, bot: Bot) -> None:
    Family(server).starts()
    (start,) = await bot.get_updates()
    server.updates.again(start.to_dict())

    numbers = [update.update_id for update in await bot.get_updates()]
    assert numbers == [start.update_id, start.update_id]


async def test_every_call_is_in_the_log(server: TelegramServer, bot: Bot, noor: Family) -> None:
    await bot.get_updates()
    await bot.send_message(noor.number, "Dag")
    with pytest.raises(TelegramError):
        await bot.send_message(1, "Dag")

    said, refused = server.calls_of()
    assert (said.method, said.chat, said.status) == ("sendMessage", noor.number, 200)
    assert (refused.params["text"], refused.status) == ("Dag", 400)
