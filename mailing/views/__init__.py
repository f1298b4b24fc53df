"""Pages about mail: the outbox for colleagues, and what recipients open."""
