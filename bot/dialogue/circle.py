"""The circle: the people who matter to a family, as far as someone told of each of them."""

from typing import Literal, TypeAlias

from msgspec import Struct

Told: TypeAlias = Literal[
    "near", "far", "gives", "costs", "important", "thinks_along", "asked", "not_asked"
]
"""One thing that is told of a person; its words are the fixed words ``circle_near`` and so on."""


class Person(Struct, frozen=True):
    """One person in the circle. ``name`` is a first name or a role, as it was typed.

    Each of the others is None until someone said so or not: a question that was skipped, or never
    came, tells nothing of anybody.
    """

    id: str
    name: str
    near: bool | None = None
    gives: bool | None = None
    costs: bool | None = None
    important: bool | None = None
    thinks_along: bool | None = None
    asked: bool | None = None

    def __repr__(self) -> str:
        return f"Person({self.id!r}, …)"

    @property
    def told(self) -> tuple[Told, ...]:
        """What is told of this person, in the order it is shown."""
        every: tuple[tuple[Told, bool | None], ...] = (
            ("near", self.near),
            ("far", self.near is False),
            ("gives", self.gives),
            ("costs", self.costs),
            ("important", self.important),
            ("thinks_along", self.thinks_along),
            ("asked", self.asked),
            ("not_asked", self.asked is False),
        )
        return tuple(one for one, so in every if so)


class Circle(Struct, frozen=True):
    """Everybody who was named, in the order they were named."""

    people: tuple[Person, ...] = ()
