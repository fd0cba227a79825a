"""Reads a page of the chat as a person does: bubbles, buttons, and what a form would send."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta"}


@dataclass
class Form:
    """Where a form goes, and what it sends besides the button."""

    action: str
    hidden: dict[str, str] = field(default_factory=dict)


@dataclass
class Button:
    """A button as it is read, and what it sends."""

    label: str
    name: str
    value: str
    form: Form


@dataclass
class Seen:
    """What is on a page. ``said`` and ``own`` are the bubbles of either side, in order;
    ``numbers`` are those of ``said``, in the order in which they came.

    ``languages`` has the language and direction of every bubble, ``pictures`` what is said of each
    for who cannot see it, by its address.
    """

    title: str = ""
    heading: str = ""
    language: str = ""
    direction: str = ""
    body: str = ""
    said: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    languages: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    typed: str = ""
    notice: str = ""
    scripts: list[str] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)

    def button(self, label: str) -> Button:
        """The button that is labelled ``label``; there has to be exactly one."""
        (found,) = [button for button in self.buttons if button.label == label]
        return found

    def labels(self) -> list[str]:
        """What stands on the buttons, in order."""
        return [button.label for button in self.buttons]


def read(html: str) -> Seen:
    """What is on the page ``html``."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.seen


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = Seen()
        self._open: list[tuple[str, dict[str, str]]] = []
        self._form = Form("")
        self._words: list[str] = []
        self._link_from = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.seen.language, self.seen.direction = given["lang"], given.get("dir", "ltr")
        if tag == "body":
            self.seen.body = given.get("class", "")
        if tag == "form":
            self._form = Form(given["action"])
        if tag == "input":
            self._form.hidden[given["name"]] = given.get("value", "")
        if tag == "img":
            self.seen.pictures[given["src"]] = given["alt"]
            self._words.append(f"\n{given['alt']}\n")
        if tag == "script":
            self.seen.scripts.append(given.get("src", ""))
        if tag == "div" and "entry" in given.get("class", "").split():
            self.seen.languages.append((given["lang"], given["dir"]))
        if tag not in VOID:
            self._open.append((tag, given))
        if tag in {"a", "button"} and self._in_bubble():
            self._link_from = len(self._words)
        elif tag in {"title", "h1", "button", "a", "textarea"} or _is_bubble(tag, given):
            self._words, self._link_from = [], 0

    def handle_data(self, data: str) -> None:
        if not any(given.get("class") == "heard" for _, given in self._open):
            self._words.append(data)

    def _in_bubble(self) -> bool:
        """Whether a link or a button stands in the middle of what is said."""
        return any(_is_bubble(tag, given) for tag, given in self._open)

    def handle_endtag(self, tag: str) -> None:
        opened, given = self._open.pop()
        assert opened == tag, f"<{opened}> is closed by </{tag}>"
        raw = "".join(self._words)
        text = "\n".join(line.strip() for line in raw.split("\n") if line.strip())
        match tag:
            case "title":
                self.seen.title = text
            case "h1":
                self.seen.heading = text
            case "textarea":
                self.seen.typed = raw.removeprefix("\n")
            case "a":
                self.seen.links["".join(self._words[self._link_from :]).strip()] = given["href"]
            case "button" if "hidden" in given or any(tag == "template" for tag, _ in self._open):
                pass  # it is there for who has scripts
            case "button":
                if self._in_bubble():
                    text = "".join(self._words[self._link_from :]).strip()
                    del self._words[self._link_from :]
                label = given.get("aria-label", text)
                button = Button(label, given.get("name", ""), given.get("value", ""), self._form)
                self.seen.buttons.append(button)
            case "p" if given.get("id") == "notice":
                self.seen.notice = text
            case "div" if "own" in given.get("class", "").split():
                self.seen.own.append(text)
            case "div" if "said" in given.get("class", "").split():
                self.seen.said.append(text)
                self.seen.numbers.append(int(given["data-id"]))


def _is_bubble(tag: str, given: dict[str, str]) -> bool:
    return given.get("id") == "notice" or (
        tag == "div" and "entry" in given.get("class", "").split()
    )
