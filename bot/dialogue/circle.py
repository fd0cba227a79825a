"""The circle: the people who matter to a family, as far as someone told of each of them."""

from msgspec import Struct


class Person(Struct, frozen=True):
    """One person in the circle. ``name`` is a first name or a role, as it was typed.

    ``near`` is None until someone said how close they stand; the others are what was tapped.
    """

    id: str
    name: str
    near: bool | None = None
    gives: bool = False
    costs: bool = False
    important: bool = False
    thinks_along: bool = False
    asked: bool = False

    def __repr__(self) -> str:
        return f"Person({self.id!r}, …)"


class Circle(Struct, frozen=True):
    """Everybody who was named, in the order they were named."""

    people: tuple[Person, ...] = ()
