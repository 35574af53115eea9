"""Names as they stand in one article: runs of capitals, cut into nation, title and name.

It finds mentions and says what each looks like; which of them are the same person or body is
for ``aliases``. The parser's own names are one vote among several: they are weak on news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from summarizer.known import Known, Surface, Use, country_of, match, plain
from summarizer.lexicon import rows, words
from summarizer.model import EntityKind, LineKind, Sentence, Span
from summarizer.parse import Doc, Token

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|(?:al|el|as|ad|an|ar)-(?=[A-Z])\w+(?:-\w+)*"
    r"|[^\W_](?:\w|[-'’&/](?=\w)|\.(?=\w))*\.?|\S"
)
_GENITIVE = re.compile(r"['’]s?$")
_INITIAL = re.compile(r"[^\W\d_]\.$")
_OPENING = frozenset("\"“‘'([—–-:•*;")
_WORTHLESS = frozenset((("The",), ("A",), ("This",), ("Eastern",), ("Central",), ("Western",)))
_ARABIC = re.compile(r"(?:al|el|as|ad|an|ar)-[A-Z]")
_ABBREVIATED = words("name_abbreviations")
_JOINED = frozenset(("of", "for", "on"))
_AND_HEADS = words("joining_heads")
_SUFFIXES = frozenset(("Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"))
LONGEST_HEADLINE = 25
"""In words and marks."""

_HEADLINE_WORDS = frozenset(
    ("the", "and", "for", "but", "nor", "with", "from", "into", "over", "than")
)
_PREMODIFIERS = frozenset(("compound", "amod", "poss", "nmod", "det"))
_ONCE = frozenset(("former", "then", "ex", "late", "acting", "deputy", "outgoing", "incoming"))
_PARTY_SEAT = re.compile(r"[DRI]-[A-Z]")
HEADLINE_SHARE = 0.75
"""Share of long words with capitals from which a sentence is taken for a headline."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence: its offsets, without a genitive, and whether one follows."""

    span: Span
    text: str
    genitive: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a name.

    ``span`` covers the name alone; ``title`` the words before it that say what it is, with the
    nation ("North Korea's Foreign Minister"), None where there are none, ``title_words`` the
    words of office in it, in lower case. ``nation`` is the country that stands before it.
    ``known`` is its line in our tables, ``use`` how it stands for it. ``label`` is the parser's
    kind of it, "" when the parser sees no name.
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

    @property
    def text(self) -> str:
        """The name with straight apostrophes and single spaces."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class _Run:
    """Capitalised words in a row, with what stands before them."""

    words: tuple[Word, ...]
    owner: str = ""
    owner_start: int | None = None
    before: tuple[Word, ...] = ()
    opens: bool = False


def names(doc: Doc, text: str, sentences: Sequence[Sentence]) -> tuple[Name, ...]:
    """Return the mentions of names in order; spans never overlap, except by nation and title."""
    labels = {token.idx: token for token in doc}
    printed = _printed_inside(doc)
    found: list[Name] = []
    for number, sentence in enumerate(sentences):
        if sentence.kind in {LineKind.BYLINE, LineKind.CREDIT, LineKind.OTHER}:
            continue
        found.extend(_in_sentence(text, number, sentence, labels, printed))
    return tuple(found)


def split(text: str, span: Span) -> tuple[Word, ...]:
    """Return the words and marks of ``text[span]``."""
    found = []
    for hit in _TOKEN.finditer(text, span.start, span.end):
        start, end = hit.span()
        word = hit[0]
        if len(word) > 1 and word.endswith(".") and not _dotted(word):
            end -= 1
            word = word[:-1]
        cut = _GENITIVE.search(word) if len(word) > 1 else None
        bare = word[: cut.start()] if cut else word
        found.append(Word(Span(start, start + len(bare)), plain(bare), bool(cut)))
        if end < hit.end():
            found.append(Word(Span(end, hit.end()), "."))
    return tuple(found)


def _dotted(word: str) -> bool:
    """Tell whether the full stop belongs to the word."""
    return (
        word in _ABBREVIATED
        or word in words("not_names")
        or word in _REGIONS
        or bool(_INITIAL.match(word))
        or word.count(".") > 1
    )


def _printed_inside(doc: Doc) -> frozenset[str]:
    """Return the words that have a capital inside a sentence too, so that it is their own."""
    inside = (token for token in doc if token.i and token.text[:1].isupper())
    return frozenset(
        token.text
        for token in inside
        if not token.is_sent_start and token.nbor(-1).text not in _OPENING and token.is_alpha
    )


def _in_sentence(
    text: str,
    number: int,
    sentence: Sentence,
    labels: dict[int, Token],
    printed: frozenset[str],
) -> Iterator[Name]:
    tokens = split(text, sentence.span)
    headline = sentence.kind is LineKind.TITLE or _is_headline(tokens)
    for run in _runs(tokens, text, labels, frozenset() if headline else printed, headline=headline):
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


def _is_headline(tokens: Sequence[Word]) -> bool:
    """Tell whether most long words have capitals, so that a capital tells nothing."""
    plain_words = [token.text for token in tokens if len(token.text) > 2 and token.text.isalpha()]
    low = [word for word in plain_words if not word[0].isupper()]
    if len(plain_words) - len(low) < 5 or len(tokens) > LONGEST_HEADLINE:
        return False
    if not low or all(word in _HEADLINE_WORDS for word in low):
        return True
    ended = tokens[-1].text in {".", '"', "”"}
    return not ended and len(low) < (1 - HEADLINE_SHARE) * len(plain_words)


def _runs(
    tokens: Sequence[Word],
    text: str,
    labels: dict[int, Token],
    printed: frozenset[str],
    *,
    headline: bool,
) -> Iterator[_Run]:
    """Yield the runs of capitalised words of one sentence."""
    at = 0
    owner, owner_end, owner_start = "", -1, 0
    while at < len(tokens):
        if not _capital(tokens[at].text):
            at += 1
            continue
        end = _run_end(tokens, at, text, labels)
        first = at
        if not headline and _opens(tokens, at):
            while first < end and _ordinary(tokens, first, end, labels, printed):
                first += 1
        if end - first == 1 and _is_small(tokens[first]):
            first = end
        if end - first > 1 and tokens[first].text == "The" and not match(_texts(tokens[first:end])):
            first += 1
        if first < end:
            first += _stray(tokens[first:end])
            owned = owner if first and owner_end == first - 1 else ""
            office = _office_before(tokens, first, labels)
            start = owner_start if owned else None
            yield _Run(tuple(tokens[first:end]), owned, start, office, _opens(tokens, first))
            if tokens[end - 1].genitive:
                nation = _nation_at_end(tokens[first:end])
                owner, owner_end, owner_start = nation, end - 1, tokens[first].span.start
        at = max(end, at + 1)


def _is_small(word: Word) -> bool:
    return word.text.lower() in words("stopwords") and not word.text.isupper()


def _texts(tokens: Sequence[Word]) -> list[str]:
    return [token.text for token in tokens]


def _stray(run: Sequence[Word]) -> int:
    """Return 1 when a word with a capital stands before a person's full name, else 0."""
    if len(run) < 3 or run[0].text in GIVEN_NAMES or run[1].text not in GIVEN_NAMES:
        return 0
    known = run[0].text.lower() in TITLES or match(_texts(run)) or run[0].text.endswith(".")
    bodies = any(word.text in ORGANISATION_WORDS for word in run)
    return 0 if known or bodies or run[0].text in FAMILY_NAMES_FIRST else 1


