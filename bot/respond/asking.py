"""The commands that name sources: the source of a claim, and what an entity says."""

from __future__ import annotations

import re

from bot.cards.answer import answer_card
from bot.cards.entity import SHOWN, entity_message
from bot.chart import mentions_chart
from bot.commands import Command
from bot.errors import UsageError
from bot.message import Message
from bot.ports import Asker
from bot.respond.desk import Desk
from summarizer.entity_card import entity_card
from summarizer.language import reason_not_english
from summarizer.model import Span
from summarizer.question import read_question

_PLACE = re.compile(r"@(?P<article>[0-9a-z]+):(?P<start>\d+)\Z")


def source(desk: Desk, command: Command, asker: Asker) -> Message:  # noqa: ARG001 - one form for all
    """Answer the question what the source of a claim is."""
    question = _question(desk, command.words)
    if reason := _unreadable(question):
        raise UsageError(reason)
    answer = desk.find_source(question, desk.now())
    stories = {}
    for finding in answer.findings:
        article = finding.citation.article
        if held := desk.store.story_of(article.id):
            stories[article.id] = held.id
    return answer_card(answer, stories=stories)


def _question(desk: Desk, words: str) -> str:
    """Return the claim that was asked for; ``@article:start`` of a button is that sentence."""
    place = _PLACE.match(words)
    if place is None:
        return words
    article = desk.store.article(place["article"])
    analysis = desk.store.analysis(place["article"])
    start = int(place["start"])
    sentences = analysis.sentences if analysis else ()
    span = next((s.span for s in sentences if s.span.start <= start < s.span.end), None)
    if article is None or span is None:
        raise UsageError("That article was edited since. Ask with words: source CLAIM")
    return _within(span, article.text)


def _unreadable(question: str) -> str:
    """Return what to do with words that nothing can be looked for by, empty for others."""
    if read_question(question).empty:
        return "There is nothing in that to look for. Names and numbers help most: source CLAIM"
    if not question.isascii() and reason_not_english(question):
        return "Only English is read here. Ask in English: source CLAIM"
    return ""


def _within(span: Span, text: str) -> str:
    return " ".join(span.of(text).split())


def entity(desk: Desk, command: Command, asker: Asker) -> Message:  # noqa: ARG001 - one form for all
    """Show what an entity says and what is said of it."""
    passages = desk.passages_about(command.words)
    read = {passage.article.id: (passage.article, passage.analysis) for passage in passages}
    card = entity_card(command.words, tuple(read.values()), limit=SHOWN)
    if card is None:
        near = [entity.name for entity in desk.store.entities(command.words.split()[0], limit=3)]
        hint = f" Did you mean {', '.join(near)}?" if near else " “search” looks for any words."
        raise UsageError(f"No stored article names “{command.words[:80]}”.{hint}")
    stories: dict[str, str] = {}
    for article_id in card.articles:
        if held := desk.store.story_of(article_id):
            stories.setdefault(held.id, held.title)
    return entity_message(card, mentions_chart(card.name, card.by_day), tuple(stories.items()))
