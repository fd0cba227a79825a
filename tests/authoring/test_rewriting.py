"""After a text was made better, a transcript says what is said now; what someone does stays."""

from pathlib import Path

import pytest

from bot.authoring.replay import Mismatch, Replay
from bot.authoring.rewriting import rewritten
from tests.authoring.small import SENT, library, transcript

DEEDS = """\
# Alleen wat iemand doet.
> /start t_linde

> [Begin]
> [☐ Slapen]
> [Klaar]
> we slapen slecht
>en we sleep badly
> [Klaar]
> [Alles klopt]
# En nu weg.
> [Ja, stuur het]
"""


def renewed(folder: Path, text: str, **said: str) -> str:
    found = rewritten(library(said), transcript(folder, text))
    assert isinstance(found, str), found
    return found


def test_what_still_comes_true_stays_letter_for_letter(tmp_path: Path) -> None:
    assert renewed(tmp_path, SENT) == SENT


def test_a_text_that_was_made_better_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    new = renewed(tmp_path, SENT, vertel="Waar denk je veel aan?", nakijken="Is dit goed zo?")

    assert new == SENT.replace("Waar zit je mee?", "Waar denk je veel aan?").replace(
        "< Klopt het zo?", "< Is dit goed zo?"
    )


def test_the_line_nearest_to_the_old_one_is_taken_and_only_between_its_neighbours(
    tmp_path: Path,
) -> None:
    """The line nearest of all is said later, after one that comes true."""
    kept = "< Ik bewaar dit 30 dagen, of 30 dagen na een antwoord."
    old = f"< Ik ben een computer.\n< Telegram kan dit meelezen.\n{kept}"

    new = renewed(tmp_path, SENT.replace("< Ik ben een computer.", old))

    assert f"< Ik ben een computer.\n< Is er gevaar? Bel 112.\n{kept}\n" in new


def test_lines_come_in_the_order_in_which_they_are_said(tmp_path: Path) -> None:
    turned = SENT.replace("< we slapen slecht\n< Slapen", "< Slapen\n< we slapen slecht")

    assert renewed(tmp_path, turned) == SENT


def test_what_is_said_no_more_goes_when_there_is_nothing_else(tmp_path: Path) -> None:
    text = SENT.replace("< Dank je wel.", "\n".join([f"< Regel {n}." for n in range(9)]))

    new = renewed(tmp_path, text)

    assert "Regel" not in new
    assert "< Dank je wel.\n" in new


def test_a_button_that_reads_otherwise_is_the_one_nearest_to_it_or_none(tmp_path: Path) -> None:
    text = SENT.replace("[☐ Slapen] [☐ Niet veilig]", "[☐ Niet zo veilig] [Iets heel anders]")

    assert "< Wat is nu zwaar?  [☐ Niet veilig]\n" in renewed(tmp_path, text)


def test_a_line_of_the_page_is_renewed_too(tmp_path: Path) -> None:
    text = SENT.replace("= IN HUN EIGEN WOORDEN", "= IN EIGEN WOORDEN")

    assert renewed(tmp_path, text) == SENT


def test_a_page_that_is_not_sent_any_more_leaves_no_lines(tmp_path: Path) -> None:
    text = SENT.replace("> [Ja, stuur het]", "> [Nee, nu niet]")

    assert "=" not in renewed(tmp_path, text)


def test_a_transcript_of_deeds_alone_gets_everything_that_is_said(tmp_path: Path) -> None:
    new = renewed(tmp_path, DEEDS)

    assert new.startswith("# Alleen wat iemand doet.\n> /start t_linde\n< Ik ben een computer.\n")
    assert "< Is dit goed voor jou?  [Begin] [Eerst meer weten]\n\n> [Begin]\n" in new
    assert "> we slapen slecht\n>en we sleep badly\n< Ik heb het." in new
    assert "# En nu weg.\n> [Ja, stuur het]\n< Dank je wel." in new
    assert "= | we slapen slecht\n" in new
    assert "Nog ongeveer" not in new
    assert "Gekomen" not in new
    for language in ("nl", "en"):
        passages = Replay(library(), transcript(tmp_path, new), language).passages()
        assert [passage.mismatches for passage in passages] == [()] * 8
    assert renewed(tmp_path, new) == new


@pytest.mark.parametrize("button", ["Vooruit", "Begin maar"])
def test_a_deed_that_cannot_be_done_is_told_and_nothing_is_written(
    button: str, tmp_path: Path
) -> None:
    found = rewritten(library(), transcript(tmp_path, SENT.replace("> [Begin]", f"> [{button}]")))

    assert isinstance(found, Mismatch)
    assert f"geen knop [{button}]" in found.told
