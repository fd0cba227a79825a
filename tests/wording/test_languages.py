import pytest
from babel import Locale

from bot.wording.languages import DUTCH, LANGUAGES, Language

EVERY = pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES.keys())
NUMBERS = (*range(1_200), 10_000, 100_000, 100_001, 999_999)


@EVERY
def test_plural_forms_part_numbers_exactly_as_unicode_does(language: Language) -> None:
    locale = Locale.parse(language.code)
    forms: dict[int, set[str]] = {}
    for number in NUMBERS:
        forms.setdefault(language.form_for(number), set()).add(locale.plural_form(number))

    assert sorted(forms) == list(range(language.plurals))
    names = [name for form in forms.values() for name in form]
    assert len(names) == len(set(names)) == language.plurals


@EVERY
def test_a_language_has_the_name_and_direction_unicode_gives_it(language: Language) -> None:
    locale = Locale.parse(language.code)
    name = locale.get_language_name(language.code)

    assert name is not None
    assert language.name.casefold() == name.casefold()
    assert language.right_to_left == (locale.character_order == "right-to-left")


def test_dutch_is_the_first_language() -> None:
    assert next(iter(LANGUAGES.values())) is DUTCH


def test_the_plural_forms_are_written_as_gettext_asks() -> None:
    assert LANGUAGES["pl"].plural_forms == (
        "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
    )
