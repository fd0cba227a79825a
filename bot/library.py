"""All that people author, checked together: dialogues, words, teams and helplines."""

import dataclasses
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

import bot
from bot.authored.dutch import HELPLINES_FILE, Authored, read_authored
from bot.authored.helplines import Helpline, called_for, closed_at, open_first, stale, with_numbers
from bot.authored.places import stale as stale_places
from bot.authored.places import with_places
from bot.dialogue.around import Around, TeamPlace
from bot.dialogue.problems import Problem
from bot.dialogue.tree import Among, Dialogue, Node
from bot.dialogue.vocabulary import BEGINS, VoiceKind
from bot.teams import Team, read_teams, remarks_on, values_for
from bot.texts import Texts
from bot.wording.languages import DUTCH, LANGUAGES, Language
from bot.wording.translations import Translations, read_translations
from bot.wording.words import Forms, Values, folded

DEFAULT_LINK = "t"
"""The letter of the usual dialogue: that of parents and carers."""

CHOOSER = "wie"
"""The dialogue for whoever comes without a link, or with one that is not known: it asks who they
are, and begins the dialogue that is theirs."""


INVITATION = "i_"
"""What the link of an invitation begins with; no dialogue can have this letter (``links:``)."""


class Folders(NamedTuple):
    """Where the authored files are."""

    dialogues: Path
    locales: Path


def authored_folders() -> Folders:
    """``dialogen`` and ``locales`` of the checkout; without one, their copies in the package."""
    package = Path(bot.__file__).resolve().parent
    checkout = package.parent
    home = checkout if (checkout / "pyproject.toml").is_file() else package
    return Folders(home / "dialogen", home / "locales")


class Revision(msgspec.Struct, frozen=True):
    """A dialogue as it was, with its words by language and key."""

    dialogue: Dialogue
    words: dict[str, dict[str, str]]


KEPT = "~"
"""Stands behind the context of a node that is said in the words that were kept with it."""


def read_revision(body: bytes) -> tuple[Dialogue, dict[str, dict[str, str]]]:
    """What ``Library.revision_body`` kept: the dialogue, bare, and its words by language.

    The words are there twice: as they were, and for a node in its own words (``as_it_was``).
    """
    revision = msgspec.json.decode(body, type=Revision)
    words = {
        code: {**spoken, **{_kept(key): text for key, text in spoken.items()}}
        for code, spoken in revision.words.items()
    }
    return revision.dialogue, words


def as_it_was(dialogue: Dialogue, today: Dialogue | None) -> Dialogue:
    """A stored ``dialogue``, where every node that is of another kind ``today`` keeps its words.

    The newer words of such a node ask for another answer. Without a ``today`` all keep theirs.
    """
    kinds = {} if today is None else {node.context: type(node) for node in today.nodes.values()}
    own = {
        node.context
        for node in dialogue.nodes.values()
        if today is None or kinds.get(node.context, type(node)) is not type(node)
    }
    nodes = {name: _in_own_words(node, own) for name, node in dialogue.nodes.items()}
    return replace(dialogue, nodes=nodes)


def _in_own_words(node: Node, own: Container[str]) -> Node:
    if isinstance(node, Among) and node.labels in own:
        node = replace(node, labels=node.labels + KEPT)
    return replace(node, context=node.context + KEPT) if node.context in own else node


def _kept(key: str) -> str:
    """The key of the same text of a node in its own words."""
    context, choices, code = key.partition("/choices/")
    if choices:
        return f"{context}{KEPT}{choices}{code}"
    context, _, name = key.rpartition("/")
    return f"{context}{KEPT}/{name}"


