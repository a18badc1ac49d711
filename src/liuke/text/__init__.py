"""Reading what customers write. In: texts. Out: readings (emotion, topics, intents, competitors) with the words that show them.

Pure: no Django, no network, no database; the artefacts are files of this package. Read `reader.py` (the order of the steps),
`folding.py` (one way to write everything), `units.py`, `weights.py` and `emotion.py` (the model), `rules.py` with `words/` (patterns and
intents), `topics.py`, `intents.py`, `brands.py`, `calibration.py` (what 65 means) and `verdicts.py` (a workspace's own map).
`training/` beside the sources makes the artefacts.
"""

from liuke.text.calibration import Calibration, calibration_from_plain, calibration_to_plain
from liuke.text.lists import Brand, Lists, TopicList, lists_from_plain, to_plain
from liuke.text.reader import TextReader, emotion
from liuke.text.reading import Intent, IntentKind, Mention, Reading, Span, Topic
from liuke.text.verdicts import Verdict, recalibrated

__all__ = [
    "Brand", "Calibration", "Intent", "IntentKind", "Lists", "Mention", "Reading", "Span", "TextReader", "Topic", "TopicList", "Verdict",
    "calibration_from_plain", "calibration_to_plain", "emotion", "lists_from_plain", "recalibrated", "to_plain",
]  # fmt: skip
