"""What stands on the first sheet: as much as fits, of everything an even share."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.handover import headings
from bot.handover.entries import Entry, Part, parts_of, words_in
from bot.handover.page import PageItem, PageSection
from bot.handover.sheets import MORE, MOST_OURS, MOST_WORDS, Count, Sheet, first_sheets
from tests.handover.test_page import a_page

AROUND = Count(150, 60)
"""Words beside the sections, and how many of them are ours."""

CIRCLE = Count(30, 12)


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
        texts += [part.heading, part.missing, *part.unheard, "2".join(MORE) * bool(part.left)]
        for entry in part.entries:
            says_so = entry.is_cut and not entry.is_brief
            texts += [entry.heading, entry.tongue, text_of(entry), "2".join(MORE) * says_so]
            texts += [f"{choice.dutch} {choice.seen}" for choice in entry.choices]
    return sum(map(words_in, texts))


def entries_of(sheet: Sheet) -> list[Entry]:
    return [entry for part in sheet.parts for entry in part.entries]


def test_what_fits_is_whole_first_airy_and_then_dense() -> None:
    parts = whole(eigen_woorden=[own("Kort.")], wat_speelt=[chosen(3)])

    airy, dense, *_ = first_sheets(parts, AROUND)

    assert airy == Sheet(parts, is_dense=False)
    assert dense == Sheet(parts, is_dense=True)


def test_the_circle_is_on_the_sheets_that_show_everything_and_goes_before_any_word_does() -> None:
    parts = whole(eigen_woorden=[own("Kort.")], wat_speelt=[chosen(3)])

    drawn = first_sheets(parts, AROUND, CIRCLE)

    assert [sheet.has_circle for sheet in drawn[:4]] == [True] * 4
    assert [sheet.is_dense for sheet in drawn[:4]] == [False, True] * 2
    told = [text_of(entry) for sheet in drawn[:4] for entry in entries_of(sheet)[:1]]
    assert told == ["Kort."] * 4
    assert drawn[4:] == first_sheets(parts, AROUND)


def test_the_circle_is_on_no_sheet_that_would_have_too_many_words() -> None:
    parts = whole(eigen_woorden=[own(many("a", 900))], wat_speelt=[chosen(20)])

    assert first_sheets(parts, AROUND, CIRCLE) == first_sheets(parts, AROUND)


def test_each_sheet_is_tighter_than_the_one_before_and_the_last_has_headings_only() -> None:
    parts = whole(eigen_woorden=[own(many("a", 900))], wat_speelt=[chosen(20)])

    _, *sheets = first_sheets(parts, AROUND)

    lengths = [all_words(sheet) for sheet in sheets]
    assert len(set(map(str, sheets))) == len(sheets)
    assert lengths[0] == MOST_WORDS - AROUND.words
    assert sheets[-1].parts[1].left == (0,)
    assert not entries_of(sheets[-1])


def test_long_texts_get_the_same_room_and_short_ones_stay_whole() -> None:
    texts = [many("a", 900), many("b", 40), many("c", 300)]
    parts = whole(eigen_woorden=[own(text) for text in texts])

    first, *_ = first_sheets(parts, AROUND)

    long, short, other = entries_of(first)
    assert text_of(short) == texts[1]
    assert not short.is_cut
    assert words_in(text_of(long)) == words_in(text_of(other)) > 90
    assert texts[0].startswith(text_of(long))


def test_a_short_line_counts_as_the_room_it_takes() -> None:
    parts = whole(eigen_woorden=[own("ja\n" * 200), own(many("a", 900))])

    sheets = first_sheets(parts, AROUND)

    both = [entries_of(sheet) for sheet in sheets if len(entries_of(sheet)) == 2]
    assert both
    for lines, words in both:
        assert 0 < len(lines.own) <= words_in(text_of(words)) / 7 + 1


def test_a_few_words_are_not_worth_cutting_off() -> None:
    text = many("a", 268)
    parts = whole(eigen_woorden=[own(text), own(many("b", 70))])

    sheets = first_sheets(parts, Count(0, 0))

    cut = [entry for sheet in sheets for entry in entries_of(sheet) if entry.is_cut]
    assert cut
    for entry in cut:
        assert words_in(text_of(entry)) < (260 if "a0" in text_of(entry) else 62)


def test_what_the_family_only_saw_gives_way_to_what_it_said() -> None:
    parts = whole(eigen_woorden=[own(many("a", 100))], wat_speelt=[chosen(40)])

    first, *_ = first_sheets(parts, Count(230, 60))

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

    *sheets, _ = first_sheets(parts, AROUND)

    assert any(part.left for sheet in sheets for part in sheet.parts)
    for sheet in sheets:
        assert [len(entry.choices) for entry in sheet.parts[0].entries] == [12, 0]


def test_what_is_left_out_of_a_section_is_named_by_its_number() -> None:
    parts = whole(praktisch=[chosen(30) for _ in range(9)])

    sheets = first_sheets(parts, AROUND)

    for sheet in sheets:
        (part,) = (part for part in sheet.parts if part.name == "praktisch")
        assert [entry.number for entry in part.entries] + list(part.left) == list(range(9))


def test_a_line_is_cut_between_words_and_no_empty_line_stays_at_the_end() -> None:
    parts = whole(eigen_woorden=[own("een twee drie\n\n\n" + "x\n" * 99 + many("b", 400))])

    for sheet in first_sheets(parts, AROUND):
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

    *sheets, _ = first_sheets(parts, AROUND)

    for sheet in sheets:
        assert all_words(sheet) <= MOST_WORDS - AROUND.words or sheet.parts[1].left
        for entry in entries_of(sheet):
            known = every[entry.number]
            bare = replace(known, heading="")
            assert entry in (known, bare) or entry.is_cut
            assert text_of(known).startswith(text_of(entry))


def labels(sheet: Sheet) -> list[tuple[str, str]]:
    return [(entry.voice, entry.heading) for entry in entries_of(sheet)]


def several(**items: list[tuple[str, PageItem]]) -> tuple[Part, ...]:
    """A page of several voices: (label, item) in each section."""
    voices = dict.fromkeys(label for told in items.values() for label, _ in told)
    page = a_page()
    (one,) = page.voices
    sections = tuple(
        PageSection(
            name, heading, tuple(replace(item, voice=label) for label, item in items.get(name, ()))
        )
        for name, heading in headings.HEADINGS.items()
    )
    labelled = tuple(replace(one, label=label) for label in voices)
    return parts_of(replace(page, sections=sections, voices=labelled))


def test_at_most_150_words_are_ours_and_a_heading_goes_where_it_is_alone() -> None:
    told = [(voice, own("Kort.")) for voice in ("jongere", "ouder", "andere ouder")]
    parts = several(
        eigen_woorden=told, hoop=told, gaat_goed=told, wat_speelt=[*told, told[0]], kring=told
    )
    ours = Count(60, 60)

    first, *_ = first_sheets(parts, ours)

    assert not any(entry.is_cut for entry in entries_of(first))
    alone = [entry for part in first.parts if part.name == "hoop" for entry in part.entries]
    assert [entry.heading for entry in alone] == ["", "", ""]
    (mixed,) = (part for part in first.parts if part.name == "wat_speelt")
    assert [(entry.voice, bool(entry.heading)) for entry in mixed.entries] == [
        ("jongere", True),
        ("ouder", False),
        ("andere ouder", False),
        ("jongere", True),
    ]
    plenty, *_ = first_sheets(parts, Count(0, 0))
    assert all(entry.heading for entry in entries_of(plenty))


def test_no_word_of_a_family_is_cut_for_ours() -> None:
    parts = several(eigen_woorden=[("ouder", own("Kort.")) for _ in range(30)])

    first, *_ = first_sheets(parts, Count(0, MOST_OURS))

    assert len(entries_of(first)) == 30
    assert not any(entry.is_cut for entry in entries_of(first))


def test_safety_keeps_its_headings() -> None:
    parts = several(veiligheid=[("jongere", own("Op school."))], hoop=[("ouder", own("Rust."))])

    for sheet in first_sheets(parts, Count(0, MOST_OURS - 24))[:-1]:
        (said,) = next(part for part in sheet.parts if part.name == "veiligheid").entries
        assert said.heading


def test_where_room_is_scarce_every_voice_keeps_as_many_items() -> None:
    long = own(many("a", 60))
    parts = several(
        eigen_woorden=[(voice, long) for voice in ("jongere", "ouder") for _ in range(6)]
    )

    tightest = first_sheets(parts, Count(330, 60))[-2]

    kept = [voice for voice, _ in labels(tightest)]
    assert kept.count("jongere") == kept.count("ouder") > 0
