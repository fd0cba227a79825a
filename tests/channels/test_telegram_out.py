"""What a message of ours looks like on Telegram, through the real client over HTTP."""

import datetime as dt
from collections.abc import AsyncIterator
from typing import Literal

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram_bot import connection
from bot.channels.telegram_errors import careful, verdict
from bot.channels.telegram_out import TelegramOut
from bot.channels.telegram_text import LONGEST, first_piece, pieces, units
from bot.delivery import DeliveryError, TryLater, Unclear, Undeliverable, Unreachable
from bot.texts import Key, Line, LineRole, Message
from tests.telegram_family import Family
from tests.telegram_rules import fair_text
from tests.telegram_server import HOUR, TelegramServer, telegram_server

LEAVE = Key("🚪", "-leave")


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with telegram_server() as running:
        yield running


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Bot]:
    async with connection(server.token, server.api) as connected:
        yield connected


@pytest.fixture
def out(bot: Bot) -> TelegramOut:
    return TelegramOut(bot)


@pytest.fixture
def noor(server: TelegramServer) -> Family:
    family = Family(server)
    family.starts()
    return family


@pytest.fixture
def chat(noor: Family) -> str:
    return str(noor.number)


def message(
    *lines: str | tuple[str, LineRole],
    turn: int = 3,
    rows: tuple[tuple[Key, ...], ...] = (),
    asks: bool = False,
    phone: Literal["ask", "done"] | None = None,
) -> Message:
    drawn = tuple(Line(line) if isinstance(line, str) else Line(*line) for line in lines)
    label = "📱 Deel mijn nummer" if phone == "ask" else ""
    return Message(drawn, "nl", turn, rows, asks, phone, label)


def question(text: str, *labels: str, turn: int = 3) -> Message:
    rows = (*((Key(label, label.lower()),) for label in labels), (LEAVE,))
    return message((text, "question"), turn=turn, rows=rows, asks=True)


# --- How it looks ---------------------------------------------------------------------------------


async def test_a_message_is_plain_text_with_its_looks_beside_it(
    out: TelegramOut, noor: Family, chat: str
) -> None:
    ids = await out.say(
        chat,
        message(
            "Dag *jij* <b>",
            ("1. Naam", "heading"),
            ("⁨<i>Ölçü 😀😀</i>⁩", "quote"),
            ("Klopt dit? 🤔", "question"),
            ("Nog 5 vragen.", "small"),
        ),
    )

    shown = noor.last
    assert ids == (shown.id,)
    assert shown.text == (
        "Dag *jij* <b>\n\n1. Naam\n⁨<i>Ölçü 😀😀</i>⁩\n\nKlopt dit? 🤔\n\nNog 5 vragen."
    )
    styled = {entity["type"]: _styled(shown.text, entity) for entity in shown.body["entities"]}
    assert styled == {"bold": "Klopt dit? 🤔", "blockquote": "⁨<i>Ölçü 😀😀</i>⁩"}
    assert _styled(shown.text, shown.body["entities"][0]) == "1. Naam"


async def test_what_comes_by_itself_is_a_spoiler_from_end_to_end_in_each_of_its_pieces(
    out: TelegramOut, noor: Family, chat: str
) -> None:
    said = message(("Anna schrijft:", "heading"), ("Hoi 😀 " * 700, "quote"))

    ids = await out.say(chat, replace(said, unasked=True))

    shown = [each for each in noor.screen() if each.id in ids]
    assert len(shown) == 2
    for each in shown:
        (spoiler,) = (one for one in each.body["entities"] if one["type"] == "spoiler")
        assert _styled(each.text, spoiler) == each.text


def _styled(text: str, entity: dict[str, int]) -> str:
    start = 2 * entity["offset"]
    raw = text.encode("utf-16-le")[start : start + 2 * entity["length"]]
    return raw.decode("utf-16-le")


async def test_nothing_that_a_family_writes_is_parsed_or_previewed(
    server: TelegramServer, out: TelegramOut, chat: str
) -> None:
    await out.say(chat, message("https://voorbeeld.nl <b>*_`[x](y)"))

    (call,) = server.calls_of("sendMessage")
    assert "parse_mode" not in call.params
    assert call.params["link_preview_options"] == '{"is_disabled": true}'


