"""What becomes of a plain-text drop: labels, title, byline, times, body, captions."""

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.captions import is_caption, is_credit, trailing_credit
from summarizer.copy import lines, read_drop, unwrapped
from summarizer.dateline import dateline, zone_of_place
from summarizer.model import Caption, LineKind
from summarizer.residue import is_residue
from summarizer.stamps import byline, stamps

DROP = """\
Harbour ministry doubts count of missing barges

By HLW Posted : March 4, 2024, 09:15 Updated : March 4, 2024, 10:40
Dockers are moving crates at the east pier of Port Marl, in this grab from a video clip provided by the union.
SEOUL, March 4 (HLW) - Three barges are missing from the inner harbour, the union said on Monday. "Nobody has counted them since Friday," it added.

The ministry reportedly plans a second count before the weekend, according to two officials.

Minister Ada Quill (left) and union head Tom Brask exchange papers at a ceremony in Port Marl on June 19, 2023. AP-Yonhap
But Quill declined to confirm the number, calling it "a guess at best."

기사 이미지 확대 보기
닫기"""


def kinds(text: str, title: str = "") -> list[str]:
    return [kind.value for _, kind in lines(text, title=title)]


def test_each_line_of_a_drop_gets_its_kind():
    assert kinds(DROP) == [
        "title",
        "byline",
        "caption",
        "body",
        "body",
        "caption",
        "body",
        "other",
        "other",
    ]


def test_a_drop_gives_title_outlet_times_body_and_captions():
    drop = read_drop(DROP)
    seoul = ZoneInfo("Asia/Seoul")
    assert drop.title == "Harbour ministry doubts count of missing barges"
    assert (drop.outlet, drop.byline, drop.zone) == ("HLW", "HLW", "Asia/Seoul")
    assert drop.published == datetime(2024, 3, 4, 9, 15, tzinfo=seoul)
    assert drop.updated == datetime(2024, 3, 4, 10, 40, tzinfo=seoul)
    assert drop.dateline == "SEOUL, March 4 (HLW)"
    assert drop.body.startswith("Three barges are missing")
    assert drop.body.count("\n\n") == 2
    assert "grab from a video" not in drop.body
    assert "닫기" not in drop.body
    assert [caption.credit for caption in drop.captions] == ["", "AP-Yonhap"]
    assert drop.captions[1].text.endswith("June 19, 2023.")


def test_a_drop_without_a_date_has_none():
    drop = read_drop("A title\n\nThe bridge was closed on Monday, the police said.\n")
    assert drop.published is None
    assert drop.updated is None
    assert drop.zone == ""


def test_an_empty_drop_has_an_empty_body():
    assert read_drop(" \n\ufeff\n").body == ""
    assert lines("") == ()


def test_a_clock_without_a_zone_is_taken_as_universal_time():
    drop = read_drop(
        "A title\nPublished 4 March 2024 at 9:30\nBy Ann Roe\nText is here, and it ends well enough."
    )
    assert drop.published == datetime(2024, 3, 4, 9, 30, tzinfo=UTC)


def test_letters_behind_the_clock_overrule_the_dateline():
    text = "A title\nPublished March 4, 2024 3:05 p.m. GMT\nSEOUL, March 4 (HLW) - The bridge was closed, the police said."
    drop = read_drop(text)
    assert drop.published == datetime(2024, 3, 4, 15, 5, tzinfo=UTC)


def test_a_known_title_and_outlet_overrule_the_text():
    drop = read_drop(
        "Menu\nBig news\nThe bridge was closed on Monday, the police said.",
        title="Big news",
        outlet="The Mast",
    )
    assert (drop.title, drop.outlet) == ("Big news", "The Mast")
    assert drop.body == "The bridge was closed on Monday, the police said."


