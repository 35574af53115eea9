"""What an outlet changed in an article: sentences cut, added, or worded anew (pure).

Both texts are pointed at, none is rewritten: a change is a span of the older text, a span of the
newer one, or both, with the words inside that are in one of them only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from summarizer.model import Span
from summarizer.text import sentences, tokens

ALIKE = 0.6
"""Two sentences that share, in order, so many of the shorter one's words are one, worded anew."""

MOST_SENTENCES = 2_000


@dataclass(frozen=True, slots=True)
class Edit:
    """One sentence as it was and as it is. None on a side: it was added, or cut.

    ``cut`` are the words that only the older text has, ``added`` those that only the newer has;
    all spans point into their own text.
    """

    before: Span | None
    after: Span | None
    cut: tuple[Span, ...] = ()
    added: tuple[Span, ...] = ()


def edits(older: str, newer: str) -> tuple[Edit, ...]:
    """Return what was changed, in the order of the newer text; white space changes nothing."""
    before = [sentence.span for sentence in sentences(older)[:MOST_SENTENCES]]
    after = [sentence.span for sentence in sentences(newer)[:MOST_SENTENCES]]
    matcher = SequenceMatcher(None, _bare(before, older), _bare(after, newer), autojunk=False)
    found: list[Edit] = []
    for kind, left, left_end, right, right_end in matcher.get_opcodes():
        if kind != "equal":
            found += _block(before[left:left_end], after[right:right_end], older, newer)
    return tuple(found)


def _bare(spans: Sequence[Span], text: str) -> list[str]:
    return [" ".join(span.of(text).split()) for span in spans]


def _block(before: Sequence[Span], after: Sequence[Span], older: str, newer: str) -> list[Edit]:
    """Pair the sentences of a changed stretch in order, where they are alike."""
    found: list[Edit] = []
    left = list(before)
    for span in after:
        place = next((n for n, one in enumerate(left) if _alike(one, span, older, newer)), None)
        if place is None:
            found.append(Edit(None, span))
            continue
        found += [Edit(cut, None) for cut in left[:place]]
        found.append(_worded_anew(left[place], span, older, newer))
        left = left[place + 1 :]
    return found + [Edit(cut, None) for cut in left]


def _alike(before: Span, after: Span, older: str, newer: str) -> bool:
    words = [span.of(older).lower() for span in _words(before, older)]
    others = [span.of(newer).lower() for span in _words(after, newer)]
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    return same >= ALIKE * max(1, min(len(words), len(others)))


def _worded_anew(before: Span, after: Span, older: str, newer: str) -> Edit:
    """Find the words that only one of two sentences has."""
    left, right = _words(before, older), _words(after, newer)
    matcher = SequenceMatcher(
        None, [w.of(older) for w in left], [w.of(newer) for w in right], autojunk=False
    )
    changed = [codes for codes in matcher.get_opcodes() if codes[0] != "equal"]
    return Edit(
        before,
        after,
        cut=tuple(Span(left[a].start, left[b - 1].end) for _, a, b, _, _ in changed if a < b),
        added=tuple(Span(right[a].start, right[b - 1].end) for _, _, _, a, b in changed if a < b),
    )


def _words(within: Span, text: str) -> list[Span]:
    found = tokens(within.of(text))
    return [Span(within.start + span.start, within.start + span.end) for span in found]
