import pytest

from bot.wording.rules import RULES, is_label, needs_translation


@pytest.mark.parametrize(
    "key",
    [
        "ouder/wie/choices/kind",
        "ouder/geven/send",
        "ouder/geven/keep",
        "vast/menu_why",
        "vast/done",
    ],
)
def test_what_stands_on_a_button_is_a_label(key: str) -> None:
    assert is_label(key, "Klaar?" if key == "vast/menu_why" else "Klaar")


@pytest.mark.parametrize(
    ("key", "dutch"),
    [
        ("ouder/wie/text", "Kind"),
        ("ouder/wie/short", "Kind"),
        ("vast/noted", "Genoteerd."),
        ("vast/hi", "Hoi\nDaar"),
        ("vast/days", ("dag", "dagen")),
    ],
)
def test_a_sentence_is_no_label(key: str, dutch: str | tuple[str, ...]) -> None:
    assert not is_label(key, dutch)


@pytest.mark.parametrize("sign", ["🆘", "←", "{team}", "✏️ {nummer}", "112"])
def test_a_sign_needs_no_translation(sign: str) -> None:
    assert not needs_translation(sign)
    assert needs_translation(f"{sign} a")


def test_every_rule_says_what_it_asks() -> None:
    assert all(rule.__doc__ for rule in RULES)
