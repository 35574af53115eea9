"""The vocabulary of BERT, which the sentence embeddings need; see NOTICE for its licence."""

from __future__ import annotations

import lzma
from importlib import resources


def vocabulary() -> dict[str, int]:
    """Return the entries with their numbers."""
    packed = resources.files(__name__).joinpath("uncased.txt.xz").read_bytes()
    lines = lzma.decompress(packed).decode("utf-8").split("\n")
    return {entry: number for number, entry in enumerate(lines[:-1])}
