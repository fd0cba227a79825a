"""Puts the parts of a case together as one page: each voice apart, the young first.

Nothing is merged, averaged or compared. A part is the page that one voice handed over; its items
and its people keep their words and their order, and get the label of their voice.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from bot.dialogue.vocabulary import SECTIONS, VoiceKind, voice_of
from bot.handover import first_talk, headings
from bot.handover.page import Page, PageSection, PageVoice

ORDER = tuple(headings.FILLED_IN_BY)
"""The kinds of voices in the order of the page."""


def labels(parts: Sequence[Page], whose: Sequence[object] = ()) -> tuple[str, ...]:
    """What marks each of ``parts``: ``jongere``, ``andere ouder``; two of one voice are alike.

    ``whose`` tells voices apart, one for each part; without it every part is of a voice of its own.
    """
    met: Counter[str] = Counter()
    known: dict[object, str] = {}
    for part, voice in zip(parts, whose or range(len(parts)), strict=True):
        if voice not in known:
            kind = _kind(part)
            met[kind] += 1
            known[voice] = headings.label(kind, met[kind])
    return tuple(known[voice] for voice in whose or range(len(parts)))


def compose(parts: Sequence[Page], whose: Sequence[object] = ()) -> Page:
    """One page of ``parts``, at least one, all of one case and team, in the order they first came.

    Each is of one voice; ``whose`` as with ``labels``. The code, the team and the terms are those
    of the first. A part alone stays as it is, with what is missing said.
    """
    first = parts[0]
    labelled = [
        _labelled(part, label) for part, label in zip(parts, labels(parts, whose), strict=True)
    ]
    by_kind = sorted(labelled, key=lambda part: ORDER.index(part.voices[0].kind))
    labelled = sorted(by_kind, key=lambda part: _place(part, by_kind))
    voices = tuple(_voices(labelled))
    sections = tuple(_section(name, labelled, voices) for name in SECTIONS)
    circle = tuple(person for part in labelled for person in part.circle)
    return replace(
        first,
        came=min(voice.came for voice in voices),
        renewed=_renewed(voices),
        filled_in_by=", ".join(_each_once(voices, "filled_in_by")),
        mode=", ".join(_each_once(voices, "mode")),
        language_name=", ".join(_each_once(voices, "language_name")),
        sections=sections,
        circle=circle,
        not_heard=headings.not_heard([(voice.kind, voice.adult) for voice in voices]),
        voices=voices,
        open_questions=first_talk.questions(sections, circle),
    )


def _kind(part: Page) -> VoiceKind:
    """Whose part it is; one that was kept before there were voices says so by its dialogue."""
    return part.voices[0].kind if part.voices else voice_of(part.dialogue)


def _labelled(part: Page, label: str) -> Page:
    """``part`` with the label of its voice on everything in it."""
    voice = PageVoice(
        label,
        _kind(part),
        part.filled_in_by,
        part.language,
        part.language_name,
        part.mode,
        part.came,
        part.renewed,
        part.voices[0].phone if part.voices else None,
        any(voice.adult for voice in part.voices),
    )
    return replace(
        part,
        voices=(voice,),
        sections=tuple(
            replace(each, items=tuple(replace(item, voice=label) for item in each.items))
            for each in part.sections
        ),
        circle=tuple(replace(person, voice=label) for person in part.circle),
    )


def _voices(parts: Sequence[Page]) -> Iterator[PageVoice]:
    """Every voice once, of parts that stand together; one that gave several came with the first."""
    for _, given in groupby(parts, lambda part: part.voices[0].label):
        first, *later = (part.voices[0] for part in given)
        told = [voice.phone for voice in (first, *later)]
        phone = True if True in told else told[-1]
        last = max((max(voice.came, voice.renewed or 0) for voice in later), default=None)
        adult = any(voice.adult for voice in (first, *later))
        yield replace(first, renewed=last or first.renewed, phone=phone, adult=adult)


def _place(part: Page, parts: Sequence[Page]) -> int:
    """Where the voice of ``part`` first stands in ``parts``."""
    label = part.voices[0].label
    return next(place for place, each in enumerate(parts) if each.voices[0].label == label)


def _section(name: str, parts: Sequence[Page], voices: Sequence[PageVoice]) -> PageSection:
    """A section of all parts; one that a part does not have yet has nothing of it."""
    items = tuple(
        item for part in parts for each in part.sections if each.name == name for item in each.items
    )
    unheard: tuple[str, ...] = ()
    if name == "eigen_woorden":
        named = [(voice.kind, voice.label) for voice in voices]
        unheard = headings.unheard(named, {item.voice for item in items})
    phones = {voice.label: voice.phone for voice in voices}
    notes = headings.no_number(phones) if name == "praktisch" and items else ()
    missing = "" if items else headings.missing(name)
    return PageSection(name, headings.HEADINGS[name], items, missing, unheard, notes)


def _renewed(voices: Sequence[PageVoice]) -> int | None:
    """When the page last became fuller: a voice added to its part, or a part came later."""
    first = min(voice.came for voice in voices)
    last = max(max(voice.came, voice.renewed or 0) for voice in voices)
    return last if last > first else None


def _each_once(voices: Sequence[PageVoice], field: str) -> Iterator[str]:
    yield from dict.fromkeys(str(getattr(voice, field)) for voice in voices)
