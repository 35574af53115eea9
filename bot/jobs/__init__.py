"""What runs when: ticks of a scheduler. What is due is decided elsewhere."""
