"""What stands on the first sheet: as much as fits, of everything an even share."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.handover import headings
from bot.handover.entries import Entry, Part, parts_of, words_in
from bot.handover.page import PageItem, PageSection
from bot.handover.sheets import MORE, MOST_WORDS, Sheet, first_sheets
from tests.handover.test_page import a_page

OURS = 150
"""Words beside the sections."""


def whole(**items: list[PageItem]) -> tuple[Part, ...]:
    """A page with these items in these sections."""
    sections = tuple(
        PageSection(name, heading, tuple(items.get(name, ())))
        for name, heading in headings.HEADINGS.items()
    )
    return parts_of(replace(a_page(), sections=sections))


def own(words: str) -> PageItem:
    return PageItem("Waar ik mee zit", "tr", original=words, own_words=True)


def chosen(choices: int) -> PageItem:
    dutch = "\n".join(f"keuze {number}" for number in range(choices))
    return PageItem("Wat nu zwaar is", "tr", dutch, dutch.replace("keuze", "seçim"))


def many(word: str, times: int) -> str:
    return " ".join(f"{word}{number}" for number in range(times))


def text_of(entry: Entry) -> str:
    return "\n".join("".join(run.text for run in line.runs) for line in entry.own)


def all_words(sheet: Sheet) -> int:
    texts: list[str] = []
    for part in sheet.parts:
        texts += [part.heading, part.missing, "2".join(MORE) * bool(part.left)]
        for entry in part.entries:
            texts += [entry.heading, entry.tongue, text_of(entry), "2".join(MORE) * entry.is_cut]
            texts += [f"{choice.dutch} {choice.seen}" for choice in entry.choices]
    return sum(map(words_in, texts))


def entries_of(sheet: Sheet) -> list[Entry]:
    return [entry for part in sheet.parts for entry in part.entries]


def test_what_fits_is_whole_first_airy_and_then_dense() -> None:
    parts = whole(eigen_woorden=[own("Kort.")], wat_speelt=[chosen(3)])

    airy, dense, *_ = first_sheets(parts, OURS)

    assert airy == Sheet(parts, is_dense=False)
    assert dense == Sheet(parts, is_dense=True)


def test_each_sheet_is_tighter_than_the_one_before_and_the_last_has_headings_only() -> None:
    parts = whole(eigen_woorden=[own(many("a", 900))], wat_speelt=[chosen(20)])

    _, *sheets = first_sheets(parts, OURS)

    lengths = [all_words(sheet) for sheet in sheets]
    assert len(set(map(str, sheets))) == len(sheets)
    assert lengths[0] == MOST_WORDS - OURS
    assert sheets[-1].parts[1].left == (0,)
    assert not entries_of(sheets[-1])


def test_long_texts_get_the_same_room_and_short_ones_stay_whole() -> None:
    texts = [many("a", 900), many("b", 40), many("c", 300)]
    parts = whole(eigen_woorden=[own(text) for text in texts])

    first, *_ = first_sheets(parts, OURS)

    long, short, other = entries_of(first)
    assert text_of(short) == texts[1]
    assert not short.is_cut
    assert words_in(text_of(long)) == words_in(text_of(other)) > 90
    assert texts[0].startswith(text_of(long))


def test_a_short_line_counts_as_the_room_it_takes() -> None:
    parts = whole(eigen_woorden=[own("ja\n" * 200), own(many("a", 900))])

    sheets = first_sheets(parts, OURS)

    both = [entries_of(sheet) for sheet in sheets if len(entries_of(sheet)) == 2]
    assert both
    for lines, words in both:
        assert 0 < len(lines.own) <= words_in(text_of(words)) / 7 + 1


def test_a_few_words_are_not_worth_cutting_off() -> None:
    text = many("a", 268)
    parts = whole(eigen_woorden=[own(text), own(many("b", 70))])

    sheets = first_sheets(parts, 0)

    cut = [entry for sheet in sheets for entry in entries_of(sheet) if entry.is_cut]
    assert cut
    for entry in cut:
        assert words_in(text_of(entry)) < (260 if "a0" in text_of(entry) else 62)


def test_what_the_family_only_saw_gives_way_to_what_it_said() -> None:
    parts = whole(eigen_woorden=[own(many("a", 100))], wat_speelt=[chosen(40)])

    first, *_ = first_sheets(parts, 300 - 100)

    said, seen = entries_of(first)
    assert words_in(text_of(said)) >= 60
    assert seen.is_cut
    assert [choice.seen for choice in seen.choices] == [""] * 40


def test_safety_keeps_all_its_choices_as_long_as_anything_does() -> None:
    parts = whole(
        veiligheid=[chosen(12), own("Bang.")],
        wat_speelt=[chosen(40) for _ in range(6)],
        praktisch=[chosen(12) for _ in range(5)],
    )

    *sheets, _ = first_sheets(parts, OURS)

    assert any(part.left for sheet in sheets for part in sheet.parts)
    for sheet in sheets:
        assert [len(entry.choices) for entry in sheet.parts[0].entries] == [12, 0]


def test_what_is_left_out_of_a_section_is_named_by_its_number() -> None:
    parts = whole(praktisch=[chosen(30) for _ in range(9)])

    sheets = first_sheets(parts, OURS)

    for sheet in sheets:
        (part,) = (part for part in sheet.parts if part.name == "praktisch")
        assert [entry.number for entry in part.entries] + list(part.left) == list(range(9))


def test_a_line_is_cut_between_words_and_no_empty_line_stays_at_the_end() -> None:
    parts = whole(eigen_woorden=[own("een twee drie\n\n\n" + "x\n" * 99 + many("b", 400))])

    for sheet in first_sheets(parts, OURS):
        for entry in entries_of(sheet):
            assert text_of(entry) == text_of(entry).strip()


@settings(max_examples=60)
@given(
    st.lists(
        st.one_of(
            st.text(st.characters(), max_size=60),
            st.integers(0, 900).map(lambda times: many("w", times)),
            st.integers(0, 300).map(lambda times: "r\n" * times),
            st.integers(0, 300).map("x".__mul__),
        ),
        max_size=5,
    ),
    st.lists(st.integers(1, 30), max_size=9),
)
def test_a_sheet_has_at_most_450_words_and_what_is_not_cut_is_whole(
    texts: list[str], choices: list[int]
) -> None:
    parts = whole(eigen_woorden=[own(text) for text in texts], hoop=[chosen(n) for n in choices])
    every = {entry.number: entry for part in parts for entry in part.entries}

    *sheets, _ = first_sheets(parts, OURS)

    for sheet in sheets:
        assert all_words(sheet) <= MOST_WORDS - OURS or sheet.parts[1].left
        for entry in entries_of(sheet):
            known = every[entry.number]
            assert entry == known or entry.is_cut
            assert text_of(known).startswith(text_of(entry))
