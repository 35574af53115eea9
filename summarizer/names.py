"""Names as they stand in one article: runs of capitals, cut into nation, title and name.

It finds mentions and says what each looks like; which of them are the same person or body is
for ``aliases``. Where the parse has kinds of names, they are one vote among several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from summarizer.known import Known, Surface, Use, country_of, match
from summarizer.lexicon import rows, words
from summarizer.model import EntityKind, LineKind, Sentence, Span
from summarizer.name_words import (
    GIVEN_NAMES,
    INITIALS,
    ORGANISATION_WORDS,
    TITLES,
    is_title,
)
from summarizer.parse import Doc, Token
from summarizer.runs import Run, is_headline, printed_inside, runs, stray
from summarizer.tokens import Word, split, texts

_WORTHLESS = frozenset((("The",), ("A",), ("This",), ("Eastern",), ("Central",), ("Western",)))
_SUFFIXES = frozenset(("Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"))
_PARTY_SEAT = re.compile(r"[DRI]-[A-Z]")
_WHERE = frozenset(("in", "near", "outside", "across", "throughout"))
EXTENSIONS = tuple(tuple(row[0].split()) for row in rows("title_extensions"))
ROLE_MODIFIERS = words("office_words")


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a name.

    ``span`` covers the name alone; ``title`` the words before it that say what it is, with the
    nation ("North Korea's Foreign Minister"), None where there are none, ``title_words`` the
    words of office in it, in lower case. ``nation`` is the country that stands before it.
    ``known`` is its line in our tables, ``use`` how it stands for it. ``label`` is the parser's
    kind of it, "" when the parser sees no name. ``quoted`` tells that it stands in somebody's
    words.
    """

    span: Span
    words: tuple[str, ...]
    sentence: int
    title: Span | None = None
    title_words: tuple[str, ...] = ()
    nation: str = ""
    known: Known | None = None
    use: Use = Use.NAME
    label: str = ""
    headline: bool = False
    opens: bool = False
    quoted: bool = False

    @property
    def text(self) -> str:
        """The name with straight apostrophes and single spaces."""
        return " ".join(self.words)


def names(doc: Doc, text: str, sentences: Sequence[Sentence]) -> tuple[Name, ...]:
    """Return the mentions of names in order; spans never overlap, except by nation and title."""
    labels = {token.idx: token for token in doc}
    printed = printed_inside(doc)
    found: list[Name] = []
    for number, sentence in enumerate(sentences):
        if sentence.kind in {LineKind.BYLINE, LineKind.CREDIT, LineKind.OTHER}:
            continue
        found.extend(_in_sentence(text, number, sentence, labels, printed))
    return tuple(found)


def _in_sentence(
    text: str,
    number: int,
    sentence: Sentence,
    labels: dict[int, Token],
    printed: frozenset[str],
) -> Iterator[Name]:
    tokens = split(text, sentence.span)
    headline = sentence.kind is LineKind.TITLE or is_headline(tokens)
    for run in runs(tokens, text, labels, frozenset() if headline else printed, headline=headline):
        for found in _cut(run, number, labels, text):
            if found.words in _WORTHLESS or _PARTY_SEAT.match(found.text):
                continue
            name = replace(_lowered(found, text), opens=run.opens)
            yield name if not headline else _as_headline(name)


def _lowered(name: Name, text: str) -> Name:
    """Return a dateline's place or a transcript's speaker in capitals as they are else printed."""
    if name.known or not name.text.isupper() or len(name.text) < 4:
        return name
    after = text[name.span.end : name.span.end + 3]
    as_printed = tuple(word.title() for word in name.words)
    if after.startswith(":"):
        return replace(name, words=as_printed, label="PERSON")
    if text[max(0, name.span.start - 4) : name.span.start].rstrip(" ")[-1:] not in {"", "\n"}:
        return name
    if re.match(r",\s|\s\(|\s?[—–-]", after):
        return replace(name, words=as_printed, label="GPE")
    return name


def _as_headline(name: Name) -> Name:
    """Return the name without what its capitals would tell in a sentence."""
    return replace(name, title=None, title_words=(), label="", headline=True)


def _nation_among(run: Sequence[Word]) -> str:
    """Return the country that stands among words of office, empty where none does."""
    tokens = texts(run)
    surfaces = (match(tokens, at) for at in range(len(tokens)))
    return next((known.name for _, known, _ in filter(None, surfaces) if known.nation), "")


def _cut(run: Run, number: int, labels: dict[int, Token], text: str) -> Iterator[Name]:
    """Cut a run into the nation, the titles and the names that it holds."""
    tokens = texts(run.words)
    whole = match(tokens) or _undotted(tokens)
    if whole and len(whole[0]) == len(tokens):
        yield _table_name(run.words, whole, number, run.owner)
        return
    split_at = _title_end(tokens)
    if split_at:
        yield from _titled(run, split_at, number, labels)
        return
    if all(_is_role_word(token) for token in tokens):
        yield from _nations(run.words, number)
        return
    lead = match(tokens)
    if lead and _splits(lead, tokens, run.words, labels):
        size = len(lead[0])
        yield _table_name(run.words[:size], lead, number, run.owner)
        owner = lead[1].name if lead[1].nation else run.owner
        yield from _cut(Run(run.words[size:], owner, run.words[0].span.start), number, labels, text)
        return
    nation = run.owner or (lead[1].name if lead and lead[1].nation else "")
    name = _named(run.words, number, None, nation, labels)
    if (
        run.before
        and is_title(run.before[-1].text)
        and not any(word in ORGANISATION_WORDS or word == "&" for word in tokens)
    ):
        office = Span(run.before[0].span.start, run.before[-1].span.end)
        owner = _nation_among(run.before) or nation
        words_of_office = tuple(word.text.lower() for word in run.before)
        name = replace(name, title=office, title_words=words_of_office, nation=owner)
    yield name


