"""What a careless or hostile change to data/ and docs/ may try: each class is counted, and none gets through."""