async def test_right_to_left_words_keep_their_isolates(
    out: TelegramOut, noor: Family, chat: str
) -> None:
    await out.say(chat, message(("⁨مرحبا⁩", "quote"), "أهلا"))

    assert noor.last.text == "⁨مرحبا⁩\n\nأهلا"
    assert noor.last.body["entities"] == [{"type": "blockquote", "offset": 0, "length": 7}]


async def test_buttons_carry_the_turn_and_the_code(
    out: TelegramOut, noor: Family, chat: str
) -> None:
    await out.say(chat, question("Over wie?", "Kind", "☑ Gezin", turn=12))

    assert str(noor.last) == "< Over wie?\n  [Kind]\n  [☑ Gezin]\n  [🚪]"
    assert noor.last.markup["inline_keyboard"][0][0]["callback_data"] == "12:kind"


async def test_a_row_that_is_too_wide_for_telegram_becomes_two(
    out: TelegramOut, noor: Family, chat: str
) -> None:
    row = tuple(Key(str(number), f"n{number}") for number in range(10))

    await out.say(chat, message("Kies", rows=(row, (LEAVE,)), asks=True))

    assert [len(shown) for shown in noor.last.rows] == [8, 2, 1]


async def test_a_message_without_words_is_a_mistake_of_ours(out: TelegramOut, chat: str) -> None:
    with pytest.raises(Undeliverable):
        await out.say(chat, message(" ", ""))


# --- Long messages --------------------------------------------------------------------------------


async def test_a_long_message_is_cut_between_paragraphs_with_the_buttons_under_the_last(
    out: TelegramOut, noor: Family, chat: str
) -> None:
    lines = [f"{letter * 1500}" for letter in "abcde"]
    long = message(*lines, ("Klopt dit?", "question"), rows=((LEAVE,),), asks=True)

    ids = await out.say(chat, long)

    shown = [each for each in noor.screen() if each.mine]
    assert ids == tuple(each.id for each in shown)
    assert [each.text for each in shown] == [
        f"{lines[0]}\n\n{lines[1]}",
        f"{lines[2]}\n\n{lines[3]}",
        f"{lines[4]}\n\nKlopt dit?",
    ]
    assert [each.rows for each in shown] == [[], [], [["🚪"]]]


async def test_own_words_longer_than_a_message_are_cut_between_lines_and_keep_their_look(
    out: TelegramOut, noor: Family, chat: str
) -> None:
    words = "\n".join(f"regel {number} 😀" for number in range(900))

    await out.say(chat, message(("Vertel", "heading"), (words, "quote")))

    shown = [each for each in noor.screen() if each.mine]
    assert len(shown) == 3
    assert "\n".join([*(each.text for each in shown)]).split("\n")[1:] == words.split("\n")
    for each in shown:
        quote = each.body["entities"][-1]
        assert quote["type"] == "blockquote"
        assert quote["offset"] + quote["length"] == units(each.text)


def test_a_line_without_any_space_is_cut_between_signs() -> None:
    found = pieces(message("😀" * 5000))

    assert "".join(piece.text for piece in found) == "😀" * 5000
    assert [units(piece.text) for piece in found] == [4094, 4094, 1812]


def test_a_cut_in_isolated_words_leaves_both_sides_isolated() -> None:
    found = pieces(message(f"Zij zei: ⁨{'كلمة ' * 1200}⁩."))

    assert len(found) == 2
    assert found[0].text.endswith("⁩")
    assert found[1].text.startswith("⁨")
    for piece in found:
        assert piece.text.count("⁨") == piece.text.count("⁩") == 1


def test_a_line_that_almost_fits_begins_a_new_message_instead_of_being_torn() -> None:
    found = pieces(message("a" * 3500, "b" * 700))

    assert [piece.text for piece in found] == ["a" * 3500, "b" * 700]


def test_what_must_fit_in_one_message_is_cut_visibly() -> None:
    short = message(("Vraag", "question"))
    long = message(("Vraag", "question"), ("x" * 5000, "quote"))
    of_two = message("a" * 3500, "b" * 700)

    whole, cut, first = first_piece(short), first_piece(long), first_piece(of_two)

    assert whole is not None
    assert whole.text == "Vraag"
    assert cut is not None
    assert cut.text.endswith("x⁩ …") or cut.text.endswith("x …")
    assert units(cut.text) <= LONGEST
    fair_text(cut.text, [entity.to_dict() for entity in cut.entities])
    assert first is not None
    assert first.text == "a" * 3500 + " …"
    assert first_piece(message()) is None


