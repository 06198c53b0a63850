"""What the fences are held against: PostGIS with an index, and a look at every store in a row.

Why: PostGIS is what one would take who had a server; the scan is what one would write first.
"""

import math
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import asyncpg
import numpy as np

from knowledge.geography.distance import distance_m
from knowledge.nearby.places import Fix
from scripts.bench.fence_town import RADIUS_M, Place

Pairs = set[tuple[int, int]]  # number of a fix, number of a store

_SCHEMA = "bench_fence"
_LOAD = f"INSERT INTO {_SCHEMA}.stores SELECT number, ST_MakePoint(longitude, latitude) FROM told"  # noqa: S608
_REACHED = f"""
    SELECT fixes.number, reached.number
    FROM unnest($1::int[], $2::float8[], $3::float8[]) AS fixes (number, latitude, longitude)
    CROSS JOIN LATERAL (
        SELECT stores.number FROM {_SCHEMA}.stores
        WHERE ST_DWithin(stores.place, ST_MakePoint(fixes.longitude, fixes.latitude)::geography, {RADIUS_M})
    ) AS reached"""  # noqa: S608 - all of it is written here
_EDGE = (
    math.sin(RADIUS_M / 2 / 6_371_008.8) ** 2
)  # of a haversine, on the mean radius of the earth


class PostGIS:
    """Stores in a geography column with a GiST index, and one prepared query for a batch of fixes."""

    def __init__(self, query: "asyncpg.prepared_stmt.PreparedStatement") -> None:
        self._query = query

    async def reached(self, fixes: Sequence[Fix]) -> list[asyncpg.Record]:
        """Ask which stores are within the radius of which fixes: rows of both their numbers."""
        latitudes = [fix.latitude for fix in fixes]
        longitudes = [fix.longitude for fix in fixes]
        return list(await self._query.fetch(range(len(fixes)), latitudes, longitudes))


class PostGISMissing(Exception):  # noqa: N818 - named for what it is
    """There is no PostgreSQL server with PostGIS; the message is one line that says why."""


@asynccontextmanager
async def postgis(url: str, places: Sequence[Place]) -> AsyncIterator[PostGIS]:
    """Put stores into a schema of their own, which is gone afterwards like the extension if it was not there.

    Raises:
        PostGISMissing: the server does not answer or does not have the extension.
    """
    try:
        connection = await asyncpg.connect(url)
    except (OSError, asyncpg.PostgresError) as error:
        raise PostGISMissing(f"No PostgreSQL to compare with: {_first_line(error)}") from error
    had_it = await connection.fetchval(
        "SELECT count(*) FROM pg_extension WHERE extname = 'postgis'"
    )
    try:
        await _lay_out(connection, places)
        yield PostGIS(await connection.prepare(_REACHED))
    finally:
        await connection.execute(f"DROP SCHEMA IF EXISTS {_SCHEMA} CASCADE")
        if not had_it:
            await connection.execute("DROP EXTENSION IF EXISTS postgis")
        await connection.close()


async def _lay_out(connection: asyncpg.Connection, places: Sequence[Place]) -> None:
    try:
        await connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    except asyncpg.PostgresError as error:
        hint = "install postgresql-15-postgis-3"
        raise PostGISMissing(
            f"No PostGIS to compare with, {hint}: {_first_line(error)}"
        ) from error
    await connection.execute(
        f"""DROP SCHEMA IF EXISTS {_SCHEMA} CASCADE; CREATE SCHEMA {_SCHEMA};
        SET jit = off; -- compiling takes longer than answering
        CREATE TABLE {_SCHEMA}.stores (number int, place geography(Point));
        CREATE TEMP TABLE told (number int, longitude float8, latitude float8)"""
    )
    rows = ((number, place[1], place[0]) for number, place in enumerate(places))
    await connection.copy_records_to_table("told", records=rows)
    await connection.execute(_LOAD)
    await connection.execute("DROP TABLE told")
    await connection.execute(f"CREATE INDEX ON {_SCHEMA}.stores USING gist (place)")
    await connection.execute(f"VACUUM ANALYZE {_SCHEMA}.stores")


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


class LinearScan:
    """A haversine to every store, with numpy, on a sphere: up to 0.5 % off."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = places
        self._latitudes, self._longitudes = np.radians(np.asarray(places)).T
        self._cosines = np.cos(self._latitudes)

    def reached(self, fixes: Sequence[Fix]) -> Pairs:
        """Give which stores are within the radius of which fixes."""
        return {(at, store) for at, fix in enumerate(fixes) for store in self._around(fix)}

    def is_at_edge(self, fix: Fix, store: int) -> bool:
        """Tell whether a store is so near to the radius that a sphere may have it on the other side."""
        exact_m = distance_m((fix.latitude, fix.longitude), self._places[store])
        return abs(exact_m - RADIUS_M) < 0.01 * RADIUS_M

    def _around(self, fix: Fix) -> list[int]:
        north, east = math.radians(fix.latitude), math.radians(fix.longitude)
        half_north = np.sin((self._latitudes - north) / 2) ** 2
        half_east = np.sin((self._longitudes - east) / 2) ** 2
        chords = half_north + math.cos(north) * self._cosines * half_east
        found: list[int] = np.flatnonzero(chords <= _EDGE).tolist()
        return found
