from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from bot.authored.helplines import STALE_AFTER
from bot.dialogue.message import Text
from bot.dialogue.tree import Ending
from bot.library import Library, as_it_was, authored_folders, read_revision
from bot.wording.languages import LANGUAGES, Language
from tests.authored_tree import Folders, author, rewrite
from tests.translator import translate
from tests.world import library

CHECKED = 1_767_225_600  # 1 January 2026, when the helpline of the tree was checked
DAY = 86_400


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return author(tmp_path)


def test_what_we_ship_has_no_problem_in_any_language() -> None:
    folders = authored_folders()

    library = Library.read(*folders, folders.dialogues / "teams")

    assert isinstance(library, Library), "\n".join(map(str, library))
    assert not library.gaps, "\n".join(map(str, library.gaps))


def test_a_dialogue_knows_the_teams_helplines_and_languages_around_it(folders: Folders) -> None:
    translate(folders, "tr")

    library = folders.read()

    around = library.dialogues["ouder"].around
    assert around == library.around
    assert [place.team for place in around.teams] == ["linde"]
    assert around.helplines == ("veilig_thuis",)
    assert around.languages == (("nl", "Nederlands"), ("tr", "Türkçe"))
    assert library.places == around.teams


def test_every_problem_is_told_at_once(folders: Folders) -> None:
    translate(folders, "tr")
    rewrite(folders.authored / "ouder" / "dialoog.yaml", "next: einde", "next: slot")
    rewrite(folders.authored / "vaste_woorden.yaml", "done: Klaar", "done: ''")
    rewrite(folders.authored / "hulplijnen.yaml", "0800-2000", "bel maar")
    rewrite(folders.teams / "linde.yaml", "draft_days: 14", "draft_days: 99")

    problems = folders.problems()

    files = {problem.partition(":")[0] for problem in problems}
    assert files >= {
        "dialogen/ouder/dialoog.yaml",
        "dialogen/vaste_woorden.yaml",
        "dialogen/hulplijnen.yaml",
        "teams/linde.yaml",
    }


def test_the_service_does_not_start_without_words_helplines_or_a_dialogue(
    tmp_path: Path,
) -> None:
    empty = Folders(tmp_path / "dialogen", tmp_path / "locales", tmp_path / "teams")

    assert empty.problems() == [
        "dialogen:0 no-dialogue",
        "dialogen/hulplijnen.yaml:0 no-text",
        "dialogen/signaalwoorden.yaml:0 no-text",
        "dialogen/vaste_woorden.yaml:0 no-text",
        "dialogen/woordkeuze.yaml:0 no-text",
    ]


def test_a_word_that_the_rooms_below_need_cannot_be_left_out(folders: Folders) -> None:
    rewrite(folders.authored / "vaste_woorden.yaml", "no_team: het wijkteam\n", "")

    assert folders.problems() == ["dialogen/vaste_woorden.yaml:0 missing-key"]


def test_a_building_block_that_nothing_uses_is_checked_too(folders: Folders) -> None:
    block = folders.authored / "bouwstenen" / "los.yaml"
    block.write_text("block: los\nstart: weg\nnodes:\n  a:\n    end: |\n      Dag.\n")

    assert any(problem.startswith("dialogen/bouwstenen/los.yaml") for problem in folders.problems())


def test_the_words_of_a_building_block_are_translated_once(folders: Folders) -> None:
    block = folders.authored / "bouwstenen" / "groet.yaml"
    block.write_text(
        "block: groet\nstart: dag\nnodes:\n  dag:\n    say: |\n      Dag.\n    next: return\n"
    )
    dialogue = folders.authored / "ouder" / "dialoog.yaml"
    rewrite(dialogue, "next: over_wie", "next: groet")
    rewrite(
        dialogue, "  over_wie:\n", "  groet:\n    use: groet\n    next: over_wie\n  over_wie:\n"
    )
    translate(folders, "tr")

    library = folders.read()

    assert library.texts.text(Text("bouwstenen/groet/dag/text"), "tr", {}) == "tr Dag."
    assert folders.catalogue("tr", "bouwstenen.po").is_file()


def test_a_dialogue_lies_in_a_folder_of_its_own_name(folders: Folders) -> None:
    (folders.authored / "ouder").rename(folders.authored / "jongere")

    assert folders.problems() == ["dialogen/jongere/dialoog.yaml:0 wrong-value"]


def test_two_dialogues_never_share_a_link(folders: Folders) -> None:
    second = folders.authored / "tweede" / "dialoog.yaml"
    second.parent.mkdir()
    text = (folders.authored / "ouder" / "dialoog.yaml").read_text(encoding="utf-8")
    second.write_text(text.replace("dialogue: ouder", "dialogue: tweede"), encoding="utf-8")

    assert folders.problems() == ["dialogen/tweede/dialoog.yaml:0 duplicate-key"]


