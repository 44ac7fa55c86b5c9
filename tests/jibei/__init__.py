"""Tests of the content that this project is published with: they apply where mkdocs.yml has this name."""

SITE_NAME = "济北纪事"
