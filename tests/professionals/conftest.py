"""A desk with two teams, on a real store."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.web.desk_house import House, house


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as built:
        yield built
