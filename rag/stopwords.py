"""Words that say little about what a text is about."""

QUESTION_WORDS = (
    "what which who whom whose when where why how did do does done doing has have had is are was were be been being "
    "can could will would shall should may might must i me my you your he him his she her we us our they them their "
    "a an and or but if in on at by for from of to with about into as than then that this these those there it its "
    "not no s t re ve ll d m so such also just very please tell say many much"
).split()
"""Function words: these are not looked for at all."""

BESIDE_THE_POINT = (
    "the while after before during since until over around about roughly nearly almost some up out down which whose"
    " said says told according among also still then because however meanwhile later earlier there only both each other"
).split()
"""Words that say how, when or by whom, rather than what."""
