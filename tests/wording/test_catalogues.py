import io

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.wording.catalogues import Entry, written
from bot.wording.languages import LANGUAGES
from bot.wording.po_reader import read_catalogue

TURKISH = LANGUAGES["tr"]
signs = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])
words = st.text(signs, max_size=30)
some_words = st.text(signs, min_size=1, max_size=30)
lines = st.lists(words, max_size=3).map("\n".join)
some_lines = st.lists(some_words, min_size=1, max_size=3).map("\n".join)
paragraphs = st.lists(words, min_size=1, max_size=5).map("\n".join)
comments = st.lists(some_words.map(str.strip).filter(bool), max_size=2, unique=True).map(tuple)
singles = st.builds(
    Entry,
    context=some_words.map("ouder/{}".format),
    dutch=some_lines.map(lambda text: (text,)),
    translated=lines.map(lambda text: (text,)),
    fuzzy=st.booleans(),
    previous=st.tuples(paragraphs) | st.just(()),
    notes=comments,
)
plurals = st.builds(
    Entry,
    context=some_words.map("vast/{}".format),
    dutch=st.tuples(some_lines, some_lines),
    translated=st.tuples(lines, lines),
    fuzzy=st.booleans(),
    previous=st.tuples(paragraphs, paragraphs) | st.just(()),
    notes=comments,
)
catalogues = st.lists(singles | plurals, max_size=4, unique_by=lambda entry: entry.context)


def without_lines(entries: tuple[Entry, ...]) -> list[Entry]:
    return [replace(entry, line=0) for entry in entries]


@settings(deadline=None)
@given(catalogues)
def test_what_we_write_we_read_back(entries: list[Entry]) -> None:
    catalogue, problems = read_catalogue("tr.po", written(TURKISH, (), entries))

    assert not problems
    assert without_lines(catalogue.entries) == entries
    assert catalogue.plural_forms == TURKISH.plural_forms


@settings(deadline=None)
@given(catalogues)
def test_what_we_write_babel_reads_the_same(entries: list[Entry]) -> None:
    text = written(TURKISH, (), entries)

    read = read_po(io.BytesIO(text.encode()), locale="tr", abort_invalid=True)

    found = {
        message.context: (message.id, message.string, message.fuzzy)
        for message in read
        if message.id
    }
    assert found == {
        entry.context: (
            entry.dutch[0] if len(entry.dutch) == 1 else entry.dutch,
            entry.translated[0] if len(entry.dutch) == 1 else entry.translated,
            entry.fuzzy,
        )
        for entry in entries
    }


@settings(deadline=None)
@given(catalogues)
def test_what_babel_writes_we_read_the_same(entries: list[Entry]) -> None:
    catalog = Catalog(locale="so")  # two plural forms, as in our entries
    for entry in entries:
        one = len(entry.dutch) == 1
        catalog.add(
            entry.dutch[0] if one else entry.dutch,
            entry.translated[0] if one else entry.translated,
            context=entry.context,
            flags={"fuzzy"} if entry.fuzzy else set(),
        )
    text = io.BytesIO()
    write_po(text, catalog)

    read, problems = read_catalogue("so.po", text.getvalue().decode())

    assert not problems
    assert [(e.context, e.dutch, e.translated, e.fuzzy) for e in read.entries] == [
        (e.context, e.dutch, e.translated, e.fuzzy) for e in entries
    ]


@settings(deadline=None)
@given(st.text(st.sampled_from('msgidctxtrplural[01]_ "\\#,.:|~\n\ta'), max_size=120))
def test_no_text_stops_the_reader(text: str) -> None:
    read_catalogue("x.po", text)
    read_catalogue("x.po", 'msgctxt "a"\n' + text)


def test_a_line_that_lost_its_quote_is_told_about_and_costs_one_translation() -> None:
    good = 'msgctxt "{0}"\nmsgid "Hoi"\nmsgstr "Merhaba"\n'
    torn = good.replace('Merhaba"', "Merhaba")
    nameless = good.replace('{0}"', "{0}")
    text = "\n".join([good.format("a"), torn.format("b"), nameless.format("c"), good.format("d")])

    catalogue, problems = read_catalogue("tr.po", text)

    assert [(each.line, each.code) for each in problems] == [(7, "catalogue"), (9, "catalogue")]
    assert [entry.context for entry in catalogue.entries] == ["a", "d"]


def test_a_text_that_breaks_off_is_left_out_as_a_whole() -> None:
    text = 'msgctxt "a"\nmsgid "Hoi"\nmsgstr ""\n"Bel 112\\n"\n"als het niet veilig is.\n'

    catalogue, problems = read_catalogue("en.po", text)

    assert [(each.line, each.code) for each in problems] == [(5, "catalogue")]
    assert not catalogue.entries


def test_a_translation_that_lost_the_lines_above_it_never_becomes_that_of_the_next_text() -> None:
    text = (
        '#. een knop\nmsgctxt "a"\nmsgid "A"\nmsgstr "Aa"\n\n'
        '#. nog een\nmsgstr "Verdwaald"\n\nmsgctxt "c"\nmsgid "C"\nmsgstr "Cé"\n'
    )

    catalogue, problems = read_catalogue("tr.po", text)

    assert [(each.line, each.code) for each in problems] == [(7, "catalogue")]
    assert [entry.translated for entry in catalogue.entries] == [("Aa",), ("Cé",)]


