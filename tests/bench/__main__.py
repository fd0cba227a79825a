"""Prints how fast things are here: ``python -m tests.bench``, on a machine with nothing else to do.

``--short`` tries everything once or twice: it shows that it runs, not how fast.
"""

import asyncio
import sys

from tests.bench import keeping, starting, steps
from tests.world import library


def main(*options: str) -> None:
    rounds = 2 if "--short" in options else 20
    for name, dialogue in sorted(library().dialogues.items()):
        print(f"one step of {name}, a tap or a command: {steps.tapped(dialogue, rounds)}")
    parent = library().dialogues["ouder"]
    for words, sentences in steps.SENTENCES.items():
        told = steps.wrote(parent, sentences, rounds)
        print(f"one step of ouder, {words} words of their own: {told}")
    kept = asyncio.run(keeping.kept(rounds))
    print(f"kept and answered, one at a time: {kept.alone:.0f} a second; {kept.one}")
    print(f"kept and answered, {keeping.BATCH} at a time: {kept.together:.0f} a second")
    print(
        f"this disk alone: {kept.bare:.0f} commits a second; of that {kept.alone / kept.bare:.2f}"
    )
    print(f"from nothing to the first answer: {starting.started(rounds)}")
    print(f"samenspraak check: {starting.checked(rounds)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
