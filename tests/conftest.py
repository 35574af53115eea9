"""What all tests share: generated cases are not timed, so a busy machine fails none."""

from hypothesis import settings

settings.register_profile("whosaid", deadline=None)
settings.load_profile("whosaid")