def test_text_broken_at_a_fixed_width_is_joined():
    block = (
        "The ministry said that the barges had been moved to the outer harbour\n"
        "before the storm, and that nobody had told the union about it in time\n"
        "for the Friday count."
    )
    text = f"A title\n\n{block}\n\n{block.replace('ministry', 'union')}\n"
    assert "outer harbour before the storm" in read_drop(text).body
    assert unwrapped(DROP) == DROP


def test_comments_behind_the_story_are_left_out():
    sentence = "Paragraph {} says that the harbour stays closed until the count is done."
    body = "\n".join(sentence.format(number) for number in range(12))
    text = f"A title\n{body}\nComments (2)\nI think that the minister should really resign over this now."
    assert "resign" not in read_drop(text).body


def test_a_line_right_above_a_credit_is_its_caption():
    text = "A title\nThe bridge was closed on Monday, the police said.\nThe bridge at dusk, seen by divers\nPhoto: Ann Roe\nIt will open again in June, the police added on Monday."
    drop = read_drop(text)
    assert drop.captions == (Caption("The bridge at dusk, seen by divers", "Photo: Ann Roe"),)


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Ann Roe",
        "Getty Images",
        "AP-Yonhap",
        "© Ann Roe/dpa",
        "(Image: Getty)",
        "Ann Roe / Pool via Reuters",
        "Foto: dpa",
    ],
)
def test_a_credit_is_told_from_text(line):
    assert is_credit(line)


@pytest.mark.parametrize(
    "line",
    [
        "Reuters could not verify the figures.",
        "The photo shows nothing of the kind, she said.",
        "AP said so.",
        "Picture this: a harbour without a single barge in it, in the middle of June.",
    ],
)
def test_a_sentence_is_no_credit(line):
    assert not is_credit(line)


@pytest.mark.parametrize(
    "line",
    [
        "Minister Ada Quill arrives at the port. (AP Photo/Tom Brask)",
        "The east pier after the storm (Picture: PA)",
        "Ada Quill speaks during a rally in Port Marl on May 3, 2023.",
        "Ada Quill, second from left, inspects the pier",
        "This photo taken on Sunday shows the pier",
        "The pier at noon. Ann Roe/Getty Images",
        "A woman waits at a shop in Marl, Sunday. Marl Daily photo by Tom Brask",
    ],
)
def test_a_caption_is_told_from_text(line):
    assert is_caption(line)


@pytest.mark.parametrize(
    "line",
    [
        "Quill said the photo in this file had been altered by someone at the ministry.",
        "The union left the talks on Monday, and the ministry was right behind it.",
        "The questionnaire is seen as further evidence that the port is preparing for the worst.",
        "Officials spoke to Reuters.",
        "The court threw out a photo by the Marl Daily and another photo by Tom Brask.",
    ],
)
def test_a_sentence_is_no_caption(line):
    assert not is_caption(line)


def test_a_trailing_credit_is_cut_off():
    assert trailing_credit("The pier at noon. Ann Roe/Getty Images") == (
        "The pier at noon.",
        "Ann Roe/Getty Images",
    )
    assert trailing_credit("At a shop, Sunday. Marl Daily photo by Tom Brask") == (
        "At a shop, Sunday.",
        "Marl Daily photo by Tom Brask",
    )
    assert trailing_credit("Nothing here.") == ("Nothing here.", "")


