"""Draws in a thread of its own, one thing after the other, while everything else goes on.

One thread, because each that ever drew something keeps memory for it. After 200 pictures, eight at
a time, a process that only draws has 127 MB by the threads that asyncio hands out, and 99 by this.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Made = TypeVar("Made")


async def apart(make: Callable[Asked, Made], *args: Asked.args, **kwargs: Asked.kwargs) -> Made:
    """What ``make`` gives, or raises, when its turn has come."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_thread(), partial(make, *args, **kwargs))


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="drawing")
