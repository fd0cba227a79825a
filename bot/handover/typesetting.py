"""Hands values to a typst template, with fonts of our own."""

from functools import cache
from pathlib import Path

import msgspec
import typst

HERE = Path(__file__).parent


def compiler(template: str, **data: object) -> typst.Compiler:
    """A compiler for ``templates/<template>``, to which each of ``data`` goes as JSON.

    One for each run, which costs next to nothing: a compiler serves one thread at a time.
    """
    templates = HERE / "templates"
    inputs = {name: msgspec.json.encode(value).decode() for name, value in data.items()}
    return typst.Compiler(
        templates / template, root=templates, font_paths=_fonts(), sys_inputs=inputs
    )


def is_panic(failure: BaseException) -> bool:
    """Whether typst itself broke down, which is none of the exceptions.

    Typst 0.15 does on some accents that no font has (typst#8667). What it says may quote someone.
    """
    return type(failure).__name__ == "PanicException"


@cache
def _fonts() -> typst.Fonts:
    """Our own and those inside typst, so that every machine draws the same."""
    return typst.Fonts(include_system_fonts=False, font_paths=[HERE / "fonts"])
