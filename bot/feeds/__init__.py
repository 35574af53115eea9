"""Reading the news: files, pages and feeds. Fetching is here; keeping is not."""
