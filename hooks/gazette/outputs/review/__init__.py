"""What a change does to the site, told from two built sites: differences, a summary of them, a document that shows them."""