def test_what_is_written_of_a_translation_goes_with_it_when_it_is_torn() -> None:
    text = '#, fuzzy\n"los"\nmsgctxt "a"\nmsgid "A"\nmsgstr "Aa"\n'

    catalogue, problems = read_catalogue("tr.po", text)

    assert [(each.line, each.code) for each in problems] == [(2, "catalogue")]
    assert not catalogue.entries


@pytest.mark.parametrize("line", ['msgstr "Nog een"', 'msgid "Nog een"', '"x" y', 'msgctxt "a"'])
def test_a_line_too_many_is_told_about(line: str) -> None:
    text = f'msgctxt "a"\nmsgid "A"\nmsgstr "Aa"\n\n{line}\n'

    _, problems = read_catalogue("tr.po", text)

    assert [each.code for each in problems] == ["catalogue"]


def test_two_translations_of_one_text_are_both_read_so_that_someone_hears_of_it() -> None:
    text = 'msgctxt "a"\nmsgid "A"\nmsgstr "{}"\n\n'

    catalogue, _ = read_catalogue("tr.po", text.format("bir") + text.format("iki"))

    assert [(entry.translated, entry.line) for entry in catalogue.entries] == [
        (("bir",), 2),
        (("iki",), 6),
    ]


def test_what_a_program_keeps_of_old_texts_is_passed_over() -> None:
    text = (
        '#, fuzzy\n#~| msgid "Oud"\n#~ msgctxt "weg"\n#~ msgid "Weg"\n#~ msgstr "Gone"\n\n'
        'msgctxt "b"\nmsgid "B"\nmsgstr "Bé"\n'
    )

    catalogue, problems = read_catalogue("tr.po", text)

    assert not problems
    assert [(entry.context, entry.fuzzy) for entry in catalogue.entries] == [("b", False)]


def test_comments_flags_and_the_earlier_dutch_belong_to_their_translation() -> None:
    text = (
        "# van mij\n#. een knop\n#: dialogen/ouder/dialoog.yaml\n#, python-brace-format, fuzzy\n"
        '#| msgctxt "a"\n#| msgid ""\n#| "Oud\\n"\n#| "Nederlands"\n'
        'msgctxt "a"\nmsgid ""\n"Nieuw\\n"\n"Nederlands"\nmsgstr "Eski \\"Felemenkçe\\""\n'
    )

    catalogue, problems = read_catalogue("tr.po", text)

    assert not problems
    assert catalogue.entries == (
        Entry(
            "a",
            ("Nieuw\nNederlands",),
            ('Eski "Felemenkçe"',),
            fuzzy=True,
            previous=("Oud\nNederlands",),
            notes=("een knop",),
            files=("dialogen/ouder/dialoog.yaml",),
            remarks=("van mij",),
            line=10,
        ),
    )


def test_a_translation_without_a_context_is_told_about() -> None:
    _, problems = read_catalogue("tr.po", 'msgid "Hoi"\nmsgstr "Merhaba"\n')

    assert [(each.line, each.code) for each in problems] == [(1, "catalogue")]


def test_a_plural_form_that_is_skipped_is_told_about() -> None:
    text = 'msgctxt "a"\nmsgid "{n} dag"\nmsgid_plural "{n} dagen"\nmsgstr[0] "x"\nmsgstr[2] "y"\n'

    _, problems = read_catalogue("tr.po", text)

    assert [(each.line, each.code) for each in problems] == [(1, "catalogue")]


def test_a_file_saved_on_windows_reads_the_same() -> None:
    text = '\ufeffmsgctxt "a"\r\nmsgid "Hoi"\r\nmsgstr "Merhaba"\r\n'

    catalogue, problems = read_catalogue("tr.po", text)

    assert not problems
    assert catalogue.entries[0].translated == ("Merhaba",)


@pytest.mark.parametrize("line", ['"los"', 'msgsrt "Merhaba"', 'msgstr[12] "Merhaba"', "Merhaba"])
def test_a_line_that_belongs_nowhere_is_told_about(line: str) -> None:
    _, problems = read_catalogue("tr.po", line)

    assert [(each.line, each.code) for each in problems] == [(1, "catalogue")]


def test_the_earlier_dutch_of_both_forms_is_kept() -> None:
    entry = Entry("a", ("één", "meer"), ("bir", "çok"), fuzzy=True, previous=("1", "2"))

    catalogue, _ = read_catalogue("tr.po", written(TURKISH, (), [entry]))

    assert without_lines(catalogue.entries) == [entry]


def test_remarks_of_a_translator_stay_as_they_are() -> None:
    remarks = ("In YEAR nagekeken", "", "| met een streep", "")
    entry = Entry("a", ("Hoi",), ("Merhaba",), remarks=remarks)

    catalogue, _ = read_catalogue("tr.po", written(TURKISH, remarks, [entry]))

    assert catalogue.remarks == catalogue.entries[0].remarks == remarks


def test_earlier_dutch_that_cannot_be_read_is_passed_over() -> None:
    text = '#, fuzzy\n#| msgid "Oud\n#| "los"\nmsgctxt "a"\nmsgid "A"\nmsgstr "Aa"\n'

    catalogue, problems = read_catalogue("tr.po", text)

    assert not problems
    assert [(entry.fuzzy, entry.previous) for entry in catalogue.entries] == [(True, ())]
