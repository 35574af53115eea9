"""Who said what, measured: our rules beside two baselines, in one process.

    .venv/bin/python benchmarks/attribution.py --file NEWS.jsonl
    .venv/bin/python benchmarks/attribution.py --data DIR --corpus news --split dev --out P.jsonl

Each line of the file is a document: ``{"id", "text", "attributions": [{"source", "cue",
"content"}]}``, each of the three a list of half-open character offsets. ``--out`` writes our
predictions in the same form, for a scorer of one's own. ``--rules`` adds a line for each rule.

The score: spans are sets of word tokens, contents match one to one at a Jaccard index of .5, and
the sources must share a word or both be none. Core claims have four words or more and a cue of
speech or quotation marks. Documents are parted into two halves by a hash of their id: errors
were read in the half "read" only, "held" was only counted. Ranges are a bootstrap over
documents. The text is never printed.

The baselines: a regular expression ("...," X said / X said that), and dependency rules in the
manner of textacy's direct quotations with clausal complements of thirty verbs added. Where
textacy is installed (it is no dependency of ours), its direct quotations are scored too.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import random
import re
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from summarizer import attribution
from summarizer.analysis import analyze_text
from summarizer.model import Sentence, Span
from summarizer.parse import Doc, parse
from summarizer.text import sentences

Spans = list[list[int]]
Record = dict[str, Spans]
Scored = dict[str, frozenset[int]]

WORD = re.compile(r"\w+")
SPEECH = re.compile(
    r"\b(said|says?|saying|told|tells?|telling|add(s|ed|ing)?|wr[io]tes?|writing|tweet(s|ed|ing)?"
    r"|ask(s|ed|ing)?|repl(y|ies|ied)|stat(e|es|ed|ing)|announc\w+|argu(e|es|ed|ing)"
    r"|claim(s|ed|ing)?|not(e|es|ed|ing)|explain\w*|according to|report(s|ed|ing)?"
    r"|suggest(s|ed|ing)?|warn(s|ed|ing)?|den(y|ies|ied|ying)|insist\w*|acknowledg\w+|declar\w+"
    r"|accus(e|es|ed|ing)|alleg(e|es|ed|ing)|confirm(s|ed|ing)?)\b",
    re.IGNORECASE,
)


# --- the score ------------------------------------------------------------------------------


def tokens_of(starts: list[tuple[int, int]], spans: Spans) -> frozenset[int]:
    """Return the indexes of the words that the spans touch."""
    return frozenset(
        index
        for left, right in spans
        for index, (start, end) in enumerate(starts)
        if start < right and end > left
    )


def scored(text: str, records: list[Record]) -> list[Scored]:
    starts = [match.span() for match in WORD.finditer(text)]
    rows = []
    for record in records:
        row = {key: tokens_of(starts, record.get(key) or []) for key in ("source", "content")}
        words = " ".join(text[s:e] for s, e in record.get("content") or [])
        cue = " ".join(text[s:e] for s, e in record.get("cue") or [])
        quoted = bool(re.search('["“”]', words)) or bool(SPEECH.search(cue))
        row["core"] = frozenset([1]) if len(WORD.findall(words)) >= 4 and quoted else frozenset()
        if row["content"]:
            rows.append(row)
    return rows


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def match(gold: list[Scored], found: list[Scored]) -> dict[int, int]:
    """Match contents one to one, best first."""
    pairs = sorted(
        (-jaccard(g["content"], f["content"]), -jaccard(g["source"], f["source"]), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if g["content"] & f["content"]
    )
    matched: dict[int, int] = {}
    for score, _, i, j in pairs:
        if -score >= 0.5 and i not in matched and j not in matched.values():
            matched[i] = j
    return matched


def right(gold: Scored, found: Scored) -> bool:
    both = gold["source"] & found["source"]
    return bool(both) or not (gold["source"] or found["source"])


def count(text: str, gold: list[Record], found: list[Record]) -> Counter[str]:
    wanted, given = scored(text, gold), scored(text, found)
    matched = match(wanted, given)
    good = {i: j for i, j in matched.items() if right(wanted[i], given[j])}
    tally: Counter[str] = Counter()
    tally["gold"], tally["found"], tally["right"] = len(wanted), len(given), len(good)
    tally["core gold"] = sum(bool(g["core"]) for g in wanted)
    tally["core found"] = sum(bool(f["core"]) for f in given)
    tally["core right gold"] = sum(bool(wanted[i]["core"]) for i in good)
    tally["core right found"] = sum(bool(given[j]["core"]) for j in good.values())
    return tally


def figures(rows: list[Counter[str]]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return precision, recall and F1 in percent, of core claims and of all."""
    total: Counter[str] = Counter()
    for row in rows:
        total.update(row)

    def three(p: float, r: float) -> tuple[float, ...]:
        return tuple(100 * x for x in (p, r, 2 * p * r / (p + r) if p + r else 0.0))

    core = three(
        total["core right found"] / max(1, total["core found"]),
        total["core right gold"] / max(1, total["core gold"]),
    )
    return core, three(
        total["right"] / max(1, total["found"]), total["right"] / max(1, total["gold"])
    )


