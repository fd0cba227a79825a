"""Names for pages that say nothing about anyone."""

# fmt: off
PLANTS = (
    "Abeel", "Acacia", "Ahorn", "Beuk", "Bies", "Boekweit", "Braam", "Brem", "Buxus", "Ceder",
    "Cipres", "Distel", "Eik", "Esdoorn", "Gagel", "Ginkgo", "Haver", "Hulst", "Kastanje",
    "Klaver", "Klimop", "Kornoelje", "Kroos", "Kruisbes", "Kweepeer", "Larix", "Laurier",
    "Lork", "Lupine", "Magnolia", "Meidoorn", "Mispel", "Moerbei", "Munt", "Notelaar",
    "Plataan", "Populier", "Pruim", "Riet", "Rogge", "Sleedoorn", "Tarwe", "Taxus", "Tijm",
    "Tulp", "Varen", "Vlas", "Vlier", "Vuurdoorn", "Walnoot", "Wikke", "Wilg", "Zegge",
    "Zonnebloem",
)
# fmt: on
"""Plants that are nobody's first name in the Netherlands."""

DIGITS = "23456789"
LETTERS = "BCDFGHJKLMNPRSTVWXZ"
"""No vowels, so that a code spells nothing; no ``Q``, so that it is read out without a mistake."""


def code_name(secret: bytes) -> str:
    """The name made from eight unguessable bytes, such as ``Beuk-4F72``: one of half a million."""
    number = int.from_bytes(secret[:8])
    name = ""
    for signs in (PLANTS, "-", DIGITS, LETTERS, DIGITS, DIGITS):
        number, place = divmod(number, len(signs))
        name += signs[place]
    return name
