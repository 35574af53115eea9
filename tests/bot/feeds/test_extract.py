"""Pages -> stories: what is kept, what is cut, what the page says of itself."""

from datetime import UTC, datetime

import pytest

from bot.errors import InputError
from bot.feeds.extract import extract
from bot.feeds.items import page_item

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)
STORY = [
    "The pilot station at Port Marl told the ferry to wait outside the harbour, two officials said on Monday, before it struck the breakwater.",
    "“Nobody had counted the barges since Friday,” said Ada Quill, the harbour minister, who would not confirm the number of people aboard.",
    "The union said that it had complained about the steering in January and that the company had never answered its letter.",
    "A spokesman for the company denied that, and said that the gear was overhauled in 2024 by a yard in the capital.",
    "The harbour stays closed to all shipping until the inquiry has looked at the wreck, according to the ministry.",
]
LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebPage"},
{"@type": "NewsArticle", "headline": "Ferry was told to wait", "datePublished": "2026-03-09T06:30:00+09:00",
"dateModified": "2026-03-09T07:30:00+09:00", "author": [{"@type": "Person", "name": "Ann Roe"}, {"name": "Tom Brask"}],
"publisher": {"@type": "Organization", "name": "The Mast"}, "description": "What the pilots said."}]}</script>"""


def html(body: str = "", head: str = LD) -> str:
    story = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    return f"""<!doctype html><html lang="en"><head><title>Ferry was told to wait | The Mast</title>{head}
