"""Who the customers are: accounts with segment, owner, contract terms, people and a story each."""

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from radar.simulator import words
from radar.simulator.stories import STORIES, Story, cast
from radar_vocabulary.contracts.scalars import Role, Segment

SEGMENTS: Final[tuple[tuple[Segment, int], ...]] = (("mid", 35), ("long_tail", 50), ("key", 15))
HEADCOUNT: Final[dict[Segment, tuple[int, int]]] = {"key": (9, 14), "mid": (5, 8), "long_tail": (2, 4)}
MRR: Final[dict[Segment, tuple[int, int]]] = {
    "key": (4_500, 14_000),
    "mid": (900, 3_200),
    "long_tail": (90, 420),
}
ACTIVE_SHARE: Final[dict[Role, float]] = {"decision_maker": 0.3, "manager": 0.45, "executor": 0.5}
CHAMPION_SHARE: Final = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone at a customer. ``active_share`` is the chance of using the product on a working day."""

    user_id: str
    name: str
    role: Role
    active_share: float
    champion: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A customer with everything that doesn't change from day to day.

    ``renews_on`` is the renewal that comes next after the anchor (for a lost account: the one it was lost at);
    ``terms`` how many terms ended before.
    """

    account_id: str
    name: str
    segment: Segment
    industry: str
    region: str
    hour: int
    business_model: str
    owner: tuple[str, str]
    story: Story
    people: Sequence[Person]
    seats: int
    mrr: float
    renews_on: date
    term: timedelta
    terms: int

    @property
    def begins_on(self) -> date:
        """The first day of the first contract."""
        return self.renews_on - self.term * (self.terms + (0 if self.story.lost else 1))


def make_accounts(count: int, seed: int, anchor: date) -> list[Account]:
    """Return ``count`` accounts, the same ones for the same arguments; the first ones stay when count grows."""
    told: Counter[str] = Counter()
    accounts = []
    for number, story in enumerate(cast(count)):
        segment = _segment(STORIES.index(story), told[story.name])
        told[story.name] += 1
        accounts.append(_account(number, story, segment, seed, anchor))
    return accounts


def _account(number: int, story: Story, segment: Segment, seed: int, anchor: date) -> Account:
    chance = random.Random(f"{seed}|account|{number}")  # noqa: S311 - a repeatable story, not a secret
    name = _name(number, seed)
    people = _people(chance, segment, _slug(name))
    term, terms, renews_on = _terms(chance, segment, story, anchor)
    region, hour = chance.choice(words.REGIONS)
    low, high = MRR[segment]
    return Account(
        account_id=_slug(name),
        name=name,
        segment=segment,
        industry=chance.choice(words.INDUSTRIES),
        region=region,
        hour=hour,
        business_model=chance.choice(words.BUSINESS_MODELS),
        owner=words.OWNERS[number % len(words.OWNERS)],
        story=story,
        people=people,
        seats=len(people) + chance.randint(0, 1 + len(people) // 4),
        mrr=float(round(chance.randint(low, high), -1)),
        renews_on=renews_on,
        term=term,
        terms=terms,
    )


def _segment(story: int, number: int) -> Segment:
    """Spread the segments evenly over the accounts of each story, so that every story meets every segment."""
    place = (story * 29 + number * 37) % 100
    for segment, share in SEGMENTS:
        if place < share:
            return segment
        place -= share
    raise AssertionError("the shares add up to 100")


def _name(number: int, seed: int) -> str:
    # One step of a fixed stride through all pairs: no name comes twice before they run out.
    pairs = len(words.FIRST) * len(words.SECOND)
    lap, place = divmod(number, pairs)
    place = (place * 611 + seed * 97) % pairs
    first, second = divmod(place, len(words.SECOND))
    return f"{words.FIRST[first]} {words.SECOND[second]}" + (f" {lap + 1}" if lap else "")


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower())


def _people(chance: random.Random, segment: Segment, account: str) -> list[Person]:
    roles: list[Role] = ["decision_maker", "executor"]
    roles += ["manager"] * (0 if segment == "long_tail" else 1)
    roles += ["executor"] * (chance.randint(*HEADCOUNT[segment]) - len(roles))
    return [
        Person(
            user_id=f"{account}-{number}",
            name=f"{chance.choice(words.PEOPLE)} {chance.choice(words.FAMILIES)}",
            role=role,
            champion=number == 2,
            active_share=CHAMPION_SHARE if number == 2 else ACTIVE_SHARE[role] * chance.uniform(0.7, 1.2),
        )
        for number, role in enumerate(roles, start=1)
    ]


def _terms(
    chance: random.Random, segment: Segment, story: Story, anchor: date
) -> tuple[timedelta, int, date]:
    term = timedelta(days=182 if segment == "long_tail" and chance.random() < 0.5 else 364)
    terms = chance.randint(1, 3)
    if story.lost:
        return term, terms, anchor - timedelta(days=chance.randint(20, 40))
    first, last = story.renews_in
    renews_in = chance.randint(first, last)
    begun = story.starts if story.starts is not None else story.back_since
    if begun is not None:
        return timedelta(days=renews_in - begun), 0, anchor + timedelta(days=renews_in)
    return term, terms, anchor + timedelta(days=1 + (renews_in - 1) % term.days)
