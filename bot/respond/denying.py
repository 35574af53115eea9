"""Who denies it: of a sentence that was shown, or of all that is claimed in a story."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.cards.denials import InStory, denials_card, story_denials_card
from bot.message import Message
from bot.respond.desk import Desk
from bot.respond.subject import spelt_out
from bot.surroundings import Surroundings, finding_of
from summarizer.model import Carrier, Finding, Span, Stance, Story

MOST_COMPARED = 120
"""So many claims of a story are compared with all of it, the newest: some 10 ms each."""

_DENIES = re.compile(r"who denies that (?P<mark>story [0-9a-f]+|@\w+:\d+)")
_DOUBTING = frozenset({Stance.DENIES, Stance.DECLINES})
_Place = tuple[str, Span]


def denials(desk: Desk, words: str) -> Message | None:
    """Return who denies a sentence, or what is claimed in a story; None where nothing else asks.

    Raises:
        UsageError: the sentence's article was edited since.

    """
    asked = _DENIES.fullmatch(words)
    if asked is None:
        return None
    story = desk.store.story(asked["mark"].removeprefix("story "))
    return _of_story(desk, story) if story else _of_sentence(desk, asked["mark"])


def _of_sentence(desk: Desk, mark: str) -> Message:
    about = spelt_out(desk.store, mark)
    answer = desk.find_source(about, desk.now())
    found = answer.findings[:1]
    disputes = [dispute for finding in found for dispute in finding.corroboration.disputes]
    held = desk.store.story_of(found[0].citation.article.id) if found else None
    command = f"story {held.id} {mark}" if held else ""
    return denials_card(about, disputes, searched=answer.searched, story=command)


def _of_story(desk: Desk, story: Story) -> Message:
    claims = _claims(desk, story)
    found = _disputed(desk, claims[:MOST_COMPARED])
    disputed = sorted(found, key=lambda one: -len(one.corroboration.disputes))
    told = {_words(dispute) for one in disputed for dispute in one.corroboration.disputes}
    others, compared = _doubts(claims, told), min(len(claims), MOST_COMPARED)
    told_all = InStory(disputed, others, compared, len(claims))
    return story_denials_card(story, told_all, searched=desk.store.searched())


def _claims(desk: Desk, story: Story) -> list[Finding]:
    """Return what is claimed in a story, the newest first; of equal words the first to say them."""
    kept: dict[str, Finding] = {}
    for article in reversed(desk.store.articles(story.articles)):
        analysis = desk.store.analysis(article.id)
        for claim in analysis.claims if analysis else ():
            assert analysis is not None, "it has claims"
            words = " ".join(" ".join(span.of(article.text) for span in claim.content).split())
            kept[words] = finding_of(article, analysis, claim)
    return list(kept.values())


def _disputed(desk: Desk, claims: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the claims that others dispute, with who does; each matter once, from one side.

    What is denied goes before its denial, and the earliest to say a thing before the others.
    """
    around = Surroundings(desk.store, {})
    told: set[_Place] = set()
    oldest_first = claims[::-1]
    for finding in sorted(oldest_first, key=_doubts_it):
        if _place(finding) in told:
            continue
        counted = around.counted(finding)
        if counted.disputes:
            told |= {_place(one) for one in (*counted.carriers, *counted.disputes)}
            yield replace(finding, corroboration=counted)


def _doubts(claims: Sequence[Finding], told: set[str]) -> list[Carrier]:
    """Return the denials and refusals in other words than those told with a claim, newest first."""
    found = {_words(finding): finding for finding in reversed(claims) if _doubts_it(finding)}
    return [
        Carrier(finding.citation, finding.claim, finding.citation.article.outlet)
        for words, finding in reversed(found.items())
        if words not in told
    ]


def _doubts_it(finding: Finding) -> bool:
    return finding.claim is not None and finding.claim.attribution.stance in _DOUBTING


def _place(one: Finding | Carrier) -> _Place:
    return one.citation.article.id, one.citation.span


def _words(one: Finding | Carrier) -> str:
    return " ".join(one.citation.quote.casefold().split())
