from pathlib import Path

from knowledge.search.index import VectorIndex


def test_chroma_reports_to_nobody(tmp_path: Path) -> None:
    settings = VectorIndex.in_folder(tmp_path)._client.get_settings()
    assert not settings.anonymized_telemetry
