"""Cards: values of the core rendered into platform-free messages (pure)."""
