"""Why a passage does not say what is asked: a reason in words, and how firmly it stands."""

from __future__ import annotations

import math
from typing import NamedTuple

NEVER = math.inf
"""How sure a reader must be of what it never overrules: another number, a denial."""

OF_PARTS = 3.0
"""The same where somebody else, or another place, stands in the place of whom it is asked about,
and where who does it to whom is turned round: the order of words tells that, mostly."""

OF_NAMES = 2.0
"""The same for names that a passage lacks and for who says it (people go by descriptions), and for
negations (the news says "incomplete" of what an asker calls "not complete")."""

OF_WHAT_IS_LEFT_OUT = -1.0
"""The same where a passage only lacks something: the sentence before may have given it."""


class Contradiction(NamedTuple):
    """What speaks against a passage. ``reason`` is for readers, empty where nothing does.

    ``firm`` is how sure a reader must be that the passage supports the question (in log-odds) to
    overrule the reason. Got on our own questions, cross-validated (``docs/quality.md``).
    ``disputes`` tells that the passage is about the very thing and denies it, or will not confirm
    it.
    """

    reason: str = ""
    firm: float = NEVER
    disputes: bool = False


NONE = Contradiction()
