"""Origins: what "independent" means when carriers of a claim are counted.

Carriers are folded into one origin when one is a copy of the other, when their outlets have one
owner, or when they name the same source. An outlet of which nothing is known never makes an
origin of its own beside a known one: it corroborates only itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from summarizer.known import lookup
from summarizer.model import Article, Claim, SourceKind
from summarizer.similarity import Shingles, containment, shingles

COPIED = 0.5
"""The share of an article's five-word runs that stand in another when it is wire copy of it."""

_SENTENCE_COPIED = 0.8
_SENTENCE_RUNS = 8
UNKNOWN = "outlets of unknown ownership"
UNNAMED = "unnamed sources"


@dataclass(frozen=True, slots=True)
class Carriage:
    """What folding looks at: an article, the sentence that carries the claim, and its claim."""

    article: Article
    sentence: str
    claim: Claim | None


def publisher(outlet: str, owners: Mapping[str, str]) -> str:
    """Return who owns an outlet, else the outlet if it is known, else "".

    ``owners`` maps outlets to owners, from the user's own config; it goes before our table.
    """
    if outlet in owners:
        return owners[outlet] or outlet
    known = lookup(outlet)
    return "" if known is None else known.owner or known.name


def state_media(outlet: str) -> bool:
    """Tell whether our table marks an outlet as run and directed by a state."""
    known = lookup(outlet)
    return known is not None and known.state


def fold(carriages: Sequence[Carriage], owners: Mapping[str, str]) -> tuple[str, ...]:
    """Return the name of each carriage's origin; equal names mean one origin."""
    parent = list(range(len(carriages)))

    def root(at: int) -> int:
        while parent[at] != at:
            at = parent[at]
        return at

    keys = [_keys(carriage, owners) for carriage in carriages]
    copies = _Copies(carriages)
    for later in range(len(carriages)):
        for earlier in range(later):
            if keys[later] & keys[earlier] or copies.copied(earlier, later):
                one, other = sorted((root(earlier), root(later)))
                parent[other] = one
    roots = [root(at) for at in range(len(carriages))]
    known = [at for at in roots if _any_known(at, roots, carriages, owners)]
    base = known[0] if known else 0
    merged = [at if at in known else base for at in roots]
    return tuple(_label(at, merged, carriages, owners) for at in merged)


def cited(claim: Claim | None) -> str:
    """Return the source that a claim rests on, in lower case; "" for the outlet's own voice."""
    source = claim.attribution.source if claim else None
    if source is None or source.kind is SourceKind.OWN_VOICE:
        return ""
    if source.kind is SourceKind.UNNAMED:
        return UNNAMED
    return source.name.casefold().removeprefix("the ").strip()


class _Copies:
    """Which carriages are copies of one another: the whole article, or the sentence.

    Their runs of words are read only when two are compared: most claims have one carriage.
    """

    def __init__(self, carriages: Sequence[Carriage]) -> None:
        self._carriages = carriages

    @cached_property
    def _articles(self) -> list[Shingles]:
        return [shingles(carriage.article.text) for carriage in self._carriages]

    @cached_property
    def _sentences(self) -> list[Shingles]:
        return [shingles(carriage.sentence) for carriage in self._carriages]

    def copied(self, one: int, other: int) -> bool:
        texts = self._articles[one], self._articles[other]
        if max(containment(*texts), containment(*reversed(texts))) >= COPIED:
            return True
        short, long = sorted((self._sentences[one], self._sentences[other]), key=len)
        return len(short) >= _SENTENCE_RUNS and containment(short, long) >= _SENTENCE_COPIED


def _keys(carriage: Carriage, owners: Mapping[str, str]) -> set[str]:
    """Return what makes two carriages one origin when they share it."""
    owner = publisher(carriage.article.outlet, owners)
    found = {f"source {cited(carriage.claim)}"} if cited(carriage.claim) else set()
    found.add(f"outlet {carriage.article.outlet.casefold()}")
    if owner:
        found.add(f"publisher {owner.casefold()}")
    agency = lookup(carriage.article.byline.strip())
    if agency is not None and agency.outlet:
        found.add(f"publisher {(agency.owner or agency.name).casefold()}")
    return found


def _any_known(
    at: int, roots: Sequence[int], carriages: Sequence[Carriage], owners: Mapping[str, str]
) -> bool:
    """Tell whether an origin has an outlet of which the publisher is known."""
    return any(
        publisher(carriage.article.outlet, owners)
        for root, carriage in zip(roots, carriages, strict=True)
        if root == at
    )


def _label(
    at: int, roots: Sequence[int], carriages: Sequence[Carriage], owners: Mapping[str, str]
) -> str:
    """Name an origin: by the source that all its carriages cite, else by its first publisher."""
    members = [c for root, c in zip(roots, carriages, strict=True) if root == at]
    sources = {cited(member.claim) for member in members}
    first = members[0].claim
    if len(sources) == 1 and first is not None and first.attribution.source is not None:
        return first.attribution.source.name
    owner = publisher(members[0].article.outlet, owners)
    return owner or members[0].article.outlet or UNKNOWN
