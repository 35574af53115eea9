"""The command line as a person uses it: from files to answers, and clear words for bad input."""

import json
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.answerers import MOST_PROCESSES
from bot.errors import UsageError

ROOT = Path(__file__).parents[2]

DROP = """\
Two gates of the Hallam barrier opened early, wardens say

By Vale Post Posted : March 11, 2026, 12:29 Updated : March 11, 2026, 12:54
The Hallam barrier at low water on Tuesday. Photo by R. Okello
HALLAM, March 11 (Vale Post) - Wardens opened two gates of the Hallam barrier an hour early on \
Tuesday, the River Authority (RA) confirmed on Wednesday. About 1,400 people were told to leave \
their homes, according to the fire service.

"Nobody was in danger," Ada Ruiz, the mayor of Hallam, told reporters. "The gates did what they \
were built for," she said.

The operator of the barrier, Northmoor Water, declined to comment.

Share this article
"""


@pytest.fixture
def database(tmp_path):
    return str(tmp_path / "news.sqlite3")


@pytest.fixture(scope="module")
def gathered(tmp_path_factory):
    """The drop, and a database that holds it: made once, for analysis starts processes."""
    folder = tmp_path_factory.mktemp("gathered")
    path = folder / "gates.txt"
    path.write_text(DROP, encoding="utf-8")
    database = str(folder / "news.sqlite3")
    assert main(["ingest", str(path), "--database", database]) == 0
    return str(path), database


@pytest.fixture
def drop(tmp_path):
    path = tmp_path / "gates.txt"
    path.write_text(DROP, encoding="utf-8")
    return str(path)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """No test reads a config that lies about, nor a real environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WHOSAID_DATABASE", raising=False)


def ask(capsys, *words):
    code = main([*words])
    return code, json.loads(capsys.readouterr().out)


def test_a_dropped_article_answers_who_said_it(gathered, capsys):
    """Ingest a file, then ask: the sentence, its source and the card's parts come back."""
    words = "who says 1,400 people had to leave?"
    code, found = ask(capsys, "ask", words, "--database", gathered[1], "--json")
    assert (code, found["none"]) == (0, False)
    first = found["answers"][0]
    assert "1,400 people were told to leave" in first["sentence"]
    assert "fire service" in first["source"]["name"]
    assert first["chain"][0]["name"] == first["article"]["outlet"] == "Vale Post"
    assert first["article"]["title"].startswith("Two gates of the Hallam barrier")
    assert first["article"]["published"].startswith("2026-03-11T12:29")
    assert found["searched"]["articles"] == 1


def test_an_unsupported_claim_is_refused(gathered, capsys):
    """Another number is no match."""
    words = "14,000 people had to leave Hallam"
    code, found = ask(capsys, "ask", words, "--database", gathered[1], "--json")
    assert (code, found["none"], found["answers"]) == (0, True, [])


def test_ingesting_again_stores_once(gathered, capsys):
    """The same file again is known already."""
    code, report = ask(capsys, "ingest", gathered[0], "--database", gathered[1], "--json")
    assert (code, report["landed"]["same"], report["landed"]["new"]) == (0, 1, 0)


def test_plain_words_are_understood(gathered, capsys):
    """A question without a command's name asks for the source; a slip gets the nearest name."""
    assert main(["search", "gates", "--database", gathered[1]]) == 0
    assert "opened two gates" in " ".join(capsys.readouterr().out.split())
    assert main(["story", "barrier", "--database", gathered[1]]) == 0
    assert "Vale Post" in capsys.readouterr().out
    assert main(["entity", "Ada Ruiz", "--database", gathered[1]]) == 0
    assert "Nobody was in danger" in capsys.readouterr().out


