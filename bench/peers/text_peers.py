"""SnowNLP and cnsenti on the texts of standard input (a JSON list): {"snownlp": [...], "cnsenti": [...], "seconds": {...}}.

Runs in a virtual environment of its own (`requirements-text.txt`). A score is negative emotion 0-1.
"""

import contextlib
import io
import json
import sys
import time

with contextlib.redirect_stdout(io.StringIO()):  # it prints while it loads
    from cnsenti import Sentiment
    from snownlp import SnowNLP

    lexicon = Sentiment()


def snownlp(text: str) -> float:
    """One minus its chance of being positive; an empty text is neutral."""
    return 1 - SnowNLP(text).sentiments if text.strip() else 0.5


def cnsenti(text: str) -> float:
    """Share of negative weight among all emotional words."""
    found = lexicon.sentiment_calculate(text)
    both = found["pos"] + found["neg"]
    return found["neg"] / both if both else 0.0


texts = json.load(sys.stdin)
told: dict[str, object] = {"seconds": {}}
for peer in (snownlp, cnsenti):
    start = time.process_time()
    told[peer.__name__] = [peer(text) for text in texts]
    told["seconds"][peer.__name__] = time.process_time() - start
json.dump(told, sys.stdout)