def test_a_link_says_which_dialogue_and_which_team(folders: Folders) -> None:
    library = folders.read()
    ouder = library.dialogues["ouder"]

    assert library.dialogue_for("t") == library.dialogue_of("t_linde") == ouder
    assert library.team_of("t_linde") == "linde"


@pytest.mark.parametrize("link", [None, "", "t", "t_weg", "x_linde_", "_", "linde"])
def test_a_link_that_says_nothing_leads_to_the_usual_dialogue_without_a_team(
    folders: Folders, link: str | None
) -> None:
    library = folders.read()

    assert library.dialogue_of(link).name == "ouder"
    assert library.team_of(link) is None


def test_the_placeholders_are_filled_from_the_profile_of_the_team(folders: Folders) -> None:
    library = folders.read()

    def said(key: str, team: str | None) -> str:
        return library.texts.text(Text(key), "nl", library.values(team))

    assert said("ouder/einde/text", "linde") == "Wijkteam Linde antwoordt binnen 3 werkdagen."
    assert "bewaar dit 14 dagen" in said("bouwstenen/waarheid/welkom/text", "linde")
    assert "bewaar dit 30 dagen" in said("bouwstenen/waarheid/welkom/text", None)
    assert said("ouder/einde/text", "weg") == "het wijkteam antwoordt binnen een paar werkdagen."


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_file_stops_the_reading(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folders = author(tmp_path_factory.mktemp("authored"))
    translate(folders, "pl")
    files = sorted(folders.authored.parent.rglob("*.yaml")) + sorted(folders.locales.rglob("*.po"))
    path = data.draw(st.sampled_from(files))
    text = path.read_bytes()
    at = data.draw(st.integers(0, len(text)))
    upto = data.draw(st.integers(at, min(len(text), at + 40)))
    noise = data.draw(st.binary(max_size=12) | st.sampled_from([b'"', b": ", b"{", b"\n", b"- "]))
    path.write_bytes(text[:at] + noise + text[upto:])

    found = Library.read(*folders)

    assert isinstance(found, Library | tuple)


# --- Helplines ----------------------------------------------------------------------------------


def test_a_number_stands_behind_the_name_and_in_the_text_in_every_language(
    folders: Folders,
) -> None:
    translate(folders, "tr")
    texts = folders.read().texts

    name, about = Text("hulplijnen/veilig_thuis/name"), Text("hulplijnen/veilig_thuis/about")

    assert texts.text(name, "nl", {}) == "Veilig Thuis: 0800-2000"
    assert texts.text(about, "nl", {}) == (
        "Niet veilig? Bel 0800-2000 of chat op veiligthuis.nl. Bellen kan altijd."
    )
    assert texts.text(about, "tr", {}) == (
        "tr Niet veilig? Bel 0800-2000 of chat op veiligthuis.nl. tr Bellen kan altijd."
    )


def test_a_number_stays_whole_in_a_language_read_from_right_to_left(folders: Folders) -> None:
    translate(folders, "ar")

    name = folders.read().texts.text(Text("hulplijnen/veilig_thuis/name"), "ar", {})

    assert name == "ar Veilig Thuis: \u20680800-2000\u2069"


def test_a_helpline_of_which_one_text_is_not_translated_is_dutch_as_a_whole(
    folders: Folders,
) -> None:
    translate(folders, "tr")
    rewrite(folders.catalogue("tr", "hulplijnen.po"), '"tr Bellen kan altijd."', '""')

    about = folders.read().texts.text(Text("hulplijnen/veilig_thuis/about"), "tr", {})

    assert about.startswith("Niet veilig?")


def test_a_number_that_was_not_checked_for_half_a_year_warns_and_stops_nothing(
    folders: Folders,
) -> None:
    library = folders.read()

    assert library.warnings(CHECKED + STALE_AFTER * DAY) == ()
    (warning,) = library.warnings(CHECKED + (STALE_AFTER + 1) * DAY)
    assert (warning.file, warning.line, warning.code) == ("dialogen/hulplijnen.yaml", 1, "stale")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("0800-2000", "bel maar", "3 wrong-value"),
        ("2026-01-01", "2026-13-01", "7 wrong-value"),
        ("2026-01-01", "gisteren", "7 wrong-value"),
        ("{nummer}", "{number}", "4 unknown-placeholder"),
        ("Bellen kan altijd.", "Bel {nummer}.", "5 unknown-placeholder"),
        ("  chat: veiligthuis.nl\n", "", "4 missing-key"),
        ("  number: 0800-2000\n", "", "2 missing-key"),
        ("hours", "uren", "5 unknown-key"),
        ("veilig_thuis", "Veilig Thuis", "1 wrong-value"),
    ],
)
def test_a_mistake_in_a_helpline_is_told_with_its_line(
    folders: Folders, old: str, new: str, problem: str
) -> None:
    rewrite(folders.authored / "hulplijnen.yaml", old, new)

    assert folders.problems() == [f"dialogen/hulplijnen.yaml:{problem}"]