ROLES: list[LineRole] = ["line", "question", "heading", "quote", "small", "own"]
SIGNS = st.sampled_from(["a", "é", "😀", "م", " ", "\n", "⁨", "⁩", "👨‍👩‍👧", "word "])
LINES = st.tuples(
    st.lists(SIGNS, min_size=1, max_size=30).map("".join),
    st.sampled_from(ROLES),
    st.integers(1, 400),
)


@given(st.lists(LINES, max_size=5))
def test_every_piece_of_any_message_is_one_that_telegram_takes(
    lines: list[tuple[str, LineRole, int]],
) -> None:
    long = message(*((text * times, role) for text, role, times in lines))

    found = pieces(long)

    said = "".join("".join(piece.text for piece in found).split())
    meant = "".join("".join(line.text for line in long.lines).split())
    assert said.translate(ISOLATES) == meant.translate(ISOLATES)
    for piece in found:
        assert units(piece.text) <= LONGEST
        assert piece.text == piece.text.strip()
        if piece.text.translate(ISOLATES).strip():
            fair_text(piece.text, [entity.to_dict() for entity in piece.entities])


ISOLATES = {ord("⁨"): None, ord("⁩"): None}


# --- The phone button -----------------------------------------------------------------------------


async def test_asking_for_a_phone_number_brings_telegrams_own_button(
    server: TelegramServer, out: TelegramOut, noor: Family, chat: str
) -> None:
    ask = message(
        ("Wat is je nummer?", "question"),
        rows=((LEAVE,),),
        asks=True,
        phone="ask",
    )

    ids = await out.say(chat, ask)

    question_shown, button_shown = noor.screen()[-2:]
    assert ids == (button_shown.id, question_shown.id)
    assert question_shown.rows == [["🚪"]]
    keyboard = server.chats[noor.number].keyboard
    assert keyboard["one_time_keyboard"]
    assert keyboard["keyboard"] == [[{"text": "📱 Deel mijn nummer", "request_contact": True}]]
    noor.taps("📱 Deel mijn nummer")

    await out.say(chat, message("Genoteerd.", phone="done"))
    assert noor.last.text == "Genoteerd."
    assert server.chats[noor.number].keyboard == {}


async def test_putting_the_phone_button_away_leaves_other_buttons_where_they_belong(
    out: TelegramOut, noor: Family, chat: str
) -> None:
    ids = await out.say(chat, message("Genoteerd.", rows=((LEAVE,),), phone="done"))

    put_away, said = noor.screen()[-2:]
    assert ids == (put_away.id, said.id)
    assert str(put_away) == "< ✓"
    assert str(said) == "< Genoteerd.\n  [🚪]"


# --- Redraw, close, clear -------------------------------------------------------------------------


async def test_a_redrawn_question_shows_its_new_ticks_in_the_same_place(
    out: TelegramOut, noor: Family, chat: str
) -> None:
    intro = await out.say(chat, message("Eerst dit."))
    asked = await out.say(chat, question("Kies", "☐ A", "☐ B"))

    refs = [(intro[0], False), (asked[0], True)]
    await out.redraw(chat, refs, question("Kies", "☑ A", "☐ B"))
    await out.redraw(chat, refs, question("Kies", "☑ A", "☐ B"))

    assert [str(shown) for shown in noor.screen() if shown.mine] == [
        "< Eerst dit.",
        "< Kies\n  [☑ A]\n  [☐ B]\n  [🚪]",
    ]


async def test_a_closed_screen_shows_the_answer_and_keeps_only_the_way_out(
    out: TelegramOut, noor: Family, chat: str
) -> None:
    intro = await out.say(chat, message("Eerst dit.", rows=((Key("Meer", "meer"),),)))
    asked = await out.say(chat, question("Over wie?", "Kind"))
    closed = message(("Over wie?", "question"), ("✓ Kind", "own"))

    await out.close(chat, [(intro[0], False), (asked[0], True)], closed)

    assert [str(shown) for shown in noor.screen() if shown.mine] == [
        "< Eerst dit.\n  [🚪]",
        "< Over wie?\n\n✓ Kind\n  [🚪]",
    ]
    assert noor.last.markup["inline_keyboard"][0][0]["callback_data"] == "3:-leave"


