"""Handlers report failures that are meant for the visitor, as text."""

from typing import NoReturn

import gradio as gr
import pytest

from rag.errors import RunError
from rag.web.element import report_errors


def fail(error: Exception) -> NoReturn:
    raise error


def test_a_failure_meant_for_the_visitor_is_shown_without_markup() -> None:
    with pytest.raises(gr.Error) as shown:
        report_errors(fail)(RunError("no run <img src=x>"))
    assert shown.value.message == "no run &lt;img src=x&gt;"


def test_other_faults_and_results_pass_through() -> None:
    assert report_errors(len)("abc") == 3
    with pytest.raises(ZeroDivisionError):
        report_errors(fail)(ZeroDivisionError())
