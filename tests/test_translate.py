from pathlib import Path

import pytest
from msgspec.structs import replace

from bot import library
from bot.authored.dutch import read_authored
from bot.commands.terminal import OperatorError
from bot.commands.translate import bring_up_to_date, languages_of
from bot.commands.translate import update as bring_all
from bot.wording.catalogues import Catalogue, Entry
from bot.wording.languages import LANGUAGES, Language
from bot.wording.merge import Hint, Merged, merge
from bot.wording.po_reader import read_catalogue
from tests.authored_tree import Folders, author, rewrite
from tests.translator import translate

TURKISH, POLISH = LANGUAGES["tr"], LANGUAGES["pl"]


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return author(tmp_path)


def update(folders: Folders, code: str) -> bool:
    authored, problems = read_authored(folders.authored)
    assert not problems
    return bring_up_to_date(folders.locales, LANGUAGES[code], authored)


def command(folders: Folders, *languages: Language) -> int:
    return bring_all(library.Folders(folders.authored, folders.locales), languages)


def entries_of(folders: Folders, code: str, name: str) -> dict[str, Entry]:
    path = folders.catalogue(code, name)
    catalogue, problems = read_catalogue(name, path.read_text(encoding="utf-8"))
    assert not problems
    return {entry.context: entry for entry in catalogue.entries}


def merged(dutch: str, *old: Entry) -> Merged:
    return merge(TURKISH, {"a/b/text": dutch}, {}, [Catalogue("a.po", old)])


def only(found: Merged) -> Entry:
    ((entry,),) = found.entries.values()
    return entry


def test_a_new_language_gets_a_catalogue_for_each_source(folders: Folders) -> None:
    update(folders, "tr")

    names = sorted(path.name for path in folders.catalogue("tr", "x").parent.iterdir())
    assert names == ["bouwstenen.po", "hulplijnen.po", "ouder.po", "vaste_woorden.po"]
    assert entries_of(folders, "tr", "ouder.po")["ouder/over_wie/text"].translated == ("",)


def test_writing_again_changes_nothing(folders: Folders) -> None:
    translate(folders, "tr")
    rewrite(
        folders.catalogue("tr", "ouder.po"),
        "#. Een bericht of een vraag.\n#: dialogen/ouder/"
        'dialoog.yaml\nmsgctxt "ouder/over_wie/text"',
        '# kijk na\nmsgctxt "ouder/over_wie/text"',
    )
    update(folders, "tr")
    before = folders.catalogue("tr", "ouder.po").read_bytes()

    update(folders, "tr")

    assert folders.catalogue("tr", "ouder.po").read_bytes() == before
    assert b"# kijk na" in before


def test_a_catalogue_says_nothing_of_when_or_with_what_it_was_made(folders: Folders) -> None:
    update(folders, "tr")

    header = folders.catalogue("tr", "ouder.po").read_text(encoding="utf-8").split("\n\n")[0]

    assert header.splitlines() == [
        'msgid ""',
        'msgstr ""',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
        '"Language: tr\\n"',
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"',
    ]


def test_a_translator_reads_what_a_text_is_for(folders: Folders) -> None:
    update(folders, "tr")
    entries = entries_of(folders, "tr", "ouder.po") | entries_of(folders, "tr", "vaste_woorden.po")

    label = entries["ouder/over_wie/choices/kind"]
    assert label.notes == (
        "Gaat over het gezin.",
        "Knop onder: ‘Over wie gaat het?’",
        "Hoogstens 40 tekens.",
    )
    assert label.files == ("dialogen/ouder/dialoog.yaml",)
    assert "{team} is de naam van het team." in entries["ouder/over_wie/why"].notes
    assert entries["vast/days"].notes == (
        "Eerst voor 1, dan voor andere aantallen.",
        "{aantal} is een getal.",
    )


def test_a_text_for_one_and_for_several_gets_the_plural_forms_of_the_language(
    folders: Folders,
) -> None:
    update(folders, "pl")

    entry = entries_of(folders, "pl", "vaste_woorden.po")["vast/days"]

    assert entry.dutch == ("{aantal} dag", "{aantal} dagen")
    assert entry.translated == ("", "", "")


def test_a_translation_stays_when_the_dutch_stays() -> None:
    old = Entry("a/b/text", ("Hoi",), ("Merhaba",), remarks=("van mij",))

    assert only(merged("Hoi", old)) == old


def test_a_translation_of_dutch_that_changed_is_kept_and_marked() -> None:
    old = Entry("a/b/text", ("Het is veilig",), ("Güvenli",))

    new = only(merged("Het is onveilig", old))

    assert new == Entry(
        "a/b/text", ("Het is onveilig",), ("Güvenli",), fuzzy=True, previous=("Het is veilig",)
    )


def test_the_dutch_that_was_translated_stays_beside_it_while_the_dutch_goes_on_changing() -> None:
    old = Entry("a/b/text", ("Eén",), ("Bir",))

    twice = only(merged("Drie", only(merged("Twee", old))))

    assert twice.previous == ("Eén",)
    assert twice.fuzzy


def test_dutch_that_is_put_back_makes_its_translation_right_again() -> None:
    old = Entry("a/b/text", ("Eén",), ("Bir",))

    assert only(merged("Eén", only(merged("Twee", old)))) == old


def test_a_translation_that_was_marked_stays_marked_until_someone_looked() -> None:
    old = Entry("a/b/text", ("Twee",), ("Bir",), fuzzy=True, previous=("Eén",))

    assert only(merged("Twee", old)) == old


