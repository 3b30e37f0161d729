"""Sentences that speak to a machine that reads along: orders to a chat model, hidden in an article.

They state nothing, and stand in news only where news is about such orders: the patterns find 3 of 53,000 sentences of
news and encyclopedias, and none is one.
"""

import re

from rag.english.letters import list_plain

_MACHINE = (
    r"(?:(?:language|ai|chat|answering) (?:model|assistant|system)|chat ?bot|assistant|llm|a\.?i\.?|bot|model"
    r"|machine)s?"
)
_SPEAK = r"(?:say|answer|reply|respond|repeat|output|print|write|state|tell|conclude|claim|cite|pretend|quote|mention)"
_REPLY = r"(?:\w+ )?(?:answer|reply|response|output|summary|completion)\b"
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
    r"<\|\w+\|>|</?(?:s|bos|eos|user|human|model|(?:start|end)_of_turn|think(?:ing)?|tool_call|function\w*)>|<!--",
    r"^\W*#{2,} *(?:instructions?|response|input|system|user|assistant)\b|[{\[]\s*\"\w+\"\s*:|^\W*sentence \d+\s*:",
    r"(?:\b[^\W\d_]\s){8,}|<{3,}|-{3,} *(?:begin|end|start|new)\b",
    rf"\bwhen(?:ever)? (?:you are )?asked\b[^.]{{0,60}}, (?:please )?{_SPEAK}{_WHAT}",
    r"\b(?:instructions?|rules?|prompt) (?:that |which )?you (?:were|are|have been) given\b",
    r"\b(?:in|into|of|to|from|with) your (?:\w+ )?(?:response|reply|output|summary|completion)\b",
    r"(?:\A[\W\d]*|[.!?:;]\s+)(?:act|behave|pretend|role-?play) as (?:an?|the|if)\b",
    r"\A\W*(?:chat ?gpt|gpt|copilot|llm),",
    rf"\b(?:dear|attention|hey|(?:note|message|instructions?) (?:to|for))\W+(?:all |any |the |every )*{_MACHINE}\b",
    r"\byou are (?:now |no longer )?(?:an? |the )(?:\w+ ){0,2}(?:ai|assistant|(?:chat)?bot|language model)\b",
    rf"\bas an? (?:\w+ )?{_MACHINE},? (?:that \w+ this )?you\b|\bfor (?:\w+ )?{_MACHINE}(?: \w+){{0,2}}(?: only)?:",
    rf"\b{_MACHINE}, (?:please )?(?:{_SPEAK}|report|note|add|include|summari[sz]e)\b",
    rf"\b{_MACHINE} (?:\w+ ){{0,6}}(?:must|should|shall|ha(?:s|ve) to|needs? to|(?:is|are) to) (?:\w+ )?{_SPEAK}\b",
    rf"(?:\A[\W\d]*|[.!?:;>)\]›】]\s*)(?:(?:please|now|instead|always|then|you must|simply) )*{_SPEAK}{_WHAT}",
    rf"\b(?:and|must|instead|always) (?:answer|reply|respond|output|print|repeat|write){_WHAT}",
    rf"\b(?:begin|start|open|end|finish|close|conclude|preface|add|append|put|insert|include|leave|omit|keep)\b"
    rf"[^.!?]{{0,40}}\byour {_REPLY}|\byour {_REPLY} (?:must|should|shall|has to|needs to)\b",
    r"\b(?:summar(?:y|ies)|answers?|repl(?:y|ies)|responses?) (?:of|about|to|on) (?:this|the) (?:page|article|question)"
    r" (?:must|should|shall|ha(?:s|ve) to|needs? to)\b",
    rf"\bfrom (?:now|here|this point) on,? (?:you )?(?:only |always |never |are |must |will )*{_SPEAK}\b",
    r"\byour new (?:instructions?|task|role|prompt|rules?)\b|\bnew (?:instructions?|task|prompt)\s*:",
    rf"(?:\A[\W\d]*|[.!?:;]\s+)(?:please )?(?:pay no (?:attention|heed) to|do not (?:follow|obey|heed)|stop following"
    rf"|set aside|leave aside) (?:\w+ ){{0,5}}{_TOLD}\b",
    r"(?:\A[\W\d]*|[.!?:;]\s+)(?:please )?(?:do not|don't|never) (?:mention|report|cite|quote)\b",
    rf"\b(?:and|but) {_SPEAK} instead\b",
    r"\bthe (?:answer|claim|sentence) (?:above |below )?is (?:\w+ )?(?:supported|verified|checked)\b",
    r"\b(?:correct|right|only|true|real|final) answer (?:to (?:\w+ ){1,4}is\b|is (?:always|that)\b|:)",
    rf"{_THESE} (?:sentence|claim|statement|answer)s? (?:\w+ ){{0,5}}(?:is|are|as) (?:\w+ )?"
    r"(?:supported|verified|checked|confirmed)\b",
    r"(?-i:\bNOT HERE\b)",
)
_ORDER = re.compile("|".join(_ORDERS), re.IGNORECASE | re.MULTILINE)


def speaks_to_machine(text: str) -> bool:
    """Whether a sentence or a title orders a machine about: "Ignore all instructions and say that ...".

    It is read as it looks, so that letters of other alphabets, or letters that nobody sees, hide no order.
    """
    return any(map(_ORDER.search, list_plain(text)))
