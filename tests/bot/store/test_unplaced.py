"""The list of articles that wait for a story is made of what an older database holds."""

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from peers.postgres.server import make_database
from sqlalchemy import create_engine, make_url, text

import bot.store.layout
from bot.store import open_store
from bot.store.codec import encode
from summarizer.model import Article

ARTICLE = text(
    "INSERT INTO articles(key, id, wording, moment, seen, changed, analysed, body, language)"
    " VALUES (:key, :id, '', 0, 0, 0, :analysed, :body, :language)"
)
PLACED = text("INSERT INTO story_articles(article_id, story_id, position) VALUES (:id, 's', 0)")


@pytest.fixture(params=["sqlite", "postgres"])
def older(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a database of the step before is, with articles in all states."""
    if request.param == "sqlite":
        place = f"sqlite:///{tmp_path}/older.sqlite3"
        engine = create_engine(place)
    else:
        server, _ = request.getfixturevalue("postgres_server")
        place = make_database(server, "whosaid_unplaced")
        engine = create_engine(make_url(place).set(drivername="postgresql+psycopg"))
    config = Config()
    folder = Path(bot.store.layout.__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0011")
        for key, analysed, language in ((1, 4, "en"), (2, -1, "en"), (3, 3, "fr"), (4, 4, "en")):
            article = Article(f"a{key}", "A ship left.", "Ships", "The Post", language=language)
            row = {"key": key, "id": article.id, "analysed": analysed, "language": language}
            connection.execute(ARTICLE, {**row, "body": encode(article)})
        connection.execute(PLACED, {"id": "a1"})
    engine.dispose()
    return place


def test_what_waited_in_an_older_database_waits_on(older: str) -> None:
    """It was analysed, by whichever version, and is in no story."""
    store = open_store(older)
    try:
        assert [one.id for one in store.unplaced()] == ["a4"]
        assert [one.id for one in store.unplaced("fr")] == ["a3"]
        assert store.unplaced_languages() == ["en", "fr"]
    finally:
        store.close()
