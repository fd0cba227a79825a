"""How fast things are is measured by a command of its own; here it is seen to run."""

import pytest

from tests.bench.__main__ import main
from tests.bench.keeping import BATCH
from tests.bench.steps import SENTENCES
from tests.bench.timing import spread
from tests.world import library


@pytest.mark.no_cover
def test_each_measure_of_the_bench_comes_to_a_figure(capsys: pytest.CaptureFixture[str]) -> None:
    main("--short")

    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        *(f"one step of {name}, a tap or a command" for name in sorted(library().dialogues)),
        *(f"one step of ouder, {words} words of their own" for words in SENTENCES),
        "kept and answered, one at a time",
        f"kept and answered, {BATCH} at a time",
        "this disk alone",
        "from nothing to the first answer",
        "samenspraak check",
    ]


def test_half_and_almost_all_are_told_apart() -> None:
    told = spread([0.001] * 98 + [2.0, 2.0])

    assert str(told) == "p50 1.0 ms, p99 2.00 s, 100 times"
