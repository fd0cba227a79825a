"""Words in every language: which languages there are, their catalogues, and what may be shown.

``words`` fills placeholders; ``po_reader`` and ``catalogues`` read and write .po files; ``gate``
holds them against the Dutch by its ``rules``; ``merge`` brings them up to date.
"""

from bot.wording.words import Values

__all__ = ["Values"]
