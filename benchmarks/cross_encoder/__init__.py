"""How the cross-encoder of ``bot.cross_encoder`` is learned: see ``__main__``."""
