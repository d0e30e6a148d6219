"""What the views share."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Day:
    """A date with its words: `short` "Fri 27 Nov", `long` "Friday 27 November"."""

    date: str
    short: str
    long: str
    # Days from today: 0 today, 1 tomorrow, -1 yesterday. 0 also when there is no date.
    away: int


@dataclass(frozen=True)
class Part:
    """Tablets as the label counts them: 2 of 15 mg."""

    count: str
    # Whether the count is exactly one, for "1 tablet".
    one: bool
    strength: str


@dataclass(frozen=True)
class Change:
    """What changes next: `what` is "", step (going on after a hold too), hold, stop, review or undated."""

    what: str
    on: Day
    level: str
    starts_when: str
    days: int


@dataclass(frozen=True)
class Person:
    """Somebody to call."""

    name: str
    phone: str
