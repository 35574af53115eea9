"""Which entity a source's words mean: the noun that speaks, or a name that stands beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.descriptions import PERSON_NOUNS, head_noun
from summarizer.known import country_of
from summarizer.model import EntityKind, Span
from summarizer.name_words import TITLES
from summarizer.parse import Token
from summarizer.scene import Scene

Inside = Sequence[tuple[int, Span]]
"""The entities named in a source's words, by their index, with the mention of each, in order."""

_APPOSED = re.compile(r",?\s(?:(?:Mr|Mrs|Ms|Dr)\.?\s)?")
_LAST = re.compile(r"(?<![^\W\d_])([^\W\d_]+\.?) $")
_ENDING = re.compile(r"[,;()]|\b(?:and|or|of|for|who)\b")
_ENDED = re.compile(r",|\s\(|\s(?:this|last|on)\s|\s--")


def entity_meant(head: Token, inside: Inside, span: Span, scene: Scene) -> int | None:
    """Return the entity that the noun that speaks names, not one beside it; ``span`` holds it."""
    covering = [at for at, mention in inside if mention.start <= head.idx < mention.end]
    if not covering:
        beside = (_beside(head, one, inside, span, scene) for one in inside)
        return next((at for at in beside if at is not None), None)
    if _is_some(head) or (country_of(head.text) and head.dep_ in {"amod", "compound", "poss"}):
        return None
    return covering[-1]


def _is_some(head: Token) -> bool:
    """Tell whether a word with a capital means people: "Tunisians", "the German", "Friends"."""
    country = country_of(head.text)
    one = country is not None and country.name != head.text and head.text.endswith("an")
    if one and head.i and head.nbor(-1).lower_ == "the":
        return True
    if head.tag_ not in {"NNPS", "NNS"}:
        return False
    return bool(country_of(head.text.removesuffix("s"))) or (
        head.is_sent_start and head.lower_.removesuffix("s") in PERSON_NOUNS
    )


def _beside(
    head: Token, one: tuple[int, Span], inside: Inside, span: Span, scene: Scene
) -> int | None:
    """Return the entity where its mention is put beside the noun: "the minister, Jane Roe"."""
    text = scene.text
    at, mention = one
    behind = mention.start > head.idx
    if behind and _APPOSED.fullmatch(text, head.idx + len(head), mention.start):
        return _whose_office(at, mention, inside, scene)
    if mention.start == span.start and _ENDED.match(text, mention.end, span.end):
        return at
    if mention.end != span.end:
        return None
    if _is_titled(at, Span(span.start, mention.start), scene):
        return at
    before = _untitled(text[head.idx + len(head) : mention.start]) if behind else ""
    place = scene.entities[at].kind is EntityKind.PLACE  # "the mayor of Ede, Kessary"
    put = before.endswith((", ", "— ", "- ")) and not place and not _of_another(before)
    return at if put else None


def _whose_office(at: int, mention: Span, inside: Inside, scene: Scene) -> int:
    """Return who is meant by a name that may only begin an office: "the cyclist, MIT student X"."""
    for other, later in inside:
        between = scene.text[mention.end : later.start]
        person = scene.entities[other].kind is EntityKind.PERSON
        if between.strip() and person and not _ENDING.search(between):
            return other
    return at


def _is_titled(at: int, before: Span, scene: Scene) -> bool:
    """Tell whether all that stands before a name is what the article says that it is."""
    described = scene.entities[at].description
    words = " ".join(before.of(scene.text).split())
    owned = words.endswith((f"'s {described}", f"’s {described}"))
    return bool(described) and (words == described or owned)


def _of_another(words: str) -> bool:
    """Tell whether words end with the office of another: "(a spokesman) for its chairman, X"."""
    _, put, office = words.rstrip(" ,—-").rpartition(" for ")
    return bool(put) and head_noun(office) in PERSON_NOUNS


def _untitled(before: str) -> str:
    """Return what stands before a name without its titles: "its spokesman, General "."""
    while (word := _LAST.search(before)) and word[1].lower() in TITLES:
        before = before[: word.start()]
    return before
