"""The content as tables to publish: a row a record, the same fields in CSV and in JSON."""
