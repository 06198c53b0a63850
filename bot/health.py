"""What the process knows about its own state, and one log line for each change of it.

It decides nothing: who finds a trouble reports it here, who asks gets it.
"""

import logging
from collections.abc import Mapping

log = logging.getLogger(__name__)


class Health:
    """The troubles that exist now, by the name of the part that has them."""

    def __init__(self) -> None:
        self._troubles: dict[str, str] = {}

    @property
    def troubles(self) -> Mapping[str, str]:
        """Give each troubled part with one line about it; empty when all is well."""
        return dict(self._troubles)

    def report(self, part: str, trouble: str | None) -> None:
        """Note a part's trouble, or with None that it is well; only a change is logged.

        `trouble` is a line without personal data.
        """
        if self._troubles.get(part) == trouble:
            return
        if trouble is None:
            del self._troubles[part]
            log.info("%s: well again", part)
        else:
            self._troubles[part] = trouble
            log.warning("%s: %s", part, trouble)
