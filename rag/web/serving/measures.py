"""Counts requests and times answers, for Prometheus: `/metrics`. No question, title or name is among the measures."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, perf_counter, sleep

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rag.answer import Answer
from rag.library.catalog import Catalog
from rag.web.serving.requests import Served

PATH = "/metrics"
SECONDS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
"""The bounds of the histogram of answers."""
FAILED = "failed"
"""How an answer can end beside the statuses of `Answer`."""
SENDING_SECONDS = 0.5
"""For the last answers to reach those who asked."""
_TICK = 0.02


class Measures:
    """The measures of one served library.

    Example:
        measures = Measures(library.catalog)
        with measures.answering() as timing:
            timing.take(chatbot.invoke(question))
    """

    def __init__(self, catalog: Catalog) -> None:
        """Start at zero; articles and passages are counted whenever somebody looks."""
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "dateline_requests", "Requests by route and status.", ("method", "route", "status"), registry=self._registry
        )
        self._answers = Histogram(
            "dateline_answer_seconds",
            "Seconds from a question to its whole answer, by how that ended.",
            ("status",),
            buckets=SECONDS,
            registry=self._registry,
        )
        self._open = Gauge("dateline_answers_open", "Questions that are being answered now.", registry=self._registry)
        self._registry.register(_CollectionSize(catalog))
        ProcessCollector(registry=self._registry)

    def count_request(self, served: Served) -> None:
        """Count one request that has its reply."""
        self._requests.labels(served.method, served.route, served.status).inc()

    @contextmanager
    def answering(self) -> Iterator["Timing"]:
        """Time an answer from the beginning of the block to its end; one that is given up is not counted."""
        timing, began = Timing(), perf_counter()
        self._open.inc()
        try:
            yield timing
        except GeneratorExit:
            raise
        except BaseException:
            self._answers.labels(FAILED).observe(perf_counter() - began)
            raise
        else:
            self._answers.labels(timing.status).observe(perf_counter() - began)
        finally:
            self._open.dec()

    def wait_for_answers(self, seconds: float) -> None:
        """Wait until no question is being answered and the last answer has been sent, about so long at most."""
        end = monotonic() + seconds
        while monotonic() < end and self._registry.get_sample_value("dateline_answers_open"):
            sleep(_TICK)
        if monotonic() > end - seconds + _TICK:
            sleep(SENDING_SECONDS)

    def build_route(self) -> Route:
        """Return the route by which Prometheus reads the measures."""

        def show(request: Request) -> Response:
            return Response(generate_latest(self._registry), media_type=CONTENT_TYPE_LATEST)

        return Route(PATH, show)


class Timing:
    """How an answer has come out so far."""

    status = FAILED

    def take(self, answer: Answer) -> Answer:
        """Note the latest version of the answer, and return it."""
        self.status = answer.status.value
        return answer


class _CollectionSize(Collector):
    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def collect(self) -> Iterator[GaugeMetricFamily]:
        size = self._catalog.read_collection()
        yield GaugeMetricFamily("dateline_articles", "Articles that answers come from.", size.articles)
        yield GaugeMetricFamily("dateline_passages", "Passages of these articles.", size.passages)
