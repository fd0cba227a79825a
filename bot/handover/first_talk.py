"""What a first talk can begin with: what the family wants to talk about, and what is open still.

Nothing is asked that stands on the page already, whoever of the family told it. What someone wants
to talk about comes first; then what lies behind a question that already asks for something; then
the rest, in the order of ``OPEN`` (domain notes, 5.5).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from bot.dialogue.vocabulary import Theme
from bot.handover.page import Page, PageItem, PagePerson, PageSection

SO_MANY = 3
"""Open questions on a page."""

OPEN: Mapping[Theme, str] = {
    "verhaal": "Wat wil je zelf graag vertellen?",
    "erbij": "Wie wil je erbij hebben?",
    "goed": "Wat gaat er goed, en hoe lukt dat?",
    "anders": "Stel dat het lukt: wat is er dan anders?",
    "merkt": "Als het lukt, wie merkt het eerst?",
    "helpt": "Wat helpt al een beetje?",
    "eerst": "Wat mag als eerste een beetje anders?",
    "hoop": "Wat hoop je?",
    "belangrijk": "Wie vindt het belangrijk dat het goed gaat?",
    "anderen": "Wat zou je voor een ander willen doen?",
}
"""What can be open still, and how to ask for it."""

BEHIND: tuple[Theme, ...] = ("anders", "merkt")
"""What lies behind a question that asks for something already: a referral, what school says."""

ALWAYS = (
    "Hoe is het nu, sinds je dit stuurde?",
    "Wat zou dit gesprek voor jou goed maken?",
    "Wat wil je nog kwijt dat hier niet staat?",
)
"""What is open whatever was told."""

ABOUT_THIS = "Je wilt praten over {what}. Wat is daarin het belangrijkst?"
ABOUT_THESE = "Waarover wil je het eerst praten?"
ABOUT_EACH = "Waarover willen jullie het eerst praten?"
"""How to begin with what someone wants to talk about: one thing, several, those of several."""

WISH = "Wil praten over: {what}."
WISHES = "Hierover praten: {what}."
MORE = "en nog {number}"

USUALLY: Mapping[str, Theme] = {"eigen_woorden": "verhaal", "gaat_goed": "goed", "hoop": "hoop"}
"""What own words in a section tell when their author does not say what."""


def questions(sections: Sequence[PageSection], circle: Iterable[PagePerson]) -> tuple[str, ...]:
    """The open questions for a page with these ``sections`` and people: always as many."""
    told = {_topic(part.name, item) for part in sections for item in part.items}
    for person in circle:
        told |= {"belangrijk"} if person.important else set()
        told |= {"erbij"} if person.thinks_along else set()
    asks = any(item.asks for part in sections for item in part.items)
    order = dict.fromkeys((*(BEHIND if asks else ()), *OPEN))
    still = (OPEN[topic] for topic in order if topic not in told)
    return tuple(islice((*_about(sections), *still, *ALWAYS), SO_MANY))


def wishes(page: Page, most: int | None = None) -> str:
    """What is to be talked about, named as the page does; on a shared page after who wants to.

    It has ``most`` things of each voice at most and then how many more; "" when there is nothing.
    """
    named = _named(page.sections)
    if not page.is_shared:
        return "".join(_listed(names, most) for names in named.values())
    voices = (voice.label for voice in page.voices if voice.label in named)
    return ", ".join(f"{voice} ({_listed(named[voice], most)})" for voice in voices)


def wish(page: Page, most: int | None = None) -> str:
    """The same as a sentence; "" when there is nothing."""
    what = wishes(page, most)
    return (WISHES if page.is_shared else WISH).format(what=what) if what else ""


def _topic(section: str, item: PageItem) -> Theme | None:
    return item.tells or (USUALLY.get(section) if item.own_words else None)


def _about(sections: Sequence[PageSection]) -> Iterator[str]:
    """How to begin with what someone wants to talk about, if anybody does."""
    named = _named(sections)
    whats = [what for names in named.values() for what in names]
    if len(named) > 1:
        yield ABOUT_EACH
    elif len(whats) > 1:
        yield ABOUT_THESE
    elif whats:
        yield ABOUT_THIS.format(what=_listed(tuple(whats)))


def _named(sections: Sequence[PageSection]) -> dict[str, tuple[str, ...]]:
    """By voice what is to be talked about, each name once, in the order of the page."""
    named: dict[str, tuple[str, ...]] = {}
    for item in (item for part in sections for item in part.items if item.talk_about):
        before = named.get(item.voice, ())
        named[item.voice] = before if item.heading in before else (*before, item.heading)
    return named


def _listed(names: Sequence[str], most: int | None = None) -> str:
    shown = [f"‘{name}’" for name in names[:most]]
    if left := len(names) - len(shown):
        shown.append(MORE.format(number=left))
    return ", ".join(shown)
