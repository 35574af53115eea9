"""The commands that show news: story, brief, digest, search."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.cards.briefing import briefing_card
from bot.cards.digest import digest_card
from bot.cards.history import History, with_history
from bot.cards.story import PAGE, SHOWN_TIMELINE, Kept, choice_card, search_card, story_card
from bot.commands import Command
from bot.compose import sentences_in, shown_in
from bot.errors import UsageError
from bot.message import Message
from bot.model import CONSOLE, Hit
from bot.ports import Asker
from bot.respond.desk import Desk, note
from summarizer.briefing import brief as brief_article
from summarizer.citation import cite
from summarizer.model import Article, Citation, Claim, Span, Story
from summarizer.searching import words_of

SEARCHED_HITS = 200
MOST_CITED = 40
"""So many of the best passages tell which article or story words mean."""

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def search(desk: Desk, command: Command, asker: Asker) -> Message:  # noqa: ARG001 - one form for all
    """Show the passages that hold the words, the best first, newest among equals."""
    hits = desk.store.search(words_of(command.words), limit=SEARCHED_HITS)
    passages = _read(desk, sorted(hits, key=_rank(desk, hits)))
    start = (command.page - 1) * PAGE
    citations = [cite(article, span) for article, span in passages[start : start + PAGE]]
    return search_card(command.words, citations, page=command.page, found=len(passages))


def _rank(desk: Desk, hits: Sequence[Hit]) -> Callable[[Hit], tuple[int, float]]:
    """Return what hits are sorted by: how well they fit in four steps, then how new they are."""
    best = max((hit.score for hit in hits), default=0.0) or 1.0
    articles = desk.store.articles(list(dict.fromkeys(hit.article_id for hit in hits)))
    moments = {one.id: one.published.timestamp() for one in articles if one.published}
    return lambda hit: (-round(4 * hit.score / best), -moments.get(hit.article_id, 0.0))


def found_passages(desk: Desk, words: str) -> list[Citation]:
    """Return the passages that hold the words, best first, none twice in the same words."""
    hits = desk.store.search(words_of(words), limit=SEARCHED_HITS)[:MOST_CITED]
    return [cite(article, span) for article, span in _read(desk, hits)]


def _read(desk: Desk, hits: Sequence[Hit]) -> list[tuple[Article, Span]]:
    """Return the article and place of each hit, none twice in the same words."""
    ids = list(dict.fromkeys(hit.article_id for hit in hits))
    articles = {article.id: article for article in desk.store.articles(ids)}
    passages: dict[str, tuple[Article, Span]] = {}
    for hit in hits:
        if article := articles.get(hit.article_id):
            passages.setdefault(hit.span.of(article.text), (article, hit.span))
    return list(passages.values())


async def brief(desk: Desk, command: Command, asker: Asker) -> Message:
    """Show the briefing of one article: at an address or path, else the one the words find."""
    address = _ADDRESS.search(command.words)
    place = address.group() if address else command.words
    article = desk.store.article_by_url(place) if address else desk.store.article(place)
    if article is None and (address or may_be_path(place, asker)):
        items = await desk.read(place)
        article = items[0].article
    if article is None:
        citations = found_passages(desk, command.words)
        if not citations:
            raise UsageError(
                f"No stored article holds “{command.words[:80]}”. Give an address or a path."
            )
        article = citations[0].article
    return await brief_of(desk, article)


def may_be_path(place: str, asker: Asker) -> bool:
    """Tell whether the words are a file's path, from one who sits at this machine.

    On a chat platform nobody may read files of the machine that the bot runs on.
    """
    return asker.channel == CONSOLE and os.path.exists(place)  # noqa: PTH110 - one look, not I/O


async def brief_of(desk: Desk, article: Article) -> Message:
    """Show the briefing of this article, analysing it first where it was not."""
    analysis = desk.store.analysis(article.id) or await desk.analyse(article)
    settings = desk.settings
    if analysis.abstained:
        title = article.title or "This article"
        return note(f"“{title}” cannot be briefed: {analysis.abstained}", quoting=True)
    briefing = brief_article(
        article, analysis, sentences=settings.sentences, ranker=settings.ranker
    )
    return with_history(briefing_card(briefing, article), _history(desk, article))


def _history(desk: Desk, article: Article) -> History:
    """Return who else prints an article, and what it was before."""
    store = desk.store
    if store.article(article.id) is None:
        return History(article)
    return History(
        article,
        store.carriages(article.id),
        store.versions(article.id),
        store.articles(store.copies(article.id)),
    )


def story(desk: Desk, command: Command, asker: Asker) -> Message:  # noqa: ARG001 - one form for all
    """Show a story by its number, or the one that most passages with these words belong to."""
    # A button of an answer names the sentence too: what a thread below it is about.
    number = command.words.partition(" @")[0]
    found = desk.store.story(number.strip().lstrip("#").lower())
    if found is not None:
        return show_story(desk, found)
    stories = stories_about(desk, command.words)
    if not stories:
        raise UsageError(
            f"No stored story holds “{command.words[:80]}”. Try other words, or “digest”."
        )
    best, held = next(iter(stories.items()))
    others = [story for story, number in stories.items() if number * 2 > held]
    if len(others) > 1:
        return choice_card(command.words, others[:5])
    return show_story(desk, best)


def stories_about(desk: Desk, words: str) -> dict[Story, int]:
    """Return stories with passages that hold the words -> how many, most first."""
    counts: dict[Story, int] = {}
    for citation in found_passages(desk, words)[:20]:
        held = desk.store.story_of(citation.article.id)
        if held is not None:
            counts[held] = counts.get(held, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))


def show_story(desk: Desk, story: Story) -> Message:
    """Render one story with its articles and claims."""
    articles = desk.store.articles(story.articles)
    claims: list[tuple[Claim, Citation]] = []
    for article in reversed(articles):
        analysis = desk.store.analysis(article.id)
        for claim in analysis.claims if analysis else ():
            sentence = analysis.sentences[claim.sentence] if analysis else None
            if sentence is not None:
                claims.append((claim, cite(article, sentence.span)))
    newest = articles[-1]
    analysis = desk.store.analysis(newest.id)
    assert analysis is not None, "an article joins a story after its analysis"
    settings = desk.settings
    briefing = brief_article(newest, analysis, sentences=settings.sentences, ranker=settings.ranker)
    titled = replace(briefing, title=story.title)
    return story_card(story, titled, articles, claims, _past(desk, articles))


def _past(desk: Desk, articles: Sequence[Article]) -> dict[str, Kept]:
    """Return what is known of the newest of a story's articles, which come oldest first."""
    past: dict[str, Kept] = {}
    for place, article in list(enumerate(articles))[-SHOWN_TIMELINE:]:
        copied = set(desk.store.copies(article.id))
        first = next((one.outlet for one in articles[:place] if one.id in copied), "")
        past[article.id] = Kept(len(desk.store.versions(article.id)), first)
    return past


def digest(desk: Desk, command: Command, asker: Asker) -> Message:  # noqa: ARG001 - one form for all
    """Show this channel's digest as it would be now; nothing is marked as shown."""
    composed, text = desk.composer.by_hand(asker.channel, desk.now())
    return digest_card(composed, note=text)


def post_digest(desk: Desk, command: Command, asker: Asker) -> Message:  # noqa: ARG001 - one form for all
    """Post this channel's digest now; what it tells is not news to the channel afterwards."""
    moment = desk.now()
    composed, text = desk.composer.by_hand(asker.channel, moment)
    desk.store.mark_briefed(
        asker.channel,
        moment,
        shown_in(composed),
        sentences=sentences_in(composed, desk.store),
    )
    return replace(digest_card(composed, note=text), private=False)
