"""The values of the core: what an article becomes on its way to a briefing or an answer.

Nothing here acts, reads a clock or touches the world. Every span is a pair of half-open
character offsets into the text of one article, and ``span.of(text)`` is the quotation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

ANALYSIS_VERSION = 9
"""Grows whenever the same text may be analysed differently; older analyses are made anew."""

ENGLISH = "en"
"""The language of all that is analysed, as articles name it (ISO 639)."""


class LineKind(StrEnum):
    """What a line of news copy is. Only body is ever quoted in a briefing."""

    TITLE = "title"
    BYLINE = "byline"
    BODY = "body"
    CAPTION = "caption"
    CREDIT = "credit"
    OTHER = "other"


class EntityKind(StrEnum):
    """The kinds of entity that are told apart."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    OTHER = "other"


class SourceKind(StrEnum):
    """What kind of source a claim rests on, in the words shown to readers."""

    PERSON = "named person"
    ORGANISATION = "organisation"
    UNNAMED = "unnamed source"
    DOCUMENT = "document or data"
    OUTLET = "media outlet"
    STATE_MEDIA = "state media"
    OWN_VOICE = "the outlet's own voice"


class Stance(StrEnum):
    """How the cue presents the claim, in the words shown to readers."""

    SAYS = "says"
    CONFIRMS = "confirms"
    ALLEGES = "alleges"
    DENIES = "denies"
    DECLINES = "declines to confirm"
    ASKS = "asks"
    WARNS = "warns"
    REPORTED = "is reported"


class Dissent(StrEnum):
    """How a passage stands against a claim, in the words shown to readers."""

    DENIES = "denies"
    UNCONFIRMED = "would not confirm"
    NUMBER = "another number"
    OTHERWISE = "says otherwise"


