"""The judge of unknown documents: measures of blocks, what they stand in, what they stand among, and a small model."""
