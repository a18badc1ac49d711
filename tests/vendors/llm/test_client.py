"""The language model's client takes exactly one JSON object, and tells every other ending by its kind."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from liuke.vendors.answers import Busy, Rejected, Unsure, VendorFault
from liuke.vendors.http import Wire
from liuke.vendors.llm import Endpoint, ask
from tests.simulators.language_model import KEY, PATH, LanguageModel
from tests.simulators.server import Cut, Reply, said

SCHEMA = {"type": "object", "properties": {"negative": {"type": "number"}}, "required": ["negative"], "additionalProperties": False}


@pytest.fixture
def model() -> Iterator[LanguageModel]:
    with LanguageModel() as running:
        yield running


def asking(model: LanguageModel, *, key: str = KEY, seconds: float = 5, allow: tuple[str, ...] = ("127.0.0.1",)) -> dict[str, object]:
    endpoint = Endpoint(Wire(f"{model.base_url}/v1", allow=allow), "small", key, seconds)
    return ask(endpoint, system="read", text="等了三天", name="reading", schema=SCHEMA)


def test_it_asks_for_the_schema_strictly_and_gives_the_object(model: LanguageModel) -> None:
    assert asking(model) == LanguageModel.says
    body = model.asked(PATH)[0].json
    assert body["response_format"] == {"type": "json_schema", "json_schema": {"name": "reading", "strict": True, "schema": SCHEMA}}
    assert (body["model"], body["temperature"], model.prompts()) == ("small", 0, ["等了三天"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"content": "Sure! Here you are: {"}, "not_json"),
        ({"content": "[1, 2]"}, "not_json"),
        ({"refusal": "I cannot help with that."}, "refused"),
        ({"finish": "content_filter"}, "refused"),
        ({"finish": "length"}, "cut_short"),
    ],
)
def test_an_answer_that_is_no_answer_is_rejected(model: LanguageModel, change: dict[str, object], code: str) -> None:
    for name, value in change.items():
        setattr(model, name, value)
    with pytest.raises(Rejected) as fault:
        asking(model)
    assert fault.value.code == code


@pytest.mark.parametrize(
    ("how", "kind", "code"),
    [
        (said({"error": {}}, 429, retry_after="7"), Busy, "http_429"),
        (said({"error": {}}, 503), Busy, "http_503"),
        (said({"error": {}}, 400), Rejected, "http_400"),
        (said({"nothing": 1}), Rejected, "not_json"),
        (Reply(200, b"<html>"), Rejected, "not_json"),
        (Cut.AFTER, Unsure, "no_answer"),
    ],
)
def test_faults_of_the_way_are_told_by_their_kind(model: LanguageModel, how: Reply | Cut, kind: type[VendorFault], code: str) -> None:
    model.fails(PATH, how)
    with pytest.raises(kind) as fault:
        asking(model)
    assert fault.value.code == code


def test_a_wrong_key_is_told(model: LanguageModel) -> None:
    with pytest.raises(Rejected) as fault:
        asking(model, key="sk-other")
    assert fault.value.code == "http_401"


def test_an_answer_that_does_not_come_in_time_ends_as_unsure(model: LanguageModel) -> None:
    release = threading.Event()
    model.complete = lambda _request: release.wait(5) and said({})  # type: ignore[method-assign,assignment,return-value]
    with pytest.raises(Unsure):
        asking(model, seconds=0.2)
    release.set()


def test_an_address_inside_the_own_network_is_refused_before_anything_is_sent(model: LanguageModel) -> None:
    with pytest.raises(Rejected) as fault:
        asking(model, allow=())
    assert (fault.value.code, model.log) == ("refused_address", [])
