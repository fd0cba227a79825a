"""What is done with a page: by one at a time, heard by the family, noted without content."""

import asyncio

import pytest

from bot.professionals import reading
from bot.professionals.reading import NotYoursError
from bot.professionals.work import LONGEST_ANSWER, Outcome, Work
from bot.storage import messages, voices
from bot.storage.records import Professional
from bot.storage.transaction import Transaction
from bot.texts import Message
from tests.web.desk_house import House, told

DAY = 86_400
ANSWER = "Dank je wel. Zullen we dinsdag bellen?"


@pytest.fixture
def work(desk: House) -> Work:
    return Work(desk.store, desk.library)


@pytest.fixture
async def anna(desk: House) -> Professional:
    return await desk.professional("Anna", "noord")


@pytest.fixture
async def bram(desk: House) -> Professional:
    return await desk.professional("Bram", "noord", "zuid")


async def said_to_family(desk: House, page: int) -> list[Message]:
    """What is in the outbox and the log for the family of this page, in order."""
    voice = await desk.voice_of(page)

    async def look(tx: Transaction) -> list[Message]:
        due = await messages.due(tx, desk.clock.now(), 100)
        pending = [each.message for each in due if each.voice == voice.id and each.message]
        return pending or [message for _, _, _, message in await messages.log_of(tx, voice)]

    return await desk.store.read(look)


def lines(message: Message) -> list[str]:
    return [line.text.strip("\u2068\u2069") for line in message.lines]


async def claimed(desk: House, work: Work, me: Professional, **family: str) -> int:
    page = await desk.hands_over(**family)  # type: ignore[arg-type]  # a channel or a language
    assert await work.claim(me, page, desk.clock.now()) == "claimed"
    return page


async def test_a_page_goes_from_new_to_closed(desk: House, work: Work, anna: Professional) -> None:
    page = await desk.hands_over()
    states = []
    now = desk.clock.now()
    for deed in (
        work.claim(anna, page, now),
        work.mark_read(anna, page, now),
        work.answer(anna, page, ANSWER, now),
        work.close(anna, page, now),
    ):
        await deed
        states.append((await desk.page(page, anna)).listed.state)

    assert states == ["reading", "reading", "answered", "closed"]


async def test_a_claim_is_won_by_exactly_one(desk: House, work: Work) -> None:
    people = [await desk.professional(f"Nummer{n}", "noord") for n in range(8)]
    for _ in range(25):
        page = await desk.hands_over()

        outcomes = await asyncio.gather(
            *(work.claim(each, page, desk.clock.now()) for each in people)
        )

        assert sorted(outcomes) == ["claimed"] + ["too late"] * 7
        winner = people[outcomes.index("claimed")]
        assert (await desk.page(page, winner)).listed.is_mine


async def test_taking_over_is_won_by_exactly_one(
    desk: House, work: Work, anna: Professional
) -> None:
    page = await claimed(desk, work, anna)
    people = [await desk.professional(f"Nummer{n}", "noord") for n in range(4)]
    now = desk.clock.now()

    outcomes = await asyncio.gather(
        *(work.take_over(each, page, now, holder=anna.id) for each in people)
    )

    assert sorted(outcomes) == ["taken over"] + ["too late"] * 3
    assert await work.mark_read(anna, page, now) == "too late"


async def test_nobody_takes_over_what_is_new_closed_or_their_own(
    desk: House, work: Work, anna: Professional, bram: Professional
) -> None:
    page, now = await desk.hands_over(), desk.clock.now()
    assert await work.take_over(bram, page, now, holder=None) == "too late"
    await work.claim(anna, page, now)
    assert await work.take_over(anna, page, now, holder=anna.id) == "too late"
    await work.close(anna, page, now)

    assert await work.take_over(bram, page, now, holder=anna.id) == "too late"


async def test_only_who_claimed_it_reads_answers_and_closes(
    desk: House, work: Work, anna: Professional, bram: Professional
) -> None:
    page = await claimed(desk, work, anna)
    now = desk.clock.now()

    assert await work.mark_read(bram, page, now) == "too late"
    assert await work.answer(bram, page, ANSWER, now) == "too late"
    assert await work.close(bram, page, now) == "too late"
    assert await said_to_family(desk, page) == []


async def test_the_family_hears_once_that_it_was_read_in_its_own_language(
    desk: House, work: Work, anna: Professional
) -> None:
    page = await claimed(desk, work, anna)
    now = desk.clock.now()

    assert await work.mark_read(anna, page, now) == "read"
    assert await work.mark_read(anna, page, now) == "too late"

    (message,) = await said_to_family(desk, page)
    assert lines(message) == ["Wijkteam Noord ekibinden Anna anlattıklarını okudu."]
    assert message.language == "tr"