def spread(rows: list[Counter[str]], samples: int = 400) -> str:
    """Return the 95% ranges of both F1 over documents drawn with replacement."""
    draw = random.Random(0)
    drawn = [figures(draw.choices(rows, k=len(rows))) for _ in range(samples)]
    low, high = int(0.025 * samples), int(0.975 * samples)
    core, everything = (sorted(each[n][2] for each in drawn) for n in (0, 1))
    return f"core {core[low]:.1f}-{core[high]:.1f} all {everything[low]:.1f}-{everything[high]:.1f}"


# --- the systems ----------------------------------------------------------------------------


def as_spans(spans: tuple[Span, ...]) -> Spans:
    return [[span.start, span.end] for span in spans]


def ours(doc: Doc, text: str, cut: tuple[Sentence, ...]) -> list[Record]:
    return [
        {
            "source": as_spans(claim.attribution.source.spans) if claim.attribution.source else [],
            "cue": as_spans(claim.attribution.cue),
            "content": as_spans(claim.content),
        }
        for claim in attribution.find(doc, text, cut)
    ]


VERBS = frozenset(
    re.findall(
        r"\w+",
        "say tell add claim argue report note write ask warn announce state insist explain believe "
        "think suggest declare deny acknowledge reply confirm allege reveal show find predict "
        "stress admit tweet",
    )
)
SAID = r"(?:said|says|told|added|claimed|argued|wrote|asked|warned|noted|explained|announced)"
NAME = r"(?:[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){0,3}|[Hh]e|[Ss]he|[Tt]hey)"
PATTERNS = (
    rf"(?P<content>[\"“][^\"”]+[\"”])\s*(?P<source>{NAME})\s+(?P<cue>{SAID})",
    rf"(?P<content>[\"“][^\"”]+[\"”])\s*(?P<cue>{SAID})\s+(?P<source>{NAME})",
    rf"(?P<source>{NAME})\s+(?P<cue>{SAID})[,:]?\s+(?P<content>[\"“][^\"”]+[\"”])",
    rf"(?P<source>{NAME})\s+(?P<cue>{SAID})\s+(?P<content>that [^.\"“”]+)",
)


def by_pattern(_doc: Doc, text: str, _cut: tuple[Sentence, ...]) -> list[Record]:
    return [
        {key: [list(hit.span(key))] for key in ("source", "cue", "content")}
        for pattern in PATTERNS
        for hit in re.finditer(pattern, text)
    ]


def by_dependency(doc: Doc, text: str, _cut: tuple[Sentence, ...]) -> list[Record]:
    """Thirty verbs with a subject: quotations of the sentence, else the clausal complement."""
    found = []
    for verb in doc:
        if verb.pos_ != "VERB" or verb.lemma_ not in VERBS:
            continue
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if subject is None:
            continue
        sent = verb.sent
        quotes = [
            [sent.start_char + m.start(), sent.start_char + m.end()]
            for m in re.finditer(r"[\"“][^\"”]+[\"”]", text[sent.start_char : sent.end_char])
        ]
        clause = next((c for c in verb.children if c.dep_ == "ccomp"), None)
        content = quotes
        if not content and clause is not None:
            content = [[clause.left_edge.idx, clause.right_edge.idx + len(clause.right_edge)]]
        if content:
            whose = [[subject.left_edge.idx, subject.right_edge.idx + len(subject.right_edge)]]
            cue = [[verb.idx, verb.idx + len(verb)]]
            found.append({"source": whose, "cue": cue, "content": content})
    return found


def by_textacy(doc: Doc, _text: str, _cut: tuple[Sentence, ...]) -> list[Record]:
    """Textacy's direct quotations; it gives up on texts with an odd number of quotation marks."""
    from textacy.extract.triples import direct_quotations  # noqa: PLC0415 - only where installed

    found = []
    try:
        for triple in direct_quotations(doc):
            content = triple.content
            whose = [[token.idx, token.idx + len(token)] for token in triple.speaker]
            cue = [[token.idx, token.idx + len(token)] for token in triple.cue]
            spoken = [[content.start_char, content.end_char]]
            found.append({"source": whose, "cue": cue, "content": spoken})
    except ValueError:
        return found
    return found


