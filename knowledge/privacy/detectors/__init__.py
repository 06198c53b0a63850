"""Every family of personal data that is looked for, each a pure function from a reading to spans.

Positions are those of the reading's plain text. A new family is a module here and a line below;
overlaps are settled afterwards, so the order means nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from knowledge.privacy.detectors.accounts import find_cards, find_ibans, find_ssns
from knowledge.privacy.detectors.addresses import find_addresses
from knowledge.privacy.detectors.ids import find_ids
from knowledge.privacy.detectors.introductions import find_introductions
from knowledge.privacy.detectors.names import find_known_names, find_titled_names
from knowledge.privacy.detectors.network import find_emails, find_ips, find_urls
from knowledge.privacy.detectors.orders import find_orders
from knowledge.privacy.detectors.phones import find_phones
from knowledge.privacy.detectors.places import find_places
from knowledge.privacy.detectors.secrets import find_secrets
from knowledge.privacy.detectors.tagged import find_tagged
from knowledge.privacy.detectors.told_addresses import find_told_addresses
from knowledge.privacy.detectors.told_ids import find_told_ids
from knowledge.privacy.detectors.told_phones import find_told_phones
from knowledge.privacy.detectors.towns import find_towns
from knowledge.privacy.detectors.typed import find_typed
from knowledge.privacy.reading import Reading
from knowledge.privacy.spans import Span

Find = Callable[[Reading], Iterable[Span]]

DETECTORS: Mapping[str, Find] = MappingProxyType(
    {
        "typed": find_typed,
        "url": find_urls,
        "secret": find_secrets,
        "email": find_emails,
        "ip": find_ips,
        "card": find_cards,
        "iban": find_ibans,
        "ssn": find_ssns,
        "id": find_ids,
        "told_id": find_told_ids,
        "order": find_orders,
        "phone": find_phones,
        "told_phone": find_told_phones,
        "address": find_addresses,
        "told_address": find_told_addresses,
        "town": find_towns,
        "place": find_places,
        "known_name": find_known_names,
        "titled_name": find_titled_names,
        "introduction": find_introductions,
        "tagged": find_tagged,
    }
)
