"""The page of the worst errors: our own calibration messages, read by models that have not seen them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from liuke.text.calibration import interpolate
from training.messages import Message

WORST = 50


def worst_page(messages: Sequence[Message], logit: NDArray[np.float64], curve: Sequence[Sequence[float]]) -> str:
    """A page of Markdown: the messages whose emotion is furthest from their label, the furthest first."""
    points = [(x, y) for x, y in curve]
    emotion = np.array([interpolate(points, float(one)) for one in logit])
    negative = np.array([message.negative for message in messages])
    away = np.where(negative, 100 - emotion, emotion)
    order = np.argsort(-away, kind="stable")[:WORST]
    rows = [f"| {emotion[place]:.0f} | {'negative' if negative[place] else 'calm'} | {_cell(messages[place].text)} |" for place in order]
    missed, false = int((negative & (emotion <= 65)).sum()), int((~negative & (emotion > 65)).sum())
    head = [
        "# The worst errors of the emotion model",
        "",
        f"Written by `liuke text train`. {len(messages)} own calibration messages, each read by models fitted without it:",
        f"{missed} of {int(negative.sum())} negative ones are not over 65, {false} of {int((~negative).sum())} calm ones are.",
        f"The {WORST} furthest from their label are below. Texts of public corpora may not be shown; ours are hard on purpose.",
        "",
        "What they have in common is on [the page of the algorithm](text.md#where-it-errs).",
        "",
        "| emotion | label | message |",
        "| ---: | --- | --- |",
    ]
    return "\n".join([*head, *rows]) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
