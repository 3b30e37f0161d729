"""Jobs: watched, cancelled, and what they raise."""

from collections.abc import Iterator
from threading import get_ident

import pytest

from rag.web.job import Job, Progress


def double(numbers: Iterator[int]) -> Iterator[int]:
    return (2 * number for number in numbers)


def test_a_job_gives_one_result_an_input() -> None:
    job = Job("Doubling", (1, 2, 3), double)
    for _ in job.watch():
        assert job.progress.total == 3
    assert job.results == [2, 4, 6]
    assert (job.progress.label, job.progress.done) == ("Doubling", 3)


def test_a_cancelled_job_takes_no_further_input_and_finishes_what_was_taken() -> None:
    def cancel_at_two(numbers: Iterator[int]) -> Iterator[int]:
        for number in numbers:
            if number == 2:
                job.cancel()
            yield number

    job = Job("Counting", (1, 2, 3, 4), cancel_at_two)
    list(job.watch())
    assert job.results == [1, 2]
    assert job.is_cancelled


def test_all_steps_are_taken_in_one_thread_and_not_in_that_of_the_watcher() -> None:
    job: Job[int, int] = Job("Where", tuple(range(50)), lambda numbers: (get_ident() for _ in numbers))
    list(job.watch())
    assert len(set(job.results)) == 1
    assert job.results[0] != get_ident()


def test_what_the_work_raises_reaches_the_watcher() -> None:
    job: Job[int, float] = Job("Dividing", (1, 0), lambda numbers: (1 / number for number in numbers))
    with pytest.raises(ZeroDivisionError):
        list(job.watch())
    assert job.results == [1.0]


@pytest.mark.parametrize(
    ("done", "seconds", "words"),
    [
        (0, 9.0, ""),
        (5, 0.5, ""),
        (50, 10.0, "about 10 seconds left"),
        (99, 10.0, "about 5 seconds left"),
        (10, 30.0, "about 4 minutes left"),
    ],
)
def test_the_time_left_is_told_in_round_words(done: int, seconds: float, words: str) -> None:
    assert Progress("Saving", done, 100, seconds, done / 100).time_left == words
