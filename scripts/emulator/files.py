"""Keep uploaded bytes on disk and know them by file_id.

Source of sizes: core.telegram.org/bots/api#sending-files and #getfile (2026-11-21).
"""

import asyncio
import hashlib
import secrets
from pathlib import Path, PurePosixPath

from scripts.emulator.errors import FILE_TOO_BIG, BadRequestError
from scripts.emulator.ledger import Ledger
from scripts.emulator.parameters import Upload
from scripts.emulator.wire import Json

LARGEST_DOWNLOAD_BYTES = 20 * 1024 * 1024
_FOLDERS = {
    "photo": "photos",
    "document": "documents",
    "sticker": "stickers",
    "voice": "voice",
    "video": "videos",
}


class Files:
    """Files of one world; a row per file, the bytes beside the ledger."""

    def __init__(self, ledger: Ledger, folder: Path) -> None:
        self._ledger = ledger
        self._folder = folder

    async def keep(self, upload: Upload, kind: str) -> Json:
        """Store a file and give its row: file_id, file_unique_id, file_size, file_path and more."""
        number = self._ledger.next_number("file", 0)
        suffix = PurePosixPath(upload.file_name).suffix.lower() or ".bin"
        if not suffix[1:].isalnum():
            suffix = ".bin"
        file_path = f"{_FOLDERS[kind]}/file_{number}{suffix}"
        await asyncio.to_thread(_write, self._folder / file_path, upload.content)
        unique = hashlib.sha256(upload.content).hexdigest()[:15]
        row: Json = {
            "file_id": f"{kind}-{number}-{secrets.token_urlsafe(24)}",
            "file_unique_id": f"AgAD{unique}",
            "file_size": len(upload.content),
            "file_path": file_path,
            "file_name": upload.file_name,
            "mime_type": upload.mime_type,
            "kind": kind,
        }
        self._ledger.put("file", row["file_id"], row)
        return row

    def row(self, file_id: str) -> Json | None:
        """Give a file's row, None when no such file is known."""
        found: Json | None = self._ledger.table("file").get(file_id)
        return found

    def row_by_path(self, file_path: str) -> Json | None:
        """Give the row of a path that getFile handed out."""
        for row in self._ledger.table("file").values():
            if row["file_path"] == file_path:
                found: Json = row
                return found
        return None

    def path_on_disk(self, row: Json) -> Path:
        """Give where a file's bytes lie."""
        return self._folder / str(row["file_path"])

    def describe(self, file_id: str) -> Json:
        """Answer getFile.

        Raises BadRequestError when the file is unknown or larger than bots may download.
        """
        row = self.row(file_id)
        if row is None:
            raise BadRequestError("invalid file_id")
        if row["file_size"] > LARGEST_DOWNLOAD_BYTES:
            raise BadRequestError(FILE_TOO_BIG)
        return {key: row[key] for key in ("file_id", "file_unique_id", "file_size", "file_path")}


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
