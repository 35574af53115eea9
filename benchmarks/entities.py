"""Precision and recall of names and descriptions on our own marked articles.

Run from the repository: ``python -m benchmarks.entities [--held] [--errors]``. ``--held`` takes
the articles written after the rules instead of those the rules were mended on. A predicted
mention is a hit when it shares its words with a marked one; a link is right when both of its
ends belong to the same marked entity. Articles and guidelines: tests/quality/entities.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from pathlib import Path

from summarizer.entities import find
from summarizer.model import Span
from summarizer.parse import parse
from summarizer.text import sentences

FOLDER = Path(__file__).parent.parent / "tests" / "quality" / "entities"
MARK = re.compile(r"\[(?P<name>\w+)\|(?P<words>[^\]]+)\]|\{(?P<what>\w+)\|(?P<said>[^}]+)\}")


def articles() -> list[tuple[str, str, dict[Span, tuple[str, str]]]]:
    """Return the marked articles: their names, plain texts and marks by span."""
    found = []
    name = "held.txt" if "--held" in sys.argv else "sample.txt"
    for block in (FOLDER / name).read_text(encoding="utf-8").split("# ")[1:]:
        title, marked = block.split("\n", 1)
        found.append((title, *unmark(marked.strip().replace("\n", "\n\n"))))
    return found


def unmark(marked: str) -> tuple[str, dict[Span, tuple[str, str]]]:
    """Return the plain text and what each span is marked as."""
    plain, marks, at = "", {}, 0
    for hit in MARK.finditer(marked):
        plain += marked[at : hit.start()]
        words = hit["words"] or hit["said"]
        kind = "name" if hit["name"] else "description"
        marks[Span(len(plain), len(plain) + len(words))] = (kind, hit["name"] or hit["what"])
        plain += words
        at = hit.end()
    return plain + marked[at:], marks


def main() -> None:
    count: Counter[str] = Counter()
    seconds, total = 0.0, 0
    for title, text, marks in articles():
        cut = sentences(text)
        doc = parse(text, cut, names=False)
        begun = time.process_time()
        found = find(doc, text, cut)
        seconds += time.process_time() - begun
        total += len(cut)
        hit_marks: dict[Span, int] = {}
        for at, entity in enumerate(found):
            golds = []
            for mention in entity.mentions:
                gold = next((span for span in marks if span.overlaps(mention)), None)
                words = mention.of(text).lower()
                described = words.startswith(("the ", "this ", "that ")) and not words[4].isupper()
                described = described and mention.of(text)[4].islower()
                kind = "description" if described else "name"
                count[kind, "said"] += 1
                if gold is None:
                    count[kind, "not marked"] += 1
                    if "--errors" in sys.argv:
                        print(title, "| not marked:", mention.of(text), "->", entity.name)
                else:
                    golds.append((gold, marks[gold][1], kind, mention))
                    hit_marks[gold] = at
            if golds:
                main_id = Counter(one for _, one, _, _ in golds).most_common(1)[0][0]
                for _gold, one, kind, mention in golds:
                    right = one == main_id
                    count[kind, "right"] += right
                    if not right and "--errors" in sys.argv:
                        print(title, "| wrong:", mention.of(text), "->", entity.name)
        first: dict[str, int] = {}
        for span, (kind, one) in sorted(marks.items()):
            count[kind, "marked"] += 1
            at = hit_marks.get(span)
            if at is not None and first.setdefault(one, at) == at:
                count[kind, "found"] += 1
            elif "--errors" in sys.argv:
                print(title, "| missed:", span.of(text), one, "split" if at is not None else "")
    for kind in ("name", "description"):
        said, right = count[kind, "said"], count[kind, "right"]
        print(
            f"{kind}: precision {right / said:.3f} ({right} of {said}), recall "
            f"{count[kind, 'found'] / count[kind, 'marked']:.3f} "
            f"({count[kind, 'found']} of {count[kind, 'marked']})"
        )
    print(f"{total} sentences, {1000 * seconds / total:.2f} ms a sentence without the parse")


if __name__ == "__main__":
    main()
