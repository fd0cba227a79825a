"""Draws the circle of people who matter to a family.

Typst measures the letters, since it alone knows how they join and which font they come from;
``layout`` says where everything stands; typst draws it. Two runs, a few milliseconds and some
tens: call these in a thread. Calls from several threads do not wait for each other.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec
from msgspec.structs import replace

from bot.dialogue.circle import Circle
from bot.handover.entries import spelled_out
from bot.handover.layout import Drawing, lay_out, samples
from bot.handover.typesetting import compiler, is_panic
from bot.handover.writing import Ink, Inks, Sample


def picture(circle: Circle, words: Mapping[str, str], *, right_to_left: bool) -> bytes:
    """The circle as a PNG of 1080 by 1080, the same bytes for the same circle.

    ``words`` holds those of ``in_words.WORDS`` in the language of whoever looks, who reads from the
    right when ``right_to_left``. Every name is there in full, however many there are; a character
    that no font has is a box. Does not fail for anything someone can type.
    """
    try:
        return drawn(_drawing(circle, words, right_to_left=right_to_left), "png")
    except BaseException as failure:
        # It may quote a name, so it goes no further than here.
        if not is_panic(failure):
            raise
    plain = Circle(tuple(replace(each, name=spelled_out(each.name)) for each in circle.people))
    return drawn(_drawing(plain, words, right_to_left=right_to_left), "png")


def measured(texts: Iterable[Sample]) -> Inks:
    """How large each of ``texts`` is when it is drawn."""
    ordered = sorted(texts)
    found = compiler("circle.typ", circle={"samples": ordered}).query(
        "<inks>", field="value", one=True
    )
    inks = msgspec.json.decode(found, type=list[tuple[float, float, float]])
    return {text: Ink(*ink) for text, ink in zip(ordered, inks, strict=True)}


def drawn(drawing: Drawing, form: Literal["png", "svg", "pdf"]) -> bytes:
    """``drawing`` as a file of this form; a PDF is for looking up what stands where."""
    # 72 to the inch: a point of the template is a pixel.
    made = compiler("circle.typ", circle={"drawing": drawing}).compile(
        format=form, ppi=72, timestamp=0
    )
    assert isinstance(made, bytes)  # noqa: S101 - one page, and no path to write it to
    return made


def _drawing(circle: Circle, words: Mapping[str, str], *, right_to_left: bool) -> Drawing:
    inks = measured(samples(circle, words))
    return lay_out(circle, words, inks, right_to_left=right_to_left)
