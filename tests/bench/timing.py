"""How long things take: many times over, told as what half of them and almost all of them take."""

from collections.abc import Callable, Iterable
from statistics import quantiles
from time import perf_counter
from typing import NamedTuple


class Spread(NamedTuple):
    """Seconds: at most ``half`` half of the time, at most ``most`` 99 times in a hundred."""

    half: float
    most: float
    times: int

    def __str__(self) -> str:
        return f"p50 {_readable(self.half)}, p99 {_readable(self.most)}, {self.times} times"


def spread(times: Iterable[float]) -> Spread:
    """What ``times`` come to; there must be two at least."""
    every = list(times)
    cuts = quantiles(every, n=100, method="inclusive")
    return Spread(cuts[49], cuts[98], len(every))


def timed(work: Callable[[], object]) -> float:
    """How many seconds ``work`` takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


def _readable(seconds: float) -> str:
    if seconds < 1e-3:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"
