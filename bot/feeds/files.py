"""Files and folders: which to read, in which order, and what is known of their outlets."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from pathlib import Path

from bot.errors import InputError
from bot.feeds.tasks import Outlet

LARGEST_FILE = 50_000_000
MOST_FILES = 20_000
READABLE = {
    ".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".xml", ".rss", ".atom", ".rdf", ".json",
    ".opml",
}  # fmt: skip
OUTLETS = "outlets.toml"


def files_in(place: str) -> tuple[Path, ...]:
    """Return the file at a path, or the readable files under a folder, sorted by their paths.

    Hidden files, READMEs and tables of questions in a folder are no news.

    Raises:
        InputError: there is nothing at the path (``no-such-path``), or no news in the folder.

    """
    path = Path(place).expanduser()
    try:
        if path.is_dir():
            found = sorted(file for file in path.rglob("*") if _is_news(file, path))[:MOST_FILES]
            if found:
                return tuple(found)
            text = f"{place} holds no .txt, .html, .xml, .json or .opml files."
            raise InputError(text, outcome="empty")
        if path.exists():
            return (path,)
    except (OSError, ValueError) as error:
        raise InputError(f"{place} cannot be read: {error}.", outcome="unreadable") from error
    text = f"There is no file or folder {place}. Check the path, or give an address with https://."
    raise InputError(text, outcome="no-such-path")


def fingerprint(places: Iterable[str]) -> str:
    """Return what tells these files from changed ones: their paths, sizes and times.

    Raises:
        InputError: there is nothing at a place.

    """
    digest = hashlib.sha256()
    for place in places:
        for file in files_in(place):
            state = file.stat()
            digest.update(f"{file.resolve()}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _is_news(file: Path, folder: Path) -> bool:
    parts = file.relative_to(folder).parts
    hidden = any(part.startswith(".") for part in parts)
    return (
        file.suffix.lower() in READABLE
        and not hidden
        and file.stem.upper() != "README"
        and file.is_file()
    )


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        InputError: it cannot be read, or is too large (``too-large``).

    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            text = f"{path} is larger than {LARGEST_FILE // 10**6} MB. Give me single articles."
            raise InputError(text, outcome="too-large")
        return path.read_bytes()
    except OSError as error:
        text = f"{path} cannot be read: {error.strerror or error}. Check its permissions."
        raise InputError(text, outcome="unreadable") from error


def outlet_of(path: Path) -> Outlet:
    """Return what an ``outlets.toml`` beside the file or its folder tells of its outlet.

    The table has ``[[outlet]]`` entries with ``folder``, ``name`` and ``zone``; a table that
    cannot be read tells nothing.
    """
    for table, folder in (
        (path.parent.parent / OUTLETS, path.parent.name),
        (path.parent / OUTLETS, ""),
    ):
        for entry in _entries(table):
            if entry.get("folder", "") == folder:
                return Outlet(str(entry.get("name", "")), str(entry.get("zone", "")))
    return Outlet()


def _entries(table: Path) -> list[dict[str, object]]:
    try:
        found = tomllib.loads(table.read_text(encoding="utf-8")).get("outlet", [])
    except (OSError, ValueError):
        return []
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []
