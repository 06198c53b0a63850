"""Answer /file/bot<token>/<path> with the bytes getFile named."""

from aiohttp import web

from scripts.emulator.emulator import Emulator
from scripts.emulator.errors import ApiError, NotFoundError, UnauthorizedError


class Downloads:
    """The address bots download from."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add the address to an app."""
        router.add_get("/file/bot{token:[^/]+}/{path:.+}", self.download)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Give a file's bytes."""
        if request.match_info["token"] != self._emulator.setup.token:
            return _refuse(UnauthorizedError())
        row = self._emulator.files.row_by_path(request.match_info["path"])
        if row is None:
            return _refuse(NotFoundError("file not found"))
        headers = {"Content-Type": "application/octet-stream"}
        return web.FileResponse(self._emulator.files.path_on_disk(row), headers=headers)


def _refuse(error: ApiError) -> web.Response:
    return web.json_response(error.envelope(), status=error.code)
