"""`liuke text`: one line in, one line out; training says what is missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from liuke.cli.text import text


def run(*arguments: str, given: str | bytes = "") -> tuple[int, str]:
    result = CliRunner().invoke(text, list(arguments), input=given)
    return result.exit_code, result.stdout


def test_one_json_line_per_line_in_the_same_order() -> None:
    code, out = run("score", "--json", given="又崩了，没人理\n\n好的\n对比了金蝶的报价\n")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert len(rows) == 4
    assert rows[0]["emotion"] > 65
    assert rows[0]["spans"]
    assert rows[1]["emotion"] < 50
    assert rows[2]["acknowledgement"] is True
    assert rows[3]["competitor"] == "金蝶"
    assert {"emotion", "topics", "intents", "competitor", "spans"} <= rows[0].keys()


def test_a_line_separator_of_unicode_is_part_of_its_message() -> None:
    _, out = run("score", "--json", given="一行\u2028还是这行\n")
    assert len(out.splitlines()) == 1


def test_bytes_that_are_no_text_are_read_all_the_same() -> None:
    code, out = run("score", "--json", given=b"\xff\xfe\x00bad\n\xe5\xa4\xaa\xe5\xb7\xae\n")
    assert code == 0
    assert len(out.splitlines()) == 2


def test_without_json_a_person_can_read_it() -> None:
    code, out = run("score", given="我要投诉，快递太慢\n")
    assert code == 0
    assert "escalation" in out
    assert "delivery" in out


def test_nothing_in_nothing_out() -> None:
    assert run("score", "--json") == (0, "")


def test_lists_of_a_workspace_are_used(tmp_path: Path) -> None:
    path = tmp_path / "lists.json"
    path.write_text(json.dumps({"competitors": [{"name": "蓝鲸云", "aliases": ["bluewhale"]}]}), "utf-8")
    _, out = run("score", "--json", "--lists", str(path), given="BlueWhale 报价更低\n")
    assert json.loads(out)["competitor"] == "蓝鲸云"


@pytest.mark.parametrize("content", ["[]", "{", '{"competitors": 3}', '{"colour": 1}'])
def test_faulty_lists_end_with_a_sentence_and_exit_code_2(tmp_path: Path, content: str) -> None:
    path = tmp_path / "lists.json"
    path.write_text(content, "utf-8")
    code, out = run("score", "--json", "--lists", str(path))
    assert code == 2
    assert json.loads(out)["error"]["code"] == "text_lists"


def test_a_list_file_that_is_absent_is_named(tmp_path: Path) -> None:
    code, out = run("score", "--json", "--lists", str(tmp_path / "none.json"))
    assert code == 2
    assert json.loads(out)["error"]["code"] == "cli_file"


def test_training_without_corpora_says_so(tmp_path: Path) -> None:
    code, out = run("train", "--corpora", str(tmp_path / "none"), "--json")
    assert code == 2
    assert json.loads(out)["error"]["code"] == "cli_training_folder"
