"""The language model: off by default, shown masked and doubtful texts only, and never alone the cause of an alert."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Workspace
from liuke.align.domain.batch import AlignedBatch
from liuke.base.errors import Forbidden, Invalid
from liuke.base.times import to_us
from liuke.facts.domain.second_look import LEAVING_LIMIT, LIMIT, SecondLook, combined, is_doubtful, masked, schema_of, second_look_of
from liuke.facts.service import batch_write
from liuke.facts.service.readings_model import ModelDraft, asker, cached, model_save, model_test
from liuke.facts.service.readings_second import second_look, second_look_job, second_look_soon
from liuke.facts.store.models import Contact, Customer, TextAnswer, TextSettings
from liuke.jobs.domain.contract import PlainContext
from liuke.jobs.store.models import Job
from liuke.vendors.answers import Busy, VendorFault
from liuke.warehouse.local import LocalWarehouse
from tests.factories import actor_of, make_member, make_workspace
from tests.facts.activities import Row, activity, table
from tests.simulators.language_model import KEY, LanguageModel

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, tzinfo=UTC)
TOPICS = ("service", "price")
LOOK = SecondLook(90.0, 80.0, sarcasm=True, topic="service")

scores = st.floats(0, 100, allow_nan=False)


@given(scores, scores, scores, scores)
def test_the_model_lifts_nothing_over_a_limit_that_was_not_over_it(before: float, leaving: float, said: float, going: float) -> None:
    found = combined({"negative": before, "leaving": leaving}, SecondLook(said, going, sarcasm=False, topic="other"))
    after, left = found["negative"], found["leaving"]
    assert isinstance(after, float)
    assert isinstance(left, float)
    assert after <= max(LIMIT, before) or before > LIMIT
    assert before > LIMIT or after <= LIMIT
    assert leaving > LEAVING_LIMIT or left <= LEAVING_LIMIT < 50


def test_its_word_counts_below_the_limits_and_names_a_topic_where_none_was_found() -> None:
    found = combined({"negative": 70.0, "leaving": 0.0}, SecondLook(20.0, 30.0, sarcasm=False, topic="price"))
    assert (found["negative"], found["leaving"], found["topic"]) == (20.0, 30.0, "price")
    kept = combined({"negative": 50.0, "leaving": 0.0, "topic": "quality"}, LOOK)
    assert (kept["negative"], kept["topic"], kept["second"]) == (65.0, "quality", LOOK.to_plain())


@pytest.mark.parametrize(
    ("attrs", "doubtful"),
    [
        ({"negative": 45}, True), ({"negative": 75}, True), ({"negative": 44.9}, False), ({"negative": 76, "topic": "price"}, False),
        ({"negative": 90}, True), ({}, False), ({"negative": 60, "second": {}}, False), ({"negative": 60, "reviewed": True}, False),
    ],
)  # fmt: skip
def test_only_doubtful_texts_are_shown_to_it(attrs: dict[str, object], doubtful: bool) -> None:
    assert is_doubtful(attrs) is doubtful


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("电话 13812345678 或 +86 138 1234 5678", "13812345678"),
        ("打 010-62345678 找我", "62345678"),
        ("li.wei@corp.example 回我", "li.wei"),
        ("身份证11010519491231002X", "11010519491231002X"),
        ("卡号 6222 0212 3456 7890 123", "6222"),
        ("加我微信：liwei_2020", "liwei_2020"),
        ("见 https://x.example/u?id=1", "x.example"),
        ("订单 SO20260301 没到", "20260301"),
        ("我是华东灯具的王小明", "王小明"),
        ("call +1 (415) 555-2671", "555-2671"),
    ],
)
def test_what_names_a_person_is_masked_before_it_leaves(text: str, hidden: str) -> None:
    shown = masked(text, ("王小明", "华东灯具"))
    assert hidden not in shown
    assert "<" in shown


def test_what_names_nobody_is_shown_as_it_is_and_long_texts_are_cut() -> None:
    assert masked("等了3天，第2次了，涨价10%，2026年太慢") == "等了3天，第2次了，涨价10%，2026年太慢"
    assert len(masked("慢" * 10_000)) == 2_000


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"negative": 101, "leaving": 0, "sarcasm": False, "topic": "other"},
        {"negative": "9", "leaving": 0, "sarcasm": False, "topic": "other"},
        {"negative": 9, "leaving": 0, "sarcasm": False, "topic": "weather"},
        {"negative": 9, "leaving": 0, "sarcasm": 1, "topic": "other"},
        {"negative": 9, "leaving": 0, "sarcasm": False, "topic": "other", "because": "x"},
    ],
)
def test_an_answer_that_breaks_the_schema_is_none(data: dict[str, object]) -> None:
    assert second_look_of(data, TOPICS) is None


def test_the_schema_is_strict_and_names_the_topics() -> None:
    schema = schema_of(TOPICS)
    assert schema["additionalProperties"] is False
    assert schema["properties"]["topic"]["enum"] == ["service", "price", "other"]  # type: ignore[index]
    assert second_look_of(LOOK.to_plain(), TOPICS) == LOOK


class Office:
    """A workspace with texts, and an admin."""

    def __init__(self, folder: Path) -> None:
        self.workspace: Workspace = make_workspace(simulated_as_of=NOW)
        self.warehouse = LocalWarehouse(folder)
        self.actor = actor_of(make_member(self.workspace, Role.ADMIN))

    def write(self, *moods: float, text: str = "我是王小明，13812345678，你们呵呵") -> None:
        rows: list[Row] = [
            activity(f"m{at}", ts=to_us(NOW - timedelta(days=at + 1)), attrs={"text": text, "negative": mood})
            for at, mood in enumerate(moods)
        ]
        batch_write(workspace=self.workspace, batch=AlignedBatch("b", [table(rows)]), warehouse=self.warehouse)
        customer = Customer.objects.get(workspace=self.workspace)
        Contact.objects.get_or_create(customer=customer, key="1", defaults={"name": "王小明"})

    def attrs(self, activity_id: str) -> dict[str, object]:
        found = self.warehouse.query(self.workspace.pk, "SELECT attrs FROM activity WHERE activity_id = ?", [activity_id])
        attrs: dict[str, object] = json.loads(found["attrs"][0].as_py())
        return attrs

    def save(self, url: str, *, enabled: bool = True, key: str | None = KEY, seconds: int = 5) -> TextSettings:
        return model_save(actor=self.actor, workspace=self.workspace, draft=ModelDraft(enabled, url, "small", key, seconds))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def model() -> Iterator[LanguageModel]:
    (settings.LIUKE.data_dir / "secret").write_bytes(b"s" * 32)
    with LanguageModel() as running:
        yield running


@pytest.fixture
def reachable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The simulator stands in the own network and is meant to be reached."""
    monkeypatch.setattr("liuke.facts.service.readings_model.allowed_hosts", lambda: ("127.0.0.1",))


