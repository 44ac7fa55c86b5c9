"""Gazette: YAML records and Markdown articles in, a Chinese and English MkDocs site out."""