class Quotation(StrEnum):
    """Whether the content stands in quotation marks: all of it, none of it, or a part."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character offsets into one text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the slice of ``text`` that this span points at."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Tell whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Caption:
    """A picture's caption or credit, kept apart from the body that it stood in."""

    text: str
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """What an outlet printed, without captions, credits and page residue.

    ``text`` is the body, paragraphs parted by a blank line; every span of the article's
    analysis points into it. ``published`` and ``updated`` are aware; ``zone`` is the IANA
    zone in which the outlet printed them, empty when unknown. ``id`` is stable across edits.
    """

    id: str
    text: str
    title: str
    outlet: str
    url: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    zone: str = ""
    byline: str = ""
    dateline: str = ""
    language: str = ENGLISH
    captions: tuple[Caption, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: where it stands, in which paragraph (from 0), on what kind of line."""

    span: Span
    paragraph: int
    kind: LineKind = LineKind.BODY


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something named in one article, its mentions merged.

    ``description`` is the article's own apposition or role for it ("South Korea's spy
    agency"), empty when the article gives none. ``unsure`` holds mentions that possibly
    mean it; they never merge two entities.
    """

    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    description: str = ""
    unsure: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Who says a claim: the words that name the source, and whom they mean.

    ``spans`` are empty when the article attributes the claim to nobody in particular
    ("reportedly"). ``name`` is the fullest name the article gives ("he said" resolved),
    or the words as they stand for unnamed sources. ``entity`` is an index into
    ``Analysis.entities``.
    """

    spans: tuple[Span, ...]
    name: str
    kind: SourceKind
    role: str = ""
    entity: int | None = None


@dataclass(frozen=True, slots=True)
class When:
    """When something was said: the article's words, and the day where that is certain.

    ``day`` is a calendar day in the article's own zone, None when the words leave it open;
    then the words are shown as they stand.
    """

    words: str
    span: Span | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to say a claim, and how.

    ``chain`` lists the sources outermost first and ends with ``source``; the article's own
    outlet is not in it. ``hedges`` are words as they stand that weaken the claim.
    """

    cue: tuple[Span, ...]
    stance: Stance
    quotation: Quotation
    source: Source | None = None
    chain: tuple[Source, ...] = ()
    negated: bool = False
    hedges: tuple[Span, ...] = ()
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A content and its attribution. ``sentence`` is the index of the first sentence it touches."""

    content: tuple[Span, ...]
    attribution: Attribution
    sentence: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that is derived from one article's text: a cache, recomputed when ``version`` grows.

    Sentences that no claim covers are the outlet's own voice. ``abstained`` says in words why
    nothing was analysed (another language, no text); it is empty when all went well.
    """

    version: int
    sentences: tuple[Sentence, ...] = ()
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    abstained: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim passage with the article it stands in and a link that opens it there."""

    article: Article
    span: Span
    link: str

    @property
    def quote(self) -> str:
        """The passage as the article has it."""
        return self.span.of(self.article.text)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence chosen for a briefing, with its claims and its citation.

    ``lead_in`` is ours and shown in brackets before the sentence ("[Choe]") where it would
    not stand alone; it is empty otherwise.
    """

    citation: Citation
    claims: tuple[Claim, ...] = ()
    lead_in: str = ""


@dataclass(frozen=True, slots=True)
class Briefing:
    """One article or story, condensed to verbatim passages in reading order."""

    title: str
    passages: tuple[Passage, ...]
    ranker: str


@dataclass(frozen=True, slots=True)
class Story:
    """One event over time and outlets. ``id`` is stable; ``articles`` are ids, oldest first.

    ``into`` is the id of the story that took this one in when two turned out to be one event;
    such a story has no articles left, and its id stands for the other from then on.
    """

    id: str
    title: str
    articles: tuple[str, ...]
    first: datetime | None = None
    last: datetime | None = None
    into: str = ""


@dataclass(frozen=True, slots=True)
class Carrier:
    """An article that carries a claim, or disputes it, and the origin that it counts under.

    ``dissent`` tells how it disputes the claim, None where it carries it; ``number`` is the
    other number as it stands, where one is given.
    """

    citation: Citation
    claim: Claim | None
    origin: str
    dissent: Dissent | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Corroboration:
    """Who carries a claim and who disputes it. Origins are counted, outlets are not trusted."""

    carriers: tuple[Carrier, ...] = ()
    disputes: tuple[Carrier, ...] = ()

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that carry the claim, each once, in the order found."""
        return tuple(dict.fromkeys(carrier.citation.article.outlet for carrier in self.carriers))

    @property
    def origins(self) -> int:
        """How many independent origins the carriers make."""
        return len({carrier.origin for carrier in self.carriers})


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer to "what is the source of this claim": a passage and all that is known of it.

    ``claim`` is None when the outlet says it in its own voice. ``content`` marks the words
    that answer; ``chain`` starts with the article's own outlet. ``denial`` tells in words why it
    answers no to a question of yes or no ("denies it"), empty where it says what was asked.
    """

    citation: Citation
    content: tuple[Span, ...]
    claim: Claim | None
    chain: tuple[Source, ...]
    corroboration: Corroboration = Corroboration()
    score: float = 0.0
    denial: str = ""


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched: the denominators of an answer. ``down`` names feeds that fail.

    ``down_since`` has for each of them when it was last read, None for never.
    """

    articles: int = 0
    feeds: int = 0
    since: datetime | None = None
    down: tuple[str, ...] = ()
    down_since: tuple[datetime | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Findings, best first; none of them when no stored article says it.

    ``nearest`` are passages that do *not* say it, each with the reason why not. ``sure`` is False
    where the first finding is likely, but not sure, to be what was asked.
    """

    question: str
    findings: tuple[Finding, ...] = ()
    nearest: tuple[tuple[Finding, str], ...] = ()
    searched: Searched = Searched()
    sure: bool = True

    @property
    def none(self) -> bool:
        """Tell whether no stored article says it."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class DigestItem:
    """A story in a digest. ``new`` tells what is new since the last digest, None at first sight.

    ``state_media`` are those of ``outlets`` that a state runs and directs.
    """

    story: Story
    briefing: Briefing
    corroboration: Corroboration
    articles: int
    outlets: tuple[str, ...] = ()
    new: tuple[Passage, ...] | None = None
    section: str = ""
    state_media: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """A channel's briefings for one slot, with what was left out and why.

    ``since`` and ``until`` are aware and in the channel's zone. ``left_out`` pairs a reason
    in words with a count of articles or stories.
    """

    since: datetime
    until: datetime
    items: tuple[DigestItem, ...]
    articles: int
    stories: int
    left_out: tuple[tuple[str, int], ...] = ()
    searched: Searched = Searched()
