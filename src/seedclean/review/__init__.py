"""The review page: one HTML file that shows documents with what was removed from them in place, and why."""
