"""Rules about the ways out of a node: a way is always open, and every condition can come true."""

from collections.abc import Iterator

from bot.dialogue.draft import QUESTIONS, RETURN, WITH_CODES, Read
from bot.dialogue.hearing import MOST_PEOPLE
from bot.dialogue.meant import listed, meant, quoted
from bot.dialogue.problems import Problem
from bot.dialogue.tree import All, Any, AtLeast, AtMost, Condition, IsAnswered, OneOf, Signals
from bot.dialogue.vocabulary import SIGNALS
from bot.dialogue.weaving import Spot, Woven

COUNTED = ("number", "people")
"""Kinds of questions that give a number: one that is typed, or how many people were ticked."""

MOST_COMPARED = 50
"""Rows before a row that it is compared with; more than any node has use for."""


def unknown_question(woven: Woven) -> Iterator[Problem]:
    """A condition reads the answer to a question that is there."""
    for spot, read in woven.reads():
        name = read.question.text
        if woven.asked(spot, read) is not None or woven.hidden(spot.prefix + name):
            continue
        if spot.prefix + name in woven.spots:
            message = f"{quoted(name)} is geen vraag: daar komt geen antwoord op. Noem een vraag."
        else:
            message = (
                f"Er is geen vraag {quoted(name)}.{meant(name, woven.questions(spot, *QUESTIONS))} "
                "Noem een vraag uit dit bestand, of een uit een bouwsteen: kring/naam."
            )
        yield Problem(spot.draft.file, read.question.line, "unknown-question", message)


def unknown_code(woven: Woven) -> Iterator[Problem]:
    """A condition asks for choices that the question has."""
    for spot, read, asked in _asked(woven):
        first = woven.ticked_first(asked)
        if asked.node.kind not in WITH_CODES or first.node.among is not None:
            continue
        known = [code.text for code in first.node.codes]
        for code in read.codes:
            if code.text not in known:
                message = (
                    f"De vraag {quoted(read.question.text)} heeft geen keuze {quoted(code.text)}."
                    f"{meant(code.text, known)} Kies uit: {listed(known)}."
                )
                yield Problem(spot.draft.file, code.line, "unknown-code", message)


def wrong_condition_kind(woven: Woven) -> Iterator[Problem]:
    """A condition asks for what the question gives: choices, a number, people, or own words."""
    for spot, read, asked in _asked(woven):
        name, kind = quoted(read.question.text), asked.node.kind
        if read.tests == "codes" and kind == "number":
            message = f"{name} vraagt een getal. Gebruik {{at_least: 4}} of {{at_most: 4}}."
        elif read.tests == "codes" and kind == "people":
            message = (
                f"{name} vraagt wie van de mensen. Gebruik {{at_least: 1}} als iemand is "
                "aangevinkt, of {answered: yes}."
            )
        elif read.tests == "nearby" and kind not in WITH_CODES:
            message = f"{name} heeft geen keuzes. Onder ‘nearby’ hoort een vraag met keuzes."
        elif read.tests == "codes" and kind not in WITH_CODES:
            message = f"{name} heeft geen keuzes. Hier kan alleen {{answered: yes}}."
        elif read.tests == "number" and kind not in COUNTED:
            message = f"{name} vraagt geen getal. Gebruik een keuze, of {{answered: yes}}."
        elif read.tests == "signals" and kind != "words":
            message = f"{name} vraagt geen eigen woorden. Noem een vraag met ‘ask: words’."
        else:
            continue
        yield Problem(spot.draft.file, read.question.line, "wrong-condition-kind", message)


def unknown_signal(woven: Woven) -> Iterator[Problem]:
    """A condition looks for a signal that own words can carry."""
    for spot, read in woven.reads():
        if read.signal is not None and read.signal.text not in SIGNALS:
            name = read.signal.text
            message = f"Het signaal {quoted(name)} kan hier niet.{meant(name, SIGNALS)}"
            message = f"{message} Achter ‘signals’ kan: {listed(SIGNALS)}."
            yield Problem(spot.draft.file, read.signal.line, "unknown-signal", message)


