"""All that is authored, read on import: for the process from which bots are forked."""

from tests.world import library

BOOKS = library()
