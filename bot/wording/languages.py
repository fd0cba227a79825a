"""The languages Samenspraak knows how to write: their own name, direction and plural forms.

A language is added here first and then gets a folder in ``locales``. Whether it is offered to a
family is another matter: see ``bot.wording.gate``.
"""

from collections.abc import Callable
from functools import cache
from gettext import c2py

from msgspec import Struct


class Language(Struct, frozen=True):
    """A language, by its code as in ``locales/<code>``; ``name`` is what its readers call it.

    ``comma`` stands between the items of a list. ``plurals`` and ``plural`` are the number of
    plural forms and gettext's rule for choosing one.
    """

    code: str
    name: str
    right_to_left: bool = False
    comma: str = ", "
    plurals: int = 2
    plural: str = "n != 1"

    @property
    def plural_forms(self) -> str:
        """The ``Plural-Forms`` that every catalogue of this language has in its header."""
        return f"nplurals={self.plurals}; plural=({self.plural});"

    def form_for(self, number: int) -> int:
        """Which plural form goes with ``number``, counted from 0."""
        return _rule(self.plural)(abs(number))


@cache
def _rule(plural: str) -> Callable[[int], int]:
    return c2py(plural)


_SLAVIC = "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2"
_POLISH = "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2"
_ARABIC = "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"

DUTCH = Language("nl", "Nederlands")
"""The language everything is written in first; always complete, so always offered."""

LANGUAGES = {
    language.code: language
    for language in (
        DUTCH,
        Language("en", "English"),
        Language("tr", "Türkçe"),
        Language("ar", "العربية", right_to_left=True, comma="، ", plurals=6, plural=_ARABIC),
        Language("pl", "Polski", plurals=3, plural=_POLISH),
        Language("uk", "Українська", plurals=3, plural=_SLAVIC),
        Language("ti", "ትግርኛ", comma="፣ ", plural="n > 1"),
        Language("fa", "فارسی", right_to_left=True, comma="، ", plural="n > 1"),
        Language("so", "Soomaali"),
        Language("ru", "Русский", plurals=3, plural=_SLAVIC),
        Language("es", "Español"),
        Language("fr", "Français", plural="n > 1"),
        Language("de", "Deutsch"),
        Language("zh", "中文", comma="、", plurals=1, plural="0"),
    )
}
"""By code, in the order in which they are offered.

The names begin with a capital, as on a button; Babel has them as inside a sentence (polski,
русский, español). The plural rules are CLDR's for whole numbers below a million, in the form
gettext writes them; Babel's table for gettext has other numbers of forms (Turkish and Persian one,
French and Spanish two or three by version), so it is not used. Both are held against CLDR in
``tests/wording/test_languages.py``.
"""
