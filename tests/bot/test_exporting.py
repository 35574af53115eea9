"""Claim records are written whole, one by one, and safely for what reads them."""

import csv
import gc
import hashlib
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fakes import FakeStore

from bot.cards.claim_table import AROUND_COLUMNS, COLUMNS
from bot.errors import UsageError
from bot.exporting import Form, Wanted, export, window
from bot.model import Item
from bot.store import open_store
from summarizer.model import (
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
    When,
)

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
TEXT = "Ada Ruiz said on Monday that the gates of Hallam would open. It rained."


def spans(words):
    start = TEXT.index(words)
    return (Span(start, start + len(words)),)


RUIZ = Source(spans("Ada Ruiz"), "Ada Ruiz", SourceKind.PERSON, "the mayor", 0)
CLAIM = Claim(
    spans("that the gates of Hallam would open"),
    Attribution(
        spans("said"),
        Stance.SAYS,
        Quotation.INDIRECT,
        RUIZ,
        (RUIZ,),
        when=When("on Monday", spans("on Monday")[0], NOON.date()),
    ),
    0,
)
ANALYSIS = Analysis(
    1,
    (Sentence(Span(0, 60), 0), Sentence(Span(61, 71), 0)),
    (
        Entity("Ada Ruiz", EntityKind.PERSON, ("Ruiz",), spans("Ada Ruiz")),
        Entity("Hallam", EntityKind.PLACE, (), spans("Hallam")),
    ),
    (CLAIM,),
)


def article(number, **changes):
    made = Article(
        f"a{number}",
        TEXT,
        "Gates",
        "Vale Post",
        url=f"https://valepost.example/{number}",
        published=NOON + timedelta(days=number),
    )
    return replace(made, **changes)


def fill(store, *articles):
    for number, one in enumerate(articles):
        text = f"{one.text} Report {number}."
        store.add(Item(replace(one, text=text)), seen=NOON)
        store.save_analysis(one.id, ANALYSIS)
    store.save_stories([Story("5feceb", "Gates", tuple(one.id for one in articles))])
    return store


@pytest.fixture(params=["memory", "database"])
def store(request, database):
    opened = FakeStore() if request.param == "memory" else open_store(str(database))
    yield fill(opened, *(article(number) for number in range(4)))
    opened.close()


def written(store, form=Form.JSONL, **wanted):
    out = io.StringIO()
    count = export(store, out, wanted=Wanted(**wanted), form=form)
    return out.getvalue(), count


