"""Who and what an article names: mentions merged into entities, with the article's own words.

It puts the steps together: names found, capitals read as governments or cities, short forms
merged, descriptions attached. Precision first: what is only possible is kept apart as unsure,
and no pronoun ever merges anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from summarizer.aliases import group
from summarizer.attribution import quotes
from summarizer.capitals import governments
from summarizer.definite import Described, Descriptions, definite
from summarizer.descriptions import (
    BODY_NOUNS,
    describe,
    head_noun,
    inside_any,
    is_rank,
    kind_told,
)
from summarizer.gathered import Group
from summarizer.introduced import Introduction, Named, introductions
from summarizer.known import country_of, plain
from summarizer.model import Entity, EntityKind, Sentence, Span
from summarizer.names import Name, names
from summarizer.parse import Doc

SURE_VOTES = 5
"""From how many votes a name's kind stands against what a description tells of it."""

_DATELINE = re.compile(r"([A-Z][A-Za-z.’' -]{2,30}?)(?:,|\s\(|\s?[—–-]|$)")
_OWNER = re.compile(r"([A-Z][\w. ]+?['’]s?)\s$")


def find(
    doc: Doc, text: str, sentences: Sequence[Sentence], *, dateline: str = ""
) -> tuple[Entity, ...]:
    """Return the entities of the article in the order in which they are first named.

    ``dateline`` is the place printed before the article; it tells where "here" is. Spans are
    half-open character offsets into ``text``.
    """
    tokens = {token.idx: token for token in doc}
    quoted = [quote.span for quote in quotes.find(text)]
    mentions = [
        replace(name, quoted=True) if inside_any(name.span, quoted) else name
        for name in names(doc, text, sentences)
    ]
    sure, unsure = governments(mentions, tokens)
    groups = group([n for n in mentions if n.span not in unsure], text, metonyms=sure)
    _note_unsure(groups, [n for n in mentions if n.span in unsure])
    described = [describe(one, text, tokens, quoted) for one in groups]
    for one, words in zip(groups, described, strict=True):
        settled = one.known is not None or one.votes[one.kind] >= SURE_VOTES
        one.kind = (None if settled else kind_told(words)) or one.kind
    first = introductions(tokens, text, sentences, quoted)
    before = _introduced(
        Named(groups, described, text, tokens, sentences), first, groups, described
    )
    heads = frozenset(head_noun(words) for words in described)
    whats = definite(tokens, text, sentences, heads=heads, quoted=quoted)
    extra = _definite(groups, described, whats, text, _home(dateline))
    return tuple(
        _entity(one, words, spans, early, text)
        for one, words, spans, early in zip(groups, described, extra, before, strict=True)
    )


def _note_unsure(groups: Sequence[Group], unsure: Sequence[Name]) -> None:
    """Note capitals that perhaps mean a government at the country they belong to."""
    by_country = {one.known.name: one for one in groups if one.known and one.known.nation}
    for name in unsure:
        if name.known and name.known.name in by_country:
            by_country[name.known.name].possible.append(name.span)


def _definite(
    groups: Sequence[Group],
    described: list[str],
    whats: Iterable[Described],
    text: str,
    home: str,
) -> list[list[Span]]:
    """Return the definite descriptions that mean each group; unsure ones are noted on it."""
    known_as = Descriptions(groups, described)
    found: list[list[Span]] = [[] for _ in groups]
    place = {id(one): at for at, one in enumerate(groups)}
    for what in whats:
        one, certain = known_as.meant(what, home)
        if one is None:
            continue
        if not certain:
            one.possible.append(what.span)
            continue
        at = place[id(one)]
        found[at].append(what.span)
        if one.kind is EntityKind.OTHER and what.head in BODY_NOUNS:
            one.kind = EntityKind.ORGANISATION
        if not described[at]:
            described[at] = _owned(one, what, text)
    return found


def _introduced(
    named: Named, whats: Iterable[Introduction], groups: Sequence[Group], described: list[str]
) -> list[list[Span]]:
    """Return the words that introduce each group before it is named; they describe it too."""
    found: list[list[Span]] = [[] for _ in groups]
    for what in whats:
        at = named.meant(what)
        if at is None or any(what.span.overlaps(name.span) for one in groups for name in one.names):
            continue
        found[at].append(what.span)
        if not described[at] or is_rank(described[at]):
            described[at] = plain(what.words)
    return found


def _owned(one: Group, what: Described, text: str) -> str:
    """Return "South Korea's spy agency" of "South Korea's X" and, later, "the spy agency"."""
    noun = " ".join((*what.modifiers, what.head))
    for name in one.names:
        before = _OWNER.search(text, max(0, name.span.start - 40), name.span.start)
        if before and country_of(re.sub(r"['’]s?$", "", before[1])):
            return f"{before[1]} {noun}"
    return ""


def _home(dateline: str) -> str:
    """Return the country of the dateline's place, empty when the article has none we know."""
    hit = _DATELINE.match(dateline.strip())
    if not hit:
        return ""
    place = hit[1].strip()
    country = country_of(place) or country_of(place.title())
    return country.name if country else ""


def _entity(
    one: Group, description: str, extra: Sequence[Span], before: Sequence[Span], text: str
) -> Entity:
    """Return the finished entity of a group; words that stand ``before`` its name are no name."""
    called = sorted({*(name.span for name in one.names), *extra})
    spans = sorted({*called, *before})
    name = _name(one)
    forms = [plain(span.of(text)) for span in called]
    aliases = tuple(dict.fromkeys(form for form in (*forms, *sorted(one.acronyms)) if form != name))
    return Entity(
        name, one.kind, aliases, tuple(spans), description, tuple(sorted(set(one.possible)))
    )


def _name(one: Group) -> str:
    """Return the table's name, else the article's fullest, with the acronym it explains."""
    name = one.known.name if one.known else " ".join(one.full)
    shown = sorted(one.acronyms)
    return f"{name} ({shown[0]})" if shown else name
