"""What someone can bring to a family's own meeting, as a page to print: for nobody but them."""

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response

from bot.dialogue.message import Say
from bot.dialogue.table import parts, table
from bot.texts import Line
from bot.web.chat_site import TALK, Site
from bot.web.chat_view import page_values

TABLE = f"{TALK}/samen"


class TablePage:
    """The address of that page."""

    def __init__(self, site: Site) -> None:
        self.site = site

    async def read(self, request: Request) -> Response:
        """The page of whoever asks, made anew each time; when there is nothing for it, none."""
        found = await self.site.opened(self.site.visitors.read(request))
        conversation = found[0].conversation if found else None
        dialogue = conversation and self.site.library.dialogues.get(conversation.dialogue)
        brought = dialogue and conversation and table(dialogue, conversation)
        if not conversation or not brought:
            return self.site.gone(request)
        texts, language = self.site.texts, conversation.language
        values = self.site.library.values(conversation.team, language)
        message = texts.say(Say(parts(brought), conversation.turn), language, values)
        intro, *sections = _sections(message.lines)
        shown = {**page_values(texts, message.language), "intro": intro[1], "sections": sections}
        return self.site.show(request, "chat_table.html", **shown, talk=TALK)


def _sections(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """The lines under each heading; those before the first stand under ""."""
    sections: list[tuple[str, list[Line]]] = [("", [])]
    for line in lines:
        if line.role == "heading":
            sections.append((line.text, []))
        else:
            sections[-1][1].append(line)
    return sections
