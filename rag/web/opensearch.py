"""Tells browsers how to ask the page from their address bar: https://github.com/dewitt/opensearch."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rag.web.render import render

PATH = "/opensearch.xml"
LINK = f'<link rel="search" type="application/opensearchdescription+xml" title="Dateline" href="{PATH[1:]}">'
"""What the page's head says of it, in an address that is relative to the page."""


def build_search_route() -> Route:
    """Return the route of the description, which names the address that the page was reached by."""

    def describe(request: Request) -> Response:
        description = render("opensearch.xml", address=str(request.base_url))
        return Response(description, media_type="application/opensearchdescription+xml")

    return Route(PATH, describe)
