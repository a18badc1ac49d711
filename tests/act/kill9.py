"""Workers that send are killed with -9 at random; then it is counted what the other sides got. Used by a test and by `bench/sends.py`."""

from __future__ import annotations

import json
import random
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from liuke.act.domain.sms import own_id
from liuke.base.times import utc_now
from tests.running import Installation
from tests.simulators.aliyun_sms import AliyunSms
from tests.simulators.server import Asked, Clock, Reply, Simulator, route

FILL = """
from liuke.accounts.store.models import Workspace
from liuke.act.outgoing.sealing import seal
from liuke.act.store.models import Channel
from liuke.base.times import utc_now
from liuke.jobs.store.models import OutboxMessage
space = Workspace.objects.create(slug="kill9", name="kill9")
hook = Channel.objects.create(workspace=space, kind="webhook", name="w", config={{"url": "{hook}/in"}}, secret=seal({{"secret": "s"}}))
config = {{"access_key_id": "key", "sign_name": "留客", "base_url": "{sms}", "per_second": {per_second}}}
sms = Channel.objects.create(workspace=space, kind="sms_aliyun", name="s", config=config, secret=seal({{"access_key_secret": "secret"}}))
now = utc_now()
OutboxMessage.objects.bulk_create(
    OutboxMessage(key=f"{{way.kind}}:{{n}}", topic=f"channel.{{way.kind}}", workspace=space, run_at=now,
        payload={{"channel": way.pk, "to": f"138{{n:08}}"}})
    for n in range({half}) for way in (hook, sms)
)
"""
WAIT = """
import time
from liuke.jobs.store.models import OutboxMessage
until = time.monotonic() + {patience}
while OutboxMessage.objects.filter(status="pending").exists():
    assert time.monotonic() < until, "not everything was sent"
    time.sleep(0.25)
"""
KEYS = """
import json
from liuke.jobs.store.models import OutboxMessage
print(json.dumps({key: status for key, status in OutboxMessage.objects.values_list("key", "status")}))
"""
ASK = """
from datetime import timedelta
from liuke.act.outgoing.trouble import receipts_poll
from liuke.base.times import utc_now
n = 1
while n:
    n = receipts_poll(utc_now() + timedelta(minutes=5))
"""


class Hook(Simulator):
    """A receiver that knows a key again, as the webhook's contract asks for."""

    def __init__(self, answers_after: float = 0.0) -> None:
        super().__init__()
        self.taken: Counter[str] = Counter()
        self.answers_after = answers_after

    @route("POST", "/in")
    def take(self, request: Asked) -> Reply:
        """Counted by key: what comes again under the same key is the same message."""
        self.taken[request.headers["idempotency-key"]] += 1
        time.sleep(self.answers_after)
        return Reply(200)


@dataclass(frozen=True, slots=True)
class Load:
    """What is sent and how the workers are killed."""

    messages: int
    kills: int
    workers: int = 2
    seed: int = 7
    most: float = 0.6
    """Seconds between two kills at most; at least `LEAST`."""
    per_second: int = 1_000
    """SMS per second at most, the channel's setting."""
    answers_after: float = 0.0
    """Seconds that the receiver that dedupes takes to answer."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found in the end. `doubled_*`: messages that took effect twice; `unknown_after_asking`: still open after a query."""

    messages: int
    kills: int
    kills_mid_deduping: int
    """Kills at which messages of this kind were still to be sent."""
    kills_mid_sms: int
    workers: int
    lost: int
    doubled_deduping: int
    doubled_sms: int
    repeated_calls: int
    unknown_deduping: int
    unknown_sms: int
    unknown_after_asking: int
    seconds: float


LEAST = 0.05
"""Seconds between two kills at least."""
PATIENCE = 3600.0
"""Seconds for everything to be sent after the last kill."""


class RealClock(Clock):
    """The simulator lives at the workers' time."""

    def __call__(self) -> object:  # type: ignore[override]
        """Now."""
        return utc_now()


def run(installed: Installation, load: Load) -> Figures:
    """Send, half through a side that dedupes and half by SMS, killing one worker after another; then count on the other sides."""
    with Hook(load.answers_after) as hook, AliyunSms(RealClock()) as sms:
        half = load.messages // 2
        installed.script(FILL.format(hook=hook.base_url, sms=sms.base_url, half=half, per_second=load.per_second))
        started = time.monotonic()
        crew = {f"w{n}": _start(installed, f"w{n}") for n in range(load.workers)}
        busy = [(len(hook.taken) < half, len(sms.sent) < half) for _ in _kills(installed, load, crew)]
        installed.script(WAIT.format(patience=PATIENCE))
        seconds = time.monotonic() - started
        for process in crew.values():
            process.kill()
            process.wait()
        keys = json.loads(installed.script(KEYS))
        sms.carrier("delivered", "DELIVERED")
        installed.script(ASK)
        after = Counter(json.loads(installed.script(KEYS)).values())
    return Figures(
        messages=load.messages,
        kills=load.kills,
        kills_mid_deduping=sum(deduping for deduping, _ in busy),
        kills_mid_sms=sum(other for _, other in busy),
        workers=load.workers,
        **_effects(keys, hook, sms),
        unknown_after_asking=after["unknown"],
        seconds=round(seconds, 1),
    )


def _kills(installed: Installation, load: Load, crew: dict[str, subprocess.Popen[str]]) -> Iterator[None]:
    """One kill after another, each told at its moment; the killed worker starts again under its name."""
    chance = random.Random(load.seed)
    for _ in range(load.kills):
        name = chance.choice(sorted(crew))
        _pause(crew[name], chance.uniform(LEAST, load.most))
        yield
        crew[name].kill()
        crew[name].wait()
        crew[name] = _start(installed, name)


def _effects(keys: dict[str, str], hook: Hook, sms: AliyunSms) -> dict[str, int]:
    by_id = Counter(each.out_id for each in sms.sent)
    reached = {key: hook.taken[key] if key.startswith("webhook") else by_id[own_id(key)] for key in keys}
    unknown = Counter(key.partition(":")[0] for key, status in keys.items() if status == "unknown")
    lost = sum(not n and keys[key] != "unknown" for key, n in reached.items())
    return {
        "lost": lost + sum(status not in {"sent", "unknown"} for status in keys.values()),
        "doubled_deduping": len(hook.taken) - sum(key.startswith("webhook") and n > 0 for key, n in reached.items()),
        "doubled_sms": sum(n > 1 for n in by_id.values()),
        "repeated_calls": sum(n - 1 for n in hook.taken.values()),
        "unknown_deduping": unknown["webhook"],
        "unknown_sms": unknown["sms_aliyun"],
    }


def _start(installed: Installation, name: str) -> subprocess.Popen[str]:
    process = installed.start("-m", "tests.act.sending_worker", name)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n", process.stderr.read() if process.stderr else ""
    return process


def _pause(process: subprocess.Popen[str], seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return
    raise AssertionError("a worker ended by itself")