async def test_a_screen_that_closes_without_words_keeps_its_own(
    out: TelegramOut, noor: Family, chat: str
) -> None:
    asked = await out.say(chat, question("Menu", "Terug"))

    await out.close(chat, [(asked[0], True)], message())

    assert str(noor.last) == "< Menu\n  [🚪]"


async def test_closing_twice_or_what_is_gone_or_the_phone_button_is_fine(
    bot: Bot, out: TelegramOut, noor: Family, chat: str
) -> None:
    ask = message(("Nummer?", "question"), phone="ask", asks=True)
    button, asked = await out.say(chat, ask)
    gone = (await out.say(chat, message("Weg")))[0]
    await bot.delete_message(chat, gone)
    closed = message(("Nummer?", "question"))

    for _ in range(2):
        await out.close(chat, [(gone, True), (button, False), (asked, True)], closed)

    assert str(noor.screen()[1]) == "< Nummer?\n  [🚪]"


async def test_a_close_that_telegram_refuses_for_its_words_is_our_mistake(
    server: TelegramServer, out: TelegramOut, chat: str
) -> None:
    asked = await out.say(chat, question("Vraag"))
    server.refuses("editMessageText", 400, description="Bad Request: message is too long")

    with pytest.raises(Undeliverable):
        await out.close(chat, [(asked[0], True)], message("Vraag"))


async def test_two_hundred_messages_are_cleared_in_two_requests(
    server: TelegramServer, out: TelegramOut, noor: Family, chat: str
) -> None:
    for number in range(199):
        noor.writes(str(number))

    await out.clear(chat, [shown.id for shown in noor.screen()])

    assert noor.screen() == []
    assert len(server.calls_of("deleteMessages")) == 2


async def test_messages_that_may_not_be_deleted_keep_no_other_in_the_chat(
    server: TelegramServer, out: TelegramOut, noor: Family, chat: str
) -> None:
    old = noor.screen()[0].id
    server.pass_time(48 * HOUR + 1)
    fresh = [noor.writes(str(number)) for number in range(20)]
    die = noor.sends("dice")
    more = [noor.writes(str(number)) for number in range(20)]

    await out.clear(chat, [old, *fresh, die, *more, 9999])

    assert [shown.id for shown in noor.screen()] == [old, die]


async def test_clearing_nothing_asks_nothing(
    server: TelegramServer, out: TelegramOut, chat: str
) -> None:
    await out.clear(chat, [])

    assert server.calls == []


# --- Trouble --------------------------------------------------------------------------------------


async def test_what_was_said_before_the_trouble_is_not_said_again(
    server: TelegramServer, out: TelegramOut, noor: Family, chat: str
) -> None:
    long = message("a" * 4000, "b" * 4000, "c" * 4000)
    await out.say(chat, message("Dag"))

    await _fails_at(server, out, chat, long, 1)
    ids = await out.say(chat, long)

    shown = [each for each in noor.screen() if each.mine][1:]
    assert [each.text[0] for each in shown] == ["a", "b", "c"]
    assert ids == tuple(each.id for each in shown)


async def test_what_was_begun_and_never_finished_can_still_be_cleared(
    server: TelegramServer, out: TelegramOut, noor: Family, chat: str
) -> None:
    await _fails_at(server, out, chat, message("a" * 4000, "b" * 4000), 1)
    await _fails_at(server, out, chat, message("c" * 4000, "d" * 4000), 1)
    ids = await out.say(chat, message("Dag"))
    assert len(ids) == 3

    await _fails_at(server, out, chat, message("e" * 4000, "f" * 4000), 1)
    await out.clear(chat, ids)
    assert [shown.text for shown in noor.screen()] == ["/start"]


async def _fails_at(
    server: TelegramServer, out: TelegramOut, chat: str, long: Message, place: int
) -> None:
    """Say ``long`` while the request number ``place`` (from 0) is refused."""
    server.refuses("sendMessage", 429, retry_after=5, after=place)
    with pytest.raises(TryLater) as later:
        await out.say(chat, long)
    assert later.value.pause == 5


