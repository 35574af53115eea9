"""Who is nobody: "reports said", "rumour has it that", "the claim was denied".

A source that names no one is none. A denial by nobody named is the outlet's own telling that
there is one, so that its content is put as denied and its source stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from summarizer import lexicon
from summarizer.attribution import cues, spans, subjects
from summarizer.attribution.found import Found
from summarizer.attribution.page import Page
from summarizer.attribution.verbs import cue_spans
from summarizer.model import Stance
from summarizer.parse import Token

_REPORTS = re.compile(
    r"(?:(?:some|several|many|multiple|various|other|more|earlier|early|initial|recent|first"
    r"|previous|further|conflicting|contradictory|unconfirmed|unverified|media|news|press|local"
    r"|foreign|international|overseas|online|social|widespread|persistent)[ -]?(?:and )?)*"
    r"(?:reports?|rumou?rs?|hearsay|accounts|gossip|speculation)(?: (?:on|from|in) [^,]{1,40})?",
    re.IGNORECASE,
)
_DENIALS = frozenset({"deny", "dispute", "contest", "reject", "refute", "challenge", "question"})
_POINTING = frozenset({"this", "that", "it"})


def without_reports(found: Sequence[Found], page: Page) -> list[Found]:
    """Return the findings with nobody as the source where only "reports" say it."""
    return [
        replace(each, source=(), stance=Stance.REPORTED) if _nobody(each, page) else each
        for each in found
    ]


def _nobody(each: Found, page: Page) -> bool:
    words = " ".join(span.of(page.text) for span in each.source)
    return bool(words) and _REPORTS.fullmatch(words) is not None


def find(page: Page) -> Iterator[Found]:
    """Yield what rumour has, what emerges, and what is denied by nobody named."""
    for token in page.verbs:
        if page.quote_at(token.idx) is not None:
            continue
        clause = _rumoured(token) or _emerged(token)
        if clause is not None:
            content = spans.trimmed(page.text, [spans.subtree(clause)])
            yield Found(content, cue_spans(token), (), Stance.REPORTED, "hearsay", token.i)
        elif (thing := _denied(token)) is not None:
            inner = next((c for c in thing.children if _that_clause(c)), thing)
            content = spans.trimmed(page.text, [spans.subtree(inner)])
            yield Found(
                content, cue_spans(token), (), Stance.REPORTED, "denied", token.i, negated=True
            )


def _that_clause(child: Token) -> bool:
    return child.dep_ in {"acl", "ccomp"} and child.left_edge.lower_ == "that"


def _rumoured(verb: Token) -> Token | None:
    """Return the clause of "rumour has it that"."""
    if verb.lower_ != "has" or verb.i + 1 >= len(verb.doc) or verb.nbor().lower_ != "it":
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    told = subject is not None and subject.lemma_.lower() in lexicon.words("hearsay_nouns")
    return _clause(verb) if told else None


def _emerged(verb: Token) -> Token | None:
    """Return the clause of "it emerged that"."""
    if verb.lemma_.lower() not in {"emerge", "transpire"}:
        return None
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "expl"}), None)
    return _clause(verb) if subject is not None and subject.lower_ == "it" else None


def _clause(verb: Token) -> Token | None:
    later = (c for c in verb.subtree if c.i > verb.i and c.lower_ == "that" and c.dep_ == "mark")
    mark = next(later, None)
    return mark.head if mark is not None and mark.head.i != verb.i else None


def _denied(verb: Token) -> Token | None:
    """Return what somebody told that is denied, where nobody is named who denies it."""
    if verb.lemma_.lower() not in _DENIALS or not cues.verbal(verb) or verb.tag_ != "VBN":
        return None
    if not any(child.dep_ == "auxpass" for child in verb.children) or subjects.agent(verb):
        return None
    if any(child.dep_ in {"neg", "dobj", "ccomp", "xcomp"} for child in verb.children):
        return None
    thing = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    told = thing is not None and (
        thing.lemma_.lower() in lexicon.words("told_nouns") or thing.lower_ in _POINTING
    )
    return thing if told else None