# --- The gate -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", list(LANGUAGES.values())[1:], ids=list(LANGUAGES)[1:])
def test_a_complete_language_is_offered(folders: Folders, language: Language) -> None:
    translate(folders, language.code)

    library = folders.read()

    assert not library.gaps
    assert [each.code for each in library.texts.languages] == ["nl", language.code]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"tr Over wie gaat het?"', '""', "untranslated"),
        ('msgid "Over wie gaat het?"', 'msgid "Over wie?"', "outdated"),
        ('msgctxt "ouder/over_wie/text"', '#, fuzzy\nmsgctxt "ouder/over_wie/text"', "outdated"),
        ('msgctxt "ouder/over_wie/text"', 'msgctxt "ouder/weg/text"', "unknown-context"),
        ('msgctxt "ouder/over_wie/text"', 'msgctxt "ouder/over_wie/short"', "twice"),
        ('"tr Dan weet {team} dat."', '"tr Dan weten ze dat."', "placeholders"),
        ('"tr Dan weet {team} dat."', '"tr Dan weet {takim} dat."', "placeholders"),
        ('"tr Dan weet {team} dat."', '"tr Dan weet {team dat."', "placeholders"),
        ('"tr Over wie"', '"tr Over {wie}"', "placeholders"),
        ('"tr Mijn kind"', f'"{"çocuğum " * 6}"', "label-too-long"),
        ('"tr Mijn kind"', '"çocuğum\\niki"', "label-too-long"),
        ('"tr Mijn kind"', '"tr Mezelf"', "same-label"),
        ('"tr Over wie gaat het?"', f'"{"a" * 3_600}"', "text-too-long"),
        ('"tr Over wie gaat het?"', '"tr Over wie gaat het?', "catalogue"),
    ],
)
def test_a_language_with_a_mistake_in_it_is_not_offered(
    folders: Folders, old: str, new: str, code: str
) -> None:
    translate(folders, "tr")
    rewrite(folders.catalogue("tr", "ouder.po"), old, new)

    library = folders.read()

    found = {(each.file, each.code) for each in library.gaps}
    assert ("locales/tr/LC_MESSAGES/ouder.po", code) in found
    assert all(each.line > 0 for each in library.gaps if each.code == code)
    assert [language.code for language in library.texts.languages] == ["nl"]


def test_a_language_in_which_a_help_number_went_wrong_is_not_offered(folders: Folders) -> None:
    translate(folders, "tr")
    path = folders.catalogue("tr", "bouwstenen.po")
    rewrite(
        path,
        'msgstr "tr Hoi. Ik bewaar dit {bewaard_concept}. Is er gevaar? Bel 112."',
        'msgstr "tr Hoi. Ik bewaar dit {bewaard_concept}. Is er gevaar? Bel 211."',
    )

    assert [each.code for each in folders.read().gaps] == ["signs"]


@pytest.mark.parametrize("label", ["fijn", "😢 fijn", "😀fijn", "fijn 😀", "😀"])
def test_a_language_in_which_a_picture_is_another_is_not_offered(
    folders: Folders, label: str
) -> None:
    rewrite(folders.authored / "ouder" / "dialoog.yaml", "ask: choice", "ask: pictures")
    rewrite(folders.authored / "ouder" / "dialoog.yaml", "kind: Mijn kind", "kind: 😀 fijn")
    rewrite(folders.authored / "ouder" / "dialoog.yaml", "mezelf: Mezelf", "mezelf: 😢 naar")
    translate(folders, "tr")
    assert not folders.read().gaps

    rewrite(folders.catalogue("tr", "ouder.po"), 'msgstr "😀 tr fijn"', f'msgstr "{label}"')

    assert [each.code for each in folders.read().gaps] == ["signs"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('msgstr[2] "pl {aantal} dagen"', 'msgstr[2] ""', "plural-count"),
        ('msgstr[2] "pl {aantal} dagen"\n', "", "plural-count"),
        ('msgstr[2] "pl {aantal} dagen"', 'msgstr[2] "pl dagen"', "placeholders"),
        ("nplurals=3", "nplurals=4", "plural-forms"),
        ("Plural-Forms", "X-Plural-Forms", "plural-forms"),
    ],
)
def test_a_language_with_wrong_plural_forms_is_not_offered(
    folders: Folders, old: str, new: str, code: str
) -> None:
    translate(folders, "pl")
    rewrite(folders.catalogue("pl", "vaste_woorden.po"), old, new)

    assert code in {each.code for each in folders.read().gaps}


