"""Stems are the same however many ask at once."""

import sys
from concurrent.futures import ThreadPoolExecutor

from summarizer.similarity import stem


def test_threads_do_not_disturb_one_another():
    """Words stemmed in eight threads come out as in one; two questions may be judged at once."""
    words = [f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}ingnationalizations" for n in range(400)]
    words += [f"{word}fulness" for word in words]
    alone = {word: stem.__wrapped__(word) for word in words}
    switched = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(stem.__wrapped__, words * 8))
    finally:
        sys.setswitchinterval(switched)
    assert together == [alone[word] for word in words * 8]
