"""What the customer wants: rules by kind, less what guards and negations take back."""

from __future__ import annotations

from collections.abc import Sequence

from liuke.text.finding import Group, Hit, overlapping
from liuke.text.folding import Folded
from liuke.text.reading import Intent, IntentKind

_NEGATIONS = (
    "不是",
    "没有",
    "并非",
    "并不是",
    "不会",
    "不想",
    "没想",
    "不打算",
    "没打算",
    "没说",
    "不用",
    "无需",
    "无意",
    "而不是",
    "not ",
    "n't ",
    "never ",
)
_WINDOW = 6
_NEGATED = {IntentKind.LEAVE, IntentKind.ESCALATION}
_AGAIN, _HIGHEST = 3.0, 99.0


def intents_of(folded: Folded, hits: Sequence[Hit], exceptions: Sequence[Hit], *, angry: bool) -> list[Intent]:
    """Every intent but `competitor`, in the order of their kinds. An angry message praises nobody: that is sarcasm."""
    by_kind: dict[str, list[Hit]] = {}
    for hit in hits:
        if hit.rule.group in {Group.INTENT, Group.LEAVE_PHRASE}:
            by_kind.setdefault(hit.rule.code, []).append(hit)
    guards = [hit for hit in hits if hit.rule.group is Group.GUARD]
    found = (_intent(IntentKind(code), its, [*exceptions, *_of(guards, code)], folded) for code, its in by_kind.items())
    kept = (intent for intent in found if intent is not None and not (angry and intent.kind is IntentKind.PRAISE))
    return sorted(kept, key=lambda intent: list(IntentKind).index(intent.kind))


def _of(guards: list[Hit], code: str) -> list[Hit]:
    return [guard for guard in guards if guard.rule.code == code]


def _intent(kind: IntentKind, hits: list[Hit], guards: list[Hit], folded: Folded) -> Intent | None:
    kept = _kept(kind, hits, guards, folded.text)
    if not kept:
        return None
    score = min(_HIGHEST, max(hit.rule.score for hit in kept) + _AGAIN * (len({hit.rule for hit in kept}) - 1))
    return Intent(kind, score, folded.spans([(hit.start, hit.end) for hit in kept]))


def _kept(kind: IntentKind, hits: list[Hit], guards: list[Hit], text: str) -> list[Hit]:
    """Hits that nothing takes back: guards take back rules, never the listed phrases; a negation takes back either."""
    listed = [hit for hit in hits if hit.rule.group is Group.LEAVE_PHRASE]
    kept = [*listed, *(hit for hit in hits if hit.rule.group is Group.INTENT and not overlapping(hit, guards))]
    if kind not in _NEGATED:
        return kept
    return [hit for hit in kept if not _negated(text, hit.start)]


def _negated(text: str, start: int) -> bool:
    """A negation within the window before the words, with no stop between."""
    before = text[max(0, start - _WINDOW) : start]
    before = before[max(before.rfind(stop) for stop in ",。!?;") + 1 :]
    return any(word in before for word in _NEGATIONS)
