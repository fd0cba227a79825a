"""Circles to draw: of people we made up, in four scripts."""

import random  # noqa: TID251 - the same circles every time
from collections.abc import Mapping, Sequence

from bot.dialogue.circle import Circle, Person

DUTCH: Mapping[str, str] = {
    "picture_title": "De kring",
    "picture_middle": "In het midden",
    "picture_centre": "Wij",
    "picture_near": "Heel dichtbij",
    "picture_far": "Verder weg",
    "picture_waiting": "Nog geen plek",
    "picture_nobody": "niemand",
    "picture_gives": "geeft kracht",
    "picture_costs": "kost kracht",
    "picture_important": "vindt het belangrijk dat het goed gaat",
    "picture_thinks_along": "zou willen meedenken",
    "picture_not_asked": "nog niet gevraagd",
}

ARABIC: Mapping[str, str] = {
    "picture_title": "الدائرة",
    "picture_middle": "في الوسط",
    "picture_centre": "نحن",
    "picture_near": "قريب جدًا",
    "picture_far": "أبعد",
    "picture_waiting": "بلا مكان بعد",
    "picture_nobody": "لا أحد",
    "picture_gives": "يعطي قوة",
    "picture_costs": "يأخذ من قوتنا",
    "picture_important": "يهمه أن تسير الأمور جيدًا",
    "picture_thinks_along": "يود أن يفكر معنا",
    "picture_not_asked": "لم يُسأل بعد",
}

LATIN_NAMES = (
    *("Oma", "Fatima", "juf Els", "opa Jan", "Sam", "buurvrouw Ria", "coach Mo", "tante Karin"),
    *("papa", "Noor", "de moeder van Finn", "meester Willem", "Daan", "imam Yusuf", "Lieke"),
    *("oom Piet", "huisarts", "Zeynep", "Bram van de voetbal", "mentor Joost"),
)
ARABIC_NAMES = (
    *("جدتي", "فاطمة", "المعلمة ليلى", "جدي حسن", "سامي", "الجارة أم كريم", "خالتي نور"),
    *("إمام المسجد", "يوسف", "مدرب كرة القدم", "عمي محمد علي", "Els van school"),
)
MIXED_NAMES = (
    *("Oma Riet", "መምህር ሃይለ", "Бабуся Надія", "ኣደይ", "tante Selam", "дядько Їжак"),
    *("ሓወይ ዮናስ", "coach Мико", "ጎረቤት ኣልማዝ", "Олександра Миколаївна", "فاطمة", "juf Ania 🌻"),
)

ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZéèëïöüçğışłńőřžåøßŵ",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىةپچژگکی",
    "ሀሁሂሃሄህሆለሉሊላሌልሎመሙሚማሜምሞሰሱሲሳሴስሶረሩሪራሬርሮበቡቢባቤብቦነኑኒናኔንኖኣኢእኦ",
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяАБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЮЯыэё",
)
SEPARATORS = "   -"


def some_circle(count: int, names: Sequence[str], seed: int) -> Circle:
    """A circle as families draw them: ``count`` of ``names``, most of them placed."""
    dice = random.Random(seed)
    return Circle(tuple(_person(dice, number, names[number]) for number in range(count)))


def random_circle(seed: int) -> Circle:
    """Between 1 and 20 people with names of 1 to 40 characters in one or more of four scripts."""
    dice = random.Random(seed)
    longest = dice.choice((8, 16, 40))
    names = [_name(dice, longest) for _ in range(dice.randint(1, 20))]
    return Circle(tuple(_person(dice, number, name) for number, name in enumerate(names)))


def full_circle(name: str, *, near: bool | None) -> Circle:
    """Twenty people with the same name in the same place, with every mark there is."""
    return Circle(
        tuple(
            Person(
                str(number),
                name,
                near,
                gives=True,
                costs=True,
                important=True,
                thinks_along=True,
                asked=False,
            )
            for number in range(20)
        )
    )


def _name(dice: random.Random, longest: int) -> str:
    alphabet = dice.choice(ALPHABETS)
    length = dice.randint(1, longest)
    signs = [dice.choice(alphabet)]
    while len(signs) < length:
        may_part = len(signs) < length - 1 and signs[-1] not in SEPARATORS
        parts = may_part and dice.random() < 0.18
        signs.append(dice.choice(SEPARATORS) if parts else dice.choice(alphabet))
    return "".join(signs)


def _person(dice: random.Random, number: int, name: str) -> Person:
    return Person(
        str(number),
        name,
        near=dice.choice((True, True, False, False, False, None)),
        gives=dice.random() < 0.5,
        costs=dice.random() < 0.25,
        important=dice.random() < 0.5,
        thinks_along=dice.random() < 0.4,
        asked=dice.random() < 0.3,
    )
