"""People and places near a team: what its profile says of them, and who reads that how."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.authored import places
from bot.authored.places import LONGEST_ABOUT, ROOM, STALE_AFTER, Place, with_places
from bot.channels.telegram_text import pieces
from bot.commands.teams import near_lines
from bot.dialogue.around import NearPlace
from bot.dialogue.message import Moment, Say, Text
from bot.dialogue.nearby import MOST, Pointer, Remark, parts
from bot.dialogue.problems import Problem
from bot.dialogue.rules_of_words import LONGEST_WITH_MORE
from bot.dialogue.tree import Nearby
from bot.dialogue.vocabulary import TOPICS
from bot.library import authored_folders
from bot.teams import Team, read_teams, remarks_on
from bot.texts import Texts
from bot.wording.languages import DUTCH, LANGUAGES
from bot.wording.moments import said_moment
from tests.authored_tree import TEAM, Folders, author, rewrite
from tests.world import library

DAY = 86_400
CHECKED = 1_791_158_400  # 5 October 2026

NEAR = """\
nearby:
  - name: Geldloket Heide
    topics: [geld, taal]
    about: Iemand kijkt met je mee naar brieven en rekeningen.
    phone: 088-000 00 11
    address: Heideweg 2
    site: loket.example/geld
    free: yes
    translated:
      en: Someone looks at letters and bills with you.
    checked: 2026-10-05
  - name: Huiskamer
    topics: [ontmoeten]
    about: Koffie en een praatje.
    address: Heideweg 4
    free: no
    checked: 2026-10-05
