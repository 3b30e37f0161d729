"""Words that say little about what a text is about."""

FREQUENT = (
    "what which who whom whose when where why how did do does is are was were be a an the of to in on at for by from "
    "and or s t"
).split()
"""Words that ask, and words that nearly all passages have: the word index leaves them out.

Not more: of "It Must Have Been Love" hardly anything else than function words is known.
"""

QUESTION_WORDS = [
    *FREQUENT,
    *"done doing has have had been being can could will would shall should may might must i me my you your he".split(),
    *"him his she her we us our they them their but if with about into as than then that this these those".split(),
    *"there it its not no re ve ll d m so such also just very please tell say many much".split(),
]
"""Function words: texts that share only these have nothing in common."""

BESIDE_THE_POINT = (
    "the while after before during since until over around about roughly nearly almost some up out down which whose"
    " said says told according among also still then because however meanwhile later earlier there only both each other"
).split()
"""Words that say how, when or by whom, rather than what."""