def test_it_is_off_unless_somebody_turns_it_on(office: Office, model: LanguageModel) -> None:
    office.write(60)
    second_look_soon(office.workspace)
    context = PlainContext(workspace_id=office.workspace.pk)
    done = second_look_job(workspace=office.workspace, warehouse=office.warehouse, context=context)
    assert (done, model.log, Job.objects.count()) == ({"asked": 0, "changed": 0, "fault": ""}, [], 0)


@pytest.mark.usefixtures("reachable")
def test_a_doubtful_text_is_shown_masked_once_and_its_reading_follows(office: Office, model: LanguageModel) -> None:
    office.write(60, 20, 30)
    office.save(f"{model.base_url}/v1")
    second_look_soon(office.workspace)
    assert Job.objects.get().kind == "second_look"
    context = PlainContext(workspace_id=office.workspace.pk)
    assert second_look_job(workspace=office.workspace, warehouse=office.warehouse, context=context)["asked"] == 1
    (prompt,) = model.prompts()
    assert "13812345678" not in prompt
    assert "王小明" not in prompt
    assert "呵呵" in prompt
    assert office.attrs("m0")["second"] == LanguageModel.says
    assert second_look_job(workspace=office.workspace, warehouse=office.warehouse, context=context)["asked"] == 0
    kept = TextAnswer.objects.get()
    assert "呵呵" not in json.dumps(kept.answer)


