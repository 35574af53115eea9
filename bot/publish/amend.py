"""Corrections: what became of sentences that a channel was shown, told in the digest's thread."""

from __future__ import annotations

import hashlib
import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.cards.watch import correction_card, quoted
from bot.corrections import Change, Kind, denials, edits, is_notice, notices
from bot.delivery_model import (
    Delivery,
    DeliveryState,
    Showing,
    Shown,
)
from bot.message import Note, Text
from bot.ports import Store
from bot.publish.notes import NoteQueue
from summarizer.citation import cite
from summarizer.model import Analysis, Article, Citation, LineKind, Story

LOOKED_BACK = timedelta(days=14)
"""What was shown longer ago is not corrected any more."""

WORDS = {
    Kind.CHANGED: "It says now:",
    Kind.GONE: "That sentence is no longer in the article.",
    Kind.CORRECTED: "The outlet's own correction in the article:",
}

log = logging.getLogger(__name__)


class Amendments:
    """Finds what became of shown sentences, and writes notes of it."""

    def __init__(self, store: Store, notes: NoteQueue) -> None:
        self._store = store
        self._notes = notes
        self._told = set[tuple[str, str]]()

    def shown_of(self, story: Story, now: datetime) -> list[Showing]:
        """Return what was shown of a story, newest first."""
        return self._store.shown_of(story.articles, now - LOOKED_BACK)

    def look_at_edits(self, now: datetime) -> None:
        """Tell of shown sentences whose article was edited since."""
        edited = defaultdict[tuple[str, str], list[Showing]](list)
        for showing in self._store.shown_and_changed(now - LOOKED_BACK):
            edited[showing.channel, showing.shown.article_id].append(showing)
        for (_, article_id), showings in edited.items():
            article = self._store.article(article_id)
            analysis = self._store.analysis(article_id)
            if article is not None and analysis is not None:
                self._tell_edits(showings, article, analysis, now)

    def _tell_edits(
        self, showings: Sequence[Showing], article: Article, analysis: Analysis, now: datetime
    ) -> None:
        first, shown = _of_one_delivery(showings)
        texts = [one.text for one in self._store.versions(article.id)]
        before = texts[shown[0].version] if shown[0].version < len(texts) else ""
        if before:  # without it every notice would look new
            changes = edits(shown, article, analysis)
            changes += notices(shown, article, analysis, before=before)
            self._tell(first, changes, _edited(changes, article), now)

    def look_at_article(
        self, earlier: Sequence[Showing], article: Article, analysis: Analysis, now: datetime
    ) -> bool:
        """Tell of shown sentences that a later article corrects, or whose source denies them.

        False when a digest that showed one is still on its way.
        """
        by_channel = defaultdict[str, list[Showing]](list)
        for showing in earlier:
            if showing.shown.article_id != article.id:
                by_channel[showing.channel].append(showing)
        settled = True
        for channel, showings in by_channel.items():
            if self._store.seen_from(channel).article(article.id) is None:
                continue  # another workspace's own feed brought it
            for change in _by_another(showings, article, analysis):
                first = next(one for one in showings if one.shown == change.shown)
                settled &= self._tell(first, [change], _heading(change), now)
        return settled

    def _tell(self, first: Showing, changes: Sequence[Change], heading: str, now: datetime) -> bool:
        """Write the note of some changes to one delivery; False when that is still on its way."""
        if not changes:
            return True
        name = f"correction {first.shown.article_id} {_mark(changes)}"
        if (first.channel, name) in self._told:
            return True
        root = self._root(first)
        if root is not None and root.state is not DeliveryState.SENT:
            return root.state is DeliveryState.FAILED
        thread = (root.thread or root.remote_id) if root else ""
        message = correction_card(heading, _sentences(changes))
        if self._notes.note(Note(first.channel, name, message, thread=thread), now=now):
            log.info("correction channel=%s changes=%d", first.channel, len(changes))
        self._told.add((first.channel, name))
        return True

    def _root(self, showing: Showing) -> Delivery | None:
        """Return the first part of the delivery that showed a sentence; None for one by hand."""
        if showing.name:
            parts = self._store.parts_of_note(showing.channel, showing.name)
        else:
            parts = self._store.parts(showing.channel, showing.slot)
        return parts[0] if parts else None


def _of_one_delivery(showings: Sequence[Showing]) -> tuple[Showing, list[Shown]]:
    """Return the newest delivery of some showings (newest first) and what it showed."""
    first = showings[0]
    same = [one.shown for one in showings if (one.slot, one.name) == (first.slot, first.name)]
    return first, same


def _by_another(showings: Sequence[Showing], article: Article, analysis: Analysis) -> list[Change]:
    """Return what another article makes of shown sentences, each at most once."""
    shown = list({one.shown.quote: one.shown for one in reversed(showings)}.values())
    found = denials(shown, article, analysis)
    own = [one for one in shown if one.outlet == article.outlet]
    if own and is_notice(article.title):
        found += notices(own, article, analysis) or _titled(own, article, analysis)
    return found


def _titled(own: Sequence[Shown], article: Article, analysis: Analysis) -> list[Change]:
    """Return the correction that a title announces, when it is about a shown sentence."""
    body = [one.span for one in analysis.sentences if one.kind is LineKind.BODY][:3]
    for span in body:
        for one in own:
            if len(_telling(one.quote) & _telling(span.of(article.text))) > 2:
                return [Change(Kind.CORRECTED, one, cite(article, span))]
    return []


def _telling(text: str) -> set[str]:
    return {word for word in text.casefold().split() if len(word) > 4 or word.isdigit()}


def _edited(changes: Sequence[Change], article: Article) -> str:
    """Say that what was shown was changed, or only the article that it stands in."""
    own = any(change.kind is not Kind.CORRECTED for change in changes)
    what = "changed what was quoted here" if own else "corrected an article that was quoted here"
    return f"{article.outlet or 'The outlet'} {what}"


def _heading(change: Change) -> str:
    if change.kind is Kind.DENIED:
        return f"{change.by} now denies this"
    return f"{change.shown.outlet} corrected what was quoted here"


def _sentences(changes: Sequence[Change]) -> list[tuple[Text, list[tuple[str, Text]]]]:
    """Return each shown sentence with what became of it, for the card."""
    found: dict[str, tuple[Text, list[tuple[str, Text]]]] = {}
    for change in changes:
        shown = change.shown
        said = quoted(shown.quote, shown.outlet, shown.link)
        words = WORDS.get(change.kind) or f"{change.by} now:"
        now = _now(change.now) if change.now else ()
        found.setdefault(shown.quote, (said, []))[1].append((words, now))
    return list(found.values())


def _now(citation: Citation) -> Text:
    return quoted(citation.quote, citation.article.outlet, citation.link)


def _mark(changes: Sequence[Change]) -> str:
    """Return a short mark of what is told: the same changes are told once."""
    told = [(one.kind, one.shown.quote, one.now.quote if one.now else "") for one in changes]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
