"""Score the analysis on our own marked articles: who said what, and each part of it.

    python -m benchmarks.quality [dev|test] [--errors]

Claims are matched one to one by the Jaccard overlap of their contents' word tokens (at least
.5). Parts are scored on matched claims. Intervals are 95%, by a bootstrap over articles.
What is marked, and how: tests/quality/attribution/guidelines.md.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from summarizer.analysis import analyze_text
from summarizer.model import Claim, Span

FOLDER = Path(__file__).parents[1] / "tests" / "quality" / "attribution"
OVERLAP = 0.5
ROUNDS = 1000
SHORT = 40
"""Characters of a content below which it may stand in more than one place."""
WORD = re.compile(r"\w+")
PARTS = ("who", "name", "role", "kind", "stance", "quotation", "negated", "chain", "when", "day")


@dataclass(frozen=True)
class Marked:
    """One claim as marked: its words' places, its source's places, and the mark itself."""

    content: frozenset[int]
    source: frozenset[int]
    mark: dict[str, Any]


def places(text: str, pieces: list[str], *, near: int = 0) -> list[Span]:
    """Find verbatim pieces in order; each the first at or after the end of the one before."""
    spans, start = [], near
    for piece in pieces:
        at = text.find(piece, start)
        at = text.find(piece) if at < 0 else at
        if at < 0:
            raise ValueError(f"not verbatim: {piece!r}")
        spans.append(Span(at, at + len(piece)))
        start = at + len(piece)
    return spans


def tokens(text: str, spans: list[Span] | tuple[Span, ...]) -> frozenset[int]:
    """Return where the words begin that the spans touch."""
    return frozenset(
        span.start + match.start() for span in spans for match in WORD.finditer(span.of(text))
    )


def marked(article: dict[str, Any]) -> list[Marked]:
    text, found, begin = article["text"], [], 0
    for mark in article["claims"]:
        near = begin if len(mark["content"][0]) < SHORT else 0
        if len(mark["content"]) == 1 and near:  # a bare "it" stands in many places
            told = text.find(f"{mark['cue']} {mark['content'][0]}", near)
            near = told + len(mark["cue"]) if told >= 0 and mark["cue"] else near
        spans = places(text, mark["content"], near=near)
        begin = max(0, spans[0].start - 400)
        source = [nearest(text, mark["source"], spans[0])] if mark["source"] else []
        found.append(Marked(tokens(text, spans), tokens(text, source), mark))
    return found


def nearest(text: str, words: str, to: Span) -> Span:
    starts = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    at = min(starts, key=lambda start: abs(start - to.start))
    return Span(at, at + len(words))


def matched(gold: list[Marked], claims: list[Claim], text: str) -> dict[int, int]:
    """Match greedily, the best overlap first: index of the mark -> index of the claim."""
    contents = [tokens(text, claim.content) for claim in claims]
    scored = []
    for i, mark in enumerate(gold):
        for j, content in enumerate(contents):
            both = len(mark.content & content)
            if both and (score := both / len(mark.content | content)) >= OVERLAP:
                scored.append((-score, i, j))
    pairs: dict[int, int] = {}
    for _, i, j in sorted(scored):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def folded(name: str) -> str:
    words = WORD.findall(name.casefold())
    return " ".join(words[1:] if words[:1] in (["the"], ["a"], ["an"]) else words)


def same_name(one: str, other: str) -> bool:
    """Equal but for an article in front, an acronym in brackets, or the order of the words."""
    a, b = (folded(re.sub(r"\s*\([^)]*\)", "", name)) for name in (one, other))
    return a == b or sorted(a.split()) == sorted(b.split())


def judged(mark: Marked, claim: Claim, text: str) -> dict[str, bool]:
    """Tell for each part whether the claim has it as marked."""
    attribution, wanted = claim.attribution, mark.mark
    source, when = attribution.source, attribution.when
    own = tokens(text, source.spans) if source else frozenset()
    names = [link.name for link in attribution.chain]
    return {
        "who": bool(own & mark.source) or (not own and not mark.source),
        "name": same_name(source.name if source else "", wanted["name"]),
        "role": folded(source.role if source else "") == folded(wanted["role"]),
        "kind": (str(source.kind) if source else "") == wanted["kind"],
        "stance": str(attribution.stance) == wanted["stance"],
        "quotation": str(attribution.quotation) == wanted["quotation"],
        "negated": attribution.negated == wanted["negated"],
        "chain": len(names) == len(wanted["chain"])
        and all(same_name(a, b) for a, b in zip(names, wanted["chain"], strict=True)),
        "when": bool(when) == bool(wanted["when"]),
        "day": (when.day.isoformat() if when and when.day else None) == wanted["day"],
    }


def score(article: dict[str, Any], *, errors: bool) -> Counter[str]:
    text = article["text"]
    published = datetime.fromisoformat(article["published"]) if article["published"] else None
    analysis = analyze_text(
        text,
        published=published,
        outlet=article["outlet"],
        zone=article["zone"],
        dateline=article["dateline"],
    )
    gold, claims = marked(article), list(analysis.claims)
    pairs = matched(gold, claims, text)
    counts = Counter(gold=len(gold), found=len(claims), matched=len(pairs))
    for i, mark in enumerate(gold):
        kind = f"kind:{mark.mark['kind'] or 'nobody named'}"
        stance = f"stance:{mark.mark['stance']}"
        form = f"form:{mark.mark['quotation']}"
        verdict = judged(mark, claims[pairs[i]], text) if i in pairs else {}
        for label in (kind, stance, form):
            counts[f"{label}/all"] += 1
            counts[f"{label}/right"] += bool(verdict.get("who"))
        for part in PARTS:
            counts[f"{part}/all"] += i in pairs
            counts[f"{part}/right"] += verdict.get(part, False)
        for name, asked in (("chains", len(mark.mark["chain"]) > 1), ("days", mark.mark["day"])):
            counts[f"{name}/all"] += bool(asked and verdict)
            part = "chain" if name == "chains" else "day"
            counts[f"{name}/right"] += bool(asked and verdict.get(part))
        if errors and not all(verdict.get(part, False) for part in PARTS):
            missing = [part for part in PARTS if not verdict.get(part)] if verdict else ["missed"]
            words = " … ".join(mark.mark["content"])
            print(f"{article['id']}: {', '.join(missing)}: {mark.mark['name']}: {words[:100]}")
            if verdict:
                got = claims[pairs[i]].attribution
                links = " > ".join(f"{link.name} ({link.kind}, {link.role})" for link in got.chain)
                print(f"    is {got.stance}: {links}")
    return counts


def ratio(counts: Counter[str], right: str, whole: str) -> float:
    return 100 * counts[right] / counts[whole] if counts[whole] else float("nan")


def figures(counts: Counter[str]) -> dict[str, float]:
    precision = ratio(counts, "who/right", "found")
    recall = ratio(counts, "who/right", "gold")
    made = {
        "claims found, precision": ratio(counts, "matched", "found"),
        "claims found, recall": ratio(counts, "matched", "gold"),
        "who said what, precision": precision,
        "who said what, recall": recall,
        "who said what, F1": 2 * precision * recall / (precision + recall or 1),
    }
    for part in (*PARTS, "chains", "days"):
        made[f"{part}, of matched"] = ratio(counts, f"{part}/right", f"{part}/all")
    for key in sorted(key for key in counts if ":" in key and key.endswith("/all")):
        label = key.removesuffix("/all")
        made[f"{label}, recall (n={counts[key]})"] = ratio(counts, f"{label}/right", key)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("half", nargs="?", default="dev", choices=("dev", "test"))
    parser.add_argument("--errors", action="store_true", help="list what came out otherwise")
    given = parser.parse_args()
    lines = (FOLDER / f"{given.half}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [score(json.loads(line), errors=given.errors) for line in lines]
    total = sum(rows, Counter[str]())
    chance = random.Random(0)
    spread: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        drawn = figures(sum(chance.choices(rows, k=len(rows)), Counter[str]()))
        for name in figures(total):
            if name in drawn and drawn[name] == drawn[name]:
                spread[name].append(drawn[name])
    print(f"{given.half}: {len(rows)} articles, {total['gold']} claims marked")
    for name, value in figures(total).items():
        values = sorted(spread[name])
        low, high = values[int(0.025 * len(values))], values[int(0.975 * len(values)) - 1]
        print(f"{name:45s} {value:5.1f}   {low:5.1f} to {high:5.1f}")


if __name__ == "__main__":
    main()
