"""Reading the news: files, pages and feeds. Fetching is here; keeping is not."""

from bot.feeds.opml import write_opml
from bot.feeds.reader import NewsReader

__all__ = ["NewsReader", "write_opml"]