# --- the run --------------------------------------------------------------------------------

System = Callable[[Doc, str, tuple[Sentence, ...]], list[Record]]


def held(document: dict[str, Any]) -> bool:
    """Tell whether a document is in the half whose errors were never read."""
    return int(hashlib.sha256(document["id"].encode()).hexdigest(), 16) % 2 == 1


def read(arguments: argparse.Namespace) -> list[dict[str, Any]]:
    path = arguments.file or Path(arguments.data) / arguments.corpus / f"{arguments.split}.jsonl"
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def report(name: str, system: System, prepared: list[Any]) -> list[list[Record]]:
    started = time.process_time()
    found = [system(doc, document["text"], cut) for document, cut, doc in prepared]
    spent = time.process_time() - started
    count_of = sum(len(cut) for _, cut, _ in prepared)
    print(f"\n{name}: {count_of / spent:,.0f} sentences a second of processor time, parse apart")
    rows = [
        (held(d), count(d["text"], d["attributions"], f))
        for (d, _, _), f in zip(prepared, found, strict=True)
    ]
    halves = {"read": [r for h, r in rows if not h], "held": [r for h, r in rows if h]}
    for half, some in [*halves.items(), ("both", [r for _, r in rows])]:
        if some:
            core, everything = figures(some)
            line = "  ".join(f"{x:5.1f}" for x in (*core, *everything))
            print(f"  {half}  core P R F1, all P R F1: {line}   [{spread(some)}]")
    return found


def per_rule(prepared: list[Any]) -> None:
    """Print how often each rule is right, so that a rule that doesn't pay is seen."""
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for document, cut, doc in prepared:
        text = document["text"]
        found = attribution.findings(attribution.Page(doc, text, cut))
        records = [{"source": as_spans(f.source), "content": as_spans(f.content)} for f in found]
        given = scored(text, records)
        wanted = scored(text, document["attributions"])
        matched = match(wanted, given)
        good = {j for i, j in matched.items() if right(wanted[i], given[j])}
        for index, each in enumerate(found):
            tally[each.rule].update(n=1, right=int(index in good))
    for rule, row in sorted(tally.items(), key=lambda item: -item[1]["n"]):
        print(f"  {rule:14s} {row['n']:5d} found, {100 * row['right'] / row['n']:5.1f}% right")


def prepare(documents: list[dict[str, Any]]) -> Iterator[Any]:
    for document in documents:
        cut = sentences(document["text"])
        yield document, cut, parse(document["text"], cut, names=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", help="folder that holds CORPUS/SPLIT.jsonl")
    parser.add_argument("--corpus", default="news")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--file", help="one file of documents instead")
    parser.add_argument("--out", help="write our predictions there")
    parser.add_argument("--rules", action="store_true", help="add a line for each rule")
    arguments = parser.parse_args()
    documents = read(arguments)
    analyze_text("The minister said on Monday that the port would close.")  # loads the pipeline
    started = time.process_time()
    prepared = list(prepare(documents))
    spent = time.process_time() - started
    cut = sum(len(each[1]) for each in prepared)
    print(f"{len(documents)} documents, {cut} sentences")
    print(f"cut and parsed: {cut / spent:.0f} sentences a second of processor time")
    found = report("ours", ours, prepared)
    if arguments.rules:
        per_rule(prepared)
    report("baseline: patterns", by_pattern, prepared)
    report("baseline: dependency rules", by_dependency, prepared)
    if importlib.util.find_spec("textacy"):
        report("peer: textacy, direct quotations", by_textacy, prepared)
    if arguments.out:
        with Path(arguments.out).open("w", encoding="utf-8") as out:
            out.writelines(
                json.dumps({"id": document["id"], "attributions": records}) + "\n"
                for document, records in zip(documents, found, strict=True)
            )
    del prepared
    started = time.process_time()
    total = sum(len(analyze_text(each["text"]).sentences) for each in documents)
    spent = time.process_time() - started
    print(f"\nthe whole analysis: {total / spent:.0f} sentences a second of processor time")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"peak memory: {peak / (1024 if sys.platform != 'darwin' else 1024**2):.0f} MB")


if __name__ == "__main__":
    main()
