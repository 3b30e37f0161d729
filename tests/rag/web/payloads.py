"""Texts that would like to be more than text, and how to see in a browser that they are not."""

import re

from playwright.sync_api import Page, expect

PAYLOADS = (
    "<script>alert('script')</script>",
    "<img src=x onerror=alert('img')>",
    '<img src="https://evil.example/beacon.png">',
    "<svg/onload=alert('svg')>",
    "<svg><animate onbegin=alert('animate') attributeName=x dur=1s>",
    "<iframe src=javascript:alert('iframe')></iframe>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<body onload=alert('body')>",
    "<details open ontoggle=alert('details')>",
    "<input autofocus onfocus=alert('input')>",
    "<video><source onerror=alert('video')></video>",
    "<object data=javascript:alert('object')></object>",
    "<embed src=//evil.example/a.swf>",
    "<link rel=stylesheet href=//evil.example/a.css>",
    "<style>@import '//evil.example/b.css';</style>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<base href=//evil.example/>",
    "<form action=//evil.example/><button>Log in</button></form>",
    "<a href=javascript:alert('link')>click</a>",
    "[click](javascript:alert('markdown'))",
    "![pixel](https://evil.example/pixel.png)",
    '" autofocus onfocus="alert(1)" x="',
    "' onmouseover='alert(1)' x='",
    "</textarea></title></style></script><script>alert('closing')</script>",
    "</div></section></article></main><img src=x onerror=alert('close')>",
    "{{constructor.constructor('alert(1)')()}} ${alert(1)} {{7*7}} {% raw %}",
    "javascript:alert('bare')",
    "data:text/html,<script>alert('data')</script>",
    "&lt;img src=x onerror=alert('entity')&gt; &#60;b&#62;",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=alert(1)&gt;'>",
    "\u202egnp.exe\u2066 evil \u2069\u200b\u2028 zero",
    "`<b onclick=alert(1)>x</b>` **bold** $\\href{javascript:alert(1)}{x}$",
)

MARKUP = """() => {
  const bad = "iframe, object, embed, img, video, audio, base, math, marquee, form[action], script, meta, a[href^='j']";
  const found = [...document.querySelectorAll(".gradio-container :is(" + bad + ")")].map((one) => one.outerHTML);
  for (const one of document.querySelectorAll(".gradio-container *")) {
    for (const { name, value } of one.attributes) {
      const isLink = ["href", "src", "action", "formaction", "srcdoc", "xlink:href"].includes(name);
      if (name.startsWith("on") || (isLink && /^\\s*(javascript|vbscript|data:text)/i.test(value))) {
        found.push(`${name}=${value}`);
      }
    }
  }
  return found;
}"""
"""What of the payloads became elements or attributes that do something: none should."""

_HAS_TEXT = """(wanted) => {
  const flat = (text) => text.replace(/[\\s\\u200b\\u2028\\u202a-\\u202e\\u2066-\\u2069]+/g, "");
  const fields = [...document.querySelectorAll("input, textarea")].map((field) => field.value);
  const shown = flat(document.body.innerText + fields.join(" "));
  return wanted.every((text) => shown.includes(flat(text)));
}"""


def expect_texts(page: Page, *texts: str) -> None:
    """Wait until these texts stand on the page, letter for letter but for white space and characters that turn it."""
    page.wait_for_function(_HAS_TEXT, arg=list(texts))
    assert page.evaluate(MARKUP) == []
    expect(page).to_have_title(re.compile("Dateline$"))  # none of them has set it
