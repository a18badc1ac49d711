"""The model card: generated, in two languages, as sections, Markdown and HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from liuke.base.times import DAY_US
from liuke.base.words import LANGUAGES, render
from liuke.learn.domain.backtest import Estimate
from liuke.learn.domain.card import CardFacts, OriginRate, Ranked, Say, interval, percent, sections_of
from liuke.learn.domain.card_text import as_html, as_markdown
from liuke.learn.domain.leaks import Check, Finding, Level
from liuke.learn.domain.promise import Asked
from liuke.learn.domain.promise_report import report_of
from liuke.learn.domain.promise_walk import past_of
from tests.learn.promise_worlds import START_US, world

ORDER = (
    "identity", "data", "quality", "promise", "calibration", "segments", "origins", "parts", "leaks", "limits", "versions",
)  # fmt: skip


def say_in(language: str) -> Say:
    """Texts, every one of which must exist."""

    def say(key: str, params: Mapping[str, object]) -> str:
        text = render(key, params, language=language)
        assert text != key
        return text

    return say


@pytest.fixture(scope="module")
def facts() -> CardFacts:
    """A model judged on four moments of a steady world."""
    report = report_of(past_of(world([0.0] * 8, customers=2_000), 90), Asked(0.8), START_US + 360 * DAY_US)
    estimate = Estimate(0.81, 0.79, 0.83, 4_000)
    return CardFacts(
        number=3, stage="model", status="live", created="2026-03-01", published="2026-03-15",
        definition={"kind": "inactivity", "horizon_days": 90, "active_days": 180, "kinds": ["order.placed"]},
        rows=4_000, customers=500, lost=420, stayed=480,
        origins=(OriginRate("2025-06-01", 0.41, 500), OriginRate("2025-07-01", 0.44, 480)),
        ranked=(Ranked("stack", estimate, estimate, estimate, 0.021),
                Ranked("recency", Estimate(0.7, None, None, 4_000), estimate, estimate, None)),
        slope=0.97, members={"scorecard": 0.2, "shallow": 0.8, "deep": 0.0}, importance={"order_since": 0.61, "signal.SIG-42": 0.2},
        findings=(), versions={"liuke": "1.2", "xgboost": "3.2"}, report=report,
        days={origin: f"day {at}" for at, origin in enumerate(report.origins)},
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_says_everything_in_either_language(facts: CardFacts, language: str) -> None:
    sections = sections_of(facts, say_in(language))
    assert tuple(section.code for section in sections) == ORDER
    assert all(section.title for section in sections)
    assert all(len(row) == len(section.head) for section in sections for row in section.rows)


@pytest.mark.parametrize("kind", ["inactivity", "non_renewal", "event", "spend_drop", "outcome"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_has_its_sentence(facts: CardFacts, kind: str, language: str) -> None:
    definition = {**facts.definition, "kind": kind, "drop": 0.7, "grace_days": 45}
    line = sections_of(replace(facts, definition=definition), say_in(language))[0].lines[2]
    assert "{" not in line
    assert ("90" in line) is True


def test_the_alert_table_has_a_row_per_target_with_interval_and_base_rate(facts: CardFacts) -> None:
    promise = next(section for section in sections_of(facts, say_in("zh-CN")) if section.code == "promise")
    assert [row[0] for row in promise.rows] == ["70%", "75%", "80%", "85%", "90%", "95%"]
    assert facts.report is not None
    chosen = facts.report.chosen.figures
    assert promise.rows[2][1:4] == ("可承诺", interval(chosen.precision), percent(chosen.base_rate.value))
    assert "–" in promise.rows[2][2]


def test_a_card_without_predictions_promises_nothing(facts: CardFacts) -> None:
    sections = sections_of(replace(facts, report=None, ranked=()), say_in("zh-CN"))
    codes = [section.code for section in sections]
    assert codes == ["identity", "data", "quality", "promise", "parts", "leaks", "limits", "versions"]
    promise = sections[codes.index("promise")]
    assert (promise.head, promise.lines) == ((), ("没有可检验的预测，不承诺精确率。",))


def test_leaks_stand_on_the_card_with_what_to_do(facts: CardFacts) -> None:
    finding = Finding(Check.SINGLE, Level.WARN, ("health",), 0.93, 0.9, 4_000)
    leaks = next(section for section in sections_of(replace(facts, findings=(finding,)), say_in("en")) if section.code == "leaks")
    assert leaks.rows[0][1] == "health alone tells who was lost with an AUC of 0.93 (limit 0.9, n=4000)."
    clean = next(section for section in sections_of(facts, say_in("en")) if section.code == "leaks")
    assert (clean.rows, clean.lines[0][:10]) == ((), "All passed")


def test_few_judged_moments_are_a_limit_of_their_own(facts: CardFacts) -> None:
    limits = {section.code: section.lines for section in sections_of(facts, say_in("en"))}["limits"]
    assert any("Fewer than six moments" in line for line in limits)


def test_members_without_weight_are_not_named(facts: CardFacts) -> None:
    parts = {section.code: section for section in sections_of(facts, say_in("en"))}["parts"]
    assert "deep" not in parts.lines[0]
    assert "shallow boosted trees 0.80" in parts.lines[0]


def test_markdown_keeps_tables_whole_and_marks_as_written(facts: CardFacts) -> None:
    hostile = replace(facts, importance={"a|b*_c<script>": 0.5})
    text = as_markdown("卡", sections_of(hostile, say_in("zh-CN")))
    assert text.startswith("# 卡\n")
    (line,) = [line for line in text.splitlines() if "script" in line]
    assert line == "| a\\|b\\*\\_c&lt;script> | 0.5 |"
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert all(row.endswith(" |") for row in rows)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not {"src", "href", "onclick"} & {name for name, _ in attrs}
        if tag not in {"meta"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_html_page_stands_alone_and_escapes_what_it_shows(facts: CardFacts, language: str) -> None:
    hostile = replace(facts, importance={"<script>alert(1)</script>": 0.5})
    page = as_html("<b>", sections_of(hostile, say_in(language)), language)
    tags = _Tags()
    tags.feed(page)
    assert tags.open == []
    assert "script" not in tags.seen
    assert f'<html lang="{language}">' in page
    assert "http" not in page


def test_shares_and_intervals_are_written_with_one_digit() -> None:
    assert percent(0.84449) == "84.4%"
    assert percent(None) == "—"
    assert interval(Estimate(0.845, 0.812, 0.877, 401)) == "84.5% (81.2%–87.7%)"
    assert interval(Estimate(None, None, None, 0)) == "—"
    assert interval(Estimate(0.5, None, None, 3), share=False) == "0.5"
