"""What an editor wrote in Markdown: read by two parsers that must agree, its HTML, its calls and marks."""