def number_range(woven: Woven) -> Iterator[Problem]:
    """A number runs from low to high, and a condition asks for a number within that."""
    for draft, node in woven.nodes():
        if node.least is not None and node.most is not None and node.least > node.most:
            message = f"Dit loopt van {node.least} tot {node.most}. Draai de getallen om."
            yield Problem(draft.file, node.id.line, "number-range", message)
    for spot, read, asked in _asked(woven):
        is_people = asked.node.kind == "people"
        least, most = (0, MOST_PEOPLE) if is_people else (asked.node.least, asked.node.most)
        for number in read.numbers:
            if least is not None and most is not None and not least <= number <= most:
                message = (
                    f"{quoted(read.question.text)} loopt van {least} tot en met {most}; "
                    f"{number} valt daarbuiten. Neem een getal daartussen."
                )
                yield Problem(spot.draft.file, read.question.line, "number-range", message)


def _asked(woven: Woven) -> Iterator[tuple[Spot, Read, Spot]]:
    """Every answer that a condition reads, where, and the question it is an answer to."""
    for spot, read in woven.reads():
        asked = woven.asked(spot, read)
        if asked is not None:
            yield spot, read, asked


def no_default_route(woven: Woven) -> Iterator[Problem]:
    """One way out is always open, because every question can be skipped."""
    for draft, node in woven.nodes():
        if node.rows and not any(row.always for row in node.rows):
            message = (
                "Waar gaat het gesprek heen als niets hiervan klopt, of als iemand de vraag "
                "overslaat? Zet als laatste een regel met alleen ‘- to: …’."
            )
            yield Problem(draft.file, node.rows[-1].line, "no-default-route", message)


def row_after_default(woven: Woven) -> Iterator[Problem]:
    """Nothing stands after a way out that is always open."""
    for draft, node in woven.nodes():
        for before, row in zip(node.rows, node.rows[1:], strict=False):
            if before.always:
                message = (
                    f"De regel hiervoor (op {before.line}) geldt altijd, dus hier komt niemand. "
                    "Zet die regel als laatste, of haal er een weg."
                )
                yield Problem(draft.file, row.line, "row-after-default", message)


def row_never_taken(woven: Woven) -> Iterator[Problem]:
    """No way out is hidden behind an earlier one that is open whenever it is."""
    for draft, node in woven.nodes():
        for at, row in enumerate(node.rows):
            for earlier in node.rows[max(0, at - MOST_COMPARED) : at]:
                if row.when and earlier.when and _covers(earlier.when, row.when):
                    message = (
                        f"Als dit klopt, klopt regel {earlier.line} ook, en die gaat voor. "
                        "Zet deze regel erboven, of haal hem weg."
                    )
                    yield Problem(draft.file, row.line, "row-never-taken", message)
                    break


def _covers(wide: Condition, narrow: Condition) -> bool:
    """Whether ``wide`` holds whenever ``narrow`` does, as far as that is plain to see."""
    match wide, narrow:
        case OneOf(question=a, codes=codes), OneOf(question=b, codes=fewer):
            return a == b and set(codes) >= set(fewer)
        case AtLeast(question=a, number=low), AtLeast(question=b, number=high):
            return a == b and low <= high
        case AtMost(question=a, number=high), AtMost(question=b, number=low):
            return a == b and low <= high
        case (
            IsAnswered(question=a),
            OneOf(question=b) | AtLeast(question=b) | AtMost(question=b) | Signals(question=b),
        ):
            return a == b
        case Any(conditions=conditions), _:
            return wide == narrow or any(_covers(condition, narrow) for condition in conditions)
        case _, All(conditions=conditions):
            return wide == narrow or any(_covers(wide, condition) for condition in conditions)
        case _:
            return wide == narrow


def return_to_rows(woven: Woven) -> Iterator[Problem]:
    """When ``otherwise`` leaves a building block, only one way goes on from there."""
    for spot in woven.spots.values():
        if spot.node.otherwise is None or spot.node.otherwise.text != RETURN:
            continue
        out = woven.way_out(spot)
        while out is not None and [row.to.text for row in out.rows] == [RETURN]:
            out = woven.way_out(out)
        if out is not None and len(out.rows) > 1:
            message = (
                f"In deze bouwsteen kan iemand kiezen om niets te sturen. Daarna kan er maar één "
                f"weg zijn. Zet achter ‘next’ van {quoted(out.node.id.text)} één stap."
            )
            yield Problem(out.draft.file, out.node.id.line, "return-to-rows", message)
