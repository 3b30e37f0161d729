"""A throw-away cluster of PostgreSQL on a unix socket, and an empty library in it for each test."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine
from sqlalchemy.exc import OperationalError

EVERYWHERE = pytest.mark.parametrize(
    ("chroma_url", "database_url"), [("", ""), ("Chroma", ""), ("", "PostgreSQL")], indirect=True
)
"""The mark of tests of what holds wherever vectors and catalog are."""
_USER = "dateline"
_SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_SETTINGS = ("shared_buffers=32MB", "listen_addresses=")


@contextmanager
def run_cluster(*, is_durable: bool = False) -> Iterator[str]:
    """Start a cluster and yield the address of its database; skips the test where PostgreSQL is not installed.

    With `is_durable`, it waits for the disk, as a real one does.
    """
    binaries = find_binaries()
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        data, account = Path(folder) / "data", find_account()
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        user: dict[str, Any] = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
        encoding = ["--no-sync", "--locale=C", "-E", "UTF8"]
        making: list[str | Path] = [binaries / "initdb", "-D", data, "-U", _USER, "-A", "trust", *encoding]
        subprocess.run(making, check=True, cwd=folder, stdout=subprocess.DEVNULL, **user)
        settings = [*_SETTINGS, *([] if is_durable else _SPEED), f"unix_socket_directories={folder}"]
        options = [part for each in settings for part in ("-c", each)]
        with (Path(folder) / "log").open("wb") as log:
            command: list[str | Path] = [binaries / "postgres", "-D", data, *options]
            server = subprocess.Popen(command, cwd=folder, stderr=log, **user)
        try:
            url = f"postgresql+psycopg://{_USER}@/postgres?host={folder}"
            wait_for(url)
            yield url
        finally:
            server.send_signal(signal.SIGINT)  # which ends its connections, too
            server.wait()


def find_binaries() -> Path:
    """Return the folder of PostgreSQL's programs; Debian keeps it out of the path."""
    found = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found and not folders:
        pytest.skip("PostgreSQL is not installed: `apt-get install postgresql`")
    return Path(found or folders[-1]).resolve().parent


def find_account() -> pwd.struct_passwd | None:
    """Return whom to run PostgreSQL as, which refuses root; None: who runs the tests."""
    if os.geteuid() != 0:
        return None
    names = {each.pw_name: each for each in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def wait_for(url: str) -> None:
    """Wait until the cluster takes connections."""
    engine, end = create_engine(url, poolclass=NullPool), time.monotonic() + 60
    while True:
        try:
            return engine.connect().close()
        except OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def make_schema(url: str, name: str) -> str:
    """Make an empty schema, and return the address of a library in it."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {name} CASCADE")
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
    return f"{url}&options=-csearch_path%3D{name}"
