"""Makes the telephone numbers in our own lines callable: one tap, on a telephone."""

import re
from collections.abc import Iterator

from markupsafe import Markup

_ISOLATED = re.compile("(\u2068[^\u2069]*\u2069)")
_NUMBER = re.compile(
    r"(?<![\w-])(112|113|0[89]00[- ]?\d{4}|14 ?0\d{2,3}|0\d{1,3}[- ]\d[\d ]{4,8}\d)(?![\w-]|\.\w)"
)


def with_calls(text: str) -> Markup:
    """``text``, escaped, with each Dutch telephone number in it a link that calls it.

    What stands between isolates is someone's own words and stays as it is.
    """
    parts = (
        Markup.escape(part) if part.startswith("\u2068") else _called(part)
        for part in _ISOLATED.split(text)
    )
    return Markup("").join(parts)


def _called(text: str) -> Markup:
    def pieces() -> Iterator[Markup]:
        for place, piece in enumerate(_NUMBER.split(text)):
            if place % 2:
                digits = re.sub(r"\D", "", piece)
                yield Markup('<a href="tel:{}">{}</a>').format(digits, piece)
            else:
                yield Markup.escape(piece)

    return Markup("").join(pieces())
