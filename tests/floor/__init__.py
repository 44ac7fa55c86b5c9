"""The oldest engines that must show the site, and what is newer than they are."""
