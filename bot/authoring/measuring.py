"""How wide words are when drawn, near enough to lay out a drawing without a font at hand."""

_WIDTHS = {
    230: "'‘’",
    262: "ijl ,.:;!J`ïíì",
    310: "()-[]I",
    365: 'ft/\\{}"“”·',
    425: "r?_•",
    485: "zsc–",
    515: "vyFLxkS",
    560: "*|aeETYàáâäãåèéêë$+0123456789<=>Z^~",
    612: "XVPobdgpqhnuKRCAB#òóôöõùúûüñ",
    740: "GDUH&N",
    785: "OQw…",
    930: "%@MWm—",
}
"""Advance widths of Noto Sans in thousandths of an em, the widest of each group."""

_WIDTH = {sign: width / 1000 for width, signs in _WIDTHS.items() for sign in signs}

_OTHER = 1.0
"""Any other sign: an emoji, another script. Too wide is better than through the edge."""

BOLDER = 1.08
"""Bold letters of the same font are so much wider."""


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width of ``text`` in letters of ``size``, in the same unit."""
    return sum(_WIDTH.get(sign, _OTHER) for sign in text) * size * (BOLDER if bold else 1)


def broken(text: str, size: float, room: float, most: int, *, bold: bool = False) -> list[str]:
    """``text`` in at most ``most`` lines no wider than ``room``; what does not fit ends in ``…``.

    A single word that is too wide is cut.
    """
    lines: list[str] = []
    here = ""
    for word in text.split():
        longer = f"{here} {word}".strip()
        if width_of(longer, size, bold=bold) <= room:
            here = longer
            continue
        if here:
            lines.append(here)
        here = _fitting(word, size, room, bold=bold)
    lines = [*lines, here] if here else lines
    if len(lines) <= most:
        return lines
    last = f"{lines[most - 1]} …"
    while width_of(last, size, bold=bold) > room and last.count(" ") > 1:
        last = f"{last.rsplit(' ', 2)[0]} …"
    return [*lines[: most - 1], _fitting(last, size, room, bold=bold)]


def _fitting(word: str, size: float, room: float, *, bold: bool) -> str:
    """``word``, with its end replaced by ``…`` as far as it is too wide."""
    if width_of(word, size, bold=bold) <= room:
        return word
    kept = word.removesuffix("…").rstrip()
    while kept and width_of(f"{kept}…", size, bold=bold) > room:
        kept = kept[:-1].rstrip()
    return f"{kept}…"
