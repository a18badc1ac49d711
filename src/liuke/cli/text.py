"""`liuke text`: read messages from standard input, and rebuild the artefacts of the reader."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from liuke.base.errors import Invalid, NotFound
from liuke.base.faults import fault_of
from liuke.cli.terminal import AsJson, faults_told, words
from liuke.text import Lists, Reading, TextReader, lists_from_plain
from liuke.text.plain import reading_to_plain

text = typer.Typer(help="Read what customers write.", no_args_is_help=True)
TRAINING = Path(__file__).resolve().parents[3] / "training"
_BATCH = 1000


@text.command()
def score(
    as_json: AsJson = False,
    lists: Annotated[Path | None, typer.Option("--lists", help="Word lists of a workspace (JSON), as exported.")] = None,
) -> None:
    """Read lines of standard input; print one line per message: emotion 0-100, topics, intents, competitors and their places."""
    with faults_told(as_json=as_json):
        reader = TextReader.load(_lists(lists) if lists else Lists())
    lines = _lines()
    while batch := list(islice(lines, _BATCH)):
        for line, reading in zip(batch, reader.read(batch), strict=True):
            sys.stdout.write(_json(reading) if as_json else _told(line, reading))
        sys.stdout.flush()


def _lines() -> Iterator[str]:
    """Lines as UTF-8; bytes that are none become replacement characters, which the reader passes over."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def _json(reading: Reading) -> str:
    return json.dumps(reading_to_plain(reading), ensure_ascii=False) + "\n"


def _told(line: str, reading: Reading) -> str:
    found = (
        [topic.code for topic in reading.topics] + [intent.kind.value for intent in reading.intents] + [m.name for m in reading.competitors]
    )
    return f"{reading.emotion:5.1f}  {line[:60]}  {' '.join(dict.fromkeys(found))}\n".encode("utf-8", "replace").decode()


def _lists(path: Path) -> Lists:
    if not path.is_file():
        raise NotFound("cli_file", path=str(path))
    try:
        data = json.loads(path.read_text("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as fault:
        raise Invalid("text_lists", faults=[fault_of("", str(fault), "JSON")]) from fault
    if not isinstance(data, dict):
        raise Invalid("text_lists", faults=[fault_of("", type(data).__name__, "{…}")])
    return lists_from_plain(data)


@text.command()
def train(
    corpora: Annotated[Path, typer.Option("--corpora", help="Folder with the public corpora; they are not part of the repository.")],
    out: Annotated[Path | None, typer.Option("--out", help="Write the artefacts here instead of into the package.")] = None,
    as_json: AsJson = False,
) -> None:
    """Rebuild the reader's artefacts from the corpora and our own messages: the same bytes every time."""
    with faults_told(as_json=as_json):
        for folder in (TRAINING, corpora):
            if not folder.is_dir():
                raise NotFound("cli_training_folder", path=str(folder))
    where = [] if out is None else ["--out", str(out.resolve())]
    command = [sys.executable, "-m", "training.train", "--corpora", str(corpora.resolve()), *where]
    done = subprocess.run(command, cwd=TRAINING.parent, check=False)  # noqa: S603 - our own module and two paths
    typer.echo(words("cli.text_trained") if done.returncode == 0 else words("cli.text_not_trained"), err=True)
    raise typer.Exit(done.returncode)