"""

LOKET = Place(
    "1",
    ("geld", "taal"),
    "Geldloket Heide",
    "Iemand kijkt met je mee naar brieven en rekeningen.",
    date(2026, 10, 5),
    "088-000 00 11",
    "Heideweg 2",
    "loket.example/geld",
    free=True,
    translated={"en": "Someone looks at letters and bills with you."},
    line=7,
)
HUISKAMER = Place(
    "2",
    ("ontmoeten",),
    "Huiskamer",
    "Koffie en een praatje.",
    date(2026, 10, 5),
    address="Heideweg 4",
    free=False,
    line=17,
)


def read(folder: Path, near: str = NEAR) -> tuple[tuple[Place, ...], list[str]]:
    """The places of a team with ``near`` below the rest of its profile, and the problems."""
    (folder / "linde.yaml").write_text(TEAM + near, encoding="utf-8")
    teams, problems = read_teams(folder)
    found = teams["linde"].nearby if teams else ()
    return found, [f"{each.line} {each.code}" for each in problems]


# --- Reading ------------------------------------------------------------------------------------


def test_places_are_read_as_a_team_wrote_them(tmp_path: Path) -> None:
    assert read(tmp_path) == ((LOKET, HUISKAMER), [])


def test_the_core_knows_of_a_place_what_it_is_for_when_it_was_checked_and_what_it_costs(
    tmp_path: Path,
) -> None:
    read(tmp_path)

    (team,) = read_teams(tmp_path)[0].values()

    noon = CHECKED + DAY // 2
    assert team.place.nearby == (
        NearPlace("teams/linde/1", ("geld", "taal"), noon, free=True),
        NearPlace("teams/linde/2", ("ontmoeten",), noon, free=False),
    )


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("name: Huiskamer", "naam: Huiskamer", "17 unknown-key"),
        ("name: Huiskamer", "name: geldloket heide", "17 duplicate-key"),
        ("name: Huiskamer", f"name: {'a' * 61}", "17 too-long"),
        ("topics: [ontmoeten]", "topics: ontmoeten", "18 wrong-shape"),
        ("topics: [ontmoeten]", "topics: []", "18 missing-key"),
        ("topics: [ontmoeten]", "topics: [therapie]", "18 wrong-value"),
        ("about: Koffie en een praatje.", f"about: {'a' * (LONGEST_ABOUT + 1)}", "19 too-long"),
        (
            "about: Koffie en een praatje.",
            "about: Bij {team} om de hoek.",
            "19 unknown-placeholder",
        ),
        ("    address: Heideweg 4\n", "", "17 missing-key"),
        ("address: Heideweg 4", "phone: bel maar", "20 wrong-value"),
        ("address: Heideweg 4", "site: https://x.example", "20 wrong-value"),
        ("free: no", "free: soms", "21 wrong-value"),
        ("checked: 2026-10-05\n  - name", "checked: 2026-13-05\n  - name", "16 wrong-value"),
        ("      en: Someone", "      nl: Someone", "15 unknown-key"),
        ("      en: Someone", "      en: {x: y} Someone", "15 yaml-error"),
        ("translated:\n      en: Someone", "translated: Someone", "14 wrong-shape"),
        ("nearby:\n", "nearby: niets\nhours: |\n", "6 wrong-shape"),
    ],
)
def test_a_mistake_in_a_place_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    assert NEAR.count(old) == 1

    found, told = read(tmp_path, NEAR.replace(old, new))

    assert problem in told
    assert found == ()


def test_a_text_of_a_place_stands_on_one_line(tmp_path: Path) -> None:
    two = "about: |\n      Koffie.\n      En een praatje.\n"

    assert read(tmp_path, NEAR.replace("about: Koffie en een praatje.\n", two))[1] == [
        "19 too-long"
    ]


def test_every_mistake_is_told_at_once_in_dutch_with_what_to_do(tmp_path: Path) -> None:
    broken = NEAR.replace("[ontmoeten]", "[therapie]").replace("    address: Heideweg 4\n", "")
    (tmp_path / "linde.yaml").write_text(TEAM + broken, encoding="utf-8")

    _, problems = read_teams(tmp_path)

    assert [problem.message for problem in problems] == [
        "In ‘topics’ hoort een van: ‘geld’, ‘werk’, ‘wonen’, ‘ontmoeten’, ‘sport’, ‘ouders’,"
        " ‘school’, ‘jongeren’, ‘zorgen’, ‘handje’, ‘taal’, ‘gezondheid’.",
        "Hoe komt iemand hier? Zet er één bij: ‘phone’, ‘address’, ‘site’.",
    ]


# --- Words --------------------------------------------------------------------------------------


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return author(tmp_path)


WORDS = {"vast/nearby_in_dutch": "In Dutch: ‘{wat}’"}

KEYS = ("nearby_name", "nearby_place", "nearby_in_dutch", "nearby_beside", "nearby_zorgen")
FILLED = {name: f"{{{name}}}" for name in ("soort", "naam", "wat", "bereik", "dag", "team")}
"""Fills each placeholder with itself, to have the words as they were written."""


@pytest.mark.parametrize(
    ("language", "place", "about"),
    [
        ("nl", "1", "Iemand kijkt met je mee naar brieven en rekeningen."),
        ("en", "1", "Someone looks at letters and bills with you."),
        ("nl", "2", "Koffie en een praatje."),
        ("en", "2", "In Dutch: ‘Koffie en een praatje.’"),
        ("tr", "2", "In Dutch: ‘Koffie en een praatje.’"),
        ("ar", "2", "In Dutch: ‘\u2068Koffie en een praatje.\u2069’"),
    ],
)
def test_a_sentence_that_nobody_translated_stands_there_in_dutch_and_says_so(
    language: str, place: str, about: str
) -> None:
    said = with_places(WORDS, {"linde": (LOKET, HUISKAMER)}, LANGUAGES[language])

    assert said[f"teams/linde/{place}/about"] == about


def test_where_to_go_stands_on_one_line() -> None:
    said = with_places({}, {"linde": (LOKET,)}, DUTCH)

    assert said["teams/linde/1/name"] == "Geldloket Heide"
    assert said["teams/linde/1/reach"] == "088-000 00 11 · Heideweg 2 · loket.example/geld"


def test_what_is_read_from_the_left_stays_so_in_a_language_from_the_right() -> None:
    said = with_places({}, {"linde": (HUISKAMER,)}, LANGUAGES["ar"])

    assert said["teams/linde/2/name"] == "\u2068Huiskamer\u2069"
    assert said["teams/linde/2/reach"] == "\u2068Heideweg 4\u2069"


def test_where_our_own_words_are_not_translated_it_is_dutch_as_a_whole() -> None:
    said = with_places({}, {"linde": (HUISKAMER,)}, LANGUAGES["tr"])

    assert "teams/linde/2/about" not in said


def test_each_topic_has_a_name_in_every_language_that_is_offered() -> None:
    texts = library().texts

    for language in texts.languages:
        names = [texts.text(Text(f"vast/nearby_{each}"), language.code, {}) for each in TOPICS]
        assert len(set(names)) == len(TOPICS)


def test_a_day_that_may_be_long_ago_is_said_with_its_year() -> None:
    at = CHECKED + DAY // 2

    assert said_moment(at, "nl", clock=False, year=True) == "5 oktober 2026"
    assert said_moment(at, "en", clock=False, year=True) == "5 October 2026"
    day = Moment(at, clock=False, year=True)
    moment = Text("vast/nearby_place", {"wat": "A", "bereik": "B", "dag": day})
    assert library().texts.text(moment, "nl", {}).endswith("Nagekeken op 5 oktober 2026.")


def test_three_places_at_their_longest_below_a_long_text_are_one_message_on_telegram() -> None:
    about, way, site = "a" * LONGEST_ABOUT, "0" * 20, f"{'s' * 60}.example/{'s' * 60}"
    longest = [
        Place(str(number), ("zorgen",), "n" * 60, about, date(2026, 9, 30), way, "b" * 100, site)
        for number in range(MOST)
    ]
    node = Nearby(id="b", context="proef/b", routes=(), wanted=())
    said = parts(Remark(node, tuple(Pointer(one.near("linde"), "zorgen") for one in longest)))

    for language in library().texts.languages:
        words = with_places(
            {
                f"vast/{key}": library().texts.text(Text(f"vast/{key}"), language.code, FILLED)
                for key in KEYS
            }
            | {"proef/b/text": "t" * LONGEST_WITH_MORE},
            {"linde": longest},
            language,
        )
        message = Texts(words, {}, ()).say(Say(said, 1), DUTCH.code, {"team": "n" * 60})

        assert len(message.lines) == 2 + 2 * MOST
        assert len(pieces(message)) == 1


# --- Remarks ------------------------------------------------------------------------------------


def remarks(folders: Folders, near: str, now: int = CHECKED) -> list[Problem]:
    """What ``check`` says of the team when ``near`` stands in its profile."""
    (folders.teams / "linde.yaml").write_text(TEAM + near, encoding="utf-8")
    return [each for each in folders.read().warnings(now) if each.file == "teams/linde.yaml"]


def test_a_place_that_was_not_checked_for_a_year_warns_and_is_still_there(
    folders: Folders,
) -> None:
    old = NEAR.replace("praatje.\n", "praatje.\n    phone: '088'\n")

    assert remarks(folders, old, CHECKED + STALE_AFTER * DAY) == []
    found = remarks(folders, old, CHECKED + (STALE_AFTER + 1) * DAY)
    assert [(each.line, each.code) for each in found] == [(7, "stale"), (17, "stale")]
    assert "‘Geldloket Heide’ is 366 dagen niet nagekeken." in found[0].message
    assert len(folders.read().teams["linde"].nearby) == 2


def test_a_sentence_about_a_place_is_held_against_the_words_and_the_length_of_ours(
    folders: Folders,
) -> None:
    said = NEAR.replace("Koffie en een praatje.", "Je moet wel bellen.")

    (found,) = remarks(folders, said)

    assert (found.line, found.code) == (19, "avoided-word")
    long = NEAR.replace("Koffie en een praatje.", "Koffie " + "en thee " * 8 + "voor jou.")
    (found,) = remarks(folders, long)
    assert (found.line, found.code) == (17, "hard-to-read")
    assert "heeft 19 woorden; hoogstens 15" in found.message


def test_a_translation_is_held_against_the_words_of_its_own_language(folders: Folders) -> None:
    rewrite(
        folders.authored / "woordkeuze.yaml",
        "nl:\n",
        "en:\n  must:\n    words: [must]\n    use: you can\n    reason: You choose here.\nnl:\n",
    )
    both = NEAR.replace("Someone looks at letters", "You must bring moet letters")

    (found,) = remarks(folders, both)

    assert (found.line, found.code) == (7, "avoided-word")
    assert "‘must’" in found.message
    polish = both.replace("      en:", "      pl:")
    assert remarks(folders, polish) == []


def test_of_a_profile_that_went_meanwhile_only_what_was_read_is_told(tmp_path: Path) -> None:
    long = replace(HUISKAMER, about="Koffie " + "en thee " * 8)
    team = Team("linde", "Wijkteam Linde", "088", 3, nearby=(long,))

    assert [each.code for each in remarks_on(tmp_path, [team], {})] == ["hard-to-read"]


def test_names_and_addresses_near_are_their_own(folders: Folders) -> None:
    named = NEAR.replace("Huiskamer", "Moet").replace("Heideweg 4", "Moet 4")

    assert remarks(folders, named) == []


def test_the_list_of_teams_counts_what_is_near_and_names_what_is_old(tmp_path: Path) -> None:
    read(tmp_path, NEAR.replace("free: no\n    checked: 2026", "free: no\n    checked: 2024"))
    (team,) = read_teams(tmp_path)[0].values()

    assert list(near_lines(team, CHECKED)) == [
        "In de buurt: 2 plekken (geld, ontmoeten, taal)",
        "Langer dan een jaar niet nagekeken: Huiskamer (2024-10-05)",
    ]


def test_the_list_of_teams_says_how_to_begin_where_nothing_is_near(tmp_path: Path) -> None:
    read(tmp_path, "")
    (team,) = read_teams(tmp_path)[0].values()

    assert list(near_lines(team, CHECKED)) == [
        "In de buurt: nog niets. Zet mensen en plekken onder ‘nearby’ in het profiel."
    ]


def test_the_places_we_ship_do_not_exist_and_are_easy_to_read() -> None:
    teams, problems = read_teams(authored_folders().dialogues / ROOM)

    assert not problems
    for team in teams.values():
        assert team.nearby
        assert not list(places.too_long(team.file, team.nearby))
        for place in team.nearby:
            assert place.phone.startswith("088-000 00 ") or not place.phone
            assert place.site.endswith(".example") or not place.site


def test_only_who_tells_of_their_own_life_is_pointed_at_something_near() -> None:
    """Who tells of a family that is not there would get a solution for someone who asked nothing
    (``dialogen/README.md``); a child of 8 to 11 does not go there alone."""
    dialogues = library().dialogues.values()

    pointing = {
        one.name
        for one in dialogues
        if any(isinstance(node, Nearby) for node in one.nodes.values())
    }

    assert pointing == {"ouder", "jongere"}
