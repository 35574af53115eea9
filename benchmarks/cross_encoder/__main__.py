"""Learn the cross-encoder's weights from the made-up news in ``articles/``, and write them.

    pip install torch onnx
    python -m benchmarks.cross_encoder [--epochs 3] [--start FILE] [--out FILE] [--threads 2]
        [--rate 5e-4] [--new FILE ... --share 0.35]

A question and some three passages of its article (``material``) are read at a time. What is
learned: which passage supports it (a logit each, and a softmax over the passages of a question),
and which is about the very thing, agreeing or not. Every fortieth article is kept aside; after
each epoch its questions are asked, all sentences of the article read, and the share printed whose
first sentence is right, and that is right where 5, 10 and 20% of the near misses are answered.
An epoch of all takes some 50 minutes of two cores, so weights may go on from earlier ones
(``--start``): the articles of the files ``--new`` are then read whole, and of the others the
``--share`` of the questions. Afterwards: ``python -m benchmarks.weights --write``.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from benchmarks.cross_encoder.material import ARTICLES, Pair, Told, groups, read_material
from benchmarks.cross_encoder.network import Network
from bot.cross_encoder import WEIGHTS, pieces_of
from bot.minilm import open_tokenizer
from summarizer.rereading import Passage

TOGETHER, WINDOW, ASIDE = 10, 256, 40
RATE, HEAD_RATE, DECAY, LONGEST_STEP, WARM = 5e-4, 1e-3, 0.01, 1.0, 0.06

_BF16 = torch.backends.cpu.get_cpu_capability().startswith("AVX512")
"""Whether bfloat16 is worth it: without these instructions it is many times slower than floats."""

Group = tuple[str, list[Pair]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rate", type=float, default=RATE, help="the first steps' learning rate")
    parser.add_argument("--new", type=Path, nargs="*", default=[], help="files to learn whole")
    parser.add_argument("--share", type=float, default=1.0, help="questions of other files learned")
    options = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(options.threads)
    new = {one.resolve() for one in options.new}
    files = sorted(ARTICLES.glob("*.jsonl"))
    told, aside = parted(read_material(one for one in files if one.resolve() not in new))
    fresh, more = parted(read_material(one for one in files if one.resolve() in new))
    aside += more
    chance = random.Random(1)
    epochs = []
    for _ in range(options.epochs):
        again = [one for one in groups(told, chance) if chance.random() < options.share]
        epochs.append([*again, *groups(fresh, chance)])
    print(f"{len(told) + len(fresh)} articles; questions: {[len(one) for one in epochs]}")
    learner = Learner(sum(map(len, epochs)) // TOGETHER, options.rate)
    if options.start:
        learner.network.read(options.start)
    print("at the start: " + learner.check(aside), flush=True)
    for epoch, asked in enumerate(epochs):
        learner.epoch(asked, chance)
        print(f"epoch {epoch + 1}: " + learner.check(aside), flush=True)
        learner.network.write(options.out)


def parted(told: list[Told]) -> tuple[list[Told], list[Told]]:
    """Return the articles to learn from, and those kept aside."""
    aside = told[ASIDE - 1 :: ASIDE]
    return [one for at, one in enumerate(told) if at % ASIDE != ASIDE - 1], aside


class Learner:
    """The network with its optimiser."""

    def __init__(self, steps: int, rate: float = RATE) -> None:
        self.network = Network()
        self._tokenizer = open_tokenizer()
        self._steps, self._step = steps, 0
        head = list(self.network.head.parameters())
        rest = [one for name, one in self.network.named_parameters() if "head" not in name]
        self._rates = (rate, rate * HEAD_RATE / RATE)
        self._optimiser = torch.optim.AdamW(
            [{"params": rest, "lr": rate}, {"params": head, "lr": rate}], weight_decay=DECAY
        )

    def epoch(self, asked: list[Group], chance: random.Random) -> None:
        self.network.train()
        began, lost = time.perf_counter(), []
        for batch in batches(asked, chance):
            lost.append(self._learn(batch))
            if len(lost) % 150 == 0:
                took = time.perf_counter() - began
                print(
                    f"   {len(lost)} steps, loss {np.mean(lost[-150:]):.3f}, {took:.0f} s",
                    flush=True,
                )

    def _learn(self, batch: Sequence[Group]) -> float:
        found = self._read([(ask, pair.passage) for ask, pairs in batch for pair in pairs])
        loss, at = torch.zeros(()), 0
        for column, wanted in ((0, "supports"), (1, "related")):
            at = 0
            marks = [float(getattr(pair, wanted)) for _, pairs in batch for pair in pairs]
            truth, said = torch.tensor(marks), found[:, column]
            share = 1.0 if column == 0 else 0.5
            loss = loss + share * functional.binary_cross_entropy_with_logits(said, truth)
            ranks = []
            for _, pairs in batch:
                here = slice(at, at + len(pairs))
                at += len(pairs)
                right = truth[here] > 0
                if right.any() and not right.all():
                    ranks.append(said[here].logsumexp(0) - said[here][right].logsumexp(0))
            if ranks:
                loss = loss + 0.25 * torch.stack(ranks).mean()
        self._pace()
        self._optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), LONGEST_STEP)
        self._optimiser.step()
        return float(loss.detach())

    def _pace(self) -> None:
        """Warm up, then slow down in a straight line."""
        done = self._step / max(1, self._steps)
        pace = min(1.0, (done + 1 / max(1, self._steps)) / WARM) * max(0.02, 1 - done)
        for group, rate in zip(self._optimiser.param_groups, self._rates, strict=True):
            group["lr"] = rate * pace
        self._step += 1

    def _read(self, asked: Sequence[tuple[str, Passage]]) -> torch.Tensor:
        rows = [pieces_of(self._tokenizer, question, passage) for question, passage in asked]
        length = max(len(ids) for ids, _ in rows)
        ids = torch.zeros(len(rows), length, dtype=torch.long)
        kinds, known = torch.zeros_like(ids), torch.zeros(len(rows), length, dtype=torch.bool)
        for row, (pieces, parts) in enumerate(rows):
            ids[row, : len(pieces)] = torch.tensor(pieces)
            kinds[row, : len(parts)] = torch.tensor(parts)
            known[row, : len(pieces)] = True
        with torch.autocast("cpu", torch.bfloat16, enabled=_BF16):
            return self.network(ids, kinds, known)

    @torch.no_grad()
    def check(self, aside: Sequence[Told]) -> str:
        """Ask the questions of articles not learned from, all sentences of the article read."""
        self.network.eval()
        right, sure, missed = [], [], []
        for article in aside:
            passages = [article.passage(number) for number in range(len(article.sentences))]
            for ask in article.asks:
                said = self._read([(ask.question, one) for one in passages])[:, 0]
                best, value = int(said.argmax()), float(said.max())
                (sure if ask.right else missed).append(value)
                if ask.right:
                    right.append(best in ask.right)
        missed.sort(reverse=True)
        limits = [(share, missed[math.floor(share * len(missed))]) for share in (0.05, 0.1, 0.2)]
        shares = [
            f"{np.mean([ok and value > limit for ok, value in zip(right, sure, strict=True)]):.0%}"
            f" at {share:.0%} wrong"
            for share, limit in limits
        ]
        return f"first right {np.mean(right):.1%}; " + ", ".join(shares)


def batches(asked: list[Group], chance: random.Random) -> list[list[Group]]:
    """Return the groups in batches of some length alike, in no order."""
    chance.shuffle(asked)
    found = []
    for start in range(0, len(asked), WINDOW):
        window = sorted(asked[start : start + WINDOW], key=_length)
        found += [window[at : at + TOGETHER] for at in range(0, len(window), TOGETHER)]
    chance.shuffle(found)
    return [[group for group in batch if group[1]] for batch in found]


def _length(group: Group) -> int:
    return max((sum(map(len, pair.passage)) for pair in group[1]), default=0)


if __name__ == "__main__":
    main()
