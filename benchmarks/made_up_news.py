"""News without meaning but with the shape of news, in any amount, for what takes time.

Words follow Zipf's law over 40,000 made-up ones, mixed with the commonest English words; names
follow it too (150,000 people, 30,000 bodies, 3,000 places), so that a few are everywhere and most
are rare. Articles come in stories of one to forty (few are long) that share words and names.
Four sentences in ten are claims, with sources, cues and chains as an analysis has them. The
same seed makes the same news.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from summarizer.model import (
    ANALYSIS_VERSION,
    Analysis,
    Article,
    Attribution,
    Claim,
    Entity,
    EntityKind,
    Quotation,
    Sentence,
    Source,
    SourceKind,
    Span,
    Stance,
    Story,
)

PER_ARTICLE = 20
START = datetime(2025, 1, 1, tzinfo=UTC)
DAYS = 365
WORDS, PEOPLE, BODIES, PLACES, OUTLETS = 40_000, 150_000, 30_000, 3_000, 60
COMMON = (  # noqa: SIM905 - the commonest English words in their order: a column would hide it
    "the of and to in a that is was for on with as by at from it be are has an have not were "
    "their will its this been which had but or more after also than one who about up out two "
    "over would new first when year last could into three against other some before under"
).split()
CUES = (
    ("said", Stance.SAYS, 12),
    ("told reporters", Stance.SAYS, 3),
    ("confirmed", Stance.CONFIRMS, 2),
    ("denied", Stance.DENIES, 1),
    ("alleged", Stance.ALLEGES, 1),
    ("warned", Stance.WARNS, 1),
)
SYLLABLES = [
    consonant + vowel
    for consonant in ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "ch")
    for vowel in "aeiou"
]
BODY_KINDS = ("Ministry", "Agency", "Council", "Bank", "Union", "Police", "Institute", "Party")
ROLES = ("minister", "spokesman", "governor", "analyst", "chief executive", "researcher")


@dataclass(frozen=True)
class Named:
    name: str
    kind: EntityKind
    role: str = ""

    @property
    def short(self) -> str:
        return self.name.split()[-1] if self.kind is EntityKind.PERSON else self.name


class Zipf:
    """Draws numbers below ``size`` by Zipf's law, many at once."""

    def __init__(self, size: int, seed: int) -> None:
        weights = 1 / np.arange(2, size + 2)
        self._sums = np.cumsum(weights / weights.sum())
        self._numbers = np.random.default_rng(seed)
        self._drawn: Iterator[int] = iter(())

    def __call__(self) -> int:
        pick = next(self._drawn, None)
        if pick is None:
            drawn = np.searchsorted(self._sums, self._numbers.random(100_000))
            self._drawn = iter(np.minimum(drawn, len(self._sums) - 1).tolist())
            pick = next(self._drawn)
        return pick


class World:
    """The words and names that all news is made from; ``seed`` picks the news, not the world."""

    def __init__(self, seed: int) -> None:
        world = random.Random(1)
        self.words = [_word(world, 2, 4) for _ in range(WORDS)]
        first = [_word(world, 2, 3).title() for _ in range(700)]
        self.places = [Named(_word(world, 2, 3).title(), EntityKind.PLACE) for _ in range(PLACES)]
        self.people = [
            Named(
                f"{world.choice(first)} {_word(world, 2, 4).title()}",
                EntityKind.PERSON,
                world.choice(ROLES),
            )
            for _ in range(PEOPLE)
        ]
        self.bodies = [
            Named(
                f"{world.choice(self.places).name} {_word(world, 2, 3).title()} "
                f"{world.choice(BODY_KINDS)}",
                EntityKind.ORGANISATION,
            )
            for _ in range(BODIES)
        ]
        self.outlets = [f"The {_word(world, 2, 3).title()} Post" for _ in range(OUTLETS)]
        self.chance = random.Random(seed)
        self.word, self.common = Zipf(WORDS, seed), Zipf(len(COMMON), seed + 1)
        self.person, self.body = Zipf(PEOPLE, seed + 2), Zipf(BODIES, seed + 3)
        self.place = Zipf(PLACES, seed + 4)


