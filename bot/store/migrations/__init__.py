"""How the database's layout came to be, step by step; run by ``bot.store.database`` at open."""