@pytest.mark.usefixtures("reachable")
def test_the_same_question_is_asked_once(office: Office, model: LanguageModel) -> None:
    asking = cached(office.workspace, office.save(f"{model.base_url}/v1"), asker(office.save(f"{model.base_url}/v1")))
    assert asking("呵呵", TOPICS) == asking("呵呵", TOPICS)
    assert len(model.log) == 1
    asking("别的", TOPICS)
    assert len(model.log) == 2


def test_a_model_that_is_not_well_is_left_alone_and_nothing_that_was_read_is_lost(office: Office) -> None:
    office.write(60, 61, 62, 63, 64)
    tried: list[str] = []

    def failing(text: str, _topics: Collection[str]) -> SecondLook:
        tried.append(text)
        raise Busy("http_503")

    context = PlainContext(workspace_id=office.workspace.pk)
    done = second_look(workspace=office.workspace, warehouse=office.warehouse, asking=failing, context=context)
    assert (len(tried), done.changed, done.fault) == (3, 0, "http_503")
    assert [office.attrs(f"m{at}")["negative"] for at in range(5)] == [60, 61, 62, 63, 64]


def test_one_bad_answer_does_not_stop_the_others(office: Office) -> None:
    office.write(60, 61, 62)
    answers = iter([VendorFault("schema"), LOOK, LOOK])

    def asking(_text: str, _topics: Collection[str]) -> SecondLook:
        answer = next(answers)
        if isinstance(answer, VendorFault):
            raise answer
        return answer

    context = PlainContext(workspace_id=office.workspace.pk)
    assert second_look(workspace=office.workspace, warehouse=office.warehouse, asking=asking, context=context).changed == 2


@pytest.mark.usefixtures("reachable")
@pytest.mark.parametrize(
    ("change", "code"),
    [({}, ""), ({"content": "{"}, "not_json"), ({"refusal": "no"}, "refused"), ({"says": {"negative": 300}}, "schema")],
)
def test_the_test_button_says_how_it_went(office: Office, model: LanguageModel, change: dict[str, object], code: str) -> None:
    for name, value in change.items():
        setattr(model, name, value)
    office.save(f"{model.base_url}/v1")
    result = model_test(actor=office.actor, workspace=office.workspace)
    assert (result["ok"], result["code"]) == (not code, code)
    assert TextSettings.objects.get().model_test == result
    assert "13812345678" not in model.prompts()[0]


def test_an_address_of_the_own_network_is_refused(office: Office, model: LanguageModel) -> None:
    office.save(f"{model.base_url}/v1")
    assert model_test(actor=office.actor, workspace=office.workspace)["code"] == "refused_address"
    assert model.log == []


def test_the_key_is_sealed_kept_and_forgotten_with_its_address(office: Office, model: LanguageModel) -> None:
    kept = office.save("https://a.example/v1")
    assert KEY.encode() not in bytes(kept.model_key)
    assert office.save("https://a.example/v1", key=None).model_key == kept.model_key
    assert office.save("https://b.example/v1", key=None).model_key is None
    assert settings.LIUKE.data_dir.exists()
    assert model.log == []


@pytest.mark.parametrize(("url", "seconds"), [("ftp://x", 5), ("", 5), ("https://a.example", 0), ("https://a.example", 61)])
def test_wrong_settings_are_told(office: Office, url: str, seconds: int) -> None:
    with pytest.raises(Invalid):
        office.save(url, seconds=seconds)


def test_only_those_who_keep_the_workspace_set_it(office: Office) -> None:
    outsider = actor_of(make_member(office.workspace, Role.OPERATIONS))
    with pytest.raises(Forbidden):
        model_save(actor=outsider, workspace=office.workspace, draft=ModelDraft(False, "", ""))
    with pytest.raises(Forbidden):
        model_test(actor=outsider, workspace=office.workspace)
