"""The database: every question to it, a method each."""