def test_a_record_cites_its_claim(store):
    """Spans slice the words out of the text whose hash stands beside them."""
    lines, count = written(store)
    records = [json.loads(line) for line in lines.splitlines()]
    assert count == len(records) == 4
    first = records[0]
    text = store.article("a0").text
    assert [text[slice(*pair)] for pair in first["content_spans"]] == [first["content"]]
    assert text[slice(*first["span"])] == first["sentence"]
    assert text[slice(*first["source_spans"][0])] == "Ada Ruiz"
    assert text[slice(*first["cue_spans"][0])] == first["cue"] == "said"
    assert first["article"]["text_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert first["article"]["link"].startswith("https://valepost.example/0#:~:text=")
    assert [link["name"] for link in first["chain"]] == ["Vale Post", "Ada Ruiz"]
    assert (first["said_on"], first["story"]) == ("2026-03-10", "5feceb")


def test_a_window_is_half_open_and_oldest_come_first(store):
    """The end of the window is not in it."""
    lines, _ = written(store, since=NOON + timedelta(days=1), until=NOON + timedelta(days=3))
    assert [json.loads(line)["article"]["id"] for line in lines.splitlines()] == ["a1", "a2"]


@pytest.mark.parametrize(("name", "count"), [("ada ruiz", 4), ("HALLAM", 4), ("Ellery", 0)])
def test_an_entity_is_meant_as_source_and_as_subject(store, name, count):
    """What it says and what is said of it is written; an unknown one has nothing."""
    assert written(store, entity=name)[1] == count


def test_every_article_is_written_once_however_many_pages_it_takes(database):
    """Pages neither overlap nor skip, also where many articles share a moment."""
    store = open_store(str(database))
    fill(store, *(article(number, published=NOON) for number in range(120)))
    records = [json.loads(line)["article"]["id"] for line in written(store)[0].splitlines()]
    assert sorted(records) == sorted(f"a{number}" for number in range(120))
    store.close()


def test_csv_has_the_same_values(store):
    """Each column is there, and spans read as start-end."""
    lines, _ = written(store, Form.CSV)
    first, *_ = csv.DictReader(io.StringIO(lines))
    assert tuple(first) == COLUMNS + AROUND_COLUMNS
    text = store.article("a0").text
    start, end = map(int, first["content_spans"].split("-"))
    assert text[start:end] == first["content"]
    assert first["chain"] == "Vale Post > Ada Ruiz"
    assert (first["stance"], first["negated"], first["article_id"]) == ("says", "no", "a0")


def quarrel(store):
    """Fill a store with a claim, the same in another outlet, and who denies it."""
    said = "The union said that 300 dockers had left the port of Hallam."
    denied = "Ada Ruiz denied that any dockers had left the port of Hallam."
    for number, (text, outlet) in enumerate(
        [(said, "Vale Post"), (f"{said} It rained.", "Hallam Times"), (denied, "Ruiz News")]
    ):
        one = article(number, text=text, outlet=outlet)
        store.add(Item(one), seen=NOON)
        start, name = (text.index("that"), text.partition(" denied")[0].partition(" said")[0])
        cue = next(word for word in ("said", "denied") if word in text)
        source = Source((Span(0, len(name)),), name, SourceKind.ORGANISATION)
        told = Attribution(
            (Span(text.index(cue), text.index(cue) + len(cue)),),
            Stance.DENIES if cue == "denied" else Stance.SAYS,
            Quotation.INDIRECT,
            source,
            (source,),
        )
        end = text.index(".") + 1
        claim = Claim((Span(start, end - 1),), told, 0)
        store.save_analysis(one.id, Analysis(1, (Sentence(Span(0, end), 0),), (), (claim,)))
    store.save_stories([Story("5feceb", "Dockers", ("a0", "a1", "a2"))])
    return store


def test_a_record_tells_who_else_carries_the_claim_and_who_disputes_it():
    """Carriers come with their origin, disputes with how, each with the sentence and its place."""
    lines, _ = written(quarrel(FakeStore()))
    first, _, denial = (json.loads(line) for line in lines.splitlines())
    assert first["also"]["outlets"] == ["Vale Post", "Hallam Times"]
    assert (first["also"]["origins"], len(first["also"]["carriers"])) == (1, 2)
    (dispute,) = first["disputes"]
    assert (dispute["source"], dispute["dissent"], dispute["article"]) == (
        "Ada Ruiz",
        "denies",
        "a2",
    )
    assert dispute["sentence"] == "Ada Ruiz denied that any dockers had left the port of Hallam."
    assert denial["also"]["outlets"] == ["Ruiz News"]


def test_a_spreadsheet_can_sort_by_outlets_origins_and_disputes():
    """The counts are numbers in columns of their own, the names beside them."""
    lines, _ = written(quarrel(FakeStore()), Form.CSV)
    first, *_ = csv.DictReader(io.StringIO(lines))
    assert (first["outlets"], first["origins"], first["disputes"]) == ("2", "1", "1")
    assert first["carried_by"] == "Vale Post; Hallam Times"
    assert first["origin_names"] == "The union"
    assert first["disputed_by"] == "Ada Ruiz (denies)"
    assert first["disputing_sentences"].startswith("Ada Ruiz denied that any dockers")
    assert first["disputing_links"].startswith("https://valepost.example/2#:~:text=")


@pytest.mark.parametrize("form", Form)
def test_claims_alone_are_not_compared_with_their_story(form):
    """Whoever wants them fast gets them without carriers and disputes, and no such columns."""

    class Unasked(FakeStore):
        def carriages_of(self, ids):
            raise AssertionError(ids)

    lines, count = written(quarrel(Unasked()), form, alone=True)
    assert count == 3
    if form is Form.CSV:
        assert tuple(csv.DictReader(io.StringIO(lines)).fieldnames) == COLUMNS
    else:
        assert "disputes" not in json.loads(lines.splitlines()[0])


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1"])
def test_no_cell_of_csv_is_a_formula(title):
    """What a stranger wrote is words to a spreadsheet, whatever it begins with."""
    store = fill(FakeStore(), article(1, title=title))
    (cells,) = csv.DictReader(io.StringIO(written(store, Form.CSV)[0]))
    assert cells["title"] == f"'{title}"


def test_quotes_and_line_ends_stay_within_their_cell():
    """A title of several lines is one cell of one row."""
    store = fill(FakeStore(), article(1, title='He said "no",\r\nthen left'))
    (cells,) = csv.DictReader(io.StringIO(written(store, Form.CSV)[0], newline=""))
    assert cells["title"] == 'He said "no",\r\nthen left'


def test_a_day_as_the_end_is_meant_whole():
    """From a day to the same day is that day."""
    assert window("2026-03-09", "2026-03-09") == (
        datetime(2026, 3, 9, tzinfo=UTC),
        datetime(2026, 3, 10, tzinfo=UTC),
    )
    assert window("", "") == (None, None)
    assert window("2026-03-09T07:00+09:00", "")[0] == datetime(2026, 3, 8, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "until"),
    [("yesterday", ""), ("", "2026-13-01"), ("2026-03-10", "2026-03-01"), ("", "9999-12-31")],
)
def test_a_window_that_is_none_is_refused_in_words(since, until):
    """The option at fault is named, with how to write it."""
    with pytest.raises(UsageError, match="--"):
        window(since, until)


