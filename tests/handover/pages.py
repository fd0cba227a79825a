"""Pages to draw: of families we made up, as the parent's dialogue of today would give them."""

from collections.abc import Iterator

from msgspec.structs import replace

from bot.dialogue.answers import Answer, Chosen, Named, Person, Reached, Said, Worded
from bot.dialogue.circle import Circle
from bot.dialogue.summary import Item, Summary
from bot.dialogue.tree import Among, Choice, Choices, Contact, Naming, Node, Question, Words
from bot.handover.circle_page import paper_words
from bot.handover.making import make_page
from bot.handover.page import DUTCH, Page
from tests.handover.circles import LATIN_NAMES, some_circle
from tests.world import NOW, library

BOOKS = library()

WORDS = paper_words(BOOKS.texts, DUTCH)
"""The words of the drawing in Dutch, as a professional reads them."""

TOLD = {
    "vertel": "Naar school gaan lukt niet meer. Elke ochtend huilt ze, en dan blijf ik maar thuis.",
    "wat_zie_je": "Vooral op maandag. In de vakantie slaapt ze gewoon.",
    "gaat_goed": "Noor lacht veel met haar broertje. Ze tekent heel mooi.",
    "helpt": "Samen lopen met het buurmeisje, dan gaat het soms wel.",
    "kunnen": "Oma kan haar soms ophalen.",
    "hoop": "Dat ze weer met een blij gezicht thuiskomt.",
}
"""What they tell, by the name of the question."""

SOMETHING = "Eén ochtend zonder huilen."


def a_page(*items: Item, language: str = DUTCH) -> Page:
    """The page of ``items`` for team De Linde."""
    return make_page(
        Summary("ouder", language, items),
        BOOKS.texts,
        BOOKS.teams["linde"],
        NOW,
        code="Beuk-4F72",
        values=BOOKS.values("linde", DUTCH),
    )


def people(circle: Circle) -> Item:
    """Everybody in ``circle``, as they stand on the page."""
    named = Named(tuple(Person(person.id, person.name) for person in circle.people))
    return Item("kring/namen", "bouwstenen/kring/namen", "kring", named, circle=circle)


def told(question: str, section: str, *words: str) -> Item:
    """Own words as the answer to ``question`` of the parent's dialogue."""
    return Item(question, f"ouder/{question}", section, Worded(tuple(map(Said, words)), DUTCH))


def ordinary(circle: Circle, *talk_about: str) -> Page:
    """What a parent tells on most days: something everywhere, and these people.

    They want to talk about the questions in ``talk_about``.
    """
    first: dict[str, Item] = {}
    for item in _answered(circle, choices=2):
        first.setdefault(f"{item.section} {type(item.answer).__name__}", item)
    return a_page(
        *(
            replace(item, talk_about=item.question in talk_about)
            for item in first.values()
            if item.section != "veiligheid"
        )
    )


def overfull(*, talk_about: bool = False) -> Page:
    """More than anyone tells: every question answered, at length, about twenty people.

    With ``talk_about`` there is nothing that they do not want to talk about.
    """
    circle = some_circle(20, LATIN_NAMES, 20)
    items = _answered(circle, choices=12, words=60)
    return a_page(*(replace(item, talk_about=talk_about) for item in items))


def _answered(circle: Circle, *, choices: int, words: int = 1) -> Iterator[Item]:
    """Every question of the parent's dialogue that has a place on the page, answered."""
    for node in BOOKS.dialogues["ouder"].nodes.values():
        if isinstance(node, Naming) and circle.people:
            yield people(circle)
        elif isinstance(node, Question) and node.section and not isinstance(node, Naming | Among):
            answer = _answer(node, TOLD.get(node.id, SOMETHING), choices, words)
            if answer is not None:
                yield Item(node.id, node.context, node.section, answer, tells=node.tells)


def _answer(node: Node, text: str, choices: int, words: int) -> Answer | None:
    match node:
        case Choice():
            return Chosen(node.codes[:1])
        case Choices():
            return Chosen(node.codes[:choices])
        case Words():
            return Worded((Said("\n".join([text] * words)),), DUTCH)
        case Contact(of="name"):
            return Reached("Samira")
        case _:
            return None
