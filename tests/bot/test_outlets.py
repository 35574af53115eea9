"""The user's table of outlets: owners and state media, or an error that names the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.outlets import owners_in, state_media_in

TABLE = """
[[outlet]]
name = "The Ledger"
owner = "Castle Press"

[[outlet]]
name = "Northern Agency"
state_media = true
"""


def table(folder: Path, text: str) -> list[Path]:
    path = folder / "outlets.toml"
    path.write_text(text, encoding="utf-8")
    return [path]


def test_owners_and_state_media_are_read(tmp_path: Path) -> None:
    """An owner that is not told is unknown; only what is marked is state media."""
    tables = table(tmp_path, TABLE)
    assert owners_in(tables) == {"The Ledger": "Castle Press", "Northern Agency": ""}
    assert state_media_in(tables) == {"Northern Agency"}


@pytest.mark.parametrize("entry", ['name = "A"\nstate_media = "yes"', "state_media = true"])
def test_a_wrong_entry_names_its_file(tmp_path: Path, entry: str) -> None:
    """A mark that is neither true nor false, or an entry without a name, is told."""
    tables = table(tmp_path, f"[[outlet]]\n{entry}\n")
    with pytest.raises(ConfigError, match=r"outlets\.toml"):
        state_media_in(tables)
