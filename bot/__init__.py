"""The shell: everything that touches the world. It gathers, keeps, schedules and talks."""
