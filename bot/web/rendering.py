"""Makes pages from templates."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from bot.handover import headings, moments
from bot.web import words

HERE = Path(__file__).parent


@cache
def templates() -> Environment:
    """The templates in ``templates/``: everything escaped, an unknown name is an error.

    Filters: ``visible`` (text with its invisible characters shown as marks), ``name_first`` (a line
    in which who it is about stands out), ``language`` (the name of one, from its code),
    ``day``, ``moment`` and ``span`` (a number of seconds in words), all in Dutch and Dutch time.
    """
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(
        visible=words.marked,
        name_first=words.name_first,
        language=headings.language_name,
        day=moments.day,
        moment=moments.moment,
        span=moments.span,
    )
    return environment


def render(template: str, /, *, status: int = 200, **values: object) -> HTMLResponse:
    """The page made by ``template`` from ``values``."""
    return HTMLResponse(templates().get_template(template).render(values), status)


def static_files() -> Mount:
    """Where style sheets and scripts are found: ``/static/…``."""
    return Mount("/static", StaticFiles(directory=HERE / "static"), name="static")
