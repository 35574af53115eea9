"""Verbs of speech that the parse hangs into what an earlier one says.

"She said it was over and warned that", "he said it was over, adding that": the second verb has
the first one's subject, and the first content ends before it.
"""

from __future__ import annotations

from collections.abc import Iterator

from summarizer import lexicon
from summarizer.attribution import cues
from summarizer.attribution.page import Page
from summarizer.parse import Token

_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def mark(page: Page) -> None:
    """Write into ``page.raised`` the verbs that belong to an earlier verb's subject."""
    for cue in page.verbs:
        entry = cues.entry(cue)
        if entry is None or "that" not in entry.frames:
            continue
        for clause in cue.children:
            if clause.dep_ == "ccomp" and clause.i > cue.i:
                for lower in _lower(clause, cue, page):
                    page.raised.setdefault(lower.i, cue)


def _lower(clause: Token, cue: Token, page: Page) -> Iterator[Token]:
    """Yield the verbs inside the clause that go on after the cue."""
    waiting = [clause]
    while waiting:
        verb = waiting.pop()
        for child in verb.children:
            if child.i < verb.i or page.apart(child, cue):
                continue
            if child.dep_ == "conj":
                if _joined(child, cue, verb):
                    yield child
                else:
                    waiting.append(child)
            elif child.dep_ == "advcl" and _participle(child, page):
                yield child
            elif child.dep_ in {"xcomp", "ccomp"}:
                waiting.append(child)


def _joined(verb: Token, cue: Token, before: Token) -> bool:
    """Tell whether a joined verb of speech has the cue's tense and no subject of its own."""
    if any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.children):
        return False
    if _refuses(verb):
        return True
    if any(child.dep_ == "aux" for child in verb.children):
        return False
    entry = cues.verb(verb)
    if entry is None or not {"that", "hearer", "as", "of"} & entry.frames:
        return False
    if verb.tag_ not in _FINITE or cue.tag_ not in _FINITE or verb.tag_ != cue.tag_:
        return False
    return before.tag_ != verb.tag_ or "quote" in entry.frames


def _refuses(verb: Token) -> bool:
    """Tell "but would not say who" and "but declined to": whoever speaks refuses, not the thing."""
    lemma, words = verb.lemma_.lower(), {child.lower_ for child in verb.children}
    before = {token.lower_ for token in verb.doc[max(0, verb.i - 5) : verb.i]}
    if not before & {"but", "though"}:
        return False
    helped = words & lexicon.words("refusing_helpers") and words & {"not", "n't", "n’t"}
    speaks = lemma in {"say", *lexicon.words("answering_verbs")}
    return bool(helped and speaks) or (lemma in {"decline", "refuse"} and verb.tag_ == "VBD")


def _participle(verb: Token, page: Page) -> bool:
    """Tell whether a participle of speech stands behind a comma."""
    entry = cues.verb(verb)
    if entry is None or verb.tag_ != "VBG" or not {"that", "as", "small"} & entry.frames:
        return False
    first = verb.left_edge
    return first.i > 0 and page.doc[first.i - 1].lower_ in {",", "--", "—", '"'}
