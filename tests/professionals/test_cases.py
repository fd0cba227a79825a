"""A case at the desk: parts of several voices on one page, each with its own key and thread."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.professionals import cases
from bot.professionals.cases import Case, OpenedCase
from bot.professionals.reading import NotYoursError
from bot.professionals.work import Work
from bot.storage import expiry, family_pages, messages, pages, voices
from bot.storage.records import PageState, Professional
from bot.storage.transaction import Transaction
from tests.web.desk_house import House, house, told


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as built:
        yield built


@pytest.fixture
async def anna(desk: House) -> Professional:
    return await desk.professional("Anna", "noord")


@pytest.fixture
async def two(desk: House) -> tuple[int, int]:
    """The parts of a parent and of a young person in one case, both new."""
    parent = await desk.hands_over((told("Hij slaapt niet.", "nl"),), language="nl")
    desk.clock.time += 60
    young = await desk.hands_over(
        (told("Ik wil rust.", "nl"),), language="nl", beside=parent, who="young"
    )
    return parent, young


def work(desk: House) -> Work:
    return Work(desk.store, desk.library)


async def listed(desk: House, me: Professional) -> dict[PageState, list[Case]]:
    return {state: found for state, found in (await cases.listed(desk.store, me)).items() if found}


async def seen(desk: House, me: Professional, page: int) -> OpenedCase:
    return await cases.opened(desk.store, me, page, desk.clock.now())


async def states(desk: House) -> list[str]:
    rows = await desk.store.read(lambda tx: tx.rows("select state from page order by id"))
    return [row["state"] for row in rows]


async def heard(desk: House, page: int) -> list[str]:
    """What the voice behind ``page`` was told by the desk, sent or not yet."""
    voice = await desk.voice_of(page)
    rows = await desk.store.read(
        lambda tx: tx.rows("select id from message where voice = ? order by id", (voice.id,))
    )
    due = await desk.store.read(lambda tx: messages.due(tx, desk.clock.now(), 100))
    told_to = [each for each in due if each.voice == voice.id]
    assert len(rows) >= len(told_to)
    return [line.text for each in told_to if each.message for line in each.message.lines]


async def notices(desk: House) -> list[tuple[int, str]]:
    """To which professional what notice goes, in order."""
    due = await desk.store.read(lambda tx: messages.due(tx, desk.clock.now(), 100))
    return [
        (each.professional or 0, each.message.lines[0].text)
        for each in due
        if each.kind == "notice" and each.message
    ]


async def test_the_list_has_one_line_a_case_and_any_part_leads_to_its_page(
    desk: House, anna: Professional, two: tuple[int, int]
) -> None:
    other = await desk.hands_over()

    found = await listed(desk, anna)

    assert [case.id for case in found["new"]] == [two[0], other]
    for part in two:
        opened = await seen(desk, anna, part)
        assert [voice.label for voice in opened.page.voices] == ["jongere", "ouder"]
        assert [one.listed.id for one in opened.parts] == list(two)
        assert opened.case.labels == ("ouder", "jongere")


async def test_opening_a_case_is_noted_of_each_part(
    desk: House, anna: Professional, two: tuple[int, int]
) -> None:
    opened = await seen(desk, anna, two[1])

    noted = [page for what, who, page in await desk.audited() if what == "page seen" and who]
    assert noted == list(two)
    assert opened.readers == (("Anna", desk.clock.now()),)


async def test_a_claim_takes_every_part_that_is_new(
    desk: House, anna: Professional, two: tuple[int, int]
) -> None:
    bram = await desk.professional("Bram", "noord")

    assert await work(desk).claim(anna, two[1], 1) == "claimed"

    assert await states(desk) == ["reading", "reading"]
    assert await work(desk).claim(bram, two[0], 1) == "too late"
    (case,) = (await listed(desk, anna))["reading"]
    assert case.is_mine
    assert case.holder == "Anna"


async def test_reading_marks_each_part_and_each_voice_hears_so_of_its_own(
    desk: House, anna: Professional, two: tuple[int, int]
) -> None:
    await work(desk).claim(anna, two[0], 1)

    assert await work(desk).mark_read(anna, two[0], desk.clock.now()) == "read"
    assert await work(desk).mark_read(anna, two[1], desk.clock.now()) == "too late"

    for part in two:
        assert await heard(desk, part) == ["Anna van Wijkteam Noord heeft je verhaal gelezen."]


async def test_an_answer_goes_to_one_voice_and_no_other_hears_of_it(
    desk: House, anna: Professional, two: tuple[int, int]
) -> None:
    await work(desk).claim(anna, two[0], 1)

    assert await work(desk).answer(anna, two[1], "Dag jij.", desk.clock.now()) == "answered"

    assert "Dag jij." in " ".join(await heard(desk, two[1]))
    assert await heard(desk, two[0]) == []
    threads = [part.thread for part in (await seen(desk, anna, two[0])).parts]
    assert [len(thread) for thread in threads] == [0, 1]


async def test_closing_closes_every_part(
    desk: House, anna: Professional, two: tuple[int, int]
) -> None:
    await work(desk).claim(anna, two[0], 1)

    assert await work(desk).close(anna, two[1], desk.clock.now()) == "closed"

    assert await states(desk) == ["closed", "closed"]
    (case,) = (await listed(desk, anna))["closed"]
    assert case.delete_after is not None
    assert await work(desk).close(anna, two[0], 1) == "too late"


async def test_a_colleague_takes_the_whole_case_over(
    desk: House, anna: Professional, two: tuple[int, int]
) -> None:
    bram = await desk.professional("Bram", "noord")
    await work(desk).claim(anna, two[0], 1)

    assert await work(desk).take_over(bram, two[0], 2, holder=anna.id) == "taken over"
    assert await work(desk).take_over(bram, two[1], 2, holder=anna.id) == "too late"
    assert await work(desk).take_over(bram, two[1], 2, holder=bram.id) == "too late"

    (case,) = (await listed(desk, bram))["reading"]
    assert case.is_mine
    assert case.holder_id == bram.id


async def test_a_part_that_comes_later_goes_to_who_has_the_case_and_is_marked(
    desk: House, anna: Professional
) -> None:
    await desk.professional("Bram", "noord")
    parent = await desk.hands_over()
    await work(desk).claim(anna, parent, 1)
    await work(desk).mark_read(anna, parent, 2)
    before = len(await notices(desk))

    young = await desk.hands_over(beside=parent, who="young")

    (case,) = (await listed(desk, anna))["reading"]
    assert case.added == ("jongere",)
    assert case.read_at is None
    assert case.is_mine
    opened = await seen(desk, anna, young)
    assert opened.page.code == (await desk.page(parent, anna)).page.code
    told_to = (await notices(desk))[before:]
    assert told_to == []  # each chat has its oldest notice before this one
    rows = await desk.store.read(
        lambda tx: tx.rows("select professional from message where kind = 'notice' order by id")
    )
    assert [row["professional"] for row in rows][-1] == anna.id
    assert [row["professional"] for row in rows].count(anna.id) == 2

    assert await work(desk).mark_read(anna, parent, 3) == "read"
    (case,) = (await listed(desk, anna))["reading"]
    assert case.added == ()
    assert case.read_at == 3


async def test_a_part_that_comes_when_nobody_has_the_case_is_new_for_everyone(
    desk: House, anna: Professional
) -> None:
    parent = await desk.hands_over()
    await work(desk).claim(anna, parent, 1)
    await work(desk).close(anna, parent, 2)

    await desk.hands_over(beside=parent, who="young")

    (case,) = (await listed(desk, anna))["new"]
    assert case.added == ("jongere",)
    assert await states(desk) == ["closed", "new"]


async def test_a_part_for_who_was_removed_is_new_for_everyone(
    desk: House, anna: Professional
) -> None:
    bram = await desk.professional("Bram", "noord")
    parent = await desk.hands_over()
    await work(desk).claim(anna, parent, 1)
    await work(desk).answer(anna, parent, "Dag.", 2)
    await desk.removes("Anna")

    await desk.hands_over(beside=parent, who="young")

    assert await states(desk) == ["answered", "new"]
    assert [case.state for case in (await listed(desk, bram))["new"]] == ["new"]


async def test_parts_for_different_teams_stay_with_their_team(
    desk: House, anna: Professional
) -> None:
    zita = await desk.professional("Zita", "zuid")
    north = await desk.hands_over((told("Voor noord.", "nl"),), team="noord", language="nl")
    south = await desk.hands_over(
        (told("Voor zuid.", "nl"),), team="zuid", language="nl", beside=north, who="young"
    )

    for me, own, other, words in (
        (anna, north, south, "Voor noord."),
        (zita, south, north, "Voor zuid."),
    ):
        opened = await seen(desk, me, own)
        assert len(opened.parts) == 1
        assert words in str([item.original for s in opened.page.sections for item in s.items])
        assert not opened.is_less
        with pytest.raises(NotYoursError):
            await seen(desk, me, other)
        with pytest.raises(NotYoursError):
            await work(desk).claim(me, other, 1)
    assert (await seen(desk, anna, north)).page.not_heard == ("kind of jongere", "andere ouder")


async def test_who_is_of_both_teams_has_two_cases(desk: House) -> None:
    both = await desk.professional("Kim", "noord", "zuid")
    north = await desk.hands_over(team="noord")
    await desk.hands_over(team="zuid", beside=north)

    assert [len(case.parts) for case in (await listed(desk, both))["new"]] == [1, 1]


async def test_an_erased_voice_takes_its_part_along_and_the_page_says_so_not_whose(
    desk: House, anna: Professional, two: tuple[int, int]
) -> None:
    await work(desk).claim(anna, two[0], 1)
    code = (await seen(desk, anna, two[0])).page.code
    voice = await desk.voice_of(two[0])

    await desk.store.write(lambda tx: voices.erase(tx, [voice.id]))

    opened = await seen(desk, anna, two[1])
    assert opened.is_less
    assert opened.page.code == code
    assert [each.label for each in opened.page.voices] == ["jongere"]
    assert "Hij slaapt niet." not in str(
        [item.original for section in opened.page.sections for item in section.items]
    )
    with pytest.raises(NotYoursError):
        await seen(desk, anna, two[0])


@pytest.mark.parametrize("how", ["taken back", "past its term"])
async def test_a_part_that_goes_otherwise_leaves_the_same_words(
    desk: House, anna: Professional, two: tuple[int, int], how: str
) -> None:
    if how == "taken back":
        await desk.store.write(lambda tx: family_pages.take_back(tx, two[0], 1))
    else:
        await desk.store.write(lambda tx: expiry.erase_pages(tx, [two[0]]))

    assert (await seen(desk, anna, two[1])).is_less


@pytest.mark.parametrize("how", ["erased", "taken back"])
async def test_the_only_part_leaves_nothing_behind(desk: House, how: str) -> None:
    page = await desk.hands_over()
    voice = await desk.voice_of(page)
    if how == "erased":
        await desk.store.write(lambda tx: voices.erase(tx, [voice.id]))
    else:
        await desk.store.write(lambda tx: family_pages.take_back(tx, page, 1))

    rows = await desk.store.read(lambda tx: tx.rows("select count(*) as n from part_gone"))
    assert rows[0]["n"] == 0


async def test_a_second_page_of_one_voice_is_no_second_voice(
    desk: House, anna: Professional
) -> None:
    first = await desk.hands_over((told("Eerst.", "nl"),), language="nl")
    voice = await desk.voice_of(first)

    async def again(tx: Transaction) -> None:
        row = await pages.of_professional(tx, first, anna.id)
        assert row is not None
        await pages.add(
            tx,
            case=row.case,
            voice=voice.id,
            team="noord",
            body=row.body,
            now=desk.clock.now() + 5,
        )

    await desk.store.write(again)

    opened = await seen(desk, anna, first)
    assert [each.label for each in opened.page.voices] == ["ouder"]
    assert opened.case.labels == ("ouder", "ouder")
    (own,) = (each for each in opened.page.sections if each.name == "eigen_woorden")
    assert [item.original for item in own.items] == ["Eerst.", "Eerst."]


async def test_a_damaged_part_costs_the_others_nothing(
    desk: House, anna: Professional, two: tuple[int, int], caplog: pytest.LogCaptureFixture
) -> None:
    await desk.store.write(
        lambda tx: tx.run("update page set body = x'00' where id = ?", (two[0],))
    )

    opened = await seen(desk, anna, two[1])

    assert [part.listed.id for part in opened.parts] == [two[1]]
    assert f"page {two[0]} cannot be opened" in caplog.text
    assert "slaapt" not in caplog.text


async def test_each_part_has_a_key_of_its_own(desk: House, two: tuple[int, int]) -> None:
    rows = await desk.store.read(lambda tx: tx.rows("select key from page"))

    assert len({row["key"] for row in rows}) == len(two)


async def test_messages_of_any_voice_bring_the_case_to_the_top(
    desk: House, anna: Professional, two: tuple[int, int]
) -> None:
    other = await desk.hands_over()
    await work(desk).claim(anna, two[0], 1)
    await work(desk).claim(anna, other, 1)

    async def write(tx: Transaction) -> None:
        row = await pages.of_professional(tx, two[1], anna.id)
        assert row is not None
        await family_pages.write(tx, row, "Nog iets.", 5, 6)

    await desk.store.write(write)

    first, _ = (await listed(desk, anna))["reading"]
    assert first.id == two[0]
    assert first.unseen == 1
    assert [one.fresh for one in (await seen(desk, anna, two[0])).parts[1].thread] == [True]
    assert (await listed(desk, anna))["reading"][0].unseen == 0


async def test_what_was_asked_back_and_when_it_goes_is_told_of_the_whole(
    desk: House, anna: Professional, two: tuple[int, int]
) -> None:
    await work(desk).claim(anna, two[0], 1)
    await work(desk).answer(anna, two[0], "Dag.", 2)
    await desk.store.write(lambda tx: family_pages.ask_back(tx, two[1], 7, 99))

    case = (await seen(desk, anna, two[0])).case

    assert case.asked_back_at == 7
    assert case.delete_after is None
    assert case.state == "reading"
