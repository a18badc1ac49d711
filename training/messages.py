"""Our own messages: written by hand in `messages/*.txt`, and made from templates with slots. See `label-guide.md`.

A file is lines; `# 1 topic:fault intent:leave` says how the lines below are labelled (1 = negative), ` || price leave` adds
labels to one line, `@name: a | b` gives the fillings of a slot `{name}`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from liuke.text.reading import IntentKind

FOLDER = Path(__file__).parent / "messages"
FOR_TRAINING = ("business_calm", "business_upset", "shop_talk", "english", "indirect", "english_indirect")
FOR_CALIBRATION = ("service_for_calibration", "service_for_calibration_2")
TOPICS = frozenset({"delivery", "quality", "price", "fault", "service", "after_sales", "mismatch"})
INTENTS = frozenset(kind.value for kind in IntentKind)
_SLOT = re.compile(r"\{([a-z]+)\}")
_PER_TEMPLATE, _PER_TEMPLATE_CALIBRATION = 32, 16


@dataclass(frozen=True, slots=True)
class Message:
    """A labelled message of our own. `price` is an intent of a calm message (asks) and a topic of an upset one (complains)."""

    text: str
    negative: bool
    labels: frozenset[str]

    @property
    def topics(self) -> frozenset[str]:
        """What an upset message complains about."""
        return self.labels & TOPICS if self.negative else frozenset()

    @property
    def intents(self) -> frozenset[str]:
        """What the customer wants."""
        return self.labels & (INTENTS - {"price"} if self.negative else INTENTS)


def written(names: tuple[str, ...]) -> list[Message]:
    """The messages of the named files, each text once."""
    found = {message.text: message for name in names for message in _messages(f"{name}.txt")}
    return list(found.values())


def for_training() -> list[Message]:
    """All that the models learn from: written by hand and filled templates."""
    return _once([*written(FOR_TRAINING), *_filled("templates.txt", _PER_TEMPLATE)])


def for_calibration() -> list[Message]:
    """What the map to 0–100 is fitted on: none of these texts is in `for_training`."""
    trained = {message.text for message in for_training()}
    both = _once([*written(FOR_CALIBRATION), *_filled("templates_for_calibration.txt", _PER_TEMPLATE_CALIBRATION)])
    return [message for message in both if message.text not in trained]


def _once(messages: list[Message]) -> list[Message]:
    return list({message.text: message for message in messages}.values())


def _messages(name: str) -> Iterator[Message]:
    negative, common = False, frozenset[str]()
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        if line.startswith("# "):
            mark, *rest = line[2:].split()
            negative, common = mark == "1", frozenset(label.partition(":")[2] for label in rest)
        elif line.strip() and not line.startswith("@"):
            text, _, labels = line.partition(" || ")
            yield Message(text.strip(), negative, _checked(common | frozenset(labels.split()), line))


def _checked(labels: frozenset[str], line: str) -> frozenset[str]:
    unknown = labels - TOPICS - INTENTS
    if unknown:
        raise ValueError(f"unknown labels {sorted(unknown)} in: {line}")
    return labels


def _filled(name: str, most: int) -> Iterator[Message]:
    """Each template with up to `most` fillings, chosen by a hash of template and number: the same on every machine."""
    slots = _slots(name)
    for template in _messages(name):
        for number in range(most):
            text = _SLOT.sub(lambda found, number=number, of=template.text: _chosen(slots, found[1], f"{of}{number}"), template.text)
            yield Message(text.strip(), template.negative, template.labels)


def _slots(name: str) -> dict[str, list[str]]:
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    pairs = (line[1:].split(":", 1) for line in lines if line.startswith("@"))
    return {slot: [filling.strip() for filling in fillings.split("|")] for slot, fillings in pairs}


def _chosen(slots: Mapping[str, list[str]], slot: str, key: str) -> str:
    digest = hashlib.sha256(f"{slot}:{key}".encode()).digest()
    return slots[slot][int.from_bytes(digest[:4], "big") % len(slots[slot])]
