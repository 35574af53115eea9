"""The commands that name sources: the source of a claim, and what an entity says."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from bot.cards.answer import answer_card
from bot.cards.entity import SHOWN, Counts, entity_message
from bot.chart import mentions_chart
from bot.commands import Command
from bot.errors import UsageError
from bot.message import Message
from bot.ports import Asker
from bot.respond.denying import denials
from bot.respond.desk import Desk
from bot.respond.meaning import meant
from bot.respond.subject import spelt_out, story_in
from summarizer.called import names_of
from summarizer.entity_card import MOST_DAYS, EntityCard, entity_card, every_day
from summarizer.language import reason_not_english
from summarizer.question import read_question


def source(desk: Desk, command: Command, asker: Asker) -> Message:
    """Answer the question what the source of a claim is; under a story, from it where it can."""
    if denied := denials(desk, command.words):
        return denied
    question = spelt_out(desk.store, command.words)
    if reason := _unreadable(question):
        raise UsageError(reason)
    held = story_in(desk.store, asker.context)
    first = held.articles if held else ()
    answer = desk.find_source(question, desk.now(), first=first)
    stories = {}
    for finding in answer.findings[:1]:
        article = finding.citation.article
        if told := desk.store.story_of(article.id):
            stories[article.id] = told.id
    return answer_card(answer, stories=stories)


def _unreadable(question: str) -> str:
    """Return what to do with words that nothing can be looked for by, empty for others."""
    if read_question(question).empty:
        return "There is nothing in that to look for. Names and numbers help most: source CLAIM"
    if not question.isascii() and reason_not_english(question):
        return "Only English is read here. Ask in English: source CLAIM"
    return ""


def entity(desk: Desk, command: Command, asker: Asker) -> Message:
    """Show what an entity says and what is said of it."""
    name = meant(desk.store, command.words)
    card = entity_card(name, desk.articles_about(name), limit=SHOWN)
    if card is None:
        raise UsageError(f"No stored article names “{name[:80]}”.{_meant(desk, name)}")
    counts = _counted(desk, names_of(name), asker.channel)
    return entity_message(
        card, counts, mentions_chart(card.name, counts.by_day), _latest_stories(desk, card)
    )


def _meant(desk: Desk, name: str) -> str:
    """Say whom a name may mean that nobody goes by."""
    first = name.split(maxsplit=1)[0]
    near = [entity.name for entity in desk.store.entities(first, limit=3)]
    if not near:
        others = [entity.name for entity in desk.store.entities(first[:2], limit=200)]
        near = difflib.get_close_matches(name, others, n=3, cutoff=0.7)
    return f" Did you mean {', '.join(near)}?" if near else " “search” looks for any words."


def _counted(desk: Desk, names: Sequence[str], channel: str) -> Counts:
    """Count the mentions under the commonest of an entity's names, by day in the channel's zone."""
    counted = {name: desk.store.mention_counts(name) for name in names}
    name = max(counted, key=lambda one: counted[one])
    wanted = desk.store.subscription(channel)
    zone = wanted.schedule.zone if wanted else desk.settings.zone
    days = desk.store.mention_days(name, zone=zone, most=MOST_DAYS)
    return Counts(*counted[name], every_day(days))


def _latest_stories(desk: Desk, card: EntityCard) -> list[tuple[str, str]]:
    """Return (number, title) of the newest stories that an entity is in."""
    held = desk.store.stories_of(card.articles)
    stories = {story.id: story.title for story in held.values()}
    return list(stories.items())[:SHOWN]
