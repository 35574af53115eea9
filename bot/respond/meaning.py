"""Whom a typed name means among those stored: a surname, or a name behind a title."""

from __future__ import annotations

from bot.errors import UsageError
from bot.ports import ArticleStore
from summarizer.lexicon import rows
from summarizer.model import EntityKind

_TITLES = frozenset(row[0] for row in rows("titles"))
_LOOKED_AT = 50
_NAMED = 3


def meant(store: ArticleStore, words: str) -> str:
    """Return the full name of the one person whom a surname means, titles left out; else the words.

    Raises:
        UsageError: several people have the surname.

    """
    whole = " ".join(words.split())
    name = _untitled(whole)
    if name != whole and (named := _named(store, whole)):
        return named
    known = store.entities(name, limit=_LOOKED_AT)
    people = [one for one in known if _bears(one.name, one.kind, name)]
    exact = [one for one in known if one.name.casefold() == name.casefold()]
    if any(" " in one.name or one.kind != EntityKind.PERSON for one in exact):
        return exact[0].name
    full = list({one.name.casefold(): one.name for one in people}.values())
    if len(full) > 1:
        named = " or ".join(full[:_NAMED])
        raise UsageError(f"“{words[:80]}” may be {named}. Ask with the full name: entity NAME")
    return full[0] if full else name


def _named(store: ArticleStore, whole: str) -> str:
    """Return what bears the words as its name, title and all ("General Workers Union"), or ""."""
    for one in store.entities(whole, limit=_LOOKED_AT):
        if one.name.partition(" (")[0].casefold() == whole.casefold():
            return one.name
    return ""


def _bears(full: str, kind: str, surname: str) -> bool:
    """Tell whether a person's full name ends with a surname."""
    return kind == EntityKind.PERSON and full.casefold().endswith(f" {surname.casefold()}")


def _untitled(words: str) -> str:
    """Return a name without the titles before it: "Gen. Ada Ruiz"; a title alone stays."""
    parts = words.split()
    while len(parts) > 1 and parts[0].casefold() in _TITLES:
        parts = parts[1:]
    return " ".join(parts)