def test_records_are_written_as_they_are_read():
    """A reader that leaves after two lines has cost two articles: nothing is gathered up."""
    read = []

    class Endless(FakeStore):
        def analysed(self, **wanted):
            while True:
                read.append(1)
                yield article(0), ANALYSIS

    class Leaving(io.StringIO):
        def write(self, text):
            if len(read) > 2:
                raise BrokenPipeError
            return super().write(text)

    with pytest.raises(BrokenPipeError):
        export(Endless(), Leaving(), wanted=Wanted(), form=Form.JSONL)
    assert len(read) == 3


class Counting(io.StringIO):
    """Keeps nothing, and counts the claims that are in memory at each five hundredth."""

    def __init__(self):
        super().__init__()
        self.written, self.held = 0, []

    def write(self, text):
        self.written += 1
        if self.written % 500 == 0:
            self.held.append(sum(isinstance(one, Claim) for one in gc.get_objects()))


def a_day(number):
    """Return an article of five claims, with its analysis."""
    lines = [f"Ada Ruiz said that gate {at} would open on day {number}." for at in range(5)]
    text, claims, sentences, start = " ".join(lines), [], [], 0
    told = replace(CLAIM.attribution, cue=(), source=None, chain=(), when=None)
    for at, line in enumerate(lines):
        sentences.append(Sentence(Span(start, start + len(line)), 0))
        claims.append(Claim((Span(start + 14, start + len(line) - 1),), told, at))
        start += len(line) + 1
    return article(number, text=text), Analysis(1, tuple(sentences), (), tuple(claims))


def test_thousands_of_claims_are_let_go_as_they_are_written(database):
    """At no time more than a page of articles and a few stories are in memory."""
    store, out = open_store(str(database)), Counting()
    before = sum(isinstance(one, Claim) for one in gc.get_objects())
    for number in range(400):
        one, analysis = a_day(number)
        store.add(Item(one), seen=NOON)
        store.save_analysis(one.id, analysis)
    store.save_stories([Story(f"{n:06x}", "Gates", (f"a{n}",)) for n in range(400)])
    assert export(store, out, wanted=Wanted(), form=Form.JSONL) == 2000
    store.close()
    assert len(out.held) == 4
    assert max(out.held) - before < 1000
