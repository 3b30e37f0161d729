"""The elements that the pages are made of."""

import gradio as gr


def make_element(elem_id: str, script: str = "", *classes: str, html: str = "") -> gr.HTML:
    """Return an element of a page that shows HTML, with nothing of Gradio's own look.

    `script` runs once in the browser, with `element` and `trigger`, to tell its events.
    """
    return gr.HTML(html, js_on_load=script or None, apply_default_css=False, elem_id=elem_id, elem_classes=[*classes])
