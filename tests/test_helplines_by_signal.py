"""Whom to call first follows from what somebody wrote, and from who is open."""

from bot.authored.helplines import called_for, open_first, read_helplines
from bot.dialogue.conversation import Text
from bot.dialogue.sheet import Source
from bot.dialogue.tree import CARE_SIGNALS
from bot.library import Library, authored_folders

LINE = """\
{id}:
  name: Iemand
  number: 0800-2000
  about: Bel {{nummer}}.
  checked: 2026-01-01
"""


def written(**more: str) -> str:
    return "".join(LINE.format(id=name) + rest for name, rest in more.items())


def library() -> Library:
    folders = authored_folders()
    found = Library.read(*folders, folders.dialogues / "teams")
    assert isinstance(found, Library), "\n".join(map(str, found))
    return found


def test_what_a_line_is_for_most_comes_first_and_then_who_is_always_open() -> None:
    read, problems = read_helplines(
        Source(
            "hulplijnen",
            written(
                tweede="  for: [weg, geweld]\n",
                eerste="  for: [geweld]\n  always: no\n",
                open="  for: [geweld, weg]\n  always: yes\n",
                ander="",
            ),
        )
    )

    assert problems == ()
    assert called_for(read.helplines)["geweld"] == ("open", "eerste", "tweede")
    assert called_for(read.helplines)["weg"] == ("tweede", "open")
    assert called_for(read.helplines)["zelfdoding"] == ()
    assert open_first(read.helplines) == ("open", "tweede", "eerste", "ander")


def test_a_line_for_something_unknown_is_told_about() -> None:
    text = written(een="  for: [honger]\n  always: soms\n")

    problems = read_helplines(Source("hulplijnen", text))[1]

    assert sorted((problem.line, problem.code) for problem in problems) == [
        (6, "wrong-value"),
        (7, "wrong-value"),
    ]


def test_what_we_ship_names_the_right_line_first_in_every_language() -> None:
    shipped = library()

    first = {signal: shipped.around.called_for[signal][0] for signal in CARE_SIGNALS}
    assert first == {
        "zelfdoding": "zelfmoordpreventie",
        "misbruik": "seksueel_geweld",
        "geweld": "alarm",
        "weg": "kindertelefoon",
    }
    always = {helpline.id for helpline in shipped.helplines if helpline.always}
    assert all(always & set(shipped.around.called_for[signal]) for signal in CARE_SIGNALS)
    assert set(shipped.around.helplines[: len(always)]) == always


def test_113_speaks_in_the_words_it_asks_for() -> None:
    """Source: 113's standard text since 3 October 2025 (domain notes, §4.5)."""
    said = library().texts.text(Text("hulplijnen/zelfmoordpreventie/about"), "nl", {})

    assert said.startswith(
        "Denk je aan zelfdoding? Bel dan 24/7 gratis en anoniem 113 of chat op 113.nl."
    )


def test_every_signal_has_a_message_that_names_no_means_and_asks_nothing() -> None:
    texts = library().texts

    for signal in CARE_SIGNALS:
        for language in ("nl", "en"):
            said = texts.text(Text(f"vast/care_{signal}"), language, {})
            assert said
            assert "?" not in said
            assert len(said) < 220