def test_brief_shows_sentences_of_the_article_alone(drop, database, capsys):
    """Every sentence of a briefing is a slice of the body; captions and residue are not in it."""
    code, made = ask(capsys, "brief", drop, "--database", database, "--json")
    assert code == 0
    assert 1 <= len(made["sentences"]) <= 3
    assert all(" ".join(s["sentence"].split()) in " ".join(DROP.split()) for s in made["sentences"])
    assert not any(
        "Photo by" in s["sentence"] or "Share" in s["sentence"] for s in made["sentences"]
    )
    assert "The Hallam barrier at low water" in made["article"]["captions"][0]


@pytest.mark.parametrize("name", ["digest", "feeds", "status", "schedule", "doctor"])
def test_commands_work_on_an_empty_database(name, database, capsys):
    """Before anything is stored, each says so without a fault."""
    assert main([name, "--database", database]) == 0
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("empty.txt", b"", "empty"), ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00", "picture")],
)
def test_files_that_are_no_news_are_told_in_a_sentence(
    name, content, words, tmp_path, drop, database, capsys
):
    """One bad file is told with its name, the good one beside it is stored."""
    bad = tmp_path / name
    bad.write_bytes(content)
    code, report = ask(capsys, "ingest", str(bad), drop, "--database", database, "--json")
    assert code == 1
    assert report["landed"]["new"] == 1
    (fault,) = report["faults"]
    assert name in fault
    assert words in fault


def test_a_path_that_is_not_there_is_told(database, capsys):
    """The sentence names the path and says what to check."""
    assert main(["ingest", "nowhere.txt", "--database", database]) == 1
    assert "nowhere.txt" in capsys.readouterr().out


def test_a_broken_config_is_told_with_code_one(tmp_path, capsys):
    """The faults of a config come on standard error."""
    (tmp_path / "config.toml").write_text("databse = 1\n", encoding="utf-8")
    assert main(["status"]) == 1
    assert "databse" in capsys.readouterr().err


def test_a_file_that_is_no_database_is_told_and_kept(tmp_path, capsys):
    """What is not ours is not touched."""
    path = tmp_path / "notes.db"
    path.write_text("my notes, not a database", encoding="utf-8")
    assert main(["status", "--database", str(path)]) == 1
    assert "notes.db" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "my notes, not a database"


def test_the_demo_news_answer_a_question(database, capsys):
    """A few outlets of the demo make stories, and a claim is traced through them."""
    demo = ROOT / "seeds" / "demo"
    places = [str(demo / name) for name in ("meridian-wire", "dravosk-telegraph")]
    assert main(["ingest", *places, "--database", database]) == 0
    capsys.readouterr()
    claim = "Tarsk moved 8,000 troops to the Oru Gap"
    code, found = ask(capsys, "ask", claim, "--database", database, "--json")
    assert (code, found["none"]) == (0, False)
    assert (
        "spy agency" in found["answers"][0]["source"]["name"].lower()
        or found["answers"][0]["source"]["role"]
    )
    code, digest = ask(capsys, "digest", "--database", database, "--json")
    assert code == 0
    assert digest["items"]
    assert all(item["sentences"] and item["outlets"] for item in digest["items"])
    number = digest["items"][0]["story"]
    code, story = ask(capsys, "story", number, "--database", database, "--json")
    assert (code, story["id"]) == (0, number)


@pytest.mark.parametrize(
    ("typed", "lasting", "answering"),
    [
        ("run", True, True),
        ("console", True, True),
        ("ask the gates were opened", False, True),
        ("entity Ruiz", False, True),
        ("digest", False, True),
        ("ingest news", False, False),
    ],
)
def test_only_commands_that_last_are_answered_by_processes_of_their_own(
    monkeypatch, database, typed, lasting, answering
):
    """One answer is there before a process has started."""
    asked = {}

    def application(_, **named):
        asked.update(named)
        raise UsageError("enough")

    monkeypatch.setattr("bot.commandline.application", application)
    assert main([*typed.split(), "--database", database]) == 2
    assert asked == {"answering": answering, "apart": MOST_PROCESSES if lasting else 0}
