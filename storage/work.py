"""One unit of work: all repositories on one transaction, rolled back unless commit() was called."""

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.audit import Audit
from storage.ciphertexts import Ciphertexts
from storage.consents import Consents
from storage.coupons import Coupons
from storage.crypto import Cipher
from storage.dialogues import Dialogues
from storage.erasures import Erasures
from storage.errors import ReadOnlyWork
from storage.inbox import Inbox
from storage.links import Links
from storage.meta import Meta
from storage.nudges import Nudges
from storage.order_events import OrderEvents
from storage.orders import Orders
from storage.outbox import Outbox
from storage.people import People
from storage.policies import Policies
from storage.popularity import Popularity
from storage.preferences import Preferences
from storage.presents import Presents
from storage.products import Products
from storage.purchases import Purchases
from storage.receipts import Receipts
from storage.relatives import Relatives
from storage.reminders import Reminders
from storage.sample import Sample
from storage.shoppers import Shoppers
from storage.signals import Signals
from storage.stock import Stock
from storage.stores import Stores
from storage.suggestions import Suggestions
from storage.usage import Usage
from storage.vault import Vault
from storage.visits import Visits
from storage.wakeups import Wakeups
from storage.workers import Workers


class Work:
    """What can be read and changed in one transaction. Never await a model or Telegram inside.

    Made by `Database.work()` and `Database.reading()`; `wakeups` is None for the latter.
    """

    def __init__(
        self,
        connection: AsyncConnection,
        cipher: Cipher,
        wakeups: Wakeups | None,
    ) -> None:
        self._connection = connection
        self._wakeups = wakeups
        self.shoppers = Shoppers(connection, cipher)
        self.consents = Consents(connection)
        self.stores = Stores(connection)
        self.products = Products(connection)
        self.stock = Stock(connection)
        self.coupons = Coupons(connection)
        self.orders = Orders(connection)
        self.order_events = OrderEvents(connection)
        self.purchases = Purchases(connection)
        self.signals = Signals(connection)
        self.suggestions = Suggestions(connection, cipher)
        self.policies = Policies(connection)
        self.popularity = Popularity(connection)
        self.visits = Visits(connection)
        self.nudges = Nudges(connection)
        self.receipts = Receipts(connection, cipher)
        self.reminders = Reminders(connection)
        self.dialogues = Dialogues(connection, cipher)
        self.relatives = Relatives(connection, cipher)
        self.preferences = Preferences(connection, cipher)
        self.links = Links(connection, cipher)
        self.presents = Presents(connection)
        self.vault = Vault(connection, cipher)
        self.usage = Usage(connection)
        self.people = People(connection, cipher)
        self.erasures = Erasures(connection, cipher)
        self.ciphertexts = Ciphertexts(connection, cipher)
        self.audit = Audit(connection, cipher)
        self.inbox = Inbox(connection, cipher)
        self.outbox = Outbox(connection, cipher)
        self.workers = Workers(connection)
        self.meta = Meta(connection)
        self.sample = Sample(connection)

    @property
    def has_erased(self) -> bool:
        """Whether this work forgot somebody, whose bytes must leave the files as well."""
        return (
            self.shoppers.has_forgotten
            or self.erasures.has_forgotten
            or self.outbox.has_said_farewell
        )

    async def commit(self) -> None:
        """Make all changes so far permanent, in one step.

        Raises:
            ReadOnlyWork: this work was opened for reading.
        """
        if self._wakeups is None:
            raise ReadOnlyWork("This work was opened with reading(); use work() to change things.")
        if not self.outbox.has_new:
            await self._connection.commit()
            return
        await self._wakeups.tell_others(self._connection)
        await self._connection.commit()
        self.outbox.has_new = False
        self._wakeups.wake()
