"""How customers live: the shapes of behaviour that a health score must tell apart.

A story speaks in days relative to the company's *anchor* (day 0, usually today): negative days are history.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

Temper = Literal["happy", "mixed", "unhappy"]
Curve = tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One way to be a customer.

    Attributes:
        share: how many of a hundred accounts live like this.
        curve: (day, level) points; between them the level of use is interpolated, outside it stays.
        temper: how they answer surveys, what tickets they open, how they pay.
        renews_in: the next renewal lies between these days from the anchor.
        starts: the day they became a customer; None: long before.
        back_since: the day they came back after they had left to a competitor.
        decision_maker_until, champion_until: the last day on which that person does anything.
        season: how much use rises and falls over a season of 60 days.
        activates: False when nobody ever gets to a key feature.
        outage: whether one of our incidents hit them.
        lost: the contract was ended at its last renewal.
    """

    name: str
    share: int
    curve: Curve = ((0, 1.0),)
    temper: Temper = "happy"
    renews_in: tuple[int, int] = (25, 330)
    starts: int | None = None
    back_since: int | None = None
    decision_maker_until: int | None = None
    champion_until: int | None = None
    season: float = 0.0
    activates: bool = True
    outage: bool = False
    lost: bool = False

    def level(self, day: int) -> float:
        """Return how much they use on this day; 1 is usual."""
        points = self.curve
        if day <= points[0][0]:
            return points[0][1]
        for (left, low), (right, high) in pairwise(points):
            if day <= right:
                return low + (high - low) * (day - left) / (right - left)
        return points[-1][1]


STORIES: Final = (
    Story(name="steady", share=26, temper="happy"),
    Story(name="growing", share=20, curve=((-110, 0.55), (0, 1.25), (90, 1.4))),
    Story(name="seasonal", share=8, season=0.35, temper="mixed"),
    Story(
        name="declining",
        share=12,
        curve=((-75, 1.0), (-40, 0.55), (-12, 0.08), (-6, 0.0)),
        temper="unhappy",
        renews_in=(14, 75),
    ),
    Story(
        name="decision_maker_gone",
        share=7,
        curve=((-60, 1.0), (0, 0.7)),
        temper="mixed",
        renews_in=(30, 110),
        decision_maker_until=-46,
    ),
    Story(
        name="champion_left",
        share=6,
        curve=((-40, 1.0), (-15, 0.45)),
        temper="mixed",
        renews_in=(30, 120),
        champion_until=-24,
    ),
    Story(
        name="never_activated",
        share=5,
        curve=((-100, 0.35), (-60, 0.1), (-30, 0.02)),
        temper="unhappy",
        renews_in=(20, 90),
        starts=-110,
        activates=False,
    ),
    Story(
        name="outage",
        share=4,
        curve=((-30, 1.0), (-10, 0.6)),
        temper="unhappy",
        renews_in=(40, 120),
        outage=True,
    ),
    Story(name="new", share=6, curve=((-35, 0.3), (-5, 1.0)), renews_in=(300, 335), starts=-38),
    Story(name="won_back", share=3, curve=((-70, 0.4), (0, 1.0)), renews_in=(270, 295), back_since=-75),
    Story(name="lost", share=3, curve=((-90, 0.5), (-45, 0.05), (-30, 0.0)), temper="unhappy", lost=True),
)


def cast(count: int) -> list[Story]:
    """Return the stories of ``count`` accounts by their shares; none is missing from a dozen accounts on."""
    total = sum(story.share for story in STORIES)
    # The largest debt first: whoever is furthest behind the share it should have gets the next account.
    given = dict.fromkeys(STORIES, 0)
    chosen = []
    for number in range(1, count + 1):
        story = max(STORIES, key=lambda one: one.share / total * (number + 4) - given[one])
        given[story] += 1
        chosen.append(story)
    return chosen
