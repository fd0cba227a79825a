"""``samenspraak team``: the teams of this installation, and one more."""

import argparse
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.app import SystemClock
from bot.commands.installation import TEAMS, settings_of, teams_of
from bot.commands.terminal import OperatorError, Subparsers, ask
from bot.dialogue.vocabulary import TOPICS
from bot.library import authored_folders
from bot.teams import Team, read_teams

REPLY_DAYS = 5
"""Working days in which a new team answers, until its profile says otherwise."""


def add(subparsers: Subparsers) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("team", help="de teams bekijken, of er een toevoegen")
    deeds = parser.add_subparsers(title="wat je kunt doen", metavar="doe", required=True)
    shown = deeds.add_parser("list", help="alle teams")
    shown.set_defaults(deed=_list)
    new = deeds.add_parser("add", help="een nieuw team")
    new.add_argument("team", metavar="ID", help="korte naam, ook in de link: linde")
    profile_options(new)
    new.set_defaults(deed=_add)


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    deed: Callable[[argparse.Namespace], int] = args.deed
    return deed(args)


def profile_options(parser: argparse.ArgumentParser) -> None:
    """The options that describe a new team."""
    parser.add_argument("--name", metavar="NAAM", help="hoe het team heet: Wijkteam Linde")
    parser.add_argument("--place", metavar="PLAATS", help="waar het werkt: Lindestad")
    parser.add_argument("--phone", metavar="NUMMER", help="waar je het team belt")
    parser.add_argument(
        "--reply-days",
        metavar="DAGEN",
        type=int,
        default=REPLY_DAYS,
        help="binnen hoeveel werkdagen het team antwoordt (%(default)s)",
    )


@dataclass(frozen=True, slots=True)
class Profile:
    """What someone said about a new team; None for what they did not say."""

    name: str | None = None
    place: str | None = None
    phone: str | None = None
    reply_days: int = REPLY_DAYS

    @classmethod
    def of(cls, args: argparse.Namespace) -> "Profile":
        """What was said with the options."""
        return cls(args.name, args.place, args.phone, args.reply_days)


def add_team(
    data: Path, team: str, profile: Profile, ask: Callable[[str], str | None] = ask
) -> Path:
    """Write the profile of a new team, and return its file.

    With nothing said about it, a team that is an example becomes a copy of that. What is needed
    and was not said is asked. Raises ``OperatorError`` when the team is there already, when
    something is still missing, and when what was said cannot be; then nothing is written.
    """
    if Path(team).name != team:
        raise OperatorError("De korte naam van een team heeft alleen kleine letters en cijfers.")
    file = data / TEAMS / f"{team}.yaml"
    if file.exists():
        raise OperatorError(f"Het team {team} is er al: {file}")
    example = authored_folders().dialogues / TEAMS / file.name
    with tempfile.TemporaryDirectory() as scratch:
        written = Path(scratch) / file.name
        if example.is_file() and profile == Profile():
            shutil.copyfile(example, written)
        else:
            written.write_text(_text_of(team, profile, ask), encoding="utf-8")
        _, problems = read_teams(written.parent)
        if problems:
            raise OperatorError("\n".join(problem.message for problem in problems))
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(written, file)
    return file


def _text_of(team: str, profile: Profile, ask: Callable[[str], str | None]) -> str:
    name = profile.name or ask("Hoe heet het team?")
    place = profile.place or ask("In welke plaats werkt het?")
    phone = profile.phone or ask("Op welk nummer is het te bellen?")
    missing = [
        option
        for option, value in (("--name", name), ("--place", place), ("--phone", phone))
        if value is None
    ]
    if missing:
        raise OperatorError(f"Voor het team {team} ontbreekt nog: {', '.join(missing)}")
    fields = {"name": name, "phone": phone, "reply_days": profile.reply_days, "towns": [place]}
    return yaml.safe_dump(fields, allow_unicode=True, sort_keys=False)


def _add(args: argparse.Namespace) -> int:
    file = add_team(settings_of(args).data, args.team, Profile.of(args))
    print(f"Het team staat in {file}. Kijk het na, en start de dienst opnieuw.")
    return 0


def near_lines(team: Team, now: int) -> Iterator[str]:
    """What ``team`` has in its neighbourhood by topic, and what is to be looked at again."""
    count = len(team.nearby)
    if not count:
        yield "In de buurt: nog niets. Zet mensen en plekken onder ‘nearby’ in het profiel."
        return
    topics = [topic for topic in TOPICS if any(topic in each.topics for each in team.nearby)]
    yield f"In de buurt: {count} {'plek' if count == 1 else 'plekken'} ({', '.join(topics)})"
    for place in team.nearby:
        if place.is_stale(now):
            yield f"Langer dan een jaar niet nagekeken: {place.name} ({place.checked})"


def _list(args: argparse.Namespace) -> int:
    settings = settings_of(args)
    teams = teams_of(settings)
    now = SystemClock().now()
    for team in teams.values():
        towns = ", ".join(team.towns) or "geen plaats"
        print(f"{team.id}: {team.name} ({towns}), {settings.public_url}/t/{team.id}")
        print("\n".join(f"  {line}" for line in near_lines(team, now)))
    if not teams:
        print("Er is nog geen team. Voeg er een toe: samenspraak team add")
    return 0