<link rel="canonical" href="https://mast.example/news/ferry?utm_source=x">
<link rel="alternate" type="application/rss+xml" title="All" href="/feed.xml"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Ferry was told to wait</h1><p class="byline">By Ann Roe</p>
<figure><img src="x.jpg"><figcaption>The ferry on its side again. <span class="credit">Photo: Tom Brask</span></figcaption></figure>
{story}{body}</article><aside class="related"><h2>Read more</h2><p>Soldana signs for the club record fee of all times.</p></aside>
<footer><p>© The Mast 2026. All rights reserved. Cookies.</p></footer></body></html>"""


def test_the_story_is_kept_whole_and_nothing_else():
    page = extract(html(), url="https://mast.example/news/ferry?utm_source=x")
    assert page.text.split("\n\n") == STORY


def test_captions_are_cut_but_kept():
    page = extract(
        html('<div class="image-caption">Divers at work on Monday. Ann Roe/Getty Images</div>')
    )
    texts = [caption.text for caption in page.captions]
    assert "The ferry on its side again." in texts
    assert [caption.credit for caption in page.captions if caption.text.startswith("Divers")] == [
        "Ann Roe/Getty Images"
    ]
    assert "Divers" not in page.text
    assert "on its side" not in page.text


def test_json_ld_tells_title_authors_outlet_and_times():
    about = extract(html(), url="https://mast.example/news/ferry").about
    assert (about.title, about.authors, about.outlet) == (
        "Ferry was told to wait",
        ("Ann Roe", "Tom Brask"),
        "The Mast",
    )
    assert about.published.isoformat() == "2026-03-09T06:30:00+09:00"
    assert about.updated.isoformat() == "2026-03-09T07:30:00+09:00"
    assert about.url == "https://mast.example/news/ferry"


def test_without_json_ld_meta_tags_and_the_host_are_believed():
    head = '<meta property="article:published_time" content="2026-03-09T06:30:00Z"><meta name="author" content="By Ann Roe">'
    about = extract(html(head=head), url="https://www.mast.example/news/ferry").about
    assert (about.title, about.authors, about.outlet) == (
        "Ferry was told to wait",
        ("Ann Roe",),
        "mast.example",
    )
    assert about.published == datetime(2026, 3, 9, 6, 30, tzinfo=UTC)


def test_no_date_is_guessed():
    assert extract(html(head="")).about.published is None


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"@type": </script>',
        '<script type="application/ld+json">[[[1, null, "x"]]]</script>',
    ],
)
def test_broken_json_ld_does_no_harm(head):
    assert extract(html(head=head)).text


def test_a_page_becomes_an_item_with_a_canonical_id():
    first = page_item(
        extract(html(), url="https://mast.example/news/ferry"),
        url="https://mast.example/news/ferry",
        now=NOW,
    )
    second = page_item(
        extract(html(), url="https://www.mast.example/news/ferry?utm_medium=y"),
        url="https://www.mast.example/news/ferry?utm_medium=y",
        now=NOW,
    )
    assert first.article.id == second.article.id
    assert first.article.zone == "Etc/GMT-9"
    assert first.article.language == "en"
    assert first.article.byline == "Ann Roe, Tom Brask"


def test_the_dateline_is_cut_and_its_zone_kept():
    page = extract(html().replace(STORY[0], "SEOUL, March 9 (HLW) - " + STORY[0]))
    assert page.dateline == "SEOUL, March 9 (HLW)"
    assert page.text.startswith("The pilot station")
    assert page_item(page, url="https://mast.example/x", now=NOW).article.zone == "Asia/Seoul"


def test_a_story_in_a_scripts_data_is_found():
    body = "".join(f"\\u003cp\\u003e{paragraph}\\u003c/p\\u003e" for paragraph in STORY * 3)
    page = extract(
        f'<html><body><div id="app"></div><script>data = {{"content": "{body}"}}</script></body></html>'
    )
    assert STORY[2] in page.text


WALLS = {
    "login": "<html><title>Sign in</title><body><form><input name=u><input type='password'></form></body></html>",
    "cookie-wall": "<html><title>Before you continue</title><body><p>We use cookies. Accept our privacy choices to go on reading this site.</p></body></html>",
    "error-page": "<html><title>404 Not Found</title><body><h1>Page not found</h1><p>It is gone.</p></body></html>",
    "cookie-wall ": "<html><title>Welcome</title><body>"
    + "<p>We and our partners use cookies; with your consent cookies tell us what you like. Cookies stay a year.</p>"
    * 4
    + "</body></html>",
    "error-page ": "<html><title>404 - not found</title><body>"
    + "<p>The story that you asked for has moved or was taken down by our editors some time ago.</p>"
    * 4
    + "</body></html>",
    "login ": "<html><title>Log in to The Mast</title><body><p>Type your e-mail address. We send you a link.</p></body></html>",
    "paywall": "<html><title>Barges are gone</title><body><p>Three barges are gone.</p><p>Subscribe to continue reading.</p></body></html>",
    "no-article": "<html><title>Home</title><body><p>Hello.</p></body></html>",
}


@pytest.mark.parametrize("outcome", WALLS)
def test_walls_are_named(outcome):
    with pytest.raises(InputError) as fault:
        page_item(extract(WALLS[outcome]), url="https://mast.example/x", now=NOW)
    assert fault.value.outcome == outcome.strip()
    assert "https://mast.example/x" in str(fault.value)


def test_a_page_that_led_to_a_login_is_named_by_where_it_led():
    page = extract("<html><title>The Mast</title><body><p>Welcome to us.</p></body></html>")
    with pytest.raises(InputError) as fault:
        page_item(
            page,
            url="https://id.mast.example/sso/login?next=/x",
            place="https://mast.example/x",
            now=NOW,
        )
    assert fault.value.outcome == "login"
    assert "https://mast.example/x" in str(fault.value)


def test_a_story_about_logins_and_paywalls_is_a_story():
    text = html().replace("Ferry was told to wait", "Log in to vote, the council says")
    body = (
        "<p>The paper asks readers to subscribe to read more, and shows a 404 page to others.</p>"
    )
    assert page_item(
        extract(text.replace("</article>", body + "</article>")),
        url="https://mast.example/login/x",
        now=NOW,
    ).article.text


@pytest.mark.parametrize(
    "source", ["", "<", "<html>", "\0", "<p>" * 5000, "<html><body>" + "<div>" * 3000 + "x"]
)
def test_odd_pages_do_no_harm(source):
    assert extract(source).text in {"", "x", "<"}
