"""Pages of a family in which several tell, each in a language of their own; and an empty one."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.dialogue.answers import Answer, Chosen, Named, Person, Said, Worded
from bot.dialogue.circle import Circle
from bot.dialogue.circle import Person as Someone
from bot.dialogue.message import Text
from bot.dialogue.summary import Item, Summary
from bot.dialogue.vocabulary import VoiceKind
from bot.handover.compose import compose
from bot.handover.making import make_page
from bot.handover.page import DUTCH, Page
from bot.texts import Texts
from tests.world import NOW, library

BOOKS = library()

SHORT = {
    "voelt": "Hoe het gaat",
    "gaat": "Waar het over gaat",
    "zelf": "In mijn woorden",
    "fijn": "Wat fijn is",
    "eerst": "Wat eerst anders mag",
    "bereik": "Zo mag je mij bereiken",
    "wens": "Wat ik wil",
    "mensen": "Wie wil meedenken",
    "wie": "Over wie het gaat",
    "leeftijd": "Leeftijd van het kind",
    "vertel": "Waar ik mee zit",
    "goed": "Wat goed gaat",
    "helpt": "Wat al helpt",
    "zwaar": "Wat nu zwaar is",
    "hoop": "Wat ik hoop",
    "naam": "Naam",
}

CHOICES = {
    "nl": {
        "moe": "Moe",
        "school": "School",
        "thuis": "Thuis",
        "slapen": "Slapen",
        "geld": "Geld of werk",
        "ruzie": "Ruzie of spanning thuis",
        "chat": "Hier in de chat",
        "bellen": "Bellen mag",
        "samen": "Met mensen om ons heen",
        "praten": "Met iemand praten",
        "kind": "Over mijn kind",
        "tiener": "12 tot en met 15 jaar",
    },
    "ar": {
        "slapen": "النوم",
        "geld": "المال أو العمل",
        "bellen": "يمكن الاتصال",
        "praten": "التحدث مع شخص",
        "kind": "عن طفلي",
        "tiener": "من 12 إلى 15 سنة",
    },
    "ti": {
        "moe": "ድኻም",
        "school": "ቤት ትምህርቲ",
        "thuis": "ገዛ",
        "chat": "ኣብዚ ቻት",
        "praten": "ምስ ሰብ ምዝራብ",
    },
}


STORED = {
    language: {
        **{f"proef/{name}/short": words for name, words in SHORT.items() if language == DUTCH},
        **{f"proef/{name}/choices/{code}": word for name in SHORT for code, word in codes.items()},
    }
    for language, codes in CHOICES.items()
}


MARKS = ("near", "far", "gives", "costs", "important", "thinks_along", "asked", "not_asked")

TEXTS = Texts(
    {
        **{
            f"vast/circle_{mark}": BOOKS.texts.text(Text(f"vast/circle_{mark}"), DUTCH, {})
            for mark in MARKS
        },
        "vast/circle_person": "{naam}: {wat}",
        "vast/circle_list": "{eerst}, {dan}",
        **STORED[DUTCH],
    },
    {language: words for language, words in STORED.items() if language != DUTCH},
    [],
)
"""These words, and those of the house that a page needs."""


def part(voice: VoiceKind, language: str, *items: Item, came: int = NOW) -> Page:
    """What one voice handed over to team De Linde."""
    return make_page(
        Summary("proef", language, items, voice),
        TEXTS,
        BOOKS.teams["linde"],
        came,
        code="Beuk-4F72",
        values=BOOKS.values("linde", DUTCH),
    )


def _item(question: str, section: str, answer: Answer) -> Item:
    return Item(question, f"proef/{question}", section, answer)


def told(question: str, section: str, words: str, language: str = DUTCH) -> Item:
    """Own words."""
    return _item(question, section, Worded((Said(words),), language))


def chosen(question: str, section: str, *codes: str) -> Item:
    """Choices."""
    return _item(question, section, Chosen(codes))


def circle(*people: Someone) -> Item:
    """The people around someone."""
    named = Named(tuple(Person(one.id, one.name) for one in people))
    return Item("mensen", "proef/mensen", "kring", named, circle=Circle(people))


YOUNG = (
    told(
        "zelf",
        "eigen_woorden",
        "ኣብ ቤት ትምህርቲ ብዙሕ ጊዜ ይድክም። ለይቲ ኣይድቅስን፣ ብዛዕባ ገዛ ይሓስብ።\nመዓልታዊ ርእሰይ የሕምመኒ።",
        "ti",
    ),
    chosen("voelt", "wat_speelt", "moe"),
    chosen("gaat", "wat_speelt", "school", "thuis"),
    told("fijn", "gaat_goed", "ምስ መሓዙተይ ኩዕሶ እግሪ ምጽዋት።", "ti"),
    told("eerst", "hoop", "ለይቲ ክድቅስ።", "ti"),
    circle(Someone("p1", "ሰላም", near=True, gives=True, thinks_along=True)),
    chosen("wens", "samen_kiezen", "praten"),
    chosen("bereik", "praktisch", "chat"),
)

MOTHER = (
    told(
        "vertel",
        "eigen_woorden",
        "ابني لا ينام جيدا منذ الصيف. في الصباح لا يريد الذهاب إلى المدرسة"
        " وأنا لا أعرف ماذا أفعل.\n"
        "أعمل في المساء وأكون متعبة جدا عندما أعود إلى البيت.",
        "ar",
    ),
    chosen("wie", "vraag", "kind"),
    chosen("leeftijd", "vraag", "tiener"),
    told("goed", "gaat_goed", "يحب كرة القدم ويساعد أخته الصغيرة.", "ar"),
    told("helpt", "gaat_goed", "عندما نأكل معا بدون هاتف.", "ar"),
    chosen("zwaar", "wat_speelt", "slapen", "geld"),
    told("hoop", "hoop", "أن يعود مبتسما من المدرسة.", "ar"),
    circle(
        Someone("p1", "خالتي مريم", near=True, gives=True, important=True, thinks_along=True),
        Someone("p2", "Juf Els", near=False, gives=True, important=True, asked=True),
    ),
    chosen("wens", "samen_kiezen", "praten"),
    told("naam", "praktisch", "أم يوسف", "ar"),
    chosen("bereik", "praktisch", "bellen"),
)

FATHER = (
    told(
        "vertel",
        "eigen_woorden",
        "Ik zie hem om het weekend. Dan gaat het best goed. Hij vertelt weinig, en ik vraag ook"
        " niet veel. School belde mij laatst dat hij vaak te laat is. Dat wist ik niet.",
    ),
    chosen("wie", "vraag", "kind"),
    told("goed", "gaat_goed", "Samen koken. Hij kan het beter dan ik."),
    chosen("zwaar", "wat_speelt", "ruzie"),
    told("hoop", "hoop", "Dat we weer gewoon samen praten, ook zijn moeder en ik."),
    circle(Someone("p1", "opa Henk", near=True, gives=True, costs=True, important=True)),
    chosen("wens", "samen_kiezen", "samen"),
    chosen("bereik", "praktisch", "chat"),
)

DAY = 86_400


def wishing(items: Sequence[Item], *talk_about: str) -> tuple[Item, ...]:
    """``items``, of which they want to talk about the questions in ``talk_about``."""
    return tuple(replace(item, talk_about=item.question in talk_about) for item in items)


def three_voices() -> tuple[Page, ...]:
    """The parts of a mother, a young person and a father, in three scripts, as they came in."""
    return (
        part("parent", "ar", *MOTHER),
        part("young", "ti", *YOUNG, came=NOW + DAY),
        part("parent", DUTCH, *FATHER, came=NOW + 2 * DAY),
    )


def three_wishes() -> tuple[Page, ...]:
    """The same three, each with something to talk about."""
    return (
        part("parent", "ar", *wishing(MOTHER, "vertel", "zwaar", "helpt")),
        part("young", "ti", *wishing(YOUNG, "fijn"), came=NOW + DAY),
        part("parent", DUTCH, *wishing(FATHER, "hoop", "mensen"), came=NOW + 2 * DAY),
    )


def together() -> Page:
    """Their page."""
    return compose(three_voices())


def empty() -> Page:
    """Someone who skipped everything and sent it nonetheless."""
    return part("parent", DUTCH)
