"""What becomes of each made customer: how active, since when, and which story its activity tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Ints = NDArray[np.int64]


class Story(NamedTuple):
    """`share` of the customers live it; `lost`: it ends in silence; `warning` days before the end (or now) it begins to show."""

    name: str
    share: float
    lost: bool
    warning: int
    tells: str


STORIES = (
    Story("steady", 0.52, False, 0, "nothing: as active as ever"),
    Story("growing", 0.08, False, 90, "more and larger orders: protective"),
    Story("returning", 0.05, False, 0, "silent for a hundred days, then back: a trap for silence alone"),
    Story("silent", 0.10, True, 0, "stops from one day to the next: silence, the own rhythm overdue"),
    Story("fading", 0.08, True, 56, "a third of the activity goes every two weeks: falling weeks in a row"),
    Story("shrinking", 0.05, False, 90, "orders as often, but of a third of the amount and quantity"),
    Story("complaining", 0.04, True, 45, "tickets, low scores and refunds, then gone"),
    Story("surging", 0.03, True, 56, "looks at everything for three weeks, then hardly anything: surge and plunge"),
    Story("not_paying", 0.03, True, 60, "overdue payments and bargaining over terms, then gone"),
    Story("leaving", 0.02, True, 40, "a competitor's pages, exported data, contacts gone"),
)
NAMES = tuple(story.name for story in STORIES)
FOR_EVER = 10**6


@dataclass(frozen=True, slots=True)
class People:
    """One array element per customer, whose number is its place + 1. Days count from the first day.

    `weight`: activity relative to others; `signup`, `end`: the days between which it does anything; `warning`: the day from which
    its story shows (FOR_EVER: never); `gap`: first day of the hundred silent ones.
    """

    weight: Numbers
    signup: Ints
    story: Ints
    warning: Ints
    end: Ints
    gap: Ints

    def __len__(self) -> int:
        return len(self.weight)

    def is_story(self, name: str) -> NDArray[np.bool_]:
        """Who lives a story."""
        return self.story == NAMES.index(name)


def people_of(customers: int, days: int, chance: np.random.Generator) -> People:
    """Customers with a long tail of activity; sign-ups over the first half, ends over the second."""
    story = chance.choice(len(STORIES), customers, p=[one.share for one in STORIES]).astype(np.int64)
    signup = chance.integers(0, max(1, days // 2), customers)
    lost = np.array([one.lost for one in STORIES])[story]
    ahead = np.array([one.warning for one in STORIES])[story]
    end = np.where(lost, chance.integers(days * 5 // 9, days + 1, customers), days)
    warning = np.where(ahead > 0, np.maximum(end - ahead, signup), FOR_EVER)
    gap = np.where(story == NAMES.index("returning"), chance.integers(days // 2, max(days // 2 + 1, days - 160), customers), FOR_EVER)
    return People(chance.lognormal(0, 1.2, customers), signup, story, warning, end, gap)


def activity_of(people: People, day: int) -> Numbers:
    """How active everybody is on a day, relative to each other."""
    alive = (day >= people.signup) & (day < people.end) & ~((day >= people.gap) & (day < people.gap + 100))
    since = day - people.warning
    level = np.ones(len(people))
    fading, surging, growing = (people.is_story(name) & (since >= 0) for name in ("fading", "surging", "growing"))
    level[fading] = (2 / 3) ** (1 + since[fading] // 14)
    level[surging] = np.where(since[surging] < 21, 2.5, 0.15)
    level[growing] = 1 + 0.5 * np.minimum(1, since[growing] / 60)
    weekend = 0.7 if day % 7 in {3, 4} else 1.0
    return people.weight * level * alive * weekend
