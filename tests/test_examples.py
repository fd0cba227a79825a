"""What the example conversations show: every node, all of safety and consent, and the features.

``pytest -s`` prints how much is passed, and which features nothing shows yet.
"""

import ast
import re
from pathlib import Path

import pytest

from bot.authoring.coverage import Covered, covered, everything, told
from bot.authoring.essentials import CONTROLS, essential
from bot.authoring.transcript import Transcript, transcripts
from bot.authoring.wordings import InDutch
from bot.library import Library, authored_folders
from tests.world import library

HOUSE = Path(__file__).resolve().parent.parent
DIALOGUES = authored_folders().dialogues
README = DIALOGUES / "README.md"
READ = [Transcript.read(path) for path in transcripts(DIALOGUES)]

BOOKS = library()
NAMES = sorted(BOOKS.dialogues)

FEATURES = {
    1: "Op de pagina staat wie al gehoord is en wie nog niet; elke stem apart.",
    2: "Wat iemand zegt, staat er woord voor woord.",
    3: "Wat iemand hoopt, voor zichzelf en ook voor anderen.",
    4: "Eén kleine stap, door henzelf gekozen.",
    5: "Breed kijken: slapen, geld, huis, school, vrienden.",
    6: "Vanaf zestien ook: een plek om te wonen, en rondkomen.",
    7: "Woorden als ‘moeten’ en etiketten komen niet door de keuring.",
    8: "Een naam voor wat er is, blijft van hen. De vraag is wat ze zien, en wanneer niet.",
    9: "Wie geeft kracht, wie kost kracht, en wie kan iets doen.",
    10: "Geen raad en geen oplossing: eerst het hele verhaal.",
    11: "Wie vindt het belangrijk dat het goed gaat, en wie zou willen meedenken?",
    12: "Denken aan plekken: thuis, school, sport, straat, ouders van klasgenoten.",
    13: "Een vraag waar al een antwoord in zit, wordt herkend en blijft staan.",
    14: "Daarna gaat die vraag open: wat is er dan anders, en wie merkt dat het eerst?",
    15: "Waar iemand mee zit, wat anders mag, en wie daarbij kan helpen.",
    16: "De volgorde van samen beslissen, en hoe iemand zelf wil kiezen.",
    19: "Mensen en plekken in de buurt, per team.",
    20: "Zien wat er gestuurd wordt, en het veranderen of terugnemen. Veiligheid apart.",
    21: "Iedereen kan zo beginnen: geen account, geen verwijzing, dag en nacht.",
    22: "Aan het roer: overslaan, terug, later, weg, wissen; en zeggen waar je over wilt praten.",
    23: "Wat al helpt en wat al geprobeerd is, komt eerst.",
    24: "Kort, zonder testen en zonder scores.",
    25: "Zelf zeggen wat met elkaar samenhangt.",
    26: "Wat er nu gebeurt: wie, wanneer, en hoe het ervoor staat.",
    27: "Het kind staat bovenaan. Is het nog niet gehoord, dan staat dat er.",
    30: "Eerst wat goed gaat.",
    31: "‘Ermee leren leven’ is ook een antwoord. Er wordt niets beloofd.",
    32: "Samen kiezen: drie vragen om mee te nemen, en na het gesprek drie aan beide kanten.",
    34: "Eerst wat je zelf kunt, dan de mensen om je heen, dan het team.",
    35: "Een bijeenkomst met eigen mensen: wie je uitnodigt, en met welke woorden.",
    36: "Alles is van het gezin: bekijken, terugnemen, meenemen als bestand.",
    38: "Kinderen en jongeren doen mee, op hun eigen manier.",
    39: "Twee stemmen naast elkaar, en los van elkaar. Delen doet ieder zelf, stuk voor stuk.",
    40: "De vraag en de mensen eromheen in één gesprek.",
    43: "Bij elk mens: wat die kan of wil, en of het al gevraagd is.",
}
"""The features that a conversation, or a named test, is to show, by the number of their row."""

