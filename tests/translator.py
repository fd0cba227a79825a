"""A translator who is quick: writes the catalogues of a language and puts its code before each."""

from msgspec.structs import replace

from bot.authored.dutch import read_authored
from bot.commands.translate import bring_up_to_date
from bot.dialogue.pictures import parted
from bot.wording.catalogues import Entry, written
from bot.wording.languages import LANGUAGES
from bot.wording.translations import read_catalogues
from tests.authored_tree import Folders


def translate(folders: Folders, code: str) -> None:
    """Make the language ``code`` complete."""
    language = LANGUAGES[code]
    authored, problems = read_authored(folders.authored)
    assert not problems
    assert bring_up_to_date(folders.locales, language, authored)
    for catalogue in read_catalogues(folders.locales, language)[0]:
        entries = [_translated(code, entry) for entry in catalogue.entries]
        path = folders.locales.parent / catalogue.file
        path.write_text(written(language, (), entries), encoding="utf-8")


def _translated(code: str, entry: Entry) -> Entry:
    picture, words = parted(entry.dutch[-1])
    said = f"{picture} {code} {words}".strip()  # a picture stays in front
    forms = (said,) * len(entry.translated)
    return replace(entry, translated=forms, fuzzy=False)
