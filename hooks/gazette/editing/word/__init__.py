"""Articles from Word: a .docx read, cleaned, written as the Markdown of a draft."""
