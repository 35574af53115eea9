"""The core: text in, briefing and answer out. Pure, synchronous, deterministic."""
