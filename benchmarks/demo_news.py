"""The demo news as articles, for the benchmarks that ask questions of it.

Reads ``seeds/demo`` by the plainest means (feeds with lxml, pages with trafilatura, text with
``summarizer.copy``), so that a figure tells of answering and not of gathering.
"""

from __future__ import annotations

import json
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import trafilatura
from lxml import etree, html

from summarizer.model import Article

DEMO = Path(__file__).parent.parent / "seeds" / "demo"


def read_demo() -> list[Article]:
    """Return every article of the demo. An id is the path of a file or the address of an item."""
    articles: list[Article] = []
    for path in sorted(DEMO.rglob("*")):
        if path.suffix == ".xml":
            articles += _feed(path)
        elif path.suffix == ".json":
            articles += _json_feed(path)
        elif path.suffix == ".html":
            articles.append(_page(path))
        elif path.suffix == ".txt":
            articles.append(_drop(path))
    return articles


def _text(markup: str) -> str:
    root = html.fragment_fromstring(markup, create_parent="div")
    blocks = [" ".join(block.text_content().split()) for block in root.iter("p", "li", "h2")]
    return "\n\n".join(block for block in blocks if block)


def _undated(text: str) -> str:
    """Drop a dateline: capitals before the first dash."""
    head, dash, rest = text.partition(" - ")
    return rest if dash and len(head) < 70 and head.split(",")[0].split("(")[0].isupper() else text


def _feed(path: Path) -> list[Article]:
    root = etree.fromstring(path.read_bytes())
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    outlet = root.findtext("channel/title") or root.findtext("title") or path.parent.name
    found = []
    for item in [*root.iter("item"), *root.iter("entry")]:
        body = item.findtext("encoded") or item.findtext("content") or item.findtext("description")
        link = item.find("link")
        url = (link.get("href") or link.text or "").strip() if link is not None else ""
        stamp = item.findtext("pubDate") or item.findtext("published") or ""
        when = parsedate_to_datetime(stamp) if "," in stamp else datetime.fromisoformat(stamp)
        title = item.findtext("title") or ""
        found.append(Article(url, _undated(_text(body or "")), title, outlet, url, when))
    return found


def _json_feed(path: Path) -> list[Article]:
    feed = json.loads(path.read_text("utf-8"))
    return [
        Article(
            item["url"],
            _undated(_text(item.get("content_html") or f"<p>{item.get('content_text', '')}</p>")),
            item.get("title", ""),
            feed["title"],
            item["url"],
            datetime.fromisoformat(item["date_published"]),
        )
        for item in feed["items"]
    ]


def _page(path: Path) -> Article:
    page = path.read_text("utf-8")
    read = trafilatura.bare_extraction(page, favor_precision=True, with_metadata=True)
    text = "\n\n".join(read.text.splitlines())
    when = datetime.fromisoformat(f"{read.date}T12:00:00+00:00") if read.date else None
    return Article(_name(path), _undated(text), read.title or "", read.sitename or "", "", when)


def _drop(path: Path) -> Article:
    title, _, rest = path.read_text("utf-8").partition("\n")
    lines = [line for line in rest.splitlines() if line.strip() and not line.startswith("By ")]
    body = [line for line in lines if len(line) > 120 or line.rstrip().endswith((".", '"', "”"))]
    stamp = path.name[:8]
    when = datetime.fromisoformat(f"{stamp}T12:00:00+00:00") if stamp.isdigit() else None
    return Article(_name(path), _undated("\n\n".join(body)), title, path.parent.name, "", when)


def _name(path: Path) -> str:
    return str(path.relative_to(DEMO.parent.parent))
