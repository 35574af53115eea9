"""Whom a source cites for what it says: "citing two officials", "quoted Choe as saying".

The one who is cited is the inner source; told in the claim's own sentence, in a clause on the
one cited ("which quoted an official"), or in the sentence behind ("It cited two officials").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.followups import MEDIA, tokens
from summarizer.lexicon import words
from summarizer.model import Claim, Source, SourceKind, Span
from summarizer.naming import of_span
from summarizer.parse import Token, hangs_by
from summarizer.reading import speaks
from summarizer.scene import Scene

_CITING = frozenset({"citing", "quoting"})
_HANGING = frozenset({"advcl", "acl", "conj", "prep", "xcomp", "csubj"})
_CLAUSES = frozenset({"relcl", "acl", "advcl", "punct", "ccomp"})
"""How what is no part of a name hangs on it."""

_NEAR = 4
"""Words before "citing" among which the cue that it belongs to is looked for."""
_BACK = re.compile(
    r"(?:It|They|The (?:news)?(?:paper|agency|broadcaster|station|outlet|channel|website|report"
    r"|article|network|magazine|daily|newspaper|news agency|news site)|This|(?P<name>(?:The )?[A-Z]"
    r"[\w'’-]*(?: [A-Z][\w'’-]*){0,3}))\s+(?:also\s+)?(?:cited|quoted|attributed\s+(?:the|this|that"
    r"|its|it|them)\b[^.,;]{0,40}?\bto)\s+(?P<who>[^.;:“”\"]{3,90}?)"
    r"(?:\s+(?:for|as)\s+(?:the|this|that|its)\s+[^.,]{1,40}|\s+as (?:its|the) sources?)?\."
)


def cited(
    claim: Claim, sentence: Span, scene: Scene, others: Sequence[Claim] = ()
) -> tuple[Source, ...]:
    """Return whom the source of a claim cites in its sentence, and whom that one cites in turn.

    ``others`` are the claims whose own citing is not this one's.
    """
    for token in tokens(sentence, scene):
        at = Span(token.idx, token.idx + len(token))
        if any(piece.contains(at) for piece in claim.content) or _of_another(token, claim, others):
            continue
        who = None
        if token.lower_ in _CITING and token.dep_ in _HANGING:
            who = _object(token, {"dobj", "pobj"})
        elif token.lemma_.lower() in words("citing_verbs") and _leads(token, claim):
            who = _object(token, {"dobj", "nsubjpass"})
        if who is None or any(piece.overlaps(who) for piece in claim.content):
            continue
        if speaks(who, scene):
            return (of_span(who, scene), *_in_turn(who, scene))
    return ()


def _in_turn(who: Span, scene: Scene) -> tuple[Source, ...]:
    """Return whom the one cited quotes: "the paper, which quoted an official"."""
    head = scene.token(who)
    for clause in head.children if head is not None else ():
        if clause.dep_ == "relcl" and clause.lemma_.lower() in words("citing_verbs"):
            inner = _object(clause, {"dobj"})
            if inner is not None and speaks(inner, scene):
                return (of_span(inner, scene),)
    return ()


def _of_another(token: Token, claim: Claim, others: Sequence[Claim]) -> bool:
    """Tell whether "citing" hangs on the cue of another claim."""
    if token.lower_ not in _CITING:
        return False
    if is_cue(token.head, claim):
        return False
    near = [token.head, *token.doc[max(0, token.i - _NEAR) : token.i]]
    return any(is_cue(word, one) for one in others for word in near)


def _leads(token: Token, claim: Claim) -> bool:
    """Tell whether a verb of citing is the cue, is above it or stands inside the source."""
    source = claim.attribution.source
    inside = source is not None and any(s.start <= token.idx < s.end for s in source.spans)
    below = (child for one in token.children if one.lower_ == "as" for child in one.children)
    return is_cue(token, claim) or inside or any(is_cue(child, claim) for child in below)


def is_cue(token: Token, claim: Claim) -> bool:
    """Tell whether a token stands in the cue of a claim."""
    return any(span.start <= token.idx < span.end for span in claim.attribution.cue)


def _object(token: Token, roles: set[str]) -> Span | None:
    """Return the phrase that a verb takes, without clauses hanging on it."""
    for child in token.children:
        if child.dep_ in roles:
            inside = [t for t in child.subtree if not hangs_by(_CLAUSES, t, child)]
            return Span(inside[0].idx, inside[-1].idx + len(inside[-1]))
    return None


def cited_behind(claim: Claim, scene: Scene) -> tuple[Source, ...]:
    """Return whom an outlet cites in the sentence after a claim of its own."""
    source, place = claim.attribution.source, claim.sentence + 1
    if source is None or source.kind not in MEDIA or place >= len(scene.sentences):
        return ()
    after = scene.sentences[place].span
    hit = _BACK.match(scene.text, after.start, after.end)
    if hit is None or (hit["name"] and not _same_name(hit["name"], source)):
        return ()
    who = Span(*hit.span("who"))
    if not speaks(who, scene) or any(piece.overlaps(after) for piece in claim.content):
        return ()
    found = of_span(who, scene)
    return () if found.kind is SourceKind.OWN_VOICE else (found,)


def _same_name(words_said: str, source: Source) -> bool:
    return set(words_said.split()) - {"The"} <= set(source.name.split())
