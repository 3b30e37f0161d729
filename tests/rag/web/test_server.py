"""Whom the page lets in, and what is said when it is served to others."""

from socket import gethostname

import pytest
from pydantic import SecretStr

from rag.settings import Settings
from rag.web.security.guard import Rules
from rag.web.server import describe_danger, make_rules

LOGIN = SecretStr("ann:secret")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_on_this_machine_there_is_nothing_to_say(host: str) -> None:
    assert describe_danger(Settings(host=host)) == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "news.example.org"])
def test_where_others_can_come_in_it_is_said_loudly(host: str) -> None:
    assert describe_danger(Settings(host=host)) == (
        f"WARNING: anyone who can reach {host}:7860 can read, add and remove these articles: there is no login. Set"
        " DATELINE_AUTH=user:password, or serve on 127.0.0.1"
    )
    assert describe_danger(Settings(host=host, auth=LOGIN)) == (
        f"anyone on the way to {host}:7860 can read what is sent there, the password too: put a proxy that speaks TLS"
        " in front of it, and serve on 127.0.0.1"
    )


def test_the_rules_follow_the_settings() -> None:
    settings = Settings(hostnames=" News.example.org, ,a.b", auth=LOGIN, requests_per_minute=7, upload_megabytes=3)
    hostnames = frozenset({"news.example.org", "a.b", "127.0.0.1", gethostname().lower()})
    assert make_rules(settings) == Rules(hostnames, ("ann:secret",), 7, 3_000_000)
