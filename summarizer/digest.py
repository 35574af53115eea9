"""The digest: which stories of a window a channel is shown, in which order, and what is left out.

Pure: the window, what was briefed before and the clock come as arguments. The order is by a
stated formula (``weight``), so that a reader can be told why something stands first.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from summarizer.corroboration import corroborate
from summarizer.leading import freshness, head, leading
from summarizer.model import (
    Analysis,
    Article,
    Corroboration,
    Digest,
    DigestItem,
    Finding,
    Passage,
    Searched,
    Story,
)
from summarizer.origins import Carriage, fold, state_media
from summarizer.roundup import roundup
from summarizer.similarity import stem, words
from summarizer.slots import Verdict, compare


@dataclass(frozen=True, slots=True)
class Caps:
    """How much a digest holds: stories, sentences a story, stories led by one outlet."""

    stories: int
    sentences: int
    per_outlet: int


CAPS: Mapping[str, Caps] = MappingProxyType(
    {"short": Caps(5, 1, 2), "medium": Caps(10, 2, 3), "long": Caps(20, 3, 5)}
)
"""The lengths that a channel can choose."""


@dataclass(frozen=True, slots=True)
class Told:
    """A story with all its stored articles and their analyses."""

    story: Story
    articles: tuple[tuple[Article, Analysis], ...]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a channel asked for. ``briefed`` maps story ids to article ids shown before.

    ``owners`` and ``state_media`` are what the user knows of outlets, beside our own table.
    """

    keywords: Sequence[str] = ()
    follows: Sequence[str] = ()
    length: str = "medium"
    briefed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    state_media: Collection[str] = ()


_LEDE_CHARACTERS = 250
"""About the first sentence of an article."""


def compose(
    stories: Iterable[Told],
    *,
    since: datetime,
    until: datetime,
    wishes: Wishes,
    searched: Searched,
) -> Digest:
    """Compose the digest of [``since``, ``until``): aware, in the channel's zone.

    Raises:
        KeyError: no length has this name.

    """
    told = [one for one in (_known_by(until, one) for one in stories) if _fresh(one, since, until)]
    caps = CAPS[wishes.length]
    left = Counter[str]()
    items: list[DigestItem] = []
    led = Counter[str]()
    for one in sorted(told, key=lambda one: (-weight(one, until, wishes), one.story.id)):
        if len(items) == caps.stories:
            left[f"over the {caps.stories} stories of a {wishes.length} digest"] += 1
            continue
        item = _item(one, since, until, wishes)
        if isinstance(item, str):
            left[item] += 1
            continue
        outlet = item.briefing.passages[0].citation.article.outlet
        if led[outlet] == caps.per_outlet:
            left[f"over {caps.per_outlet} stories led by {outlet}"] += 1
            continue
        led[outlet] += 1
        items.append(item)
    return Digest(
        since=since,
        until=until,
        items=tuple(_by_section(items, wishes.keywords)),
        articles=sum(len(_fresh(one, since, until)) for one in told),
        stories=len(told),
        left_out=tuple(sorted(left.items(), key=lambda pair: (-pair[1], pair[0]))),
        searched=searched,
    )


def weight(told: Told, until: datetime, wishes: Wishes) -> float:
    """Return what orders a digest.

    2 ln(1 + outlets) + 3 ln(1 + origins) + 2^(-age of the newest article / 12 hours)
    + 2 if a followed name or word is in it + 1 if one of the channel's keywords is.
    """
    articles = [article for article, _ in told.articles]
    outlets = len({article.outlet for article in articles})
    carriages = [Carriage(article, "", None) for article in articles]
    origins = len(set(fold(carriages, wishes.owners)))
    return (
        2 * math.log(1 + outlets)
        + 3 * math.log(1 + origins)
        + max((freshness(article, until) for article in articles), default=0.0)
        + (2 if matching(told, wishes.follows) else 0)
        + (1 if section(told, wishes.keywords) else 0)
    )


