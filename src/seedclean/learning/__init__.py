"""Rule files made from documents, for a person to review: what repeats from one to the next, and a pack to start from."""
