"""The material that the cross-encoder learns from: made-up news with questions, read into pairs.

Each line of ``articles/*.jsonl`` is an article that was written for this: ``title``,
``sentences``, and ``asks``. A question that sentences answer is ``[question, [numbers]]``, best
first; a near miss ``[question, [], class, number]`` has the sentence that it nearly matches (-1
for none). Classes: number, place, person, swapped, negated, time, never. Who wrote them had seen
neither the program nor the news and the questions that it is measured on.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cross_encoder.pasted import pasted
from summarizer.rereading import Passage

ARTICLES = Path(__file__).parent / "articles"
_UNTITLED, _ELSEWHERE, _SECOND = 0.15, 0.25, 0.5
"""Shares of passages shown without a title, and of questions with a passage of another article
and with a second right answer."""


@dataclass(frozen=True)
class Ask:
    """A question, the sentences that answer it, and the one that it nearly matches."""

    question: str
    right: tuple[int, ...]
    kind: str = "supported"
    near: int = -1


@dataclass(frozen=True)
class Told:
    """An article written for learning."""

    title: str
    sentences: tuple[str, ...]
    asks: tuple[Ask, ...]

    def passage(self, number: int) -> Passage:
        before = self.sentences[number - 1] if number else ""
        return Passage(self.title, before, self.sentences[number])


@dataclass(frozen=True)
class Pair:
    """A passage of a group, whether it supports what was asked, and whether it is about it."""

    passage: Passage
    supports: bool
    related: bool


def read_material(files: Iterable[Path]) -> list[Told]:
    return [_told(json.loads(line)) for file in files for line in file.read_text().splitlines()]


def _told(line: dict) -> Told:
    asks = [Ask(ask[0], tuple(ask[1]), *(ask[2:4] if len(ask) > 3 else ())) for ask in line["asks"]]
    count = len(line["sentences"])
    fits = [ask for ask in asks if all(0 <= n < count for n in ask.right) and ask.near < count]
    return Told(line["title"], tuple(line["sentences"]), tuple(fits))


def groups(told: list[Told], chance: random.Random) -> Iterator[tuple[str, list[Pair]]]:
    """Yield each question with some three passages: the right or the nearest, and others.

    Some sentences are pasted as questions besides, other ones each time.
    """
    for article in told:
        words = [_words(sentence) for sentence in article.sentences]
        made = [
            Ask(text, () if kind else (number,), kind or "supported", number if kind else -1)
            for text, number, kind in pasted(article.sentences, chance)
        ]
        for ask in (*article.asks, *made):
            pairs = [
                *_wanted(article, ask, chance),
                *_others(article, ask, words, chance),
                *_elsewhere(told, chance),
            ]
            yield ask.question, pairs


def _wanted(article: Told, ask: Ask, chance: random.Random) -> list[Pair]:
    if not ask.right:
        return [_pair(article, ask.near, chance, related=True)] if ask.near >= 0 else []
    second = ask.right[1:] if chance.random() < _SECOND else ()
    chosen = [ask.right[0], *([chance.choice(second)] if second else [])]
    return [_pair(article, number, chance, supports=True, related=True) for number in chosen]


def _others(article: Told, ask: Ask, words: list[set[str]], chance: random.Random) -> list[Pair]:
    """Return the sentence that shares most words with the question, and often another."""
    asked = _words(ask.question)
    left = [n for n in range(len(words)) if n not in ask.right and n != ask.near]
    left.sort(key=lambda n: -len(asked & words[n]) - 1.2 * chance.random())
    chosen = left[:1]
    if left[1:] and (ask.right or chance.random() < 0.4):
        chosen.append(chance.choice(left[1:]))
    return [_pair(article, number, chance) for number in chosen]


def _elsewhere(told: list[Told], chance: random.Random) -> list[Pair]:
    if chance.random() >= _ELSEWHERE:
        return []
    article = chance.choice(told)
    return [_pair(article, chance.randrange(len(article.sentences)), chance)]


def _pair(
    article: Told,
    number: int,
    chance: random.Random,
    *,
    supports: bool = False,
    related: bool = False,
) -> Pair:
    passage = article.passage(number)
    if chance.random() < _UNTITLED:
        passage = passage._replace(title="")
    return Pair(passage, supports, related)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]{3,}", text.lower()))
