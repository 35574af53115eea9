"""What words in a thread are about: marks that stand for a story or a sentence, and back.

A thread's context is the command of its story (``story 3f2a``, or ``story 3f2a @a1:12`` where
one sentence of it was shown), or any words. In a command ``story 3f2a`` stands for the story
and ``@a1:12`` for the sentence at that place of the article's text, so that the command means
the same wherever it is given.
"""

from __future__ import annotations

import re

from bot.errors import UsageError
from bot.ports import Store
from summarizer.briefing import brief
from summarizer.model import Article, Span, Story

_CONTEXT = re.compile(r"story (?P<story>\w+)(?: (?P<place>@\w+:\d+))?")
_PLACE = re.compile(r"@(?P<article>\w+):(?P<start>\d+)\b")
_STORY = re.compile(r"\bstory (?P<story>[0-9a-f]+)\b")


def mark_of(context: str) -> str:
    """Return what stands for a context in a command: its sentence, else its story, else itself."""
    found = _CONTEXT.fullmatch(context.strip())
    return (found["place"] or f"story {found['story']}") if found else context


def story_in(store: Store, context: str) -> Story | None:
    """Return the story that words are said under, if any."""
    found = _CONTEXT.fullmatch(context.strip())
    return store.story(found["story"]) if found else None


def spelt_out(store: Store, words: str) -> str:
    """Return words with every mark in them as the sentence, or the story's title, it stands for.

    Raises:
        UsageError: the article was edited since, and the sentence stands there no longer.

    """
    told = _PLACE.sub(
        lambda found: sentence_at(store, found["article"], int(found["start"])), words
    )
    whole = _STORY.fullmatch(told)
    if whole and (story := store.story(whole["story"])):
        return lede(store, story)
    return _STORY.sub(lambda found: _title(store, found), told)


def sentence_at(store: Store, article_id: str, start: int) -> str:
    """Return the sentence that holds a place of an article's text.

    Raises:
        UsageError: none does any longer.

    """
    article, analysis = store.article(article_id), store.analysis(article_id)
    sentences = analysis.sentences if analysis else ()
    span = next((s.span for s in sentences if s.span.start <= start < s.span.end), None)
    if article is None or span is None:
        raise UsageError("That article was edited since. Ask with words: source CLAIM")
    return _as_line(article, span)


def lede(store: Store, story: Story) -> str:
    """Return the first sentence of a story's briefing; its title where it has none."""
    newest = next(iter(store.articles(story.articles[-1:])), None)
    analysis = store.analysis(newest.id) if newest else None
    if newest is None or analysis is None:
        return story.title
    passages = brief(newest, analysis, sentences=1).passages
    return _as_line(newest, passages[0].citation.span) if passages else story.title


def _title(store: Store, found: re.Match[str]) -> str:
    story = store.story(found["story"])
    return story.title if story else found.group()


def _as_line(article: Article, span: Span) -> str:
    return " ".join(span.of(article.text).split())
