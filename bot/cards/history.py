"""What became of an article: who else prints it, and what its outlet changed since (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.cards.phrases import count, marked, moment
from bot.message import Block, Bullets, Heading, Message, Run, Small, Text
from bot.model import Carriage, Version
from summarizer.edits import Edit, edits
from summarizer.model import Article

SHOWN_OUTLETS = 8
SHOWN_EDITS = 5


@dataclass(frozen=True, slots=True)
class History:
    """An article with the feeds and outlets that carry it, its earlier texts, and its copies.

    ``copies`` are other articles that are mostly the same words.
    """

    article: Article
    carriages: Sequence[Carriage] = ()
    versions: Sequence[Version] = ()
    copies: Sequence[Article] = ()


def with_history(card: Message, history: History) -> Message:
    """Return an article's card with its history below, where it has one."""
    blocks = (*_printed_by(history), *_edited(history))
    if not blocks:
        return card
    data = card.data if isinstance(card.data, dict) else {}
    told = {"also_printed_by": _printed_record(history), "edits": _edits_record(history)}
    return replace(card, blocks=(*card.blocks, *blocks), data={**data, **told})


def _others(history: History) -> list[tuple[str, str, bool]]:
    """Return outlet, address and "with edits" of all others who print it, each address once."""
    article = history.article
    same = [(one.outlet, one.url, False) for one in history.carriages]
    edited = [(one.outlet, one.url, True) for one in history.copies]
    found: dict[tuple[str, str], tuple[str, str, bool]] = {}
    for one in (*same, *edited):
        own = one[0] == article.outlet and one[1] in {article.url, ""}
        if not own:
            found.setdefault(one[:2], one)
    return list(found.values())


def _printed_by(history: History) -> list[Block]:
    others = _others(history)
    if not others:
        return []
    same = ", the same words when it was read there" if history.versions else ", word for word"
    items: list[Text] = [
        (
            Run(outlet or "outlet unknown", link=url),
            Run(", with edits" if changed else same),
        )
        for outlet, url, changed in others[:SHOWN_OUTLETS]
    ]
    blocks: list[Block] = [Heading("Also printed by", level=2), Bullets(tuple(items))]
    if len(others) > SHOWN_OUTLETS:
        blocks.append(Small((Run(f"and {len(others) - SHOWN_OUTLETS:,} more."),)))
    return blocks


def _edited(history: History) -> list[Block]:
    """Show what the last edit changed; of earlier ones that there were some."""
    if not history.versions:
        return []
    last, article = history.versions[-1], history.article
    found = edits(last.text, article.text)
    times = count(len(history.versions), "time")
    title = f"Edited {times} since it was first read on {moment(history.versions[0].seen)}"
    blocks: list[Block] = [Heading(title, level=2)]
    if last.title and last.title != article.title:
        blocks.append(Bullets(((Run("Headline, was: ", italic=True), Run(last.title)),)))
    blocks += [Bullets(_lines(edit, last.text, article.text)) for edit in found[:SHOWN_EDITS]]
    if len(found) > SHOWN_EDITS:
        blocks.append(Small((Run(f"and {len(found) - SHOWN_EDITS:,} more changes."),)))
    return blocks


def _lines(edit: Edit, older: str, newer: str) -> tuple[Text, ...]:
    was = "Was: " if edit.after else "Cut: "
    now = "Now: " if edit.before else "Added: "
    lines: list[Text] = []
    if edit.before:
        lines.append((Run(was, italic=True), *marked(older, edit.before, edit.cut)))
    if edit.after:
        lines.append((Run(now, italic=True), *marked(newer, edit.after, edit.added)))
    return tuple(lines)


def _printed_record(history: History) -> list[dict[str, object]]:
    return [
        {"outlet": outlet, "url": url, "edited": changed}
        for outlet, url, changed in _others(history)
    ]


def _edits_record(history: History) -> list[dict[str, object]]:
    """Return every step from one text to the next, oldest first."""
    texts = [*(version.text for version in history.versions), history.article.text]
    return [
        {
            "seen": version.seen.isoformat(),
            "title": version.title,
            "changes": [
                {
                    "before": edit.before.of(older) if edit.before else None,
                    "after": edit.after.of(newer) if edit.after else None,
                }
                for edit in edits(older, newer)
            ],
        }
        for version, older, newer in zip(history.versions, texts, texts[1:], strict=False)
    ]