def test_a_form_for_few_may_leave_the_number_out(folders: Folders) -> None:
    translate(folders, "ar")
    catalogue = folders.catalogue("ar", "vaste_woorden.po")
    rewrite(catalogue, 'msgstr[1] "ar {aantal} dagen"', 'msgstr[1] "ar dag"')

    assert not folders.read().gaps


def test_a_text_that_is_in_no_catalogue_yet_is_missing(folders: Folders) -> None:
    translate(folders, "tr")
    folders.catalogue("tr", "hulplijnen.po").unlink()

    missing = {(each.file, each.line, each.code) for each in folders.read().gaps}

    assert missing == {("locales/tr/LC_MESSAGES/hulplijnen.po", 0, "untranslated")}


def test_a_text_without_a_letter_needs_no_translation(folders: Folders) -> None:
    translate(folders, "tr")

    library = folders.read()

    assert library.texts.text(Text("vast/help"), "tr", {}) == "🆘"
    assert "🆘" not in folders.catalogue("tr", "vaste_woorden.po").read_text(encoding="utf-8")


def test_a_folder_of_a_language_we_do_not_know_is_told_about(folders: Folders) -> None:
    for name in ("xx", "nl"):
        (folders.locales / name).mkdir()

    assert folders.problems() == ["locales/nl:0 language", "locales/xx:0 language"]


def test_a_catalogue_that_is_no_text_is_told_about(folders: Folders) -> None:
    translate(folders, "tr")
    folders.catalogue("tr", "ouder.po").write_bytes(b"\xff\xfe")

    assert "locales/tr/LC_MESSAGES/ouder.po:0 no-text" in folders.problems()


def test_who_already_talks_in_a_language_that_is_not_offered_any_more_goes_on_in_it(
    folders: Folders,
) -> None:
    translate(folders, "tr")
    rewrite(folders.catalogue("tr", "ouder.po"), '"tr Mezelf"', '""')

    texts = folders.read().texts

    assert texts.offered("tr") == "nl"
    assert texts.text(Text("ouder/over_wie/text"), "tr", {}) == "tr Over wie gaat het?"


# --- Revisions ----------------------------------------------------------------------------------


def test_a_revision_keeps_structure_and_words_in_every_offered_language(folders: Folders) -> None:
    translate(folders, "tr")
    library = folders.read()
    ouder = library.dialogues["ouder"]

    dialogue, words = read_revision(library.revision_body(ouder))

    assert dialogue.furnished(library.around) == ouder
    assert dialogue.around.teams == ()
    assert isinstance(dialogue.nodes["einde"], Ending)
    assert words["nl"]["ouder/over_wie/choices/kind"] == "Mijn kind"
    assert words["tr"]["ouder/over_wie/choices/kind"] == "tr Mijn kind"
    assert not any(key.startswith("vast/") for spoken in words.values() for key in spoken)


def test_a_revision_says_what_is_gone_now(folders: Folders) -> None:
    translate(folders, "tr")
    before = folders.read()
    _, words = read_revision(before.revision_body(before.dialogues["ouder"]))
    dialogue = folders.authored / "ouder" / "dialoog.yaml"
    rewrite(dialogue, "      mezelf: Mezelf\n", "")

    after = folders.read()

    gone = Text("ouder/over_wie/choices/mezelf")
    assert after.texts.text(gone, "tr", {}, words) == "tr Mezelf"


def test_a_node_of_another_kind_keeps_the_words_it_had(folders: Folders) -> None:
    ouder = folders.read().dialogues["ouder"]
    dialogue, words = read_revision(folders.read().revision_body(ouder))
    asked = ouder.nodes["over_wie"]
    today = structs.replace(
        ouder, nodes={**ouder.nodes, "over_wie": Ending(id="over_wie", context=asked.context)}
    )

    kept = as_it_was(dialogue, today)

    assert kept.nodes["over_wie"].context == "ouder/over_wie~"
    assert kept.nodes["einde"].context == "ouder/einde"
    assert words["nl"]["ouder/over_wie~/choices/kind"] == "Mijn kind"
    assert words["nl"]["ouder/over_wie~/text"] == words["nl"]["ouder/over_wie/text"]
    assert {node.context[-1] for node in as_it_was(dialogue, None).nodes.values()} == {"~"}


def test_the_address_of_the_chat_page_leads_to_the_team() -> None:
    books = replace(library(), site="https://samen.example")

    assert books.values("linde")["chatpagina"] == "https://samen.example/s/linde"
    assert books.values(None)["chatpagina"] == "https://samen.example/"


def test_a_library_says_what_it_is_in_a_line() -> None:
    """Asyncio words the result of what it ran, each time that it runs something. All of a library
    in words took a second, and that made ``test_access.py`` thirteen times as long."""
    assert repr(library()) == "Library(ander, jongere, kind, ouder, wie)"
