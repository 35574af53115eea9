"""What the README and docs promise is there."""

import io
import json
import re
import tomllib
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.arguments import build_parser
from bot.commands import COMMANDS
from bot.config import RANKERS, load

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
def test_every_command_stands_in_the_readme(entry):
    """No command is undocumented."""
    assert f"`{entry.name}" in README


def test_every_command_line_of_the_readme_parses():
    """Each ``whosaid`` line of a snippet is taken by the command line."""
    parser = build_parser("0", RANKERS)
    lines = re.findall(r"\.venv/bin/whosaid ([^\n|#]+)", README)
    assert lines
    for line in lines:
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)]
        assert parser.parse_args(words).command == words[0]


@pytest.mark.parametrize("line", re.findall(r"^echo '(.+)$", README, re.MULTILINE))
def test_every_pipe_of_the_readme_gives_json_lines(line, monkeypatch, capsys):
    """What a person copies from the README works."""
    given, words = line.split("' | .venv/bin/whosaid ")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
    assert main(words.split()) == 0
    assert json.loads(capsys.readouterr().out)["id"] == 1


def test_every_target_of_the_readme_is_in_the_makefile():
    """``make`` knows what the README says."""
    targets = set(re.findall(r"^make (\w+)", README, re.MULTILINE))
    assert {"run", "test"} <= targets
    assert all(re.search(rf"^{target}:", MAKEFILE, re.MULTILINE) for target in targets)


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_link_into_the_project_leads_somewhere(page):
    """No page points at a file that is not there."""
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / page).read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


def test_ci_runs_the_readmes_test_command():
    """CI and a person run the same."""
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_container_reads_no_file_that_is_not_there():
    """Every COPY of the Dockerfile names something of the project."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE):
        assert all((ROOT / name).exists() for name in line.split()[:-1])


def test_the_locks_pin_every_dependency_with_hashes():
    """What is installed is what was tested."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "locks" / "run.txt").read_text(encoding="utf-8")
    lock = re.sub(r"[-_.]+(?=.*==)", "-", lock.lower())
    for dependency in project["dependencies"]:
        name = re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", dependency).group().lower())
        assert re.search(rf"^{re.escape(name)}==", lock, re.MULTILINE), name
    pins = re.findall(r"^[a-z][\w.-]*==", lock, re.MULTILINE)
    assert lock.count("--hash=sha256:") >= len(pins) > 0


def test_the_example_config_loads():
    """Copying the example gives a config without a fault."""
    assert load(ROOT / "config.example.toml", {}).database