def stories(seed: int, name: str) -> Iterator[tuple[Story, list[tuple[Article, Analysis]]]]:
    """Yield stories without end, each with its articles, oldest first, and their analyses."""
    world = World(seed)
    number = 0
    while True:
        chance = world.chance
        began = START + timedelta(days=chance.uniform(0, DAYS))
        topic = [world.words[chance.randrange(WORDS)] for _ in range(12)]
        topic += [world.words[world.word()] for _ in range(20)]
        names = [world.people[world.person()] for _ in range(5)]
        names += [world.bodies[world.body()] for _ in range(3)]
        names += [world.places[world.place()] for _ in range(2)]
        size = min(40, int(chance.paretovariate(1.1)))
        hours = sorted(chance.expovariate(1 / 24) for _ in range(size))
        told = []
        for place, hour in enumerate(hours):
            moment = began + timedelta(hours=hour)
            told.append(_article(world, f"{name}{number}-{place}", topic, names, moment))
        ids = tuple(article.id for article, _ in told)
        moments = [article.published for article, _ in told]
        yield Story(f"{name}{number}", told[0][0].title, ids, moments[0], moments[-1]), told
        number += 1


def _word(chance: random.Random, least: int, most: int) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(least, most)))


def _article(
    world: World, name: str, topic: list[str], names: list[Named], moment: datetime
) -> tuple[Article, Analysis]:
    chance = world.chance
    text, sentences, claims = "", [], []
    mentions: dict[int, list[Span]] = {}
    for number in range(PER_ARTICLE):
        if number:
            text += "\n\n" if number % 3 == 0 else " "
        start = len(text)
        told = chance.sample(range(len(names)), 2)
        words = _words(world, topic)
        spot = chance.randrange(1, len(words))
        before = " ".join(words[:spot])
        first = before[:1].upper() + before[1:] + " "
        text += first
        _mention(mentions, told[0], names, text)
        text += f"{names[told[0]].short} {' '.join(words[spot:])}"
        if chance.random() < 0.4:
            content = Span(start, len(text))
            cue, stance, _ = chance.choices(CUES, [weight for *_, weight in CUES])[0]
            text += ", "
            speaker = names[told[1]]
            said = speaker.name if number < 8 else speaker.short
            source = Span(len(text), len(text) + len(said))
            mentions.setdefault(told[1], []).append(source)
            text += f"{said} "
            cued = Span(len(text), len(text) + len(cue))
            text += cue
            kind = SourceKind.PERSON if speaker.role else SourceKind.ORGANISATION
            who = Source((source,), speaker.name, kind, speaker.role, told[1])
            outer = Source((), chance.choice(world.outlets), SourceKind.OUTLET)
            chain = (outer, who) if chance.random() < 0.1 else (who,)
            attribution = Attribution((cued,), stance, Quotation.INDIRECT, who, chain)
            claims.append(Claim((content,), attribution, number))
        text += "."
        sentences.append(Sentence(Span(start, len(text)), number // 3))
    order = sorted(mentions)
    entities = tuple(_entity(names[one], mentions[one]) for one in order)
    placed = tuple(_placed(claim, order) for claim in claims)
    title = " ".join(text.split()[:9])
    url = f"https://{name}.example/news"
    outlet = chance.choice(world.outlets)
    article = Article(name, text, title, outlet, url, moment, zone="UTC")
    return article, Analysis(ANALYSIS_VERSION, tuple(sentences), entities, placed)


def _words(world: World, topic: list[str]) -> list[str]:
    chance, drawn = world.chance, []
    for _ in range(chance.randint(9, 26)):
        pick = chance.random()
        if pick < 0.45:
            drawn.append(COMMON[world.common()])
        elif pick < 0.75:
            drawn.append(world.words[world.word()])
        elif pick < 0.97:
            drawn.append(chance.choice(topic))
        else:
            drawn.append(f"{chance.randint(2, 90_000):,}")
    return drawn


def _mention(mentions: dict[int, list[Span]], who: int, names: list[Named], text: str) -> None:
    span = Span(len(text), len(text) + len(names[who].short))
    mentions.setdefault(who, []).append(span)


def _entity(named: Named, mentions: list[Span]) -> Entity:
    aliases = (named.short,) if named.short != named.name else ()
    return Entity(named.name, named.kind, aliases, tuple(mentions), named.role)


def _placed(claim: Claim, order: list[int]) -> Claim:
    """Return a claim whose sources point at the article's entities, not at the story's names."""
    source = claim.attribution.source
    assert source is not None
    assert source.entity is not None
    moved = replace(source, entity=order.index(source.entity))
    chain = (*claim.attribution.chain[:-1], moved)
    return replace(claim, attribution=replace(claim.attribution, source=moved, chain=chain))
