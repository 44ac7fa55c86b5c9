"""The text of a page, and what its template may ask."""