async def test_the_family_reads_the_answer_word_for_word_with_the_way_out_under_it(
    desk: House, work: Work, anna: Professional
) -> None:
    page = await claimed(desk, work, anna)

    assert await work.answer(anna, page, f"  {ANSWER}\r\nAnna ", desk.clock.now()) == "answered"

    (message,) = await said_to_family(desk, page)
    heading, quote = message.lines
    assert heading.text == "Wijkteam Noord ekibinden Anna yazıyor:"
    assert (quote.role, quote.text.replace("\u2068", "").replace("\u2069", "")) == (
        "quote",
        f"{ANSWER}\nAnna",
    )
    assert [[key.code for key in row] for row in message.rows] == [["-write", "-leave"]]


async def test_on_the_chat_page_the_answer_is_in_the_log_at_once(
    desk: House, work: Work, anna: Professional
) -> None:
    page = await claimed(desk, work, anna, channel="web", language="nl")

    await work.answer(anna, page, ANSWER, desk.clock.now())

    assert lines((await said_to_family(desk, page))[-1]) == [
        "Anna van Wijkteam Noord schrijft:",
        ANSWER,
    ]
    pending = await desk.store.read(lambda tx: messages.due(tx, desk.clock.now(), 10))
    assert [each.kind for each in pending] == ["notice"]


async def test_an_answer_stays_on_the_desk_with_who_wrote_it(
    desk: House, work: Work, anna: Professional, bram: Professional
) -> None:
    page = await claimed(desk, work, anna)
    await work.answer(anna, page, ANSWER, desk.clock.now())
    await work.take_over(bram, page, desk.clock.now(), holder=anna.id)
    await work.answer(bram, page, "Tot dinsdag.", desk.clock.now() + 5)
    await desk.removes("Anna")

    answers = (await desk.page(page, bram)).thread

    assert [(each.name, each.words) for each in answers] == [
        ("Anna", ANSWER),
        ("Bram", "Tot dinsdag."),
    ]
    assert ANSWER not in repr(answers)


async def test_answering_counts_as_reading(desk: House, work: Work, anna: Professional) -> None:
    page = await claimed(desk, work, anna)
    await work.answer(anna, page, ANSWER, desk.clock.now())

    assert (await desk.page(page, anna)).listed.read_at == desk.clock.now()
    assert await work.mark_read(anna, page, desk.clock.now()) == "too late"
    assert len(await said_to_family(desk, page)) == 1


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("x" * LONGEST_ANSWER, "answered"),
        ("x" * (LONGEST_ANSWER + 1), "too long"),
    ],
)
async def test_an_answer_has_words_and_not_too_many(
    desk: House, work: Work, anna: Professional, words: str, outcome: Outcome
) -> None:
    page = await claimed(desk, work, anna)

    assert await work.answer(anna, page, words, desk.clock.now()) == outcome


async def test_a_page_goes_so_many_days_after_its_first_answer_as_the_family_was_told(
    desk: House, work: Work, bram: Professional
) -> None:
    page = await claimed(desk, work, bram, team="zuid")
    answered = desk.clock.now()
    await work.answer(bram, page, ANSWER, answered)
    await work.answer(bram, page, ANSWER, answered + 3 * DAY)
    await work.close(bram, page, answered + 4 * DAY)

    assert (await desk.page(page, bram)).listed.delete_after == answered + 14 * DAY


async def test_a_page_that_was_closed_without_an_answer_has_its_term_from_then(
    desk: House, work: Work, anna: Professional
) -> None:
    page = await claimed(desk, work, anna)
    assert (await desk.page(page, anna)).listed.delete_after is None

    assert await work.close(anna, page, desk.clock.now()) == "closed"

    assert (await desk.page(page, anna)).listed.delete_after == desk.clock.now() + 30 * DAY
    assert await said_to_family(desk, page) == []
    assert await work.close(anna, page, desk.clock.now()) == "too late"


async def test_a_page_of_another_team_is_not_there(desk: House, work: Work) -> None:
    zuid = await desk.professional("Zita", "zuid")
    page, now = await desk.hands_over(team="noord"), desk.clock.now()

    for deed in (
        work.claim(zuid, page, now),
        work.take_over(zuid, page, now, holder=None),
        work.mark_read(zuid, page, now),
        work.answer(zuid, page, ANSWER, now),
        work.close(zuid, page, now),
        reading.opened(desk.store, zuid, page, now),
    ):
        with pytest.raises(NotYoursError):
            await deed
    assert all(not lines for lines in (await reading.listed(desk.store, zuid)).values())


async def test_whoever_is_removed_in_the_middle_does_nothing_any_more(
    desk: House, work: Work, anna: Professional, bram: Professional
) -> None:
    page = await claimed(desk, work, anna)

    await desk.removes("Anna")

    with pytest.raises(NotYoursError):
        await work.answer(anna, page, ANSWER, desk.clock.now())
    assert (await desk.page(page, bram)).listed.state == "new"
    assert await work.claim(bram, page, desk.clock.now()) == "claimed"


