"""Places where a test can stop the bot dead, as a power cut would.

``SAMENSPRAAK_FAIL_POINT="write.before_commit:3"`` in the environment kills the process with
SIGKILL when it passes that point for the third time. Without it a fail-point does nothing.
"""

import os
import signal
from collections import Counter

POINTS = (
    "fetch.before_commit",
    "write.before_commit",
    "write.after_commit",
    "fetch.after_commit",
    "delivery.before_send",
    "delivery.under_way",
    "delivery.after_send",
    "delivery.before_mark",
    "erase.before_rows",
)
"""Every fail-point there is, in the order in which one update passes them."""

VARIABLE = "SAMENSPRAAK_FAIL_POINT"

_passes: Counter[str] = Counter()


def fail_point(name: str) -> None:
    """Die here, when the environment says so.

    Raises ``ValueError`` for a name that is not in ``POINTS``, so that a test which waits for a
    fail-point never waits for a slip of the pen; likewise for an environment that names none.
    """
    if name not in POINTS:
        raise ValueError(f"no such fail-point: {name}")
    wanted = os.environ.get(VARIABLE)
    if not wanted:
        return
    point, _, pass_number = wanted.partition(":")
    if point not in POINTS or not pass_number.isdecimal() or int(pass_number) < 1:
        raise ValueError(f"{VARIABLE} must be <point>:<n>, with one of {', '.join(POINTS)}")
    _passes[name] += 1
    if name == point and _passes[name] == int(pass_number):
        os.kill(os.getpid(), signal.SIGKILL)
