"""What the user knows of outlets: a TOML table of names and owners, beside the core's own."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from bot.errors import ConfigError


def owners_in(paths: Iterable[Path]) -> dict[str, str]:
    """Return outlet -> owner from tables ``[[outlet]]`` with ``name`` and ``owner``.

    Raises:
        ConfigError: a file cannot be read or an entry has no name.

    """
    owners: dict[str, str] = {}
    for path in paths:
        for entry in _entries(path):
            name, owner = entry.get("name"), entry.get("owner", "")
            if not isinstance(name, str) or not name or not isinstance(owner, str):
                raise ConfigError(f"{path}: each [[outlet]] needs a name, and an owner as text.")
            owners[name] = owner
    return owners


def state_media_in(paths: Iterable[Path]) -> frozenset[str]:
    """Return the outlets that the same tables mark with ``state_media = true``.

    Raises:
        ConfigError: a file cannot be read or an entry has no name.

    """
    marked = set()
    for path in paths:
        for entry in _entries(path):
            name, state = entry.get("name"), entry.get("state_media", False)
            if not isinstance(name, str) or not name or not isinstance(state, bool):
                raise ConfigError(
                    f"{path}: each [[outlet]] needs a name; state_media is true or false."
                )
            if state:
                marked.add(name)
    return frozenset(marked)


def _entries(path: Path) -> list[dict[str, object]]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}. Check news.outlets.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not valid TOML: {error}.") from error
    entries = table.get("outlet", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ConfigError(f"{path}: write each outlet as a table [[outlet]].")
    return entries
