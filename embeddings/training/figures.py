"""Makes questions on figures, by rule: whose figure it is decides, and texts of news are full of others.

Two or three made-up facts go into a real paragraph. What is asked of a subject or a matter that they do not tell of has
no answer there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from embeddings.training.features import Item
from embeddings.training.offices import BODIES, COUNTRIES, FAMILY, GIVEN, PLACES, insert, list_names
from embeddings.training.squad import Gold, Paragraph

MONTHS = """January February March April May June July August September October November December""".split()
STEPS = "a quarter of a percentage point, half a percentage point, three quarters of a percentage point, a full point"
UNANSWERABLE, ANOTHER_SUBJECT, TITLED = 0.5, 0.7, 0.5
"""Shares: of questions without an answer, of facts on the same matter but of another subject, of texts with a title."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that is told of many subjects: {0} in the templates is the subject, {1} the figure."""

    subject: str
    figure: str
    statements: tuple[str, ...]
    questions: tuple[str, ...]


MATTERS = (
    Matter(
        "place",
        "count",
        (
            "The fire in {0} killed {1} people.",
            "{1} people died in the fire in {0}.",
            "In {0}, {1} people were killed.",
            "It was the worst fire since that of {0}, which killed {1} people.",
            "The number of deaths in {0} rose to {1}.",
        ),
        ("How many people died in {0}?", "How many people did the fire in {0} kill?", "deaths in {0}"),
    ),
    Matter(
        "place",
        "count",
        (
            "The flood destroyed {1} houses in {0}.",
            "{1} houses in {0} were destroyed.",
            "More houses were lost than in {0}, where it was {1}.",
        ),
        ("How many houses were destroyed in {0}?", "How many houses did {0} lose?"),
    ),
    Matter(
        "country",
        "percent",
        (
            "Inflation in {0} was {1}.",
            "In {0} prices rose by {1}.",
            "{0}'s inflation rate reached {1}.",
            "That was less than in {0}, where prices were {1} higher than a year before.",
        ),
        ("What was inflation in {0}?", "How much did prices rise in {0}?", "What is {0}'s inflation rate?"),
    ),
    Matter(
        "country",
        "percent",
        ("Unemployment in {0} stood at {1}.", "{0}'s unemployment rate was {1}.", "In {0}, {1} were out of work."),
        ("What was the unemployment rate in {0}?", "How high is unemployment in {0}?"),
    ),
    Matter(
        "country",
        "step",
        (
            "The central bank of {0} raised its key rate by {1}.",
            "In {0} the central bank raised interest rates by {1}.",
            "{0}'s central bank, which had raised rates by {1}, took another course.",
        ),
        ("By how much did the central bank of {0} raise rates?", "How much did {0} raise its key rate?"),
    ),
    Matter(
        "month",
        "step",
        (
            "In {0} the bank raised its key rate by {1}.",
            "The bank raised rates by {1} in {0}.",
            "The decision followed an increase of {1} in {0}.",
        ),
        ("By how much did the bank raise rates in {0}?", "How much did the bank raise its key rate in {0}?"),
    ),
    Matter(
        "month",
        "percent",
        ("The unemployment rate was {1} in {0}.", "In {0}, {1} of the workers had no job."),
        ("What was the unemployment rate in {0}?", "How high was unemployment in {0}?"),
    ),
    Matter(
        "month",
        "percent",
        ("Prices were {1} higher in {0} than a year before.", "In {0} inflation was {1}."),
        ("What was inflation in {0}?", "How much higher were prices in {0}?"),
    ),
    Matter(
        "body",
        "count",
        ("{0} cut {1} jobs.", "At {0}, {1} people lost their jobs.", "{1} jobs went at {0}."),
        ("How many jobs did {0} cut?", "How many people lost their jobs at {0}?"),
    ),
    Matter(
        "body",
        "money",
        ("{0} paid {1} for the licence.", "The licence cost {0} {1}.", "{1} was paid by {0}."),
        ("How much did {0} pay for the licence?", "What did {0} pay?"),
    ),
    Matter(
        "body",
        "date",
        ("{0} opened its new office on {1}.", "On {1}, {0} opened a new office."),
        ("When did {0} open its new office?", "On what day did the office of {0} open?"),
    ),
    Matter(
        "person",
        "place",
        ("{0} grew up in {1}.", "{0}, who grew up in {1}, did not come.", "{0} comes from {1}."),
        ("Where did {0} grow up?", "Where does {0} come from?"),
    ),
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of a subject in some matter."""

    matter: Matter
    subject: str
    figure: str


def make_items(paragraphs: Sequence[Paragraph], count: int, random: Random) -> Iterator[Item]:
    """Yield so many questions on made-up facts, each in one of the paragraphs."""
    for _ in range(count):
        yield _make_item(random.choice(paragraphs).text, random)


def _make_item(text: str, random: Random) -> Item:
    facts = [_draw_fact(random.choice(MATTERS), random)]
    while len(facts) < 4:
        fact = _draw_near(random.choice(facts), random)
        if (fact.matter, fact.subject) not in {(each.matter, each.subject) for each in facts}:
            facts.append(fact)
    told, untold = facts[: random.choice((2, 3))], facts[3]
    random.shuffle(told)
    is_answerable = random.random() >= UNANSWERABLE
    asked = random.choice(told) if is_answerable else untold
    said, place = _tell(told, asked, random)
    whole, start = insert(said, text, random)
    first, second = (random.choice((*told, asked)).subject for _ in range(2))
    title = f"{first} and {second}: what is known" if random.random() < TITLED else ""
    golds = (Gold(start + place[0], start + place[1], 1.0),) if is_answerable else ()
    return Item(random.choice(asked.matter.questions).format(asked.subject), title, whole, golds, noisy=False)


def _draw_near(fact: Fact, random: Random) -> Fact:
    """Return a fact on the same matter, or on the same subject where another matter has such subjects."""
    alike = [each for each in MATTERS if each.subject == fact.matter.subject and each != fact.matter]
    if not alike or random.random() < ANOTHER_SUBJECT:
        return _draw_fact(fact.matter, random)
    matter = random.choice(alike)
    return Fact(matter, fact.subject, _draw_figure(matter.figure, random))


def _draw_fact(matter: Matter, random: Random) -> Fact:
    return Fact(matter, _draw_subject(matter.subject, random), _draw_figure(matter.figure, random))


def _draw_subject(kind: str, random: Random) -> str:
    if kind == "country":
        return random.choice(list_names(COUNTRIES)).split(" ")[0]
    if kind == "body":
        return random.choice(list_names(BODIES))
    if kind == "person":
        return f"{random.choice(GIVEN.split())} {random.choice(FAMILY.split())}"
    return random.choice(MONTHS) if kind == "month" else random.choice(list_names(PLACES))


def _draw_figure(kind: str, random: Random) -> str:
    if kind == "step":
        return random.choice(list_names(STEPS))
    if kind == "percent":
        return f"{random.uniform(0.5, 19):.1f}{random.choice(('%', ' percent', ' per cent'))}"
    if kind == "money":
        return f"{random.randint(2, 900)} million {random.choice(('dollars', 'euros', 'pounds'))}"
    if kind == "date":
        return f"{random.randint(1, 28)} {random.choice(MONTHS)}{random.choice(('', f' {random.randint(1990, 2023)}'))}"
    return str(random.randint(2, 900)) if kind == "count" else _draw_subject("place", random)


def _tell(told: Sequence[Fact], asked: Fact, random: Random) -> tuple[str, tuple[int, int]]:
    """Return sentences that tell the facts, and where the figure asked for stands in them, if it is there."""
    said, place = "", (0, 0)
    for fact in told:
        statement = random.choice(fact.matter.statements)
        before, after = statement.split("{1}")
        begin = len(said) + len(before.format(fact.subject))
        if fact is asked:
            place = begin, begin + len(fact.figure)
        sentence = f"{before}{fact.figure}{after}".format(fact.subject)
        said += f"{sentence[0].upper()}{sentence[1:]} "
    return said.rstrip(), place
