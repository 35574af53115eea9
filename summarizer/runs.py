"""Runs of capitals: the words of a sentence, and which of them in a row may be a name.

What a run holds (a nation, a title, a name) is for ``names``. The words "of", "and" and the like
belong to a run only where a name of a body goes on behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.known import country_of, match
from summarizer.lexicon import words
from summarizer.name_words import FAMILY_NAMES_FIRST, GIVEN_NAMES, ORGANISATION_WORDS, TITLES
from summarizer.offices import office_before
from summarizer.parse import Doc, Token
from summarizer.tokens import Word, texts

_OPENING = frozenset("\"“‘'([—–-:•*;")
_ARABIC = re.compile(r"(?:al|el|as|ad|an|ar)-[A-Z]")
_NUMBERED = frozenset(("Channel", "Radio", "BBC"))
_FROM = re.compile(
    r"\w-(?:based|born|backed|led|run|owned|controlled|affiliated|trained|educated)$"
)
"""Words that only tell where a body or person is from: "London-based"."""
_JOINED = frozenset(("of", "for", "on"))
_AND_HEADS = words("joining_heads")
LONGEST_HEADLINE = 25
"""In words and marks."""
_HEADLINE_WORDS = frozenset(
    ("the", "and", "for", "but", "nor", "with", "from", "into", "over", "than")
)
HEADLINE_SHARE = 0.75
"""Share of long words with capitals from which a sentence is taken for a headline."""


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words in a row, with what stands before them."""

    words: tuple[Word, ...]
    owner: str = ""
    owner_start: int | None = None
    before: tuple[Word, ...] = ()
    opens: bool = False


def printed_inside(doc: Doc) -> frozenset[str]:
    """Return the words that have a capital inside a sentence too, so that it is their own."""
    inside = (token for token in doc if token.i and token.text[:1].isupper())
    return frozenset(
        token.text
        for token in inside
        if not token.is_sent_start and token.nbor(-1).text not in _OPENING and token.is_alpha
    )


def is_headline(tokens: Sequence[Word]) -> bool:
    """Tell whether most long words have capitals, so that a capital tells nothing."""
    plain_words = [token.text for token in tokens if len(token.text) > 2 and token.text.isalpha()]
    low = [word for word in plain_words if not word[0].isupper()]
    if len(plain_words) - len(low) < 5 or len(tokens) > LONGEST_HEADLINE:
        return False
    if not low or all(word in _HEADLINE_WORDS for word in low):
        return True
    ended = tokens[-1].text in {".", '"', "”"}
    return not ended and len(low) < (1 - HEADLINE_SHARE) * len(plain_words)


def runs(
    tokens: Sequence[Word],
    text: str,
    labels: dict[int, Token],
    printed: frozenset[str],
    *,
    headline: bool,
) -> Iterator[Run]:
    """Yield the runs of capitalised words of one sentence."""
    at = 0
    owner, owner_end, owner_start = "", -1, 0
    while at < len(tokens):
        if not _capital(tokens[at].text):
            at += 1
            continue
        end = _run_end(tokens, at, text, labels)
        first = at
        if not headline and _opens(tokens, at):
            while first < end and _ordinary(tokens, first, end, labels, printed):
                first += 1
        if end - first == 1 and _is_small(tokens[first]):
            first = end
        if end - first > 1 and tokens[first].text == "The" and not match(texts(tokens[first:end])):
            first += 1
        if first < end:
            first += stray(tokens[first:end])
            owned = owner if first and owner_end == first - 1 else ""
            office = office_before(tokens, first, labels)
            start = owner_start if owned else None
            yield Run(tuple(tokens[first:end]), owned, start, office, _opens(tokens, first))
            if tokens[end - 1].genitive:
                nation = _nation_at_end(tokens[first:end])
                owner, owner_end, owner_start = nation, end - 1, tokens[first].span.start
        at = max(end, at + 1)


def _is_small(word: Word) -> bool:
    return word.text.lower() in words("stopwords") and not word.text.isupper()


def stray(run: Sequence[Word]) -> int:
    """Return 1 when a word with a capital stands before a person's full name, else 0."""
    if len(run) < 3 or run[0].text in GIVEN_NAMES or run[1].text not in GIVEN_NAMES:
        return 0
    if run[1].text == "Abu":  # the father of: it stands behind a given name too
        return 0
    known = run[0].text.lower() in TITLES or match(texts(run)) or run[0].text.endswith(".")
    bodies = any(word.text in ORGANISATION_WORDS for word in run)
    return 0 if known or bodies or run[0].text in FAMILY_NAMES_FIRST else 1


