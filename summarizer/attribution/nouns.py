"""Nouns and adjectives that attribute: "his claim that", "fears of", "is worried about"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from summarizer import lexicon
from summarizer.attribution import spans, subjects
from summarizer.attribution.cues import Verb
from summarizer.attribution.found import Found
from summarizer.attribution.page import Page
from summarizer.model import Span, Stance
from summarizer.parse import Token


def find(page: Page) -> Iterator[Found]:
    """Yield a finding for each noun or adjective of the lexicons with a content behind it."""
    for token in page.words:
        if token.pos_ == "NOUN":
            entry = _table("cue_nouns").get(token.lemma_.lower())
            if entry is not None:
                yield from _noun(token, entry, page)
        elif token.pos_ in {"ADJ", "VERB"}:
            entry = _table("cue_adjectives").get(token.lower_)
            if entry is not None and token.dep_ in {
                "acomp",
                "ccomp",
                "ROOT",
                "conj",
                "advcl",
                "relcl",
                "oprd",
            }:
                yield from _adjective(token, entry, page)


@cache
def _table(name: str) -> dict[str, Verb]:
    return {
        word: Verb(Stance(stance), frozenset(frames.split()))
        for word, stance, frames in lexicon.rows(name)
    }


def _after(word: Token, frames: frozenset[str]) -> Iterator[tuple[str, Span, Token]]:
    """Yield the contents behind the word: rule, span, the child that introduces it."""
    for child in word.children:
        if child.i < word.i:
            continue
        if child.dep_ in {"acl", "ccomp", "relcl", "advcl", "xcomp"}:
            first = child.left_edge.lower_
            if (
                first in {"that", "whether", "if", "how", "why", "what"}
                and child.dep_ != "relcl"
                and {"that", "whether"} & frames
            ):
                yield "that", spans.subtree(child), child
            elif first == "to" and child.tag_ == "VB" and "to" in frames:
                yield "to", spans.subtree(child), child
            elif child.dep_ == "ccomp" and "that" in frames:
                yield "that", spans.subtree(child), child
        elif child.dep_ == "prep" and child.lower_ in frames and child.right_edge.i > child.i:
            yield child.lower_, Span(spans.end_of(child), spans.end_of(child.right_edge)), child
        elif child.dep_ == "prep" and child.lower_ == "to" and "to_prep" in frames:
            yield "to_prep", Span(spans.end_of(child), spans.end_of(child.right_edge)), child


def _noun(word: Token, entry: Verb, page: Page) -> Iterator[Found]:
    for frame, raw, _child in _after(word, entry.frames):
        content = spans.trimmed(page.text, [raw])
        if not content:
            continue
        owner, cue = _owner(word, page)
        source = spans.trimmed(page.text, spans.without(owner, content)) if owner else ()
        if not source and not _hearsay(word, frame):
            continue
        rule, stance = f"noun-{frame}", entry.stance
        if not source:
            rule, stance = f"{rule}-0", Stance.REPORTED
        yield Found(content, (cue,), source, stance, rule, word.i)
        return


def _hearsay(word: Token, frame: str) -> bool:
    """Tell whether a noun attributes to nobody: "reports that", "on unconfirmed reports of"."""
    if frame == "that":
        return word.lemma_.lower() in lexicon.words("hearsay_nouns")
    if frame != "of" or word.tag_ != "NNS" or word.lemma_.lower() not in _TOLD_AROUND:
        return False
    there = word.dep_ == "attr" and any(c.dep_ == "expl" for c in word.head.children)
    return there or (word.dep_ == "pobj" and word.head.lower_ in _ON)


_TOLD_AROUND = frozenset({"report", "rumour", "rumor", "claim", "allegation"})
_ON = frozenset({"on", "after", "amid", "following", "despite", "over", "with"})


def _owner(word: Token, page: Page) -> tuple[Span | None, Span]:
    """Return whose claim, fear or promise it is, and the span of the cue."""
    cue = spans.of_tokens(word, word)
    for child in word.children:
        if (
            child.dep_ == "poss"
            and child.ent_type_ not in {"DATE", "TIME"}
            and child.lower_ not in lexicon.words("time_words")
        ):
            return Span(child.left_edge.idx, spans.end_of(child)), cue
        if child.dep_ == "prep" and child.lower_ in {"by", "from", "among"}:
            noun = next((c for c in child.children if c.dep_ == "pobj"), None)
            if noun is not None:
                return spans.subtree(noun), cue
        if (
            child.dep_ == "compound"
            and child.pos_ == "PROPN"
            and child.i == word.i - 1
            and word.tag_ == "NNS"
        ):
            return Span(child.left_edge.idx, spans.end_of(child)), cue
    verb = word.head
    if word.dep_ in {"dobj", "conj"} and verb.lemma_.lower() in lexicon.words("lending_verbs"):
        subject = subjects.of(verb, page)
        if subject is not None:
            start = min(verb.idx, word.idx)
            return subjects.phrase(subject), Span(start, spans.end_of(word))
    return None, cue


def _adjective(word: Token, entry: Verb, page: Page) -> Iterator[Found]:
    for frame, raw, _child in _after(word, entry.frames):
        verb = word.head if word.dep_ in {"acomp", "oprd"} else word
        subject = subjects.of(verb, page)
        if subject is None:
            subject = next((c for c in word.children if c.dep_ == "nsubjpass"), None)
        if subject is None or subject.lower_ in {"it", "there", "that", "this"}:
            return
        content = spans.trimmed(page.text, [raw])
        source = spans.trimmed(
            page.text,
            spans.without(subjects.phrase(subject), [*content, spans.of_tokens(verb, word)]),
        )
        if content and source:
            cue = spans.of_tokens(verb, word) if verb.i < word.i else spans.of_tokens(word, word)
            yield Found(content, (cue,), source[:1], entry.stance, f"adj-{frame}", word.i)
            return
