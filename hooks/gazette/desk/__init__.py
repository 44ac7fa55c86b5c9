"""The desk: a local web page to edit content with, beside its preview."""
