"""The chat platforms and the console: a Message in their own manners."""
