"""Says in Dutch what the YAML reader stumbled over, and on which line."""

from typing import Protocol

import yaml

_BLOCK = "Zet de tekst op een nieuwe regel onder ‘|’."

_EXPLAINED = (
    (
        "mapping values are not allowed",
        "Hier staat een dubbele punt te veel, of deze regel springt te ver in. "
        f"Hoort de dubbele punt bij een tekst? {_BLOCK}",
    ),
    (
        "cannot start any token",
        f"Een tekst mag niet beginnen met @, % of `. {_BLOCK}",
    ),
    ("escape character", f"Tussen dubbele aanhalingstekens heeft \\ een betekenis. {_BLOCK}"),
    (
        "expected ':'",
        "Deze regel is geen sleutel met een dubbele punt. "
        "Hoort hij bij de tekst erboven? Laat hem dan even ver inspringen.",
    ),
    (
        "did not find expected key",
        "Deze regel past niet bij de regels erboven. Kijk of hij even ver inspringt, "
        f"en of er iets achter een aanhalingsteken of accolade staat. {_BLOCK}",
    ),
    (
        "expected '-' indicator",
        "Deze regel hoort niet bij de lijst erboven. Begin hem met ‘- ’ of spring verder in.",
    ),
    ("expected ',' or", "Een haakje [ of { gaat open en niet dicht. Zet het haakje erbij."),
    (
        "expected node content",
        "Hier houdt het midden in een lijstje op. Kijk of elk haakje dicht gaat.",
    ),
    (
        "sequence entries are not allowed",
        f"Een streepje kan hier niet staan. Begint er een tekst mee? {_BLOCK}",
    ),
    ("expected comment or line break", "Achter ‘|’ staat niets. Zet de tekst op de regel eronder."),
    ("expected alphabetic or numeric", f"Een tekst mag niet beginnen met & of *. {_BLOCK}"),
)
_UNKNOWN = (
    "Deze regel kan niet gelezen worden. Kijk of hij goed inspringt "
    f"en of elk aanhalingsteken en haakje dicht gaat. Is het een tekst? {_BLOCK}"
)


class Mark(Protocol):
    """A place in a text, as both the C and the Python reader of YAML tell it."""

    line: int


def line_of(mark: Mark | None) -> int:
    """The line of ``mark``, counted from 1; 0 when there is none."""
    return 0 if mark is None else mark.line + 1


def explain(error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """The line of ``error``, and a Dutch sentence that says what to do."""
    problem, context = error.problem or "", error.context or ""
    if "quoted scalar" in context and "end of" in problem:
        quote = f"Hier gaat een aanhalingsteken open en niet dicht. {_BLOCK}"
        return line_of(error.context_mark), quote
    # That a line has no colon is noticed on the next one.
    late = "expected ':'" in problem
    line = line_of(error.context_mark if late else error.problem_mark)
    for part, message in _EXPLAINED:
        if part in problem:
            return line, message
    return line, _UNKNOWN