async def test_a_chat_that_is_blocked_or_gone_is_unreachable(
    server: TelegramServer, out: TelegramOut, noor: Family, chat: str
) -> None:
    (ref,) = await out.say(chat, message("Dag"))
    stranger = str(Family(server, 5001).number)
    noor.blocks()

    for address in (chat, stranger):
        with pytest.raises(Unreachable):
            await out.say(address, message("Dag"))
        with pytest.raises(Unreachable):
            await out.close(address, [(ref, True)], message("Doei"))
        with pytest.raises(Unreachable):
            await out.clear(address, [ref, ref + 1])
    assert len(server.calls_of("deleteMessages")) == 2


async def test_a_lost_answer_is_unclear_and_a_refused_connection_is_not(
    server: TelegramServer, out: TelegramOut, chat: str
) -> None:
    server.swallows_answer("sendMessage")
    with pytest.raises(Unclear):
        await out.say(chat, message("Dag"))

    await server.stop()
    with pytest.raises(TryLater) as later:
        await out.say(chat, message("Dag"))
    assert later.value.pause is None


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (RetryAfter(3), TryLater),
        (RetryAfter(dt.timedelta(seconds=3)), TryLater),
        (Forbidden("Forbidden: bot was blocked by the user"), Unreachable),
        (Forbidden("Forbidden: user is deactivated"), Unreachable),
        (ChatMigrated(5), Unreachable),
        (BadRequest("Bad Request: chat not found"), Unreachable),
        (BadRequest("Bad Request: PEER_ID_INVALID"), Unreachable),
        (BadRequest("Bad Request: message text is empty"), Undeliverable),
        (InvalidToken(), TryLater),
        (NetworkError("Bad Gateway"), TryLater),
        (caused(NetworkError("Bad Gateway"), TelegramError("Invalid")), TryLater),
        (caused(NetworkError(""), httpx.ConnectError("")), TryLater),
        (caused(TimedOut(), httpx.ConnectTimeout("")), TryLater),
        (caused(TimedOut(), httpx.PoolTimeout("")), TryLater),
        (caused(TimedOut(), httpx.ReadTimeout("")), Unclear),
        (caused(TimedOut(), httpx.WriteTimeout("")), Unclear),
        (caused(NetworkError(""), httpx.RemoteProtocolError("")), Unclear),
        (caused(NetworkError(""), httpx.ReadError("")), Unclear),
        (caused(NetworkError(""), UnicodeEncodeError("utf-8", "\ud800", 0, 1, "")), Undeliverable),
        (TelegramError("Invalid server response"), Unclear),
        (Conflict("Conflict"), Unclear),
    ],
)
def test_every_error_of_telegram_has_one_verdict(
    error: TelegramError, meaning: type[DeliveryError]
) -> None:
    assert type(verdict(error)) is meaning


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (RetryAfter(3), TryLater),
        (InvalidToken(), TryLater),
        (caused(NetworkError(""), httpx.ConnectError("")), TryLater),
        (caused(TimedOut(), httpx.PoolTimeout("")), TryLater),
        (NetworkError("Bad Gateway"), Unclear),
        (caused(NetworkError("Bad Gateway"), TelegramError("Invalid")), Unclear),
        (caused(TimedOut(), httpx.ReadTimeout("")), Unclear),
        (Forbidden("Forbidden: bot was blocked by the user"), Unreachable),
        (BadRequest("Bad Request: IMAGE_PROCESS_FAILED"), Undeliverable),
    ],
)
def test_what_may_never_come_twice_is_tried_again_only_when_it_surely_did_not_come(
    error: TelegramError, meaning: type[DeliveryError]
) -> None:
    assert type(careful(error)) is meaning


def test_a_pause_that_telegram_asks_for_is_kept_to_the_second() -> None:
    later = verdict(RetryAfter(37))

    assert isinstance(later, TryLater)
    assert later.pause == 37


async def test_words_that_cannot_be_written_down_are_given_up(out: TelegramOut, chat: str) -> None:
    with pytest.raises(Undeliverable):
        await out.say(chat, message("half \ud83d"))
