"""What became of sentences that were shown: changed, gone, corrected by the outlet, denied (pure).

A change of punctuation, case or spacing is none. Nothing here says who is right: what was said
then and what is said now are set side by side, both as they stand.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.delivery_model import Shown, ShownClaim
from summarizer.citation import cite
from summarizer.model import (
    Analysis,
    Article,
    Citation,
    Claim,
    Passage,
    Sentence,
    Span,
    Stance,
)
from summarizer.slots import Verdict, compare

ALIKE = 0.5
"""From this share of words in common, in their order, on, a sentence is another's new wording."""

_NOTICE = re.compile(
    r"\s*(?:(?:correct(?:ion|ed)|clarif(?:ication|ied)|erratum|editor['’]s note|amended)\b"
    r"(?=[^.:]{0,60}[:.—–-])"
    r"|(?:an|the) (?:earlier|previous|original) version of this\b"
    r"|this (?:article|story|report|item|headline) (?:has been|was|is) (?:corrected|amended)\b)",
    re.IGNORECASE,
)
_NOTICE_INSIDE = re.compile(
    r"\b(?:an|the) (?:earlier|previous|original) (?:version|report|story|article)\b"
    r"[^.]{0,80}\b(?:said|stated|gave|misstated|misidentified|incorrectly|wrongly|misspelled)\b",
    re.IGNORECASE,
)
_DENYING = frozenset({Stance.DENIES})


class Kind(StrEnum):
    """What became of a shown sentence."""

    CHANGED = "changed"
    GONE = "gone"
    CORRECTED = "corrected"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Change:
    """A shown sentence and what is said now: None where the sentence is gone without another."""

    kind: Kind
    shown: Shown
    now: Citation | None
    by: str = ""


def edits(shown: Iterable[Shown], article: Article, analysis: Analysis) -> list[Change]:
    """Return what became of the sentences shown of an article, by its present text."""
    text = folded(article.text)
    found = []
    for one in shown:
        if folded(one.quote) in text:
            continue
        now = _reworded(one.quote, article, analysis)
        found.append(Change(Kind.CHANGED if now else Kind.GONE, one, now))
    return found


def notices(
    shown: Sequence[Shown], article: Article, analysis: Analysis, *, before: str = ""
) -> list[Change]:
    """Return the outlet's own corrections in an article, each beside the shown sentence it fits.

    Those that stood in ``before`` (the text that was shown) are left out, and so are those that
    fit none of the shown sentences.
    """
    known = folded(before)
    found = []
    for sentence in analysis.sentences:
        words = sentence.span.of(article.text)
        if is_notice(words) and folded(words) not in known:
            fitting = max(shown, key=lambda one: _shared(one.quote, words), default=None)
            if fitting is not None and _shared(fitting.quote, words) > 1:
                span = _to_the_end(sentence, analysis)
                found.append(Change(Kind.CORRECTED, fitting, cite(article, span)))
    return found


def _to_the_end(notice: Sentence, analysis: Analysis) -> Span:
    """Return a notice with the sentences after it in its paragraph, which say what is right."""
    same = [one.span.end for one in analysis.sentences if one.paragraph == notice.paragraph]
    return Span(notice.span.start, max(same))


def is_notice(words: str) -> bool:
    """Tell whether a sentence or title is an outlet's correction of its own."""
    return bool(_NOTICE.match(words) or _NOTICE_INSIDE.search(words))


def denials(shown: Iterable[Shown], article: Article, analysis: Analysis) -> list[Change]:
    """Return the shown claims that their own source denies in a later article."""
    found = []
    for one in shown:
        for said in one.claims:
            denial = next((c for c in analysis.claims if _denies(c, said, article)), None)
            if denial is not None and one.article_id != article.id:
                span = analysis.sentences[denial.sentence].span
                found.append(Change(Kind.DENIED, one, cite(article, span), said.source))
                break
    return found


def _denies(claim: Claim, said: ShownClaim, article: Article) -> bool:
    source = claim.attribution.source
    if source is None or not said.source or not _same_name(source.name, said.source):
        return False
    content = " ".join(span.of(article.text) for span in claim.content)
    verdict = compare(said.content, content).verdict
    now, then = claim.attribution.stance in _DENYING, said.stance in _DENYING
    if now != then:
        return verdict is Verdict.SAYS
    return not now and verdict is Verdict.OPPOSES


def _same_name(one: str, other: str) -> bool:
    """Tell whether two names mean one: the same, or one the last words of the other."""
    first, second = sorted((folded(one), folded(other)), key=len)
    return bool(first.strip()) and second.endswith(first)


def _reworded(quote: str, article: Article, analysis: Analysis) -> Citation | None:
    """Return the sentence of the present text that is likest to an earlier one."""
    best, share = None, ALIKE
    for sentence in analysis.sentences:
        alike = _alike(quote, sentence, article)
        if alike >= share:
            best, share = sentence.span, alike
    return cite(article, best) if best else None


def _alike(quote: str, sentence: Sentence, article: Article) -> float:
    mine, theirs = folded(quote).split(), folded(sentence.span.of(article.text)).split()
    return difflib.SequenceMatcher(None, mine, theirs, autojunk=False).ratio()


def _shared(quote: str, words: str) -> int:
    """Count the telling words and numbers that two texts share."""
    mine, theirs = (
        {w for w in folded(t).split() if len(w) > 3 or w.isdigit()} for t in (quote, words)
    )
    return len(mine & theirs)


def folded(text: str) -> str:
    """Return the words alone, in lower case, with a blank before and after each."""
    return " " + " ".join(re.findall(r"\w+", text.casefold())) + " "


def shown_passage(passage: Passage, *, version: int) -> Shown:
    """Return what is kept of a passage that is shown; ``version`` counts its earlier texts."""
    article = passage.citation.article
    return Shown(
        article.id,
        version,
        passage.citation.span,
        passage.citation.quote,
        passage.citation.link,
        article.outlet,
        tuple(_shown_claim(claim, article) for claim in passage.claims),
    )


def _shown_claim(claim: Claim, article: Article) -> ShownClaim:
    source = claim.attribution.source
    content = " ".join(span.of(article.text) for span in claim.content)
    return ShownClaim(source.name if source else "", str(claim.attribution.stance), content)
