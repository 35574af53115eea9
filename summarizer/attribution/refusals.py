"""Who would not speak, in ways that no verb of speech tells: "could not be reached for comment".

The content is what is refused ("whether the bridge was safe"), or the refusal's own words where
nothing follows ("could not be reached"). Verbs that decline are in the lexicon of verbs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from summarizer import lexicon
from summarizer.attribution import spans, subjects, verbs
from summarizer.attribution.found import Found
from summarizer.attribution.page import Page
from summarizer.model import Span, Stance
from summarizer.parse import Token, hangs_by

_NOT = frozenset({"not", "n't", "n’t", "never"})
_WITHHELD = frozenset({"detail", "reason", "explanation", "comment", "figure", "breakdown"})
_GIVING = frozenset({"give", "offer", "provide", "have", "make", "issue"})
_ANSWERS = frozenset({"comment", "response", "reply", "reaction", "answer", "word"})
_SAYING = frozenset({"say", "tell"})
_LONGEST = 40
"""Characters of a cue at most between its verb and what is refused."""

_JOINED = frozenset({"conj", "cc", "advcl", "parataxis", "ccomp"})
"""How another clause hangs on the one that refuses."""

_MARKS = frozenset(
    {"reached", "available", "unavailable", "reachable", "short", "yet", "able", "unable"}
)
_Pieces = tuple[Token, Token | None, Span] | None
"""The cue, who refuses (None for the cue's subject), and the content."""


def find(page: Page) -> Iterator[Found]:
    """Yield a finding for each refusal whose cue is no verb of speech with a content."""
    for token in page.words:
        for read in _readers(token):
            pieces = read(token)
            if pieces is not None and page.quote_at(token.idx) is None:
                yield from _made(*pieces, page=page)
                break


def _readers(token: Token) -> tuple[Callable[[Token], _Pieces], ...]:
    """Return what may read a word; most words are no refusal, at a glance."""
    if token.pos_ in {"VERB", "AUX"}:
        return (_bare, _drawn, _out_of_reach, _withheld)
    if token.lower_ in _MARKS:
        return (_out_of_reach, _short_of, _unable)
    return (_nothing_from,) if token.dep_ == "attr" else ()


def _made(cue: Token, source: Token | None, raw: Span, *, page: Page) -> Iterator[Found]:
    content = spans.trimmed(page.text, [raw])
    if source is not None:
        named = spans.trimmed(page.text, spans.without(subjects.phrase(source), [raw]))
    else:
        named = verbs.source_of(cue, content, page)
    if content and named:
        words = _led_up(verbs.cue_spans(cue)[0], content[0], page)
        yield Found(content, words, named[:1], Stance.DECLINES, "refusal", cue.i)


def _led_up(cue: Span, content: Span, page: Page) -> tuple[Span, ...]:
    """Return the cue with the words that lead up to the content: "stopped short of"."""
    far = content.start <= cue.end or content.start - cue.end > _LONGEST
    return (cue,) if far else spans.trimmed(page.text, [Span(cue.start, content.start)])


def _refused(token: Token) -> bool:
    """Tell whether a verb is negated by its own words: "won't", "did not", "has not"."""
    return any(child.lower_ in _NOT and child.i < token.i for child in token.children)


def _from(first: Token, top: Token) -> Span:
    """Return the span from a word to the end of what hangs on another, without the full stop."""
    inside = [t for t in top.subtree if t.i >= first.i and not (t.is_punct or t.is_space)]
    clauses = [t for t in inside if t.i == top.i or not hangs_by(_JOINED, t, top)]
    return spans.of_tokens(first, max([first, *clauses], key=lambda t: t.i))


def _bare(token: Token) -> _Pieces:
    """Read "would not say why", "won't say", "did not respond", "has not commented publicly"."""
    lemma = token.lemma_.lower()
    known = lemma in _SAYING or lemma in lexicon.words("answering_verbs")
    if not known or token.pos_ != "VERB" or not _refused(token):
        return None
    helper = {child.lower_ for child in token.children if child.dep_ == "aux"}
    unwilling = bool(helper & lexicon.words("refusing_helpers"))
    speaks = lemma in _SAYING and unwilling
    if not speaks and lemma not in lexicon.words("answering_verbs"):
        return None
    after = [child for child in token.children if child.i > token.i and not child.is_punct]
    clauses = {"ccomp", "dobj", "xcomp", "advcl", "acl"}
    if any(child.dep_ in clauses and child.lower_ not in _ASKED for child in after):
        return None
    question = next((child for child in after if _asks(child)), None)
    if question is not None:
        return token, None, spans.subtree(question)
    if any(child.dep_ == "prep" and child.lower_ in {"on", "to", "about"} for child in after):
        return None
    first = next(child for child in token.lefts if child.dep_ in {"aux", "neg"})
    return token, None, _from(first, token)


def _drawn(token: Token) -> _Pieces:
    """Read "would not be drawn on the number" and "did not return calls"."""
    returns = token.lemma_.lower() == "return"
    if not (returns or token.lower_ == "drawn") or not _refused(token):
        return None
    if token.lower_ == "drawn" and subjects.passive(token):
        named = next((c for c in token.lefts if c.dep_ == "nsubjpass"), None)
        about = next((c for c in token.children if c.lower_ == "on"), None)
        if named is None:
            return None
        if about is None or about.right_edge.i == about.i:
            return token, named, _from(next(iter(token.lefts)), token)
        return token, named, Span(spans.end_of(about), spans.end_of(about.right_edge))
    if returns:
        noun = next((child for child in token.children if child.dep_ == "dobj"), None)
        first = next((child for child in token.lefts if child.dep_ in {"aux", "neg"}), token)
        if noun is not None and noun.lemma_.lower() in {"call", "message", "email", "request"}:
            return token, None, _from(first, token)
    return None


_ASKED = frozenset({"why", "when", "where", "how", "who", "what", "which", "whom", "more"})


def _asks(child: Token) -> bool:
    """Tell "why", "by whom" and the like, left alone behind the verb."""
    return child.lower_ in _ASKED or any(t.tag_ in {"WP", "WRB", "WDT"} for t in child.children)


def _out_of_reach(token: Token) -> _Pieces:
    """Read "could not be reached for comment" and "was not available for comment"."""
    if token.lower_ == "reached" and subjects.passive(token) and _refused(token):
        first = min((c for c in token.lefts if c.dep_ in {"aux", "neg"}), key=lambda c: c.i)
        named = next((c for c in token.lefts if c.dep_ in {"nsubjpass", "nsubj"}), None)
        return (token, named, _from(first, token)) if named is not None else None
    if token.lower_ in {"available", "unavailable", "reachable"} and token.dep_ == "acomp":
        asked = any(
            noun.lower_ in {"comment", "interview"}
            for child in token.children
            if child.lower_ == "for"
            for noun in child.children
        )
        if asked and (token.lower_ == "unavailable" or _refused_after(token.head)):
            return token.head, None, _from(token.head, token.head)
    return None


def _refused_after(verb: Token) -> bool:
    return any(child.lower_ in _NOT for child in verb.children)


def _withheld(token: Token) -> _Pieces:
    """Read "gave no reason for the delay" and "had no immediate comment"."""
    lemma = token.lemma_.lower()
    if lemma not in _GIVING and lemma not in {"refuse", "decline"}:
        return None
    noun = next((child for child in token.children if child.dep_ == "dobj"), None)
    if noun is not None and lemma in {"refuse", "decline"} and noun.lemma_.lower() in _ANSWERS:
        return token, None, _from(noun.left_edge, noun)
    if noun is None or lemma not in _GIVING:
        return None
    if noun.lemma_.lower() not in _WITHHELD | _ANSWERS or not _no(noun):
        return None
    about = next((child for child in noun.children if child.dep_ == "prep"), None)
    about = about or next(
        (c for c in token.children if c.dep_ == "prep" and c.i > noun.i and c.lower_ in _ABOUT),
        None,
    )
    if about is not None and about.right_edge.i > about.i:
        return token, None, Span(spans.end_of(about), spans.end_of(about.right_edge))
    return token, None, _from(noun.left_edge, noun)


_ABOUT = frozenset({"on", "about", "for", "of"})


def _no(noun: Token) -> bool:
    return any(child.lower_ in {"no", "neither"} for child in noun.children)


def _short_of(token: Token) -> _Pieces:
    """Read "stopped short of confirming that" and "has yet to comment on"."""
    if token.lower_ == "short" and token.head.lemma_.lower() in {"stop", "fall"}:
        deed = next((d for c in token.children if c.lower_ == "of" for d in c.children), None)
        if deed is not None and deed.tag_ == "VBG":
            return token.head, None, _refusal_of(deed)
    if token.lower_ == "yet" and token.head.lemma_.lower() in {"have", "be"}:
        deed = next((c for c in token.head.children if c.dep_ == "xcomp" and c.i > token.i), None)
        if deed is not None and deed.lemma_.lower() in lexicon.words("answering_verbs"):
            return token.head, None, _refusal_of(deed)
    return None


def _refusal_of(deed: Token) -> Span:
    """Return what a verb of answering governs, or the verb with all that hangs on it."""
    if deed.lemma_.lower() in lexicon.words("answering_verbs"):
        for child in deed.children:
            if child.i > deed.i and child.dep_ in {"ccomp", "dobj"}:
                return spans.subtree(child)
            if child.dep_ == "prep" and child.lower_ in {"on", "to", "about"} and child.i > deed.i:
                return Span(spans.end_of(child), spans.end_of(child.right_edge))
    return _from(deed.left_edge, deed)


def _unable(token: Token) -> _Pieces:
    """Read "was unable to verify" and "has not been able to confirm"."""
    if token.dep_ not in {"acomp", "oprd"} or token.lower_ not in {"unable", "able"}:
        return None
    if token.lower_ == "able" and not _refused_after(token.head):
        return None
    deed = next((c for c in token.children if c.dep_ == "xcomp"), None)
    if deed is None or deed.lemma_.lower() not in lexicon.words("answering_verbs"):
        return None
    return token.head, None, _refusal_of(deed)


def _nothing_from(token: Token) -> _Pieces:
    """Read "there was no immediate comment from the ministry"."""
    if token.lemma_.lower() not in _ANSWERS or token.dep_ != "attr" or not _no(token):
        return None
    if not any(child.dep_ == "expl" for child in token.head.children):
        return None
    whose = next((c for c in token.children if c.lower_ == "from"), None)
    named = next(iter(whose.children), None) if whose is not None else None
    if whose is None or named is None:
        return None
    return token.head, named, spans.of_tokens(token.left_edge, whose.nbor(-1))
