"""The content as tables to publish: a row a record, the same fields in CSV and in JSON."""

from __future__ import annotations

from gazette.site.tables.dataset import Dataset, Licence
from gazette.site.tables.table import Cell, Field, Table

__all__ = ["Cell", "Dataset", "Field", "Licence", "Table"]
