"""Logs as lines of JSON, for programs that collect them. No line holds a question, or text of an article."""

import json
import logging
import traceback
from datetime import UTC, datetime

from rag.web.serving.requests import Served

REQUESTS = "dateline.requests"
"""The logger with a line for each request."""


def log_as_json() -> None:
    """Write all logs of this process to standard error, each as one line of JSON, from now on; requests, too."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger(REQUESTS).setLevel(logging.INFO)


def log_request(served: Served) -> None:
    """Log a request that has its reply."""
    fields = {
        "method": served.method,
        "route": served.route,
        "status": served.status,
        "seconds": round(served.seconds, 4),
        "client": served.client,
    }
    logging.getLogger(REQUESTS).info("request", extra={"fields": fields})


class JsonLines(logging.Formatter):
    """Formats a record as one JSON object; of an error its type and place, for its message may quote a question."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"time": moment, "level": record.levelname.lower(), "logger": record.name}
        line |= {"message": record.getMessage()} | getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            error = record.exc_info[1]
            frames = traceback.extract_tb(error.__traceback__)
            line |= {"error": type(error).__name__, "at": [f"{each.filename}:{each.lineno}" for each in frames]}
        return json.dumps(line, ensure_ascii=False, default=str)
