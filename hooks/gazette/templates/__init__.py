"""A page to Markdown, and what its template may ask."""
