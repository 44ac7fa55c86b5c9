"""Every page and its address, lists, tables, the site's identity."""