NAMED = {
    7: [
        "tests/test_tone.py::test_what_we_ship_says_nothing_that_is_better_left_unsaid",
    ],
    21: [
        "tests/web/test_chat.py::test_the_first_page_says_what_this_is_and_has_one_button_to_begin",
    ],
    24: [
        "tests/test_measure.py::test_no_story_asks_more_than_25_questions_or_10_minutes",
    ],
    26: [
        "tests/test_after.py::test_my_page_tells_what_became_of_it",
    ],
    32: [
        "tests/test_after_talk.py::test_after_a_talk_both_sides_may_say_how_it_was_and_read_each_other",
    ],
    36: [
        "tests/test_after.py::test_everything_of_mine_comes_as_a_file_once",
    ],
    38: [
        "tests/test_measure.py::test_a_young_persons_signal_takes_six_taps_and_no_letter",
    ],
    39: [
        "tests/test_invitations.py::test_who_opens_it_tells_in_the_same_case_and_team_in_a_dialogue_of_their_own",
        "tests/test_invitations.py::test_one_voice_erases_itself_and_spares_the_others",
        "tests/test_sharing.py::test_nobody_learns_whether_an_invitation_was_used",
        "tests/test_sharing.py::test_what_was_chosen_is_read_by_the_other_and_nothing_else",
    ],
}
"""The tests that show a feature of which a conversation shows only half."""

HEADING = "## Wat de voorbeeldgesprekken laten zien\n"


@pytest.fixture(scope="module")
def books() -> Library:
    return BOOKS


@pytest.fixture(scope="module")
def passed(books: Library) -> dict[str, Covered]:
    return {name: covered(books, books.dialogues[name], READ) for name in NAMES}


# --- Coverage -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_node_is_in_an_example(name: str, books: Library, passed: dict[str, Covered]) -> None:
    dutch = InDutch(books.dialogues[name], books.texts, books.values(None))
    lines = list(told(everything(books.dialogues[name]), passed[name], dutch))
    print(f"\n{lines[0]}")

    assert set(books.dialogues[name].nodes) == passed[name].nodes, "\n".join(lines)


@pytest.mark.parametrize("name", NAMES)
def test_all_of_safety_and_consent_is_in_an_example(
    name: str, books: Library, passed: dict[str, Covered]
) -> None:
    dutch = InDutch(books.dialogues[name], books.texts, books.values(None))
    grave = essential(dutch)

    assert not grave - passed[name], "\n".join(told(grave, passed[name], dutch))


def test_the_engines_own_buttons_about_safety_and_consent_are_in_an_example(
    passed: dict[str, Covered],
) -> None:
    tapped = {code for each in passed.values() for code in each.taps}

    assert CONTROLS.keys() <= tapped


# --- Features -------------------------------------------------------------------------------------


def table() -> list[str]:
    """A line for each feature that can be seen somewhere, as it stands in the manual."""
    lines = []
    for row, what in FEATURES.items():
        shown = [one for one in READ if row in one.rows]
        dialogues = ", ".join(dict.fromkeys(one.dialogue for one in shown))
        places = [*(f"{one.dialogue}/{one.name}" for one in shown), *NAMED.get(row, [])]
        if places:
            listed = ", ".join(f"`{place}`" for place in places)
            lines.append(f"| {row} | {what} | {dialogues or 'alle'} | {listed} |")
    return lines


def written() -> list[str]:
    """The lines of the table in the manual for authors."""
    readme = README.read_text(encoding="utf-8")
    part = readme.split(HEADING)[1].split("\n## ")[0]
    return re.findall(r"^\| \d+ \| .*$", part, re.MULTILINE)


def test_the_table_of_features_says_where_each_can_be_seen() -> None:
    """``python -m tests.test_examples`` writes it anew."""
    lacking = [
        row for row in FEATURES if not any(line.startswith(f"| {row} |") for line in table())
    ]
    print(f"\n{len(table())} of {len(FEATURES)} features are shown; nothing shows {lacking} yet")

    assert written() == table()


@pytest.mark.parametrize("place", [place for each in NAMED.values() for place in each])
def test_a_test_that_is_named_is_there(place: str) -> None:
    file, _, test = place.partition("::")
    tree = ast.parse((HOUSE / file).read_text(encoding="utf-8"))
    names = [getattr(node, "name", "") for node in tree.body]

    assert test in names


def test_a_conversation_shows_no_other_features() -> None:
    named = {row for one in READ for row in one.rows}

    assert named <= FEATURES.keys()


def write_the_table() -> None:
    """Bring the table in the manual up to date with what the conversations say they show."""
    readme = README.read_text(encoding="utf-8")
    before, part = readme.split(HEADING)
    kept, _, rest = part.partition("\n## ")
    intro = re.split(r"^\| \d+ \| ", kept, maxsplit=1, flags=re.MULTILINE)[0].rstrip("\n")
    lines = "\n".join(table())
    README.write_text(f"{before}{HEADING}{intro}\n{lines}\n\n## {rest}", encoding="utf-8")


if __name__ == "__main__":
    write_the_table()
