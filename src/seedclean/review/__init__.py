"""Decisions to look at: a page that shows documents with what was removed from them in place, and what rules would change."""