def _undotted(tokens: Sequence[str]) -> Surface | None:
    """Return the table's entry for "I.R.S."."""
    if len(tokens) != 1 or tokens[0].count(".") < 3:
        return None
    return match([tokens[0].replace(".", "")])


def _nations(run: Sequence[Word], number: int) -> Iterator[Name]:
    """Yield the nations and known bodies inside words of office: "U.S. President"."""
    at = 0
    tokens = texts(run)
    while at < len(tokens):
        surface = match(tokens, at)
        size = len(surface[0]) if surface else 1
        if surface:
            yield _table_name(run[at : at + size], surface, number, "")
        at += size


def _titled(run: Run, at: int, number: int, labels: dict[int, Token]) -> Iterator[Name]:
    """Yield what a run with a title before its name holds."""
    lead = run.words[:at]
    nations = tuple(_nations(lead, number))
    yield from nations
    owner = run.owner or next((n.known.name for n in nations if n.known and n.known.nation), "")
    begin = run.owner_start if run.owner_start is not None else lead[0].span.start
    if run.before:
        begin = run.before[0].span.start
    title = Span(begin, lead[-1].span.end)
    bare = run.words[at:]
    name = _named(bare[stray(bare) :], number, title, owner, labels)
    yield replace(name, title_words=tuple(word.text.lower() for word in (*run.before, *lead)))


def _splits(
    lead: tuple[tuple[str, ...], Known, Use],
    tokens: Sequence[str],
    run: Sequence[Word],
    labels: dict[int, Token],
) -> bool:
    """Tell whether a nation (or known body) before more capitals is a name of its own."""
    size = len(lead[0])
    rest = tokens[size:]
    if not lead[1].nation:
        return size > 1 or rest[0].lower() in TITLES
    if tokens[0] in GIVEN_NAMES and size == 1 and len(tokens) == 2:
        return False
    if len(rest) == 1 and (rest[0] in ORGANISATION_WORDS or lead[2] is Use.NAME):
        return False
    if any(word in ORGANISATION_WORDS for word in rest):
        return False
    token = labels.get(run[size].span.start)
    person = (
        rest[0] in GIVEN_NAMES
        or bool(INITIALS.match(rest[0]))
        or (token is not None and token.ent_type_ == "PERSON")
    )
    return person or bool(match(rest))


def _title_end(tokens: Sequence[str]) -> int:
    """Return the index of the first word of a name after its title, 0 when there is no title."""
    for at in range(len(tokens) - 2, -1, -1):
        if tokens[at].lower() not in TITLES:
            continue
        begin = at + 1 + _extension(tokens, at + 1)
        rest = tokens[begin:]
        if not rest or any(word in ORGANISATION_WORDS for word in rest):
            continue
        if all(_is_role_word(word) for word in rest) or rest[0] in {"of", "for", "and", "&", "on"}:
            continue
        if match(rest) and tokens[at].lower() not in {"king", "queen", "president"}:
            continue
        return begin
    return 0


def _extension(tokens: Sequence[str], at: int) -> int:
    """Return how many words after a title belong to it: "of State" is two."""
    for entry in EXTENSIONS:
        if tuple(tokens[at : at + len(entry)]) == entry:
            return len(entry)
    if tokens[at : at + 1] in (["for"], ["of"]):
        return next((n for n in range(2, len(tokens) - at - 1) if tokens[at + n] in GIVEN_NAMES), 0)
    return 0


def _is_role_word(word: str) -> bool:
    return word.lower() in TITLES or word.lower() in ROLE_MODIFIERS or bool(country_of(word))


def _table_name(
    run: Sequence[Word], surface: tuple[tuple[str, ...], Known, Use], number: int, owner: str
) -> Name:
    span = Span(run[0].span.start, run[-1].span.end)
    parts, known, use = surface
    return Name(span, parts, number, nation=owner or known.country, known=known, use=use)


def _named(
    run: Sequence[Word], number: int, title: Span | None, nation: str, labels: dict[int, Token]
) -> Name:
    span = Span(run[0].span.start, run[-1].span.end)
    tokens = tuple(word.text for word in run)
    return Name(span, tokens, number, title, nation=nation, label=_label(run, labels))


def _label(run: Sequence[Word], labels: dict[int, Token]) -> str:
    """Return the parser's kind of a name, else what its part in the sentence speaks for."""
    first, last = (labels.get(run[at].span.start) for at in (0, -1))
    if first is None or last is None:
        return ""
    if len(run) == 1 and first.pos_ == "ADJ" and first.dep_ == "amod":
        return "NORP"
    seen = [labels[word.span.start].ent_type_ for word in run if word.span.start in labels]
    if any(seen):
        return str(next(kind for kind in reversed(seen) if kind))
    before = first.nbor(-1).lower_ if first.i else ""
    if before in _WHERE:
        return "GPE"
    if before == "the":
        return "ORG" if len(run) > 1 or run[0].text.isupper() else ""
    speaks = last.dep_ == "nsubj" and last.head.lemma_ in words("speech_lemmas")
    return "PERSON" if speaks and len(run) <= 3 and not run[0].text.isupper() else ""


def person_words(kind: EntityKind | None, name: Sequence[str]) -> tuple[str, ...]:
    """Return a person's name without "Jr." and the like."""
    if kind is not EntityKind.PERSON:
        return tuple(name)
    return tuple(word for word in name if word not in _SUFFIXES)