@pytest.mark.parametrize(
    ("paragraph", "place", "agency", "zone", "rest"),
    [
        ("SEOUL, October 20 (HLW) - Three barges", "SEOUL", "HLW", "Asia/Seoul", "Three barges"),
        ("KHARKIV, Ukraine (HLW) — Three barges", "KHARKIV", "HLW", "Europe/Kyiv", "Three barges"),
        (
            "BIRMINGHAM, Ala. (HLW) — Three barges",
            "BIRMINGHAM",
            "HLW",
            "America/Chicago",
            "Three barges",
        ),
        (
            "MOSCOW, October 20. /HLW/. Three barges",
            "MOSCOW",
            "HLW",
            "Europe/Moscow",
            "Three barges",
        ),
        ("Tokyo, Oct 3 (HLW) -- Three barges", "Tokyo", "HLW", "Asia/Tokyo", "Three barges"),
        ("WASHINGTON — Three barges", "WASHINGTON", "", "America/New_York", "Three barges"),
        ("(HLW) - Three barges", "", "HLW", "", "Three barges"),
    ],
)
def test_a_dateline_tells_place_agency_and_zone(paragraph, place, agency, zone, rest):
    found = dateline(paragraph)
    assert found is not None
    assert (found.place, found.agency, found.zone) == (place, agency, zone)
    assert paragraph[found.length :] == rest


@pytest.mark.parametrize(
    "paragraph",
    [
        "Paris - long the capital of fashion - is quiet.",
        "The Harbour Workers Union (HLW) said on Monday that it would count again.",
        "He left — and came back.",
    ],
)
def test_an_ordinary_sentence_has_no_dateline(paragraph):
    assert dateline(paragraph) is None


def test_an_unknown_place_has_no_zone():
    assert zone_of_place("Port Marl") == ""


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Published 2024-03-04T09:15:00+09:00", "2024-03-04T09:15:00+09:00"),
        ("4 March 2024, 21:05 BST", "2024-03-04T21:05:00+00:00"),
        ("March 4, 2024 at 12:05 a.m. ET", "2024-03-04T00:05:00-05:00"),
        ("입력 2024.03.04 09:15", "2024-03-04T09:15:00"),
        ("2024년 3월 4일", "2024-03-04T00:00:00"),
        ("17.12.2024 12:17", "2024-12-17T12:17:00"),
    ],
)
def test_printed_times_are_read(line, told):
    (stamp,) = stamps(line)
    assert stamp.moment.isoformat() == told


@pytest.mark.parametrize("line", ["4/5/2024", "February 31, 2024", "in 2024", "2024"])
def test_a_date_that_is_not_certain_is_left_unread(line):
    assert stamps(line) == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Roe", "Ann Roe"),
        ("By Ann Roe and Tom Brask", "Ann Roe and Tom Brask"),
        ("By ANN ROE, Harbour Wire", "ANN ROE, Harbour Wire"),
        ("By HLW Posted : March 4, 2024, 09:15", "HLW"),
        ("By Monday the union had counted all of the barges twice, it said.", ""),
        ("By then it was over", ""),
    ],
)
def test_bylines_are_told_from_sentences(line, names):
    assert byline(line) == names


@pytest.mark.parametrize(
    "line", ["Share", "Read more: The storm in pictures", "Sign up for our newsletter"]
)
def test_residue_is_told_from_text(line):
    assert is_residue(line)


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell by a tenth on Monday, the exchange said.",
        "Like many dockers, Brask has a second job in the winter months.",
        "He refused to sign up to the treaty, which the port had backed.",
        "For more than 20 years the pier was closed to the public.",
        "She wrote in a newsletter that the barges were gone.",
    ],
)
def test_a_sentence_is_no_residue(line):
    assert not is_residue(line)


@given(st.text(max_size=400))
def test_any_text_is_labelled_line_by_line(text):
    labelled = lines(text)
    spans = [span for span, _ in labelled]
    assert spans == sorted(spans)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(span.of(text) == span.of(text).strip(" \t") for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@given(st.text(alphabet=st.sampled_from("Aa .,:()/-–—©\n\"'1234567890MarchSEOUL"), max_size=300))
def test_any_text_reads_as_a_drop(text):
    drop = read_drop(text)
    body = {
        span.of(unwrapped(text)) for span, kind in lines(unwrapped(text)) if kind is LineKind.BODY
    }
    assert len(drop.body.split("\n\n")) == max(1, len(body)) or not drop.body
    assert drop.published is None or drop.published.tzinfo is not None
