"""Files by the hash of their content."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from casegate.errors import BlobMissing, StorageFull
from casegate.hashing import sha256_hex
from casegate.storage import BlobFolder


@pytest.fixture
def blobs(tmp_path: Path) -> BlobFolder:
    return BlobFolder(tmp_path / "blobs")


def test_what_was_put_is_what_is_read(blobs: BlobFolder) -> None:
    sha256 = blobs.put(b"page")
    assert sha256 == sha256_hex(b"page")
    assert blobs.get(sha256) == b"page"
    assert blobs.path(sha256).read_bytes() == b"page"


def test_the_same_content_is_stored_once_and_leaves_no_part_behind(
    blobs: BlobFolder, tmp_path: Path
) -> None:
    assert blobs.put(b"page") == blobs.put(b"page")
    files = [file for file in (tmp_path / "blobs").rglob("*") if file.is_file()]
    assert [file.parent.name + file.name for file in files] == [sha256_hex(b"page")]


@pytest.mark.parametrize("place", [0, 1, 3])
def test_a_flipped_byte_in_a_blob_is_found_at_every_read(blobs: BlobFolder, place: int) -> None:
    sha256 = blobs.put(b"page")
    file = blobs.path(sha256)
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)
    for read in (blobs.get, blobs.path):
        with pytest.raises(BlobMissing, match="does not match its sha256"):
            read(sha256)


def test_a_damaged_blob_is_mended_when_its_content_arrives_again(blobs: BlobFolder) -> None:
    sha256 = blobs.put(b"page")
    blobs.path(sha256).write_bytes(b"pagf")
    blobs.put(b"page")
    assert blobs.get(sha256) == b"page"


@pytest.mark.parametrize("sha256", ["0" * 64, "../../etc/passwd", "", "A" * 64])
def test_a_blob_that_is_not_there_is_an_error(blobs: BlobFolder, sha256: str) -> None:
    with pytest.raises(BlobMissing):
        blobs.get(sha256)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 kB; needs the right to mount."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    if os.getuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("NOT TESTED with a full disk: this user can't mount a small file system")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_named_and_nothing_stored_before_is_lost(small_disk: Path) -> None:
    blobs = BlobFolder(small_disk / "blobs")
    sha256 = blobs.put(b"a" * 100_000)
    with pytest.raises(StorageFull):
        blobs.put(b"b" * 400_000)
    assert blobs.get(sha256) == b"a" * 100_000
    assert [file.suffix for file in (small_disk / "blobs").rglob(".*")] == []
    assert blobs.get(blobs.put(b"c" * 50_000)) == b"c" * 50_000