def test_a_translation_never_moves_to_another_text_that_looks_like_it() -> None:
    old = Entry("a/weg/text", ("Hoi",), ("Merhaba",))

    found = merged("Hoi", old)

    assert only(found).translated == ("",)
    assert found.gone == 1


def test_an_empty_translation_is_not_marked_when_the_dutch_changes() -> None:
    assert not only(merged("Twee", Entry("a/b/text", ("Eén",)))).fuzzy


def test_a_text_that_is_counted_from_now_on_keeps_its_translation_as_a_first_form() -> None:
    old = Catalogue("a.po", (Entry("a/b/text", ("{aantal} dagen",), ("{aantal} gün",)),))

    found = merge(POLISH, {"a/b/text": ("{aantal} dag", "{aantal} dagen")}, {}, [old])

    assert only(found).translated == ("{aantal} gün", "", "")
    assert only(found).fuzzy


def test_a_text_that_is_no_longer_counted_keeps_its_last_form() -> None:
    old = Entry("a/b/text", ("{aantal} dag", "{aantal} dagen"), ("bir gün", "{aantal} gün"))

    assert only(merged("Een paar dagen", old)).translated == ("{aantal} gün",)


def test_the_counts_say_what_is_left_to_do() -> None:
    dutch = {"a/klaar": "Klaar", "a/anders": "Anders", "a/nieuw": "Nieuw", "a/teken": "→"}
    old = (
        Entry("a/klaar", ("Klaar",), ("Hazır",)),
        Entry("a/anders", ("Eerst",), ("İlk",)),
        Entry("a/weg", ("Weg",), ("Git",)),
    )

    found = merge(
        TURKISH, dutch, {"a/nieuw": Hint(("Let op",), "a.yaml")}, [Catalogue("a.po", old)]
    )

    assert (found.done, found.outdated, found.new, found.gone) == (1, 1, 1, 1)
    assert list(found.entries) == ["a.po"]


def test_a_catalogue_of_which_every_text_is_gone_goes_too(folders: Folders) -> None:
    translate(folders, "tr")
    folders.catalogue("tr", "ouder.po").rename(folders.catalogue("tr", "oud.po"))
    rewrite(folders.catalogue("tr", "oud.po"), '"tr Mezelf"', '"Ben"')

    update(folders, "tr")

    assert not folders.catalogue("tr", "oud.po").exists()
    entries = entries_of(folders, "tr", "ouder.po")
    assert entries["ouder/over_wie/choices/mezelf"].translated == ("Ben",)


def test_a_catalogue_with_a_torn_line_is_left_as_it_is(
    folders: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    translate(folders, "tr")
    path = folders.catalogue("tr", "ouder.po")
    rewrite(path, '"tr Mezelf"', '"tr Mezelf')
    before = path.read_bytes()

    written = update(folders, "tr")

    assert not written
    assert path.read_bytes() == before
    assert "locales/tr/LC_MESSAGES/ouder.po" in capsys.readouterr().out


def test_merging_two_thousand_texts_takes_no_time_that_grows_with_their_number_squared() -> None:
    dutch = {f"a/{number}/text": f"Zin nummer {number}" for number in range(2_000)}
    entries = tuple(Entry(key, (text,), (f"tr {text}",)) for key, text in dutch.items())
    old = [
        replace(entry, dutch=("Anders",)) if n % 10 == 0 else entry
        for n, entry in enumerate(entries)
    ]

    found = merge(TURKISH, dutch, {}, [Catalogue("a.po", tuple(old))])

    assert (found.done, found.outdated) == (1_800, 200)


# --- The command --------------------------------------------------------------------------------


def test_all_are_the_languages_that_have_begun(folders: Folders) -> None:
    translate(folders, "tr")
    translate(folders, "ar")

    assert [each.code for each in languages_of(None, folders.locales)] == ["tr", "ar"]
    assert languages_of("pl", folders.locales) == (POLISH,)


@pytest.mark.parametrize("code", ["nl", "klingon", "../x"])
def test_a_language_that_cannot_be_translated_to_is_refused(folders: Folders, code: str) -> None:
    with pytest.raises(OperatorError):
        languages_of(code, folders.locales)


def test_the_command_says_what_is_left_to_do(
    folders: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    code = command(folders, TURKISH, POLISH)

    told = capsys.readouterr().out.splitlines()
    assert code == 0
    assert [line.partition(":")[0] for line in told] == ["Türkçe (tr)", "Polski (pl)"]


def test_the_command_fails_when_one_language_could_not_be_brought_up_to_date(
    folders: Folders,
) -> None:
    translate(folders, "tr")
    rewrite(folders.catalogue("tr", "ouder.po"), '"tr Mezelf"', '"tr Mezelf')

    assert command(folders, TURKISH, POLISH) == 1
    assert folders.catalogue("pl", "ouder.po").is_file()


def test_nothing_is_written_while_the_dutch_is_wrong(folders: Folders) -> None:
    rewrite(folders.authored / "ouder" / "dialoog.yaml", "next: einde", "next: weg")

    with pytest.raises(OperatorError, match="samenspraak check"):
        command(folders, TURKISH)

    assert not folders.catalogue("tr", "ouder.po").exists()


def test_with_no_language_yet_the_command_says_how_to_begin(
    folders: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(folders) == 0
    assert "zoals tr" in capsys.readouterr().out
