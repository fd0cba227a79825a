import re
from pathlib import Path

import pytest

from bot.dialogue.around import TeamPlace
from bot.dialogue.vocabulary import PLACEHOLDERS
from bot.library import authored_folders
from bot.teams import LONGEST_KEPT, Team, read_teams, values_for
from tests.authored_tree import TEAM

WHOLE = """\
name: Dorpenteam Heide
phone: 088-000 00 02
reply_days: 5
towns:
  - Kleine Heide
  - Zandwijk
postcodes: [0021, 002]
draft_days: 7
page_days: 10
languages: [nl, pl]
hours: Elke werkdag.
how_to_reach_otherwise: Loop binnen.
pin: yes
"""


def problems_of(folder: Path, text: str, name: str = "heide") -> list[str]:
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    _, problems = read_teams(folder)
    return [f"{each.file}:{each.line} {each.code}" for each in problems]


def test_a_team_is_read_as_it_tells_about_itself(tmp_path: Path) -> None:
    (tmp_path / "heide.yaml").write_text(WHOLE, encoding="utf-8")

    teams, problems = read_teams(tmp_path)

    assert not problems
    assert teams == {
        "heide": Team(
            id="heide",
            name="Dorpenteam Heide",
            phone="088-000 00 02",
            reply_days=5,
            towns=("Kleine Heide", "Zandwijk"),
            postcodes=("0021", "002"),
            draft_days=7,
            page_days=10,
            languages=("nl", "pl"),
            hours="Elke werkdag.",
            how_to_reach_otherwise="Loop binnen.",
            pin=True,
        )
    }
    assert teams["heide"].place == TeamPlace(
        "heide", "Dorpenteam Heide", ("Kleine Heide", "Zandwijk"), ("0021", "002"), pin=True
    )


def test_what_a_team_leaves_out_is_as_long_as_it_can_be_and_in_dutch(tmp_path: Path) -> None:
    (tmp_path / "linde.yaml").write_text(TEAM.replace("draft_days: 14\n", ""), encoding="utf-8")

    (team,) = read_teams(tmp_path)[0].values()

    assert (team.draft_days, team.page_days) == (LONGEST_KEPT, LONGEST_KEPT)
    assert team.languages == ("nl",)
    assert not team.pin


def test_the_manual_tells_every_key_of_a_profile() -> None:
    manual = (authored_folders().dialogues / "README.md").read_text(encoding="utf-8")
    about = manual.split("## Een team\n")[1].split("\n## ")[0]

    told = re.findall(r"^\| `(\w+)` \|", about, re.MULTILINE)

    assert sorted(told) == sorted(set(Team.__struct_fields__) - {"id"})


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("name: Dorpenteam Heide\n", "", "1 missing-key"),
        ("name: Dorpenteam Heide", "name: ''", "1 missing-key"),
        ("name: Dorpenteam Heide", f"name: {'a' * 61}", "1 too-long"),
        ("name: Dorpenteam Heide", "name: [Dorpenteam]", "1 wrong-shape"),
        ("name: Dorpenteam Heide", "name: Team #1", "1 text-lost"),
        ("hours:", "uren:", "11 unknown-key"),
        ("phone: 088-000 00 02", "phone: bel maar", "2 wrong-value"),
        ("reply_days: 5", "reply_days: vijf", "3 wrong-value"),
        ("pin: yes", "pin: 1234", "13 wrong-value"),
        ("reply_days: 5", "reply_days: 0", "3 wrong-value"),
        ("draft_days: 7", "draft_days: 31", "8 wrong-value"),
        ("page_days: 10", "page_days: 31", "9 wrong-value"),
        ("page_days: 10", "page_days: -1", "9 wrong-value"),
        ("  - Zandwijk", "  - kleine heide", "6 duplicate-key"),
        ("[0021, 002]", "[3511AB]", "7 wrong-value"),
        ("[0021, 002]", "0021", "7 wrong-shape"),
        ("[nl, pl]", "[nl, klingon]", "10 wrong-value"),
        ("[nl, pl]", "[nl, [pl]]", "10 wrong-value"),
    ],
)
def test_a_mistake_in_a_profile_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    assert old in WHOLE

    assert problems_of(tmp_path, WHOLE.replace(old, new)) == [f"teams/heide.yaml:{problem}"]
    assert "heide" not in read_teams(tmp_path)[0]


@pytest.mark.parametrize("name", ["Heide", "de heide", "é", "a" * 31])
def test_the_name_of_the_file_can_stand_in_a_link(tmp_path: Path, name: str) -> None:
    assert problems_of(tmp_path, WHOLE, name) == [f"teams/{name}.yaml:0 wrong-value"]


def test_a_file_that_cannot_be_read_is_told_about(tmp_path: Path) -> None:
    (tmp_path / "heide.yaml").write_bytes(b"\xff")
    (tmp_path / "linde.yaml").write_text("", encoding="utf-8")

    teams, problems = read_teams(tmp_path)

    assert not teams
    assert [problem.file for problem in problems] == ["teams/heide.yaml", "teams/linde.yaml"]


def test_two_teams_never_have_one_name(tmp_path: Path) -> None:
    problems_of(tmp_path, WHOLE, "a")

    assert problems_of(tmp_path, WHOLE.replace("Dorpenteam", "DORPENTEAM"), "b") == [
        "teams/b.yaml:0 duplicate-key"
    ]


def test_two_teams_may_work_in_one_town(tmp_path: Path) -> None:
    problems_of(tmp_path, WHOLE, "a")

    assert not problems_of(tmp_path, WHOLE.replace("Dorpenteam", "Wijkteam"), "b")


def test_a_folder_that_is_not_there_has_no_teams(tmp_path: Path) -> None:
    assert read_teams(tmp_path / "weg") == ({}, ())


def test_every_placeholder_an_author_may_use_is_filled() -> None:
    team = Team("linde", "Wijkteam Linde", "088-000 00 01", 3, draft_days=14, page_days=21)

    values = values_for(team)

    assert set(values) == set(PLACEHOLDERS) - {"chatpagina"}  # that one comes from the site
    assert values["team"] == "Wijkteam Linde"
    assert values["bewaard_concept"] == 14


def test_before_there_is_a_team_the_longest_time_is_told() -> None:
    assert values_for(None) == {"bewaard_concept": LONGEST_KEPT, "bewaard_pagina": LONGEST_KEPT}


def test_the_examples_we_ship_are_teams_that_do_not_exist() -> None:
    teams, problems = read_teams(authored_folders().dialogues / "teams")

    assert not problems
    assert "linde" in teams
    assert len(teams) > 1
    assert all(team.phone.startswith("088-000 00 ") for team in teams.values())
