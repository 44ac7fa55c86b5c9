"""Records as rows of a spreadsheet: a template to fill in, an export to edit, an import that shows what it would change."""