def matching(told: Told, wanted: Sequence[str]) -> str:
    """Return the first of the wanted words or names that a story has, else ""."""
    return _first_in(wanted, (f"{article.title}\n{article.text}" for article, _ in told.articles))


def section(told: Told, keywords: Sequence[str]) -> str:
    """Return the first of a channel's keywords that the story is about, else "".

    A story is about what a headline or the first lines of one of its articles say.
    """
    return _first_in(keywords, (head(article, _LEDE_CHARACTERS) for article, _ in told.articles))


def _first_in(wanted: Sequence[str], texts: Iterable[str]) -> str:
    if not wanted:
        return ""
    have = {stem(word) for text in texts for word in words(text)}
    return next((one for one in wanted if {stem(w) for w in words(one)} <= have), "")


def _known_by(until: datetime, told: Told) -> Told:
    """Leave out what was published after the window: a late digest tells of its own time."""
    kept = tuple(
        pair for pair in told.articles if pair[0].published is None or pair[0].published < until
    )
    if len(kept) == len(told.articles):
        return told
    ids = tuple(article.id for article, _ in kept)
    return Told(replace(told.story, articles=ids), kept)


def _fresh(told: Told, since: datetime, until: datetime) -> list[Article]:
    """Return the articles of a story that were published in the window, or have no date."""
    return [
        article
        for article, _ in told.articles
        if article.published is None or since <= article.published < until
    ]


def _item(told: Told, since: datetime, until: datetime, wishes: Wishes) -> DigestItem | str:
    """Return a story's item, or the reason in words why it is left out."""
    # By article, not by story: stories merge and split, and what was read stays read.
    shown = {name for names in wishes.briefed.values() for name in names}
    count = CAPS[wishes.length].sentences
    title = told.story.title
    known = [pair for pair in told.articles if pair[0].id in shown]
    fresh = {article.id for article in _fresh(told, since, until)} - shown
    coming = [pair for pair in told.articles if pair[0].id in fresh]
    if not coming:
        return "already briefed, nothing came since"
    wanted = leading([a for a, _ in coming], [a for a, _ in told.articles], until)
    briefing = roundup(title, coming, sentences=count, leading=wanted)
    new: tuple[Passage, ...] | None = None
    if known:
        new = tuple(p for p in briefing.passages if not _said(p, known))
        if not new:
            return "already briefed, nothing new in what came since"
        briefing = replace(briefing, passages=new)
    if not briefing.passages:
        return "no sentence that can be shown"
    lede = briefing.passages[0]
    outlets = tuple(dict.fromkeys(article.outlet for article, _ in told.articles))
    briefing = replace(briefing, title=lede.citation.article.title or title)
    return DigestItem(
        story=told.story,
        briefing=briefing,
        corroboration=_corroborated(briefing.passages[0], told, wishes),
        articles=len(told.articles),
        outlets=outlets,
        state_media=tuple(o for o in outlets if o in wishes.state_media or state_media(o)),
        new=new,
        section=section(told, wishes.keywords),
    )


def _said(passage: Passage, known: Sequence[tuple[Article, Analysis]]) -> bool:
    """Tell whether an article that was briefed before says the passage already."""
    quote = passage.citation.quote
    return any(
        compare(quote, sentence.span.of(article.text)).verdict is Verdict.SAYS
        for article, analysis in known
        for sentence in analysis.sentences
    )


def _corroborated(passage: Passage, told: Told, wishes: Wishes) -> Corroboration:
    claim = passage.claims[0] if passage.claims else None
    content = claim.content if claim else (passage.citation.span,)
    finding = Finding(passage.citation, content, claim, chain=())
    return corroborate(finding, told.articles, owners=wishes.owners)


def _by_section(items: Sequence[DigestItem], keywords: Sequence[str]) -> list[DigestItem]:
    """Order items by the channel's keywords, then those of no section; weight decides within."""
    order = {keyword: at for at, keyword in enumerate(keywords)}
    return sorted(items, key=lambda item: order.get(item.section, len(order)))
