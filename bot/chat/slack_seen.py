"""Tells a repeated event from a new one: Slack sends again what it thinks was not taken."""

from __future__ import annotations

from collections import OrderedDict

KEPT = 5000
"""More than Slack sends to one app in the six minutes in which it repeats."""


class Seen:
    """The last keys that were seen."""

    def __init__(self, kept: int = KEPT) -> None:
        """Start with none; ``kept`` is how many are remembered."""
        self._keys: OrderedDict[str, None] = OrderedDict()
        self._kept = kept

    def first(self, key: str) -> bool:
        """Tell whether a key comes for the first time, and remember it. Empty ones always do."""
        if not key:
            return True
        if key in self._keys:
            return False
        self._keys[key] = None
        if len(self._keys) > self._kept:
            self._keys.popitem(last=False)
        return True
