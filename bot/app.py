"""The running process: wired in `build`, started and stopped in order in `App.run`.

Nothing is built at import. What each part does is told in its own module; here is only who is given to whom.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

from aiogram import Bot, Dispatcher
from aiohttp.web import Application

from bot.brain import Brain, build_brain
from bot.clock import ShopClock, machine_now
from bot.command_line import Role
from bot.connecting import make_bot, make_delivery, this_process
from bot.delivery import Delivery
from bot.dispatching import Dispatching
from bot.following import following_rules, kept_days
from bot.health import Health
from bot.health_page import HealthPage
from bot.ingest import Apologies, Ingest, IngestParts
from bot.jobs import JobParts, all_jobs
from bot.lease import Lease, LeaseParts
from bot.live_fixes import LiveFixes
from bot.menus import Menus
from bot.middlewares.roles import RolesMiddleware
from bot.middlewares.shopper import ShopperMiddleware
from bot.opening import announce_key, check_models, open_database, read_keys
from bot.receiving import Receiving
from bot.schedule import Schedule
from bot.settings import Settings
from bot.web import serving, web_app
from bot.webhook import Webhook
from handlers import all_routers
from handlers.callbacks import Signer
from handlers.nudging import Nudging
from handlers.shop import Shop
from handlers.staff.watch import OrderWatch
from handlers.unasked import UnaskedParts
from knowledge import amounts, language
from knowledge.language import Sentence
from knowledge.nearby.places import Places
from knowledge.sample_town import TownPlanner
from storage.crypto import Cipher
from storage.database import Database

log = logging.getLogger(__name__)


async def build(
    settings: Settings, plan_town: TownPlanner | None = None, role: Role = Role.ALL
) -> "App":
    """Wire everything; the result is not running yet. With `plan_town` an owner may lay the sample town out.

    As "ingest" it sends nothing but what goes round the outbox.

    Raises:
        StartError, StorageError: in one line, why it cannot start.
    """
    await asyncio.to_thread(check_models, settings)
    cipher = Cipher(await asyncio.to_thread(read_keys, settings))
    bot = make_bot(settings)
    database = await open_database(settings, cipher, bot.id)
    try:
        return await _wire(settings, bot, database, plan_town, role)
    except BaseException:
        await database.close()
        raise


async def _wire(
    settings: Settings,
    bot: Bot,
    database: Database,
    plan_town: TownPlanner | None,
    role: Role,
) -> "App":
    """Give everybody what they work with."""
    health, places = Health(), Places()
    shop_now = ShopClock(settings.folder / settings.clock.file if settings.clock.file else None)
    await asyncio.to_thread(shop_now.look)
    brain = await build_brain(settings, database, health)

    signer = Signer(database.cipher.derive("buttons"))
    unasked = UnaskedParts(database, brain.concierge, signer, shop_now, machine_now)
    nudging = Nudging(unasked, following_rules(settings.nudges))

    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.update.outer_middleware(ShopperMiddleware(database, machine_now))
    dispatcher.update.outer_middleware(RolesMiddleware(database))
    dispatcher.include_routers(*all_routers())
    dispatcher["shop"] = Shop(
        name=settings.shop.name,
        concierge=brain.concierge,
        places=places,
        nudging=nudging,
        signer=signer,
        now=shop_now,
        model_turns_per_day=settings.model.turns_per_day,
        kept=kept_days(settings.retention),
        plan_town=plan_town,
        order_limits=settings.returns.limits,
    )
    delivery = make_delivery(settings, bot, database, health) if role is Role.ALL else None
    ingest = Ingest(
        IngestParts(
            database=database,
            places=places,
            health=health,
            handle=Dispatching(dispatcher, bot, database, nudging.ask_again),
            now=machine_now,
            apologies=APOLOGIES,
            bot_id=bot.id,
        ),
        settings.ingest,
    )
    live_fixes = LiveFixes(ingest, nudging, places, machine_now)
    webhook = Webhook(live_fixes, health, database.cipher.derive("webhook"))
    parts = JobParts(
        database=database,
        delivery=delivery,
        places=places,
        nudging=nudging,
        orders=OrderWatch(unasked, timedelta(minutes=settings.orders.answer_within_min)),
        brain=brain,
        health=health,
        now=machine_now,
        shop_clock=shop_now,
        unasked=unasked,
    )
    jobs = all_jobs(settings, parts)
    return App(
        settings=settings,
        bot=bot,
        database=database,
        lease=Lease(
            LeaseParts(database=database, health=health, now=machine_now, process=this_process())
        ),
        receiving=Receiving(
            bot=bot,
            accept=live_fixes.accept,
            health=health,
            settings=settings.telegram,
            secret_token=webhook.secret_token,
            allowed_updates=dispatcher.resolve_used_update_types(),
        ),
        web=web_app(settings.telegram, webhook, HealthPage(health, brain)),
        brain=brain,
        ingest=ingest,
        live_fixes=live_fixes,
        delivery=delivery,
        schedule=Schedule(jobs),
        menus=Menus(bot, database, machine_now),
        health=health,
    )


@dataclass(frozen=True, slots=True)
class App:
    """Everything that runs; without `delivery`, others send."""

    settings: Settings
    bot: Bot
    database: Database
    lease: Lease
    receiving: Receiving
    web: Application
    brain: Brain
    ingest: Ingest
    live_fixes: LiveFixes
    delivery: Delivery | None
    schedule: Schedule
    menus: Menus
    health: Health

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set, then finish what runs and close everything.

        Raises:
            TokenError: Telegram does not know the token.
            WebhookError: it does not take the webhook's address.
            PortError: one of our own addresses is taken.
            LeaseLostError: another process has taken over.
        """
        try:
            self.brain.start()
            await asyncio.to_thread(amounts.prepare)
            await asyncio.to_thread(language.prepare)
            if await self.lease.take(stop):
                await announce_key(self.database)
                await self._run(stop)
        finally:
            await self.lease.give_back()
            await self.brain.close()
            await self.bot.session.close()
            await self.database.close()

    async def _run(self, stop: asyncio.Event) -> None:
        """Receive and send; the parts that write stop before those they write for."""
        sender = await self._begin_to_send(self.delivery) if self.delivery else None
        waiting = await self.ingest.replay()
        self.schedule.start()
        menus = asyncio.create_task(self.menus.run(), name="menus")
        log.info("started; %d updates were waiting", waiting)
        try:
            await self._receive(stop)
        finally:
            log.info("stopping: what runs may finish")
            menus.cancel()
            await asyncio.gather(menus, return_exceptions=True)
            await self.ingest.close()
            self.schedule.stop()
            await self.live_fixes.close()
            if self.delivery and sender:
                await self.delivery.stop(sender, self.settings.ingest.drain_s)
            log.info("stopped")

    async def _begin_to_send(self, delivery: Delivery) -> asyncio.Task[None]:
        """Join those who send, settling what is nobody's, and begin."""
        if self.settings.is_on_server:
            self.database.listen()
        await delivery.look_at_crew()
        return asyncio.create_task(delivery.run(), name="outbox")

    async def _receive(self, stop: asyncio.Event) -> None:
        """Receive until told to stop, until Telegram refuses the token, or until another process takes over."""
        async with serving(self.web, self.settings.listens_at, self.settings.ingest.drain_s):
            receiving = asyncio.create_task(self.receiving.run())
            stopping = asyncio.create_task(stop.wait())
            keeping = asyncio.create_task(self.lease.keep())
            running = {receiving, stopping, keeping}
            ended, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            for task in ended:
                task.result()


# One line each, as VOICE asks: no chain of apologies, and what to do next.
APOLOGIES = Apologies(
    failed=Sentence(
        "Something went wrong on my side, and I couldn't answer that. Please ask me once more."
    ),
    late=Sentence("I was away for a while and missed your message. What can I find for you now?"),
)
