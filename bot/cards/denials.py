"""The card of denials: who disputes a claim, or the claims of a story (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards.answer_record import dispute_record, finding_record, searched_record
from bot.cards.phrases import count, dispute_line, searched_in_words
from bot.cards.story import claim_line
from bot.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Heading,
    Message,
    Paragraph,
    Quote,
    Run,
    Small,
    Text,
)
from summarizer.model import Carrier, Finding, Searched, Story

SHOWN = 8
SHOWN_EACH = 3
"""So many of those who dispute one claim of a story."""


def denials_card(
    about: str, denials: Sequence[Carrier], *, searched: Searched, story: str = ""
) -> Message:
    """Render the denials of what ``about`` says; ``story`` is the story's command, or empty."""
    blocks: list[Block] = [Quote((Run(about),))]
    if denials:
        blocks.append(Heading("Who disputes it or would not confirm it", level=2))
        blocks.append(Bullets(tuple(dispute_line(denial) for denial in denials[:SHOWN])))
        summary = f"{len(denials)} dispute it or would not confirm it"
    else:
        summary = "Nobody in its story denies this, contradicts it or refuses to confirm it."
        blocks.append(Paragraph((Run(summary),)))
    return Message(
        (*blocks, *_foot(story, searched)),
        summary,
        data={
            "about": about,
            "denials": [dispute_record(denial) for denial in denials],
            "searched": searched_record(searched),
        },
    )


@dataclass(frozen=True, slots=True)
class InStory:
    """Which claims of a story are disputed, and the denials and refusals besides.

    ``others`` dispute none of them. Of its ``claims`` the newest ``compared`` were compared.
    """

    disputed: Sequence[Finding]
    others: Sequence[Carrier]
    compared: int
    claims: int


def story_denials_card(story: Story, found: InStory, *, searched: Searched) -> Message:
    """Render which claims of a story are disputed, by whom and how."""
    disputed, others = found.disputed, found.others
    blocks: list[Block] = [Heading(story.title, level=2), Paragraph((Run(_counted(disputed)),))]
    for finding in _telling_more(disputed)[:SHOWN]:
        blocks.append(Quote(_claimed(finding)))
        shown = finding.corroboration.disputes[:SHOWN_EACH]
        blocks.append(Bullets(tuple(dispute_line(dispute) for dispute in shown)))
    if others:
        blocks.append(Heading("Denied or not confirmed besides", level=2))
        blocks.append(Bullets(tuple(dispute_line(one) for one in others[:SHOWN])))
    if found.compared < found.claims:
        told = f"Compared: the newest {found.compared} of {found.claims:,} claims."
        blocks.append(Small((Run(told),)))
    return Message(
        (*blocks, *_foot(f"story {story.id}", searched)),
        _counted(disputed),
        data={
            "about": story.title,
            "story": story.id,
            "disputed": [_disputed_record(finding) for finding in disputed],
            "denials": [dispute_record(one) for one in others],
            "claims": found.claims,
            "compared": found.compared,
            "searched": searched_record(searched),
        },
    )


def _telling_more(disputed: Sequence[Finding]) -> list[Finding]:
    """Leave out claims that only those dispute who were told with an earlier one."""
    told: set[str] = set()
    kept = []
    for finding in disputed:
        against = {dispute.citation.quote for dispute in finding.corroboration.disputes}
        if against - told:
            kept.append(finding)
            told |= against
    return kept


def _counted(disputed: Sequence[Finding]) -> str:
    if not disputed:
        return "Nobody in this story disputes what another says."
    one = len(disputed) == 1
    return f"{count(len(disputed), 'claim')} of this story {'is' if one else 'are'} disputed:"


def _claimed(finding: Finding) -> Text:
    if finding.claim is None:
        return (Run(finding.citation.quote), Run(f" — {finding.citation.article.outlet}"))
    return claim_line(finding.claim, finding.citation)


def _disputed_record(finding: Finding) -> dict[str, object]:
    """Return a claim with who disputes it; carriers are told by the command ``ask``."""
    record = finding_record(finding)
    return {key: value for key, value in record.items() if key != "also"}


def _foot(story: str, searched: Searched) -> list[Block]:
    """Return the button of the story, whose command this is (or none), and what was searched."""
    button: list[Block] = [Buttons((Button("Story", story),))] if story else []
    return [*button, Small((Run(f"Searched {searched_in_words(searched)}."),))]
