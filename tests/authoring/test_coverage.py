"""What the example conversations pass of a dialogue, and what no dialogue may leave without one."""

from pathlib import Path

from bot.authoring.coverage import Covered, covered, everything, shortened, told
from bot.authoring.essentials import essential
from bot.authoring.transcript import Transcript
from bot.authoring.wordings import OTHERWISE, InDutch
from bot.library import authored_folders
from tests.authoring.small import SENT, library, transcript
from tests.world import library as shipped

UNSAFE = """\
> /start t_linde
> [Eerst meer weten]
> [☐ Niet veilig]
> [Klaar]
> [Thuis]
> [Sla over]
> /erase
> [Nee, bewaar het]
> [Alles klopt]
> [Nee, nu niet]
"""


def passed(folder: Path, *texts: str) -> Covered:
    books = library()
    read = [transcript(folder, text, f"{n}.txt") for n, text in enumerate(texts)]
    return covered(books, books.dialogues["proef"], read)


def test_what_was_shown_chosen_and_taken_counts(tmp_path: Path) -> None:
    found = passed(tmp_path, SENT)

    assert found.nodes == {
        "waarheid/welkom", "waarheid/begin", "zwaar", "vertel", "nakijken", "sturen", "einde"
    }  # fmt: skip
    assert ("zwaar", "slapen") in found.choices
    assert ("sturen", "send") in found.choices
    assert ("zwaar", 1) in found.routes
    assert ("sturen", 0) in found.routes
    assert found.taps == {"-done", "-agree"}


def test_two_conversations_pass_more_than_one(tmp_path: Path) -> None:
    there = everything(library().dialogues["proef"])
    missed = there - passed(tmp_path, SENT, UNSAFE)

    assert missed.nodes == {"samen"}, "what is passed in silence was not shown"
    assert missed.choices == {("veilig", "buiten"), ("samen", "slapen"), ("samen", "veilig")}
    assert missed.routes == {("veilig", 1)}
    assert bool(missed)
    assert not there - there


def test_what_is_near_counts_when_something_was_named() -> None:
    books, folder = shipped(), authored_folders().dialogues / "ouder" / "gesprekken"

    def passed_by(name: str) -> set[str]:
        read = [Transcript.read(folder / f"{name}.txt")]
        return covered(books, books.dialogues["ouder"], read).nodes

    assert "in_de_buurt" in passed_by("in_de_buurt")
    assert "in_de_buurt" not in passed_by("bijna_alles_overgeslagen")


def test_who_does_not_send_takes_the_other_way_out(tmp_path: Path) -> None:
    found = passed(tmp_path, UNSAFE)

    assert ("sturen", OTHERWISE) in found.routes
    assert ("sturen", "keep") in found.choices
    assert "-erase" in found.taps


def test_safety_the_truth_and_consent_may_not_be_left_without_an_example() -> None:
    books = library({"rustig": "Bel bij gevaar 112."})
    grave = essential(InDutch(books.dialogues["proef"], books.texts, books.values(None)))

    assert grave.nodes == {
        "waarheid/welkom", "waarheid/begin", "waarheid/meer",
        "dichtbij", "veilig", "rustig",
        "nakijken", "sturen",
    }  # fmt: skip
    assert grave.choices == {
        ("waarheid/begin", "begin"), ("waarheid/begin", "meer"),
        ("zwaar", "veilig"), ("veilig", "thuis"), ("veilig", "buiten"),
        ("sturen", "send"), ("sturen", "keep"),
    }  # fmt: skip
    assert {("zwaar", 0), ("veilig", 0), ("veilig", 1), ("sturen", OTHERWISE)} <= grave.routes
    assert ("zwaar", 1) not in grave.routes


def test_what_is_missed_is_told_as_an_author_reads_it(tmp_path: Path) -> None:
    books = library()
    dutch = InDutch(books.dialogues["proef"], books.texts, books.values(None))

    lines = list(told(everything(books.dialogues["proef"]), passed(tmp_path, SENT), dutch))

    assert lines[0] == "proef: 7 van 13 stappen, 3 van 10 keuzes, 7 van 15 wegen."
    assert "  stap veilig: Waar voelt het niet veilig?" in lines
    assert "  keuze bij veilig: [Thuis]" in lines
    assert "  weg van zwaar naar dichtbij: ‘Niet veilig’" in lines
    assert "  weg van sturen naar bewaard: Nee, nu niet" in lines


def test_a_long_text_is_shortened_between_words() -> None:
    assert shortened("kort") == "kort"
    assert shortened("een zin die langer is, dan er past", 22) == "een zin die langer …"
