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
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from benchmarks.cross_encoder.pasted import pasted
from summarizer.analysis import analyze
from summarizer.model import Article, Span
from summarizer.rereading import Passage, known_of

ARTICLES = Path(__file__).parent / "articles"
_UNTITLED, _ELSEWHERE, _SECOND, _UNKNOWN = 0.15, 0.25, 0.5, 0.1
"""Shares of passages shown without a title, of questions with a passage of another article and
with a second right answer, and of passages shown without what is known of those in it."""


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
    known: tuple[str, ...]

    def passage(self, number: int) -> Passage:
        before = self.sentences[number - 1] if number else ""
        return Passage(self.title, before, self.sentences[number], self.known[number])


@dataclass(frozen=True)
class Pair:
    """A passage of a group, whether it supports what was asked, and whether it is about it."""

    passage: Passage
    supports: bool
    related: bool


def read_material(files: Iterable[Path]) -> list[Told]:
    """Read and analyse the articles (some 400 a minute with two cores)."""
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        return list(pool.map(_told, lines, chunksize=20))


def _told(written: str) -> Told:
    line = json.loads(written)
    asks = [Ask(ask[0], tuple(ask[1]), *(ask[2:4] if len(ask) > 3 else ())) for ask in line["asks"]]
    count = len(line["sentences"])
    fits = [ask for ask in asks if all(0 <= n < count for n in ask.right) and ask.near < count]
    sentences = tuple(line["sentences"])
    return Told(line["title"], sentences, tuple(fits), _known(line["title"], sentences))


def _known(title: str, sentences: Sequence[str]) -> tuple[str, ...]:
    """Return what the article tells elsewhere of those in each sentence, as the program reads it.

    Two sentences make a paragraph.
    """
    text, spans = "", []
    for number, sentence in enumerate(sentences):
        text += ("" if not number else " " if number % 2 else "\n\n") + sentence
        spans.append(Span(len(text) - len(sentence), len(text)))
    analysis = analyze(Article("learned", text, title, ""))
    return tuple(known_of(text, analysis, span) for span in spans)


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
    if chance.random() < _UNKNOWN:
        passage = passage._replace(known="")
    return Pair(passage, supports, related)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]{3,}", text.lower()))