@dataclass(frozen=True, slots=True, repr=False)
class Library:
    """All that is authored, without a problem in it.

    ``dialogues`` are furnished with teams, helplines, languages and signal words. ``gaps`` are the
    problems in translations: each keeps a language from being offered, and none keeps the service
    from starting, as a better Dutch sentence makes every translation of it old. ``site`` is the
    address of the web pages and ``bot`` the name of the bot on Telegram, once they are known.
    """

    dialogues: dict[str, Dialogue]
    texts: Texts
    teams: dict[str, Team]
    helplines: tuple[Helpline, ...]
    around: Around
    gaps: tuple[Problem, ...] = ()
    _words: Mapping[str, Mapping[str, Forms]] = field(default_factory=dict)
    _spoken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _helplines_file: str = ""
    _remarks: tuple[Problem, ...] = ()
    site: str = ""
    bot: str = ""

    def __repr__(self) -> str:
        """Short: all of it takes a second, and asyncio asks for it each time that it runs."""
        return f"Library({', '.join(self.dialogues)})"

    @classmethod
    def read(cls, authored: Path, locales: Path, teams: Path) -> "Library | tuple[Problem, ...]":
        """What is in the three folders; or everything that is wrong there, gaps included."""
        written, problems = read_authored(authored)
        found, team_problems = read_teams(teams)
        dutch = folded(written.words)
        translations = read_translations(locales, dutch, written.word_choice)
        problems = (*problems, *team_problems)
        if problems:
            return (*problems, *translations.problems)
        library = cls._of(written, dutch, translations, found, f"{authored.name}/{HELPLINES_FILE}")
        remarks = remarks_on(teams, found.values(), written.word_choice)
        return dataclasses.replace(library, _remarks=remarks)

    @classmethod
    def _of(
        cls,
        written: Authored,
        dutch: Mapping[str, Forms],
        translations: Translations,
        teams: dict[str, Team],
        helplines_file: str,
    ) -> "Library":
        offered = [LANGUAGES[code] for code in LANGUAGES if code in translations.complete]
        around = Around(
            tuple(team.place for team in teams.values()),
            open_first(written.helplines),
            tuple((language.code, language.name) for language in (DUTCH, *offered)),
            tuple(kind for kind, name in BEGINS.items() if name in written.dialogues),
            written.signals,
            called_for(written.helplines),
            meant_for={each.id: each.who for each in written.helplines if each.who},
        )
        dialogues = {
            name: dialogue.furnished(around) for name, dialogue in written.dialogues.items()
        }
        near = {team.id: team.nearby for team in teams.values()}

        def said(words: Mapping[str, Forms], language: Language) -> dict[str, Forms]:
            numbered = with_numbers(words, written.helplines, language)
            return with_places(numbered, near, language)

        texts = Texts(
            said(dutch, DUTCH),
            {code: said(words, LANGUAGES[code]) for code, words in translations.words.items()},
            translations.complete,
        )
        return cls(
            dialogues,
            texts,
            teams,
            written.helplines,
            around,
            translations.problems,
            {DUTCH.code: dutch, **{each.code: translations.words[each.code] for each in offered}},
            written.spoken,
            helplines_file,
        )

    @property
    def places(self) -> tuple[TeamPlace, ...]:
        """Where each team can be found by typing where one lives."""
        return self.around.teams

    def warnings(self, now: int) -> tuple[Problem, ...]:
        """What is told and stops nothing.

        That is what goes stale with time, at ``now``, and how a team puts its own opening hours, or
        what is near: a line of theirs should not keep a service from starting.
        """
        near = [
            each for one in self.teams.values() for each in stale_places(one.file, one.nearby, now)
        ]
        return (*self._remarks, *stale(self._helplines_file, self.helplines, now), *near)

    # --- Links -------------------------------------------------------------------------------

    def dialogue_for(self, letter: str) -> Dialogue | None:
        """The dialogue that a link with ``letter`` starts."""
        return next((each for each in self.dialogues.values() if letter in each.links), None)

    def dialogue_of(self, link: str | None) -> Dialogue:
        """The dialogue that ``link`` (``t_linde``) starts.

        When it names none that is the one in which people choose who they are, if there is one.
        """
        letter = (link or "").partition("_")[0]
        return self.dialogue_for(letter) or self.named(CHOOSER)

    def named(self, name: str) -> Dialogue:
        """The dialogue called ``name``; the usual one when it is not there (any more)."""
        found = self.dialogues.get(name) or self.dialogue_for(DEFAULT_LINK)
        return found or next(iter(self.dialogues.values()))

    @property
    def first_link(self) -> str:
        """The letter of the links for whoever did not say yet who they are."""
        return next(iter(self.named(CHOOSER).links), DEFAULT_LINK)

    def dialogue_of_voice(self, kind: VoiceKind) -> Dialogue | None:
        """The dialogue in which someone of this ``kind`` tells, when there is one."""
        return self.dialogues.get(BEGINS[kind])

    def doors(self, invitation: str) -> tuple[str, str]:
        """Where an invitation is opened: on the chat page, and on Telegram ("" without a bot)."""
        page = f"{self.site}/{INVITATION.rstrip('_')}/{invitation}"
        return page, self.bot and f"https://t.me/{self.bot}?start={INVITATION}{invitation}"

    def team_of(self, link: str | None) -> str | None:
        """The id of the team that ``link`` (``t_linde``) is of; None when it is of none."""
        team = (link or "").partition("_")[2]
        return team if team in self.teams else None

    def values(self, team: str | None, _language: str = DUTCH.code) -> Values:
        """What fills the placeholders for the team with this id, or for no team (any more).

        The same in every language: numbers are worded when a message is rendered.
        """
        known = None if team is None else self.teams.get(team)
        values = values_for(known)
        if self.site:
            way_in = f"/{self.first_link}/{known.id}" if known else "/"
            values["chatpagina"] = self.site + way_in
        return values

    def at(self, dialogue: Dialogue, now: int) -> Dialogue:
        """``dialogue`` at the moment ``now``: which helplines are closed then."""
        closed = closed_at(self.helplines, now)
        if dialogue.around.closed == closed:
            return dialogue
        return replace(dialogue, around=replace(dialogue.around, closed=closed))

    def writing_out(self) -> "Library":
        """This library in a house where a computer makes words of what was spoken."""
        around = replace(self.around, writes_out=True)
        furnished = {name: each.furnished(around) for name, each in self.dialogues.items()}
        return dataclasses.replace(self, around=around, dialogues=furnished)

    # --- Revisions ---------------------------------------------------------------------------

    def with_revision(
        self, dialogue: Dialogue, words: Mapping[str, Mapping[str, str]]
    ) -> "Library":
        """This library, where a stored ``dialogue`` in its own ``words`` is today's again."""
        dialogues = {**self.dialogues, dialogue.name: dialogue.furnished(self.around)}
        return dataclasses.replace(self, dialogues=dialogues, texts=self.texts.with_words(words))

    def revision_body(self, dialogue: Dialogue) -> bytes:
        """What must be kept of ``dialogue`` while someone is in it, for ``read_revision``.

        Its structure, and its words in every language that is offered now.
        """
        keys = self._spoken.get(dialogue.name, ())
        words = {
            code: {key: form for key in keys if isinstance(form := spoken.get(key), str)}
            for code, spoken in self._words.items()
        }
        bare = replace(dialogue, around=Around(), ahead={})
        return msgspec.json.encode(Revision(bare, words))
