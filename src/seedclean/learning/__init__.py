"""Rules learnt from many documents: what repeats from one to the next, as a rule file for a person to review."""
