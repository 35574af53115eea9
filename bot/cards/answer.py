"""The card of an answer: the source of a claim, in full (pure)."""

from __future__ import annotations

from bot.cards.answer_record import answer_record
from bot.cards.phrases import (
    chain_in_words,
    count,
    dispute_line,
    how,
    marked,
    published,
    reference,
    said,
    searched_in_words,
    who,
)
from bot.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Divider,
    Facts,
    Heading,
    Message,
    Paragraph,
    Quote,
    Run,
    Small,
    Text,
)
from summarizer.model import Answer, Carrier, Corroboration, Finding

SHOWN_FINDINGS = 3
"""No more are compared with their story: that is half the cost of an answer."""

SHOWN_NEAREST = 2
SHOWN_DISPUTES = 3

_NOT_SAID = "No stored article says this"
_PERHAPS = (
    Run("Perhaps a match", bold=True),
    Run(": read the sentence, it may not be what you asked."),
)


def answer_card(answer: Answer, *, stories: dict[str, str] | None = None) -> Message:
    """Render an answer. ``stories`` maps article ids to the ids of their stories."""
    blocks = _refusal(answer) if answer.none else _found(answer, stories or {})
    blocks.append(Small((Run(f"Searched {searched_in_words(answer.searched)}."),)))
    return Message(tuple(blocks), _summary(answer), data=answer_record(answer))


def _found(answer: Answer, stories: dict[str, str]) -> list[Block]:
    blocks: list[Block] = []
    if denial := answer.findings[0].denial:
        blocks.append(Paragraph((Run(f"{_NOT_SAID}; this one "), Run(denial, bold=True), Run(":"))))
    elif not answer.sure:
        blocks.append(Paragraph(_PERHAPS))
    for place, finding in enumerate(answer.findings[:SHOWN_FINDINGS]):
        if place:
            blocks.append(Divider())
        blocks += _finding_blocks(finding)
    first = answer.findings[0].citation
    if story := stories.get(first.article.id):
        command = f"story {story} @{first.article.id}:{first.span.start}"
        blocks.append(Buttons((Button("Story", command),)))
    return blocks


def _finding_blocks(finding: Finding) -> list[Block]:
    article = finding.citation.article
    rows: list[tuple[str, Text]] = [
        ("Who says it", who(finding.claim, article)),
        ("How", how(finding.claim, article)),
    ]
    if len(finding.chain) > 1:
        rows.append(("Chain", (Run(chain_in_words(finding.chain)),)))
    if words := said(finding.claim):
        rows.append(("Said", (Run(words),)))
    rows.append(("Published", published(article)))
    rows.append(("Article", reference(finding.citation)))
    if finding.corroboration.carriers:
        rows.append(("Also carried", (Run(also_in_words(finding.corroboration)),)))
    disputes = finding.corroboration.disputes[:SHOWN_DISPUTES]
    rows += [("Disputed by", dispute_line(dispute)) for dispute in disputes]
    quote = Quote(marked(article.text, finding.citation.span, finding.content))
    return [quote, Facts(tuple(rows))]


def also_in_words(corroboration: Corroboration) -> str:
    """Say who else carries a claim and how many origins that makes: "1 origin: all cite NIS"."""
    outlets = corroboration.outlets
    if len(outlets) == 1:
        return "by no other stored outlet"
    names = ", ".join(outlets[:4]) + (" …" if len(outlets) > 4 else "")
    cited = {_cited(carrier) for carrier in corroboration.carriers}
    counted = f"{count(len(outlets), 'outlet')}, {count(corroboration.origins, 'origin')}"
    if len(cited) == 1 and None not in cited:
        return f"{counted}: all cite {cited.pop()} ({names})"
    return f"{counted}: {names}"


def _cited(carrier: Carrier) -> str | None:
    """Return whom a carrier cites, None where it speaks in its own voice."""
    source = carrier.claim.attribution.source if carrier.claim else None
    return source.name if source else None


def _refusal(answer: Answer) -> list[Block]:
    blocks: list[Block] = [Heading(f"{_NOT_SAID}.", level=2)]
    if answer.nearest:
        blocks.append(Paragraph((Run("Nearest, but "), Run("not a match", bold=True), Run(":"))))
        blocks.append(Bullets(tuple(_near(*near) for near in answer.nearest[:SHOWN_NEAREST])))
    else:
        blocks.append(Paragraph((Run("Try other words, or fewer: names and numbers help most."),)))
    return blocks


def _near(finding: Finding, reason: str) -> Text:
    article = finding.citation.article
    quote = marked(article.text, finding.citation.span, ())
    return (Run(f"{reason}: ", italic=True), *quote, Run(" — "), *reference(finding.citation))


def _summary(answer: Answer) -> str:
    if answer.none:
        return f"{_NOT_SAID}."
    finding = answer.findings[0]
    source = finding.claim.attribution.source if finding.claim else None
    name = source.name if source else finding.citation.article.outlet
    reserve = "" if answer.sure else "Perhaps "
    if finding.denial:
        reserve = f"{_NOT_SAID}; one {finding.denial}. "
    return f"{reserve}{name}: {' '.join(finding.citation.quote.split())}"