def _office_before(
    tokens: Sequence[Word], first: int, labels: dict[int, Token]
) -> tuple[Word, ...]:
    """Return the words of office in lower case before a name: "the company's chief executive"."""
    at = first
    if at and tokens[at - 1].text in _ONCE:
        return tuple(tokens[at - 1 : at])
    if not at or tokens[at - 1].text not in TITLES or tokens[at - 1].genitive:
        return ()
    noun = labels.get(tokens[at - 1].span.start)
    if noun is None or noun.pos_ not in {"NOUN", "PROPN", "ADJ"} or not noun.text[0].islower():
        return ()
    at -= 1
    while at and _belongs(tokens[at - 1], labels):
        at -= 1
    return tuple(tokens[at:first])


def _belongs(word: Word, labels: dict[int, Token]) -> bool:
    """Tell whether the word is part of the noun phrase that goes on after it."""
    token = labels.get(word.span.start)
    return (
        token is not None
        and token.dep_ in _PREMODIFIERS
        and token.lower_ not in words("time_words")
    )


def _nation_among(run: Sequence[Word]) -> str:
    """Return the country that stands among words of office, empty where none does."""
    texts = _texts(run)
    surfaces = (match(texts, at) for at in range(len(texts)))
    return next((known.name for _, known, _ in filter(None, surfaces) if known.nation), "")


def _nation_at_end(run: Sequence[Word]) -> str:
    country = country_of(" ".join(word.text for word in run))
    return country.name if country else ""


def _capital(word: str) -> bool:
    """Tell whether a word can be part of a name by its first letter."""
    if _ARABIC.match(word):
        return True
    return word[0].isupper() and word not in words("not_names")


def _opens(tokens: Sequence[Word], at: int) -> bool:
    """Tell whether the word stands where any word has a capital."""
    return at == 0 or tokens[at - 1].text in _OPENING


