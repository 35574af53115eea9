"""One module a step, numbered. A step that has been released is never edited again."""
