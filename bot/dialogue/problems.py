"""What an author can get wrong, as values: a code, a place, and what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in an authored file. ``message`` is a Dutch sentence that says what to do.

    ``line`` counts from 1; 0 when the problem belongs to the file as a whole.
    """

    file: str
    line: int
    code: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message} [{self.code}]"
