"""The classifier: features of blocks, of the elements around them and of the page, and boosted trees over them."""
