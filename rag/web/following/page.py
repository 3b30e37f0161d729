"""The page of what is followed: its handlers. Its looks are in `following.css`, its words in `templates/`."""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import gradio as gr

from corpus.loading.url import is_address
from corpus.progress import Watch
from rag.errors import USER_ERRORS
from rag.following.schedule import Schedule
from rag.following.sources import Followed
from rag.library.library import Library
from rag.web.element import EACH, FORM_SCRIPT, LONG_RUNNING, PRIVATE, Opening, Shown, make_element, report_errors
from rag.web.following.view import render_failure, render_form, render_news, render_questions, render_sources
from rag.web.job import FAULT, Job
from rag.web.render import render_progress

SECONDS_BETWEEN_NEWS = 30
"""After which an open page asks whether something has come."""
BUSY = "Another look is under way: wait for it, or cancel it."
NO_FOLDERS = (
    "Here, only addresses of feeds are followed, since others may reach this page: a folder is followed by"
    " `python -m rag follow`."
)
_LOG = logging.getLogger(__name__)
Look = Callable[[Any, Watch], Followed]
"""Looks at a source."""


class FollowingPage:
    """The page's handlers: each takes the browser's event and returns what the components show.

    Example:
        FollowingPage(schedule, library, show_header).build(app, header)
    """

    name = "following"
    label = "Following"

    def __init__(self, schedule: Schedule, library: Library, show_header: Callable[[], str]) -> None:
        """Follow and watch by what `schedule` has; `show_header` renders the header, which counts the articles."""
        self._schedule = schedule
        self._checker = schedule.checker
        self._watched = schedule.watched
        self._library = library
        self._show_header = show_header
        self._job: Job[Any, Followed] | None = None

    def count(self, request: gr.Request) -> Shown:
        """Return (number of news, timer), which ticks once something is followed or watched."""
        _, news = self._show_questions(request.username)
        return news, self._set_timer()

    def show(self, request: gr.Request) -> Shown:
        """Return (sources, questions, number of news, timer) as they are now."""
        return self._show_sources(), *self._show_questions(request.username), self._set_timer()

    def refresh(self, request: gr.Request) -> Shown:
        """Return what `show` does, and the header: articles may have come."""
        return *self.show(request), self._show_header()

    def heed(self, request: gr.Request) -> Shown:
        """Return what `show` does, after articles were added, changed or removed; those that are new are asked soon."""
        self._schedule.wake()
        return self.show(request)

    def follow(self, event: gr.EventData) -> Iterator[Shown]:
        """Follow what the form names, and look at it; yields (progress, sources, header)."""
        source, minutes = (str(dict(event.details)[name]) for name in ("source", "minutes"))
        if not self._schedule.takes_folders and not is_address(source):
            yield render_failure(NO_FOLDERS), gr.skip(), gr.skip()
            return
        yield from self._look([source], lambda each, watch: self._checker.begin(each, int(minutes), watch))

    def check(self, event: gr.EventData) -> Iterator[Shown]:
        """Look at one source, or at all; yields (progress, sources, header)."""
        name = str(event.source)
        found = [each for each in self._checker.following.list_followed() if name in ("", each.source)]
        yield from self._look(found, lambda each, watch: self._checker.check(each, is_asked=True, watch=watch))

    @report_errors
    def unfollow(self, event: gr.EventData) -> str:
        """Follow a source no longer; returns the sources."""
        self._checker.following.unfollow(str(event.source))
        return self._show_sources()

    @report_errors
    def set_minutes(self, event: gr.EventData) -> str:
        """Look at a source at another interval from now on; returns the sources."""
        for source, details in dict(event.corrections).items():
            self._checker.following.follow(str(source), datetime.now(UTC), int(dict(details)["minutes"]))
        self._schedule.wake()
        return self._show_sources()

    def cancel(self) -> None:
        """Stop the look under way after the article at hand."""
        if self._job:
            self._job.cancel()

    @report_errors
    def mark_seen(self, event: gr.EventData, request: gr.Request) -> Shown:
        """Take what was found for a question for seen; returns (questions, number of news)."""
        self._watched.mark_seen(str(event.question), request.username or "")
        return self._show_questions(request.username)

    @report_errors
    def unwatch(self, event: gr.EventData, request: gr.Request) -> Shown:
        """Watch a question no longer; returns (questions, number of news)."""
        self._watched.unwatch(str(event.question), request.username or "")
        return self._show_questions(request.username)

    @report_errors
    def watch(self, event: gr.EventData, request: gr.Request) -> Shown:
        """Watch the question of the form; returns (questions, number of news)."""
        self._watched.watch(str(dict(event.details)["question"]), request.username or "")
        return self._show_questions(request.username)

    def build(self, opening: Opening, header: gr.HTML) -> None:
        """Put the page's components in place, and connect them."""
        with gr.Column(elem_id="dl-following", elem_classes="dl-work"):
            form = make_element("dl-follow", FORM_SCRIPT, html=render_form(takes_folders=self._schedule.takes_folders))
            progress = make_element("dl-look", FORM_SCRIPT)
            sources = make_element("dl-followed", FORM_SCRIPT)
            questions = make_element("dl-watched", FORM_SCRIPT)
            news = make_element("dl-news")
        timer = gr.Timer(SECONDS_BETWEEN_NEWS, active=False)
        shown = [sources, questions, news, timer]
        opening(self.show, None, shown, **PRIVATE)
        gr.on(None, self.count, None, [news, timer], **PRIVATE)  # as soon as the site is opened
        news.expand(self.show, None, shown, **PRIVATE)  # whenever the visitor turns to the page
        timer.tick(self.refresh, None, [*shown, header], **PRIVATE)
        for look, handler in ((form.submit, self.follow), (sources.apply, self.check)):
            look(handler, None, [progress, sources, header], **LONG_RUNNING | EACH)
        sources.delete(self.unfollow, None, sources, **PRIVATE)
        sources.input(self.set_minutes, None, sources, **EACH)
        progress.stop(self.cancel, None, None, **PRIVATE)
        questions.submit(self.watch, None, [questions, news], **PRIVATE)
        questions.apply(self.mark_seen, None, [questions, news], **EACH)
        questions.delete(self.unwatch, None, [questions, news], **PRIVATE)
        header.change(self.heed, None, shown, **PRIVATE)
        news.change(None, js="() => dateline.showNews()", **PRIVATE)

    def _look(self, inputs: Sequence[Any], look: Look) -> Iterator[Shown]:
        """Look at the sources, and yield how far that is, and then what came of it."""
        if self._job:
            yield gr.skip(), self._show_sources(BUSY), gr.skip()
            return
        job: Job[Any, Followed] = Job("Looking", inputs, lambda taken: (look(each, job.tally) for each in taken))
        self._job, problem = job, ""
        try:
            for progress in job.watch():
                yield render_progress(progress, is_cancelled=job.is_cancelled), gr.skip(), gr.skip()
        except USER_ERRORS as error:
            problem = str(error)
        except Exception:  # a fault of a parser or an index: what is done is kept, and the log says what happened
            _LOG.exception("a look failed")
            problem = f"The look {FAULT}."
        finally:
            self._job = None
        self._schedule.wake()
        failure = render_failure(problem) if problem else ""  # the sources are drawn anew when articles come
        yield failure, self._show_sources(), self._show_header()

    def _set_timer(self) -> gr.Timer:
        try:
            return gr.Timer(active=self._checker.following.has_any or self._watched.has_any)
        except USER_ERRORS:  # what the questions' place says
            return gr.Timer(active=False)

    def _show_sources(self, problem: str = "") -> str:
        try:
            return render_sources(self._checker.following.list_followed(), self._library.catalog, problem)
        except USER_ERRORS as error:
            return render_sources((), self._library.catalog, str(error))

    def _show_questions(self, user: str | None) -> Shown:
        try:
            found = self._watched.list_questions(user or "")
        except USER_ERRORS as error:
            return render_questions((), self._library.catalog, str(error)), gr.skip()
        return render_questions(found, self._library.catalog), render_news(found)
