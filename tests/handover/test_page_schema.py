"""The published shape of a page as JSON is its shape."""

import json
from pathlib import Path

import msgspec

import bot.handover
from bot.handover.page import Page

PUBLISHED = Path(bot.handover.__file__).parent / "page.schema.json"


def test_the_published_schema_is_that_of_a_page() -> None:
    """When it is not: write what this expects to the file, and look at what that changes."""
    shape = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **msgspec.json.schema(Page),
    }

    expected = json.dumps(shape, indent=2, ensure_ascii=False) + "\n"
    assert PUBLISHED.read_text("utf-8") == expected