def _ordinary(
    tokens: Sequence[Word],
    at: int,
    end: int,
    labels: dict[int, Token],
    printed: frozenset[str],
) -> bool:
    """Tell whether a word that opens a sentence is no part of a name."""
    word = tokens[at].text
    if match([token.text for token in tokens[at:end]]):
        return False
    if word.lower() in words("stopwords") or word in words("sentence_starters"):
        return True
    if word.lower() in TITLES or (word.isupper() and len(word) > 1):
        return end == at + 1 and not word.isupper()
    if word in printed or (end == at + 2 and tokens[at + 1].text in ORGANISATION_WORDS):
        return False
    token = labels.get(tokens[at].span.start)
    if token is None or token.pos_ == "PROPN":
        return False
    return word not in GIVEN_NAMES or end == at + 1


def _run_end(tokens: Sequence[Word], at: int, text: str, labels: dict[int, Token]) -> int:
    """Return the index after the last word of the run that begins at ``at``."""
    end = at + 1
    heads = tokens[at].text in ORGANISATION_WORDS
    joined = False
    while end < len(tokens) and not tokens[end - 1].genitive:
        if not _adjacent(tokens[end - 1], tokens[end], text):
            break
        word = tokens[end].text
        step = 1
        token = labels.get(tokens[end].span.start)
        if token is not None and token.tag_ in {"VBZ", "VBD"}:
            break
        if not _capital(word):
            step = _connection(tokens, at, end, heads=heads, joined=joined)
            joined = joined or (step > 0 and word in _JOINED)
        if not step:
            break
        end += step
        heads = heads or tokens[end - 1].text in ORGANISATION_WORDS
    return end


def _adjacent(left: Word, right: Word, text: str) -> bool:
    between = text[left.span.end : right.span.start]
    return between.isspace() and "\n" not in between


def _connection(tokens: Sequence[Word], at: int, end: int, *, heads: bool, joined: bool) -> int:
    """Return how many words a small word inside a name brings with it, 0 when the name ends."""
    word = tokens[end].text
    rest = tokens[end + 1 : end + 3]
    if not rest or tokens[end].genitive:
        return 0
    if word == "&" or word in words("particles"):
        return 2 if _capital(rest[0].text) else 0
    if word == "and" and joined and any(t.text in _AND_HEADS for t in tokens[at:end]):
        acronym = rest[0].text.isupper()
        return 2 if _capital(rest[0].text) and not acronym and not match([rest[0].text]) else 0
    previous = tokens[end - 1].text
    if word in _JOINED and (heads or previous.lower() in {"secretary", "director"}):
        if _capital(rest[0].text):
            return 2
        if rest[0].text == "the" and len(rest) == 2 and _capital(rest[1].text):
            return 3
    return 0


def _cut(run: _Run, number: int, labels: dict[int, Token], text: str) -> Iterator[Name]:
    """Cut a run into the nation, the titles and the names that it holds."""
    tokens = _texts(run.words)
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
        yield from _cut(
            _Run(run.words[size:], owner, run.words[0].span.start), number, labels, text
        )
        return
    nation = run.owner or (lead[1].name if lead and lead[1].nation else "")
    name = _named(run.words, number, None, nation, labels)
    if (
        run.before
        and run.before[-1].text in TITLES
        and not any(word in ORGANISATION_WORDS for word in tokens)
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
    tokens = _texts(run)
    while at < len(tokens):
        surface = match(tokens, at)
        size = len(surface[0]) if surface else 1
        if surface:
            yield _table_name(run[at : at + size], surface, number, "")
        at += size


def _titled(run: _Run, at: int, number: int, labels: dict[int, Token]) -> Iterator[Name]:
    """Yield what a run with a title before its name holds."""
    lead = run.words[:at]
    nations = tuple(_nations(lead, number))
    yield from nations
    owner = run.owner or next((n.known.name for n in nations if n.known and n.known.nation), "")
    begin = run.owner_start if run.owner_start is not None else lead[0].span.start
    if run.before:
        begin = run.before[0].span.start
    title = Span(begin, lead[-1].span.end)
    name = _named(run.words[at:], number, title, owner, labels)
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
    person = rest[0] in GIVEN_NAMES or (token is not None and token.ent_type_ == "PERSON")
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
        if all(_is_role_word(word) for word in rest) or rest[0] in {"of", "for", "and", "&"}:
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


_WHERE = frozenset(("in", "near", "outside", "across", "throughout"))
_REGIONS = frozenset(row[0] for row in rows("regions") if row[0].endswith("."))
TITLES = frozenset(row[0] for row in rows("titles"))
EXTENSIONS = tuple(tuple(row[0].split()) for row in rows("title_extensions"))
ORGANISATION_WORDS = frozenset(row[0] for row in rows("organisation_words"))
GIVEN_NAMES = {row[0]: row[1] for row in rows("given_names")}
FAMILY_NAMES_FIRST = words("family_names_first")
ROLE_MODIFIERS = words("office_words")


def person_words(kind: EntityKind | None, name: Sequence[str]) -> tuple[str, ...]:
    """Return a person's name without "Jr." and the like."""
    if kind is not EntityKind.PERSON:
        return tuple(name)
    return tuple(word for word in name if word not in _SUFFIXES)
