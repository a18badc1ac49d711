"""Rate limit as a bucket of tokens that fills at a steady rate."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """`per_second` on average, `burst` at once."""

    per_second: float
    burst: float


@dataclass(frozen=True, slots=True)
class Bucket:
    """What is left at `at` (seconds of any monotonic clock)."""

    tokens: float
    at: float


def spend(bucket: Bucket, rate: Rate, now: float, cost: float = 1.0) -> tuple[Bucket, float]:
    """Take `cost` tokens; the bucket afterwards and 0, or the bucket untouched and the seconds until it would do.

    A cost above the burst is charged as a full bucket, so that it passes at all.
    """
    tokens = min(rate.burst, bucket.tokens + max(now - bucket.at, 0.0) * rate.per_second)
    cost = min(cost, rate.burst)
    if tokens >= cost:
        return Bucket(tokens - cost, now), 0.0
    return Bucket(tokens, now), (cost - tokens) / rate.per_second
