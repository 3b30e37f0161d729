"""Makes questions on who holds an office, by rule: annotators ask few, and readers of news ask many.

A sentence or two with made-up office holders goes into a real paragraph. What is asked of another country or office
than those of the text, or of a holder whom it does not name, has no answer there: no annotator is needed to know it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from embeddings.training.features import Item
from embeddings.training.squad import Gold, Paragraph

COUNTRIES = """Argentina Argentine, Armenia Armenian, Australia Australian, Austria Austrian, Azerbaijan Azerbaijani,
Belarus Belarusian, Belgium Belgian, Bolivia Bolivian, Brazil Brazilian, Britain British, Bulgaria Bulgarian,
Canada Canadian, Chile Chilean, China Chinese, Colombia Colombian, Croatia Croatian, Cuba Cuban, Denmark Danish,
Egypt Egyptian, Estonia Estonian, Ethiopia Ethiopian, Finland Finnish, France French, Georgia Georgian,
Germany German, Greece Greek, Hungary Hungarian, India Indian, Indonesia Indonesian, Iran Iranian, Iraq Iraqi,
Ireland Irish, Israel Israeli, Italy Italian, Japan Japanese, Jordan Jordanian, Kenya Kenyan, Latvia Latvian,
Lithuania Lithuanian, Mexico Mexican, Moldova Moldovan, Morocco Moroccan, Nigeria Nigerian, Norway Norwegian,
Pakistan Pakistani, Peru Peruvian, Poland Polish, Portugal Portuguese, Romania Romanian, Russia Russian,
Serbia Serbian, Slovakia Slovak, Spain Spanish, Sweden Swedish, Syria Syrian, Turkey Turkish, Ukraine Ukrainian,
US US, US American, Venezuela Venezuelan, Vietnam Vietnamese"""
OFFICES = """president, president, president, prime minister, prime minister, foreign minister, defence minister,
chancellor, finance minister, interior minister, health minister, energy minister, secretary of state,
deputy prime minister, deputy foreign minister, king, queen, army chief, opposition leader, ambassador,
attorney general, vice president"""
BODIES = """Airbus, Boeing, Toyota, Siemens, Nokia, Samsung, Volkswagen, Nestle, Unicef, Greenpeace,
Amnesty International, the Red Cross, the World Bank, the African Union, the Bundesbank, the Bank of Canada,
Oxford University, Ajax, Juventus, the Louvre, Gazprom, Shell, Lufthansa, Amtrak"""
POSTS = """chief executive, chairman, chairwoman, director, spokesman, spokeswoman, head, president, chief economist,
secretary general, general manager, deputy director"""
PLACES = """Oslo, Chicago, Osaka, Lyon, Naples, Texas, Ohio, Bavaria, Seville, Krakow, Manchester, Lagos, Montreal,
Izmir, Florida, Quebec, Geneva, Vienna, Prague, Brussels, Madrid, Doha"""
TOWN_POSTS = "mayor, governor, police chief, fire chief, deputy mayor"
GIVEN = """Adam Aisha Alan Amara Anders Andrea Anita Bela Carlos Chiara Daniel Dmitry Elena Emil Erik Farah Felix
Fiona Gabriel Goran Hana Hassan Helga Ibrahim Igor Ines Ivan Jana Jin Joao Jonas Karim Katrin Kofi Laszlo Leila Liam
Lucia Marek Maria Mehmet Mikhail Nadia Nikos Nora Olga Omar Pavel Petra Rafael Rosa Samuel Sofia Stefan Tariq Tomas
Vera Viktor Wei Yusuf"""
FAMILY = """Abbott Adeyemi Almeida Andersson Baranov Becker Bianchi Calderon Castillo Chen Demir Dimitrov Dubois
Eriksen Farouk Ferrara Fischer Fonseca Georgiou Grant Haddad Halonen Hoffmann Horvath Ionescu Ivanova Jansen Kallas
Kaya Kowalski Kruger Lambert Larsen Leclerc Lindqvist Mahmoud Marchetti Mbeki Medvedenko Molnar Moreau Nakamura Novak
Okafor Oliveira Orlov Papadakis Pereira Petrenko Popescu Qureshi Ramirez Rossi Sahin Santos Schneider Sokolov Tanaka
Vargas Weber Yilmaz Zhukov"""
MENTIONS = (
    ("{adjective} {Office} ", ""),
    ("{adjective} {Office} ", ""),
    ("{adjective} {office} ", ""),
    ("the {adjective} {office}, ", ","),
    ("{country}'s {office}, ", ","),
    ("{country}'s {office} ", ""),
    ("", ", the {office} of {country},"),
    ("", ", {country}'s {office},"),
    ("", ", the {adjective} {office},"),
)
"""What stands before and after the holder's name."""
FRAMES = """{0} met {1} in {place} on {day}.
{0} and {1} spoke by telephone on {day}.
In {place}, {0} told reporters that no decision had been taken.
{0} said that the talks with {1} had been useful.
On {day} {0} rejected the proposal, and {1} called it a mistake.
{0} will travel to {place} next week to see {1} and {2}.
Among the guests were {0} and {1}.
{0} resigned on {day}.
"We have not been told," said {0}.
The letter was handed to {0} by {1}.
{0}, who was in {place} for a conference, answered no questions.
Earlier {0} had warned {1} of the consequences.
{0} was received by {1} at the airport of {place}.
{0} asked for more time."""
NAMED = """{family} said nothing about the costs.
Later that day {family} returned to {place}.
A second meeting is planned for {day}."""
UNNAMING = """The {adjective} {office} had set out the plan in {place}.
"It is too early to say," the {adjective} {office} said."""
HOLDER_QUESTIONS = """Who is {country}'s {office}?
Who is the {office} of {country}?
Who is the {adjective} {office}?
Who was {country}'s {office}?
Who was the {adjective} {office}?
What is the name of the {adjective} {office}?
Who serves as {office} of {country}?
{country} {office}
Who is {office} of {country}"""
OFFICE_QUESTIONS = """Who is {name}?
What office does {name} hold?
What is {name}'s position?"""
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
UNANSWERABLE, REVERSED, TITLED, UNNAMED = 0.5, 0.2, 0.5, 0.25
"""Shares of the questions: without an answer, for the office of a name, with a title, near a holder without a name."""
AROUND = 350
"""Characters of the real paragraph that stay before, and after, what is put into it."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_DOUBLED = re.compile(r",(?=[.,])")


@dataclass(frozen=True, slots=True)
class Holder:
    """Someone with an office; `before` and `after` are what stands around the name."""

    name: str
    office: str
    country: str
    adjective: str
    before: str
    after: str

    @property
    def mention(self) -> str:
        """How the text speaks of the holder."""
        return f"{self.before}{self.name}{self.after}"

    @property
    def held(self) -> tuple[str, str]:
        """The office, and of what it is one."""
        return self.office, self.country

    @property
    def words(self) -> dict[str, str]:
        """What the templates ask for."""
        family = self.name.split()[-1]
        return {
            "name": self.name,
            "family": family,
            "office": self.office,
            "country": self.country,
            "adjective": self.adjective,
        }


def make_items(paragraphs: Sequence[Paragraph], count: int, random: Random) -> Iterator[Item]:
    """Yield so many questions about office holders, each in one of the paragraphs."""
    for _ in range(count):
        yield _make_item(random.choice(paragraphs).text, random)


def _make_item(text: str, random: Random) -> Item:
    holders = [_draw_holder(random) for _ in range(3)]
    frame = _pick(FRAMES, random)
    told = [holder for number, holder in enumerate(holders) if f"{{{number}}}" in frame]
    other = _draw_holder(random)
    while other.held in {each.held for each in told}:
        other = _draw_holder(random)
    is_unnamed, is_answerable = random.random() < UNNAMED, random.random() >= UNANSWERABLE
    said = _tell(frame, holders, random)
    following = _pick(UNNAMING if is_unnamed else NAMED, random)
    said += " " + following.format(**(other if is_unnamed else told[-1]).words, **_draw_circumstances(random))
    whole, start = insert(said, text, random)
    absent = other if is_unnamed else _mix(told, other, random)
    asked = random.choice(told) if is_answerable else absent
    is_reversed = random.random() < REVERSED
    question = _pick(OFFICE_QUESTIONS if is_reversed else HOLDER_QUESTIONS, random).format(**asked.words)
    first, second = (random.choice((*told, asked)).country for _ in range(2))
    title = f"{first} and {second} after the talks" if random.random() < TITLED else ""
    return Item(
        question, title, whole, (_find(whole, start, asked, is_reversed),) if is_answerable else (), noisy=False
    )


def _draw_holder(random: Random) -> Holder:
    (names, offices), *_ = random.choices(((COUNTRIES, OFFICES), (BODIES, POSTS), (PLACES, TOWN_POSTS)), (70, 18, 12))
    entry, office = random.choice(list_names(names)), random.choice(list_names(offices))
    country, adjective = entry.split(" ") if names == COUNTRIES else (entry, entry.removeprefix("the "))
    known = {"country": country, "adjective": adjective, "office": office}
    before, after = (part.format(**known, Office=_capitalise(office)) for part in random.choice(MENTIONS))
    name = f"{random.choice(GIVEN.split())} {random.choice(FAMILY.split())}"
    return Holder(name, office, country, adjective, before, after)


def _mix(told: Sequence[Holder], other: Holder, random: Random) -> Holder:
    """Return one of whom the text does not tell: the office of one of these, the country of another."""
    known = {each.held for each in told}
    mixed = (replace(two, office=one.office, name=other.name) for one in (*told, other) for two in (*told, other))
    return random.choice([each for each in mixed if each.held not in known])


def _tell(frame: str, holders: Sequence[Holder], random: Random) -> str:
    said = frame.format(*(each.mention for each in holders), **_draw_circumstances(random))
    return _DOUBLED.sub("", said[0].upper() + said[1:])


def _draw_circumstances(random: Random) -> dict[str, str]:
    return {"place": random.choice(list_names(PLACES)), "day": random.choice(DAYS)}


def _find(text: str, start: int, asked: Holder, is_reversed: bool) -> Gold:
    """Return where the holder's name stands, or the office, in what was put into the text at `start`."""
    pattern = re.compile(re.escape(asked.mention.rstrip(",")), re.IGNORECASE)  # it may begin a sentence
    begin = next(pattern.finditer(text, start)).start() + len(asked.before)
    end = begin + len(asked.name)
    if not is_reversed:
        return Gold(begin, end, 1.0)
    place = (begin - len(asked.before), begin) if asked.before else (end, end + len(asked.after))
    said = text[slice(*place)]
    return Gold(place[1] - len(said.lstrip(" ,")), place[0] + len(said.rstrip(" ,.")), 1.0)


def insert(said: str, text: str, random: Random) -> tuple[str, int]:
    """Return what is said between two sentences of the text, which is cut to whole words, and where it begins."""
    place = random.choice([0, *(match.end() for match in _SENTENCE_END.finditer(text))])
    before, after = text[:place].strip(), text[place:].strip()
    if len(before) > AROUND:
        before = before[-AROUND:].partition(" ")[2].strip()
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0]
    return f"{before} {said} {after}".strip(), len(before) + 1 if before else 0


def _capitalise(office: str) -> str:
    return office.title().replace(" Of ", " of ")


def _pick(lines: str, random: Random) -> str:
    return random.choice(lines.splitlines())


def list_names(names: str) -> list[str]:
    """Return what stands between the commas."""
    return re.split(r",\s+", names)
