"""What surrounds a claim in the store: the articles of its story, who carries it, who disputes it.

Only the same story is looked at: the same words in another event ("three people died") are neither.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.ports import Store
from summarizer.citation import cite
from summarizer.corroboration import corroborate
from summarizer.model import Analysis, Article, Claim, Corroboration, Finding
from summarizer.passages import chain_of

Read = tuple[Article, Analysis]

MOST_AROUND = 60
"""The newest articles of a story that are looked at for who else carries or disputes a claim."""

KEPT_STORIES = 16
"""So many stories that were read last are kept: neighbours in time are mostly of the same few."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around an article: the newest articles of its story, itself first.

    ``carriages`` has the other (outlet, address) pairs that printed each of them.
    """

    article: str
    read: Sequence[Read]
    carriages: Mapping[str, Sequence[tuple[str, str]]]


class Surroundings:
    """The stories of one store. ``owners`` maps outlets to owners that the user knows of.

    Make one for each question or export: what was read is kept for its lifetime, within bounds.
    """

    def __init__(self, store: Store, owners: Mapping[str, str]) -> None:
        """Keep the doors."""
        self._store = store
        self._owners = owners
        self._kept: OrderedDict[str, list[Read]] = OrderedDict()
        self._last: _Around | None = None

    def counted(self, finding: Finding) -> Corroboration:
        """Tell who carries and who disputes a finding among the articles of its story."""
        around = self._around(finding.citation.article)
        return corroborate(finding, around.read, carriages=around.carriages, owners=self._owners)

    def _around(self, article: Article) -> _Around:
        """Return what stands around an article; that of the last one asked for is kept."""
        if self._last is None or self._last.article != article.id:
            self._last = self._looked_up(article)
        return self._last

    def _looked_up(self, article: Article) -> _Around:
        story = self._store.story_of(article.id)
        newest = self._newest(story.id, story.articles[-MOST_AROUND:]) if story else []
        own = [one for one in newest if one[0].id == article.id] or self._read((article.id,))
        read = (*own, *(one for one in newest if one[0].id != article.id))
        carried = self._store.carriages_of([one.id for one, _ in read])
        others = {
            one.id: tuple(
                (carriage.outlet, carriage.url)
                for carriage in carried.get(one.id, ())
                if carriage.outlet != one.outlet
            )
            for one, _ in read
        }
        return _Around(article.id, read, others)

    def _newest(self, story: str, ids: Sequence[str]) -> list[Read]:
        if story not in self._kept:
            self._kept[story] = self._read(ids)
        self._kept.move_to_end(story)
        while len(self._kept) > KEPT_STORIES:
            self._kept.popitem(last=False)
        return self._kept[story]

    def _read(self, ids: Sequence[str]) -> list[Read]:
        articles = self._store.articles(tuple(dict.fromkeys(ids)))
        analyses = self._store.analyses_of([one.id for one in articles])
        return [(one, analyses[one.id]) for one in articles if one.id in analyses]


def finding_of(article: Article, analysis: Analysis, claim: Claim) -> Finding:
    """Return a claim of an article as what a search for it would find."""
    sentence = analysis.sentences[claim.sentence].span
    return Finding(cite(article, sentence), claim.content, claim, chain_of(article, claim))
