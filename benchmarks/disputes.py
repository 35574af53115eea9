"""Who disputes a claim, by labelled claims of the demo news: precision and recall, by kind.

    python -m benchmarks.disputes [--held] [--show]

``tests/quality/disputes.jsonl`` has, for sentences of the demo and of ten articles in other
manners, who disputes them within the same story: each of the sentences that say so, and how
("denies", "would not confirm", "another number", "says otherwise"). Half of the claims are
disputed by nobody, most of them beside near misses. ``maybe`` are sentences that are counted
neither way. A dispute that is shown is right where it is one of those sentences, "and kind" where
it is told as what it is; one that is labelled is found where any of its sentences is shown.
Halves are by story; the held half is never looked at in detail.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.demo_news import DEMO, read_demo
from benchmarks.questions import read_others
from summarizer.analysis import analyze
from summarizer.citation import cite
from summarizer.corroboration import corroborate
from summarizer.model import Analysis, Article, Carrier, Claim, Finding, Sentence
from summarizer.passages import within

MARKS = DEMO.parent.parent / "tests" / "quality" / "disputes.jsonl"
Read = tuple[Article, Analysis]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held", action="store_true", help="score the held half instead")
    parser.add_argument("--show", action="store_true", help="print what came out otherwise")
    given = parser.parse_args()
    if given.held and given.show:
        parser.error("the held half is not to be read: leave out --show")
    stories, marks = labelled(MARKS)
    half = "held" if given.held else "dev"
    wanted = [mark for mark in marks if mark["half"] == half]
    counts = Counter[str]()
    for mark in wanted:
        counts += score(mark, stories[mark["story"]], show=given.show)
    print_table(half, wanted, counts)


def labelled(path: Path) -> tuple[dict[str, list[Read]], list[dict[str, Any]]]:
    """Return story -> its articles analysed, and the labelled claims."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    read = {article.id: article for article in (*read_demo(), *read_others())}
    stories = {
        row["story"]: [(read[name], analyze(read[name])) for name in row["articles"]]
        for row in rows
        if "articles" in row
    }
    return stories, [row for row in rows if "claim" in row]


def score(mark: dict[str, Any], story: list[Read], *, show: bool) -> Counter[str]:
    counts = Counter[str]()
    found = finding(mark["claim"], story)
    shown = corroborate(found, story).disputes
    seen: set[int] = set()
    for dispute in shown:
        kind = str(dispute.dissent)
        hits = [
            at
            for at, one in enumerate(mark["disputes"])
            if any(same(dispute, words) for words in one["sentences"])
        ]
        if not hits and any(same(dispute, words) for words in mark["maybe"]):
            continue
        right = any(kind in mark["disputes"][at]["kind"] for at in hits)
        seen.update(hits)
        for name in ("all", kind):
            counts[f"{name}/shown"] += 1
            counts[f"{name}/right"] += bool(hits)
            counts[f"{name}/kind"] += right
        if not mark["disputes"]:
            counts["false alarms"] += 1
        if show and not right:
            print(f"{mark['id']} WRONG {kind}{'' if not hits else ' (kind)'}: {who(dispute)}: ")
            print(f"     claim: {mark['claim'][:150]}")
            print(f"     shown: {dispute.citation.quote[:150]}")
    for at, one in enumerate(mark["disputes"]):
        for name in ("all", one["kind"][0]):
            counts[f"{name}/asked"] += 1
            counts[f"{name}/found"] += at in seen
        if show and at not in seen:
            print(f"{mark['id']} MISSED {one['kind'][0]}: {one['who']}: {one['sentences'][0][:90]}")
            print(f"     claim: {mark['claim'][:150]}")
    counts["undisputed"] += not mark["disputes"]
    counts["alarmed"] += not mark["disputes"] and counts["false alarms"] > 0
    return counts


def finding(sentence: str, story: list[Read]) -> Finding:
    """Return the finding for a sentence: its claim that holds most of it."""
    for article, analysis in story:
        for one in analysis.sentences:
            if flat(sentence).endswith(flat(one.span.of(article.text))):
                claim = longest(analysis, one)
                content = within(claim.content, one.span) if claim else (one.span,)
                return Finding(cite(article, one.span), content, claim, ())
    raise ValueError(f"no sentence of its story: {sentence!r}")


def longest(analysis: Analysis, sentence: Sentence) -> Claim | None:
    claims = [
        claim
        for claim in analysis.claims
        if any(piece.overlaps(sentence.span) for piece in claim.content)
    ]
    return max(claims, key=lambda c: sum(p.end - p.start for p in c.content), default=None)


def same(dispute: Carrier, sentence: str) -> bool:
    shown, wanted = flat(dispute.citation.quote), flat(sentence)
    return shown in wanted or wanted in shown


def flat(words: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in words.casefold()).split())


def who(dispute: Carrier) -> str:
    source = dispute.claim.attribution.source if dispute.claim else None
    return source.name if source else dispute.citation.article.outlet


def print_table(half: str, marks: list[dict[str, Any]], counts: Counter[str]) -> None:
    disputed = sum(1 for mark in marks if mark["disputes"])
    print(f"{half}: {len(marks)} claims, {disputed} of them disputed")
    print(f"{'':20}{'shown':>7}{'right':>7}{'and kind':>9}{'asked':>8}{'found':>7}")
    for name in ("all", "denies", "would not confirm", "another number", "says otherwise"):
        shown, asked = counts[f"{name}/shown"], counts[f"{name}/asked"]
        cells = f"{shown:7}{share(counts[f'{name}/right'], shown)}"
        cells += f"  {share(counts[f'{name}/kind'], shown)}"
        cells += f"{asked:8}{share(counts[f'{name}/found'], asked)}"
        print(f"{name:20}{cells}")
    print(
        f"of {counts['undisputed']} claims that nobody disputes, "
        f"{counts['alarmed']} are shown as disputed"
    )


def share(part: int, whole: int) -> str:
    return f"{part / whole:7.0%}" if whole else f"{'-':>7}"


if __name__ == "__main__":
    main()
