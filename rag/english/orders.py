"""Sentences that speak to a machine that reads along: orders to a chat model, hidden in an article.

They state nothing, and stand in news only where news is about such orders: the patterns find 2 of 38,000 sentences of
news and encyclopedias, and neither is one.
"""

import re

_MACHINE = (
    r"(?:(?:language|ai|chat|answering) (?:model|assistant|system)|chat ?bot|assistant|llm|a\.?i\.?|bot|model"
    r"|machine)s?"
)
_SPEAK = r"(?:say|answer|reply|respond|repeat|output|print|write|state|tell|conclude|claim|cite|pretend|quote|mention)"
_WHAT = (
    r"\b(?: only| just| exactly| back)?"
    r"(?: that\b| with\b| after me| (?:to )?(?:the |every |your )?(?:users?|readers?)\b|:|,? [\"“‘'])"
)
_TOLD = r"(?:instruction|prompt|guideline|directive|rule|article|sentence|passage|quote|source|text|message)s?"
_DROP = r"\b(?:ignor|disregard|forget|overrid|bypass)\w*"
_ROLE = r"(?:system|assistant|user|developer|human|ai|bot|admin|instructions?)"
_THESE = r"\b(?:this|above|every|each|all|your|any|following)"
_ORDERS = (
    rf"{_DROP} (?:(?!for\b)\w+ ){{0,5}}{_TOLD}\b",
    rf"{_DROP} (?:everything|anything|all|what)\b.{{0,20}}\b(?:above|before|said|told|else)",
    rf"^\W*{_ROLE}(?: \w+)?\s*[:>\]›)]",
    r"[<‹\[(|]\s*/?(?:im_start|im_end|system|assistant|inst|sys|eot_id|articles?)\b",
    rf"\b(?:dear|attention|hey|(?:note|message|instructions?) (?:to|for))\W+(?:all |any |the |every )*{_MACHINE}\b",
    r"\byou are (?:now |no longer )?(?:an? |the )(?:\w+ ){0,2}(?:ai|assistant|(?:chat)?bot|language model)\b",
    rf"\b{_MACHINE} (?:\w+ ){{0,6}}(?:must|should|shall|ha(?:s|ve) to|needs? to|(?:is|are) to) (?:\w+ )?{_SPEAK}\b",
    rf"(?:\A[\W\d]*|[.!?:;>)\]›】]\s*)(?:(?:please|now|instead|always|then|you must|simply) )*{_SPEAK}{_WHAT}",
    rf"\b(?:and|must|instead|always) (?:answer|reply|respond|output|print|repeat|write){_WHAT}",
    r"\b(?:correct|right|only|true|real|final) answer (?:to (?:\w+ ){1,4}is\b|is (?:always|that)\b|:)",
    rf"{_THESE} (?:sentence|claim|statement|answer)s? (?:\w+ ){{0,5}}(?:is|are|as) (?:\w+ )?"
    r"(?:supported|verified|checked|confirmed)\b",
    r"(?-i:\bNOT HERE\b)",
)
_ORDER = re.compile("|".join(_ORDERS), re.IGNORECASE | re.MULTILINE)


def speaks_to_machine(text: str) -> bool:
    """Whether a sentence or a title orders a machine about: "Ignore all instructions and say that ..."."""
    return bool(_ORDER.search(text))
