"""Whether everything that a built site links to is there; it reads the files as a host would serve them."""

from gazette.outputs.link_check.external import gone, unanswered
from gazette.outputs.link_check.resolving import Links, follow

__all__ = ["Links", "follow", "gone", "unanswered"]