def _nation_at_end(run: Sequence[Word]) -> str:
    country = country_of(" ".join(word.text for word in run))
    return country.name if country else ""


def _capital(word: str) -> bool:
    """Tell whether a word can be part of a name by its first letter."""
    if _ARABIC.match(word):
        return True
    return word[0].isupper() and word not in words("not_names") and not _FROM.search(word)


def _opens(tokens: Sequence[Word], at: int) -> bool:
    """Tell whether the word stands where any word has a capital."""
    return at == 0 or tokens[at - 1].text in _OPENING


def _ordinary(
    tokens: Sequence[Word],
    at: int,
    end: int,
    labels: dict[int, Token],
    printed: frozenset[str],
) -> bool:
    """Tell whether a word that opens a sentence is no part of a name."""
    word = tokens[at].text
    if match([token.text for token in tokens[at:end]]):
        return False
    if word.lower() in words("stopwords") or word in words("sentence_starters"):
        return True
    if word.lower() in TITLES or (word.isupper() and len(word) > 1):
        return end == at + 1 and not word.isupper()
    if word in printed or (end == at + 2 and tokens[at + 1].text in ORGANISATION_WORDS):
        return False
    token = labels.get(tokens[at].span.start)
    if token is None or token.pos_ == "PROPN":
        return False
    return word not in GIVEN_NAMES or end == at + 1


def _run_end(tokens: Sequence[Word], at: int, text: str, labels: dict[int, Token]) -> int:
    """Return the index after the last word of the run that begins at ``at``."""
    end = at + 1
    heads = tokens[at].text in ORGANISATION_WORDS
    joined = False
    while end < len(tokens) and not tokens[end - 1].genitive:
        if not _adjacent(tokens[end - 1], tokens[end], text):
            break
        word = tokens[end].text
        step = 1
        token = labels.get(tokens[end].span.start)
        if token is not None and token.tag_ in {"VBZ", "VBD"}:
            break
        if not _capital(word) and not (word.isdigit() and tokens[end - 1].text in _NUMBERED):
            step = _connection(tokens, at, end, heads=heads, joined=joined)
            joined = joined or (step > 0 and word in _JOINED)
        if not step:
            break
        end += step
        heads = heads or tokens[end - 1].text in ORGANISATION_WORDS
    return end


def _adjacent(left: Word, right: Word, text: str) -> bool:
    between = text[left.span.end : right.span.start]
    return between.isspace() and "\n" not in between


def _and(tokens: Sequence[Word], at: int, end: int, *, joined: bool) -> int:
    """Return how many words "and" brings into a name: two in "Ministry of Health and Welfare"."""
    rest = tokens[end + 1 : end + 3]
    if not _capital(rest[0].text):
        return 0
    if joined and any(token.text in _AND_HEADS for token in tokens[at:end]):
        return 0 if rest[0].text.isupper() or match([rest[0].text]) else 2
    one = end == at + 1 and at > 0 and tokens[at - 1].text.lower() == "the"
    alone = one or (end == at + 2 and tokens[at].text == "The")
    return 3 if alone and len(rest) == 2 and rest[1].text in _AND_HEADS else 0


def _connection(tokens: Sequence[Word], at: int, end: int, *, heads: bool, joined: bool) -> int:
    """Return how many words a small word inside a name brings with it, 0 when the name ends."""
    word = tokens[end].text
    rest = tokens[end + 1 : end + 3]
    if not rest or tokens[end].genitive:
        return 0
    if word == "&" or word in words("particles"):
        return 2 if _capital(rest[0].text) else 0
    if word == "and":
        return _and(tokens, at, end, joined=joined)
    previous = tokens[end - 1].text
    offices = previous.lower() in {"secretary", "director"} or (
        previous.lower() in TITLES and _is_named_behind(tokens, end)
    )
    if word in _JOINED and (heads or offices):
        if _capital(rest[0].text):
            return 2
        if rest[0].text == "the" and len(rest) == 2 and _capital(rest[1].text):
            return 3
    return 0


def _is_named_behind(tokens: Sequence[Word], at: int) -> bool:
    """Tell whether a full name follows what an office is for: "for Foreign Affairs Jane Roe"."""
    behind = texts(tokens[at + 1 : at + 7])
    capitals = behind[: next((n for n, w in enumerate(behind) if not _capital(w)), len(behind))]
    return any(word in GIVEN_NAMES for word in capitals[1:-1])