async def test_the_list_shows_who_waits_longest_first_and_who_has_what(
    desk: House, work: Work, anna: Professional, bram: Professional
) -> None:
    first = await desk.hands_over()
    desk.clock.time += 60
    second = await desk.hands_over(team="zuid")
    desk.clock.time += 60
    third = await desk.hands_over()
    taken = await claimed(desk, work, anna)

    listed = await reading.listed(desk.store, bram)

    assert [each.id for each in listed["new"]] == [first, second, third]
    assert [(each.id, each.holder, each.is_mine) for each in listed["reading"]] == [
        (taken, "Anna", False)
    ]


async def test_one_damaged_page_hides_no_other(
    desk: House, anna: Professional, caplog: pytest.LogCaptureFixture
) -> None:
    broken, whole = await desk.hands_over(), await desk.hands_over()
    await desk.store.write(
        lambda tx: tx.run("update page set body = zeroblob(300) where id = ?", (broken,))
    )

    listed = await reading.listed(desk.store, anna)

    assert [each.id for each in listed["new"]] == [whole]
    assert f"page {broken} cannot be opened" in caplog.text


async def test_how_a_message_reaches_the_family_is_said(
    desk: House, work: Work, anna: Professional
) -> None:
    here = await desk.hands_over()
    hidden = await desk.hands_over(status="left")
    blocked = await claimed(desk, work, anna)
    await work.mark_read(anna, blocked, desk.clock.now())
    await desk.store.write(
        lambda tx: tx.run("update message set state = 2 where voice is not null")
    )

    assert (await desk.page(here, anna)).family == "here"
    assert (await desk.page(hidden, anna)).family == "out of sight"
    assert (await desk.page(blocked, anna)).family == "unreachable"


async def test_an_answer_to_a_conversation_that_is_gone_stays_on_the_desk_and_that_is_said(
    desk: House, work: Work, anna: Professional
) -> None:
    page = await claimed(desk, work, anna)
    voice = await desk.voice_of(page)
    await desk.store.write(
        lambda tx: tx.run("update voice set key = zeroblob(60) where id = ?", (voice.id,))
    )

    assert (await desk.page(page, anna)).family == "gone"
    assert await work.mark_read(anna, page, desk.clock.now()) == "read"
    assert await work.answer(anna, page, ANSWER, desk.clock.now()) == "answered"
    assert len((await desk.page(page, anna)).thread) == 1


async def test_a_page_whose_voice_was_let_go_can_still_be_read(
    desk: House, work: Work, anna: Professional
) -> None:
    page = await claimed(desk, work, anna)
    await desk.store.write(lambda tx: tx.run("update page set voice = null"))

    assert (await desk.page(page, anna)).family == "gone"


async def test_a_page_goes_when_the_family_erases_its_voice(
    desk: House, work: Work, anna: Professional
) -> None:
    page = await claimed(desk, work, anna)
    voice = await desk.voice_of(page)

    await desk.store.write(lambda tx: voices.erase(tx, [voice.id]))

    with pytest.raises(NotYoursError):
        await work.answer(anna, page, ANSWER, desk.clock.now())


async def test_everything_is_noted_without_a_word_of_it(
    desk: House, work: Work, anna: Professional, bram: Professional
) -> None:
    page, now = await desk.hands_over(), desk.clock.now()
    await work.claim(anna, page, now)
    await work.take_over(bram, page, now, holder=anna.id)
    await work.mark_read(bram, page, now)
    await work.answer(bram, page, ANSWER, now)
    await work.close(bram, page, now)
    await work.close(bram, page, now)
    await reading.opened(desk.store, anna, page, now, "page taken as json")

    assert await desk.audited() == [
        ("page listed", None, page),
        ("page claimed", anna.id, page),
        ("page taken over", bram.id, page),
        ("page read", bram.id, page),
        ("page answered", bram.id, page),
        ("page closed", bram.id, page),
        ("page taken as json", anna.id, page),
    ]


async def test_a_page_names_who_opened_it_and_when_first(
    desk: House, anna: Professional, bram: Professional
) -> None:
    page, first = await desk.hands_over(), desk.clock.now()
    await desk.page(page, anna)
    desk.clock.time += 60
    await desk.page(page, bram)
    desk.clock.time += 60

    assert (await desk.page(page, anna)).readers == (("Anna", first), ("Bram", first + 60))


async def test_what_is_kept_is_sealed(desk: House, work: Work, anna: Professional) -> None:
    page = await desk.hands_over([told("een heel herkenbaar verhaal")])
    await work.claim(anna, page, desk.clock.now())
    await work.answer(anna, page, "een heel herkenbaar antwoord", desk.clock.now())
    await desk.store.checkpoint()

    async def everything(tx: Transaction) -> bytes:
        found = b""
        for (table,) in await tx.rows("select name from sqlite_master where type = 'table'"):
            for row in await tx.rows(f'select * from "{table}"'):  # noqa: S608 - our own tables
                found += b" ".join(
                    each if isinstance(each, bytes) else str(each).encode() for each in row
                )
        return found

    kept = await desk.store.read(everything)
    for canary in (b"herkenbaar", b"Anna", b"anna@", b"noord", b"Noord"):
        assert canary not in kept
