"""The closed word classes of English, and the open ones as far as rules need them. All words are in lower case."""

from pathlib import Path

from corpus import calendar


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DETERMINERS = _words("the a an this that these those some any no every each all both another other")
PREPOSITIONS = _words(
    "of in on at by for from to with about into against between during before after since until over under near "
    "around than through without within across behind toward towards upon per despite besides except like beyond "
    "above below"
)
BASE_TAKERS = _words("do does did can could will would shall should may might must")
"""Auxiliaries that a verb in its base form follows."""
BE = _words("is are was were")
AUXILIARIES = BASE_TAKERS | BE | _words("be been being has have had isn't aren't wasn't weren't didn't doesn't don't")
QUESTION_WORDS = _words("what which who whom whose when where why how")
MALE = _words("he him his")
FEMALE = _words("she her hers")
NEUTER = _words("it its")
PLURAL = _words("they them their theirs")
PRONOUNS = (
    MALE
    | FEMALE
    | NEUTER
    | PLURAL
    | _words("i you we me us my your our there then one itself himself herself themselves")
)
POSSESSIVES = _words("his her its their")
CONJUNCTIONS = _words("and or but")
CLAUSE_OPENERS = _words("when while after before because if that who which whether as since until where once though")
ADVERBS = _words(
    "so very not also still now ever never exactly again fully just only even actually really too already else ago "
    "then instead later earlier today yesterday tomorrow currently originally finally first most more less there "
    "here up down out off away back together alone precisely eventually meanwhile next yet"
)
GREETINGS = _words("thanks thank hello hi hey ok okay yes no please sorry bye great good cool help")

MONTHS = tuple(name.casefold() for name in calendar.MONTHS)
WEEKDAYS = frozenset(name.casefold() for name in calendar.WEEKDAYS)
UNITS = _words("year month week day quarter decade night morning evening summer winter spring autumn")

PLACES = frozenset((Path(__file__).parent / "places.txt").read_text("utf-8").casefold().splitlines())

PEOPLE = _words(
    "president minister chancellor secretary governor mayor king queen prince princess pope ambassador envoy "
    "spokesman spokeswoman spokesperson leader chief head chairman chairwoman chair director manager officer "
    "general commander senator congressman congresswoman judge lawyer doctor professor scientist journalist "
    "correspondent reporter author writer singer actor actress player coach captain man woman boy girl person "
    "victim suspect witness resident voter premier deputy official adviser advisor diplomat administrator economist "
    "banker founder owner predecessor successor husband wife son daughter father mother brother sister candidate "
    "winner member astronaut engineer firefighter secretary-general chairman-in-office"
)
TITLES = PEOPLE | _words("mr mrs ms dr sir lord lady")
LOCATIONS = _words(
    "town city country village island state region province capital place area county district site port"
)
GROUPS = _words(
    "alliance organization organisation company firm bank agency party union group committee council parliament "
    "government court ministry institute university team club newspaper broadcaster institution commission "
    "association"
)
EVENTS = _words(
    "meeting talks summit conference election vote war attack crash storm flood fire earthquake match game trial "
    "strike protest deal agreement treaty decision launch visit speech call trip programme program mission project "
    "report plan law"
)
INCIDENTS = _words(
    "fire blaze wildfire earthquake quake shooting attack bombing explosion blast crash collision accident pileup "
    "stampede flood floods flooding storm hurricane cyclone typhoon tornado landslide avalanche eruption"
)
"""What may happen anywhere, and often does."""
KINDS = PEOPLE | LOCATIONS | GROUPS | EVENTS
"""Nouns that stand for something that was named before: "the alliance", "the meeting"."""

_VERBS = (
    "abandon abstain accept accuse act add admit adopt agree aim allow announce answer appear apply approve argue "
    "arrest arrive ask assess attack attend avoid ban base be beat become begin believe belong block blame break "
    "bring build burn buy call cancel carry cast cause change charge choose claim close collect come comment commit "
    "compare complain complete concern conclude confirm connect consider consist contain continue control cost "
    "count cover create criticise criticize cross cut damage deal decide declare decline defend delay deliver "
    "demand deny depend deploy describe destroy develop die differ discover discuss dismiss dissent draw drive drop "
    "earn elect emerge employ end enter estimate evacuate exist expand expect explain express face fail fall fear "
    "feel fight find fire fly follow force found gain get give go grow halt hand happen have head hear help hit "
    "hold hope imagine impose improve include increase inform insist intend invade invest invite issue join keep "
    "kill know land last launch lead leave lie like list live look lose make manage mark mean measure meet mention "
    "move name need negotiate object offer open operate oppose orbit order organise own pass pay plan plant play "
    "point praise predict prefer prepare present prevent produce promise propose protect protest prove provide "
    "publish pull push put quit raise reach read receive recognise recommend reduce refuse reject release rely "
    "remain remember remove repair replace reply report represent request require rescue resign resolve respond "
    "restore result return reveal rise rule run save say see seek seem sell send serve set share shoot show sign "
    "sink speak spend spread stand start state stay stop strike study succeed suffer suggest support survive take "
    "talk tell test think threaten throw touch train travel treat try turn understand unfold urge use vary visit "
    "vote wait want warn watch wear weigh welcome win wish withdraw work worry write"
).split()
_IRREGULAR = _words(
    "became began bound been begun bought broke broken brought built burnt came chose chosen cut did done drew "
    "drawn drove driven fell fallen felt fought found flew flown gave given went gone got grew grown had heard held "
    "hit kept knew known laid led left lay lost made meant met paid put ran read rose risen said sat saw seen sent "
    "set shot shown sold spent spoke spoken stood struck taken taught thought threw thrown told took understood was "
    "were withdrew withdrawn won wore worn wrote written overtook burnt sank sunk took"
)
BASE_VERBS = frozenset(_VERBS)


def _past(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ied"
    return f"{verb}d" if verb.endswith("e") else f"{verb}ed"


FINITE_VERBS = (
    _IRREGULAR
    | set(map(_past, _VERBS))
    | {f"{verb}s" for verb in _VERBS}
    | _words("stopped planned banned dropped stepped put sought submitted permitted controlled travelled cancelled has")
)
_BASES = (
    "became become began begin bought buy broke break brought bring built build came come chose choose cut cut drew "
    "draw drove drive fell fall felt feel fought fight found find flew fly gave give got get grew grow held hold "
    "hit hit kept keep knew know led lead left leave lost lose made make met meet paid pay put put ran run rose "
    "rise saw see sent send set set shot shoot sold sell spent spend spoke speak stood stand struck strike took "
    "take thought think threw throw went go withdrew withdraw won win wrote write stopped stop planned plan banned "
    "ban dropped drop stepped step sought seek submitted submit permitted permit cancelled cancel overtook overtake"
).split()
BASE_OF = {_past(verb): verb for verb in _VERBS} | dict(zip(_BASES[::2], _BASES[1::2], strict=True))
"""The base form of verbs in the past: "launch" of "launched"."""
