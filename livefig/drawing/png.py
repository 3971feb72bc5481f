"""A picture in the colours of a table as the address of a PNG, byte for byte that of the page. `png.js` is the twin.

It is not compressed: pages are when they travel, and a script that compresses would be longer than it saves.
"""

from __future__ import annotations

import base64
import struct
import zlib
from typing import Any

import numpy as np

PALETTE, RGBA = 3, 6  # the PNG types of colour
BLOCK = 65535  # bytes: what one block without compression may hold


def png(pixels: Any, table: list[str]) -> str:
    """An address for an image: `pixels`, shape (rows, columns), are places in a table of "rrggbb", "rrggbbaa" or ""."""
    rows, columns = pixels.shape
    first = np.array([table.index(colour) for colour in table])  # of each colour: some stand there twice
    used, slots = np.unique(first[pixels], return_inverse=True)
    colours = np.array([_rgba(table[place]) for place in used], dtype=np.uint8).reshape(-1, 4)
    if few := len(used) <= 256:
        lines = slots.reshape(rows, columns).astype(np.uint8)
    else:
        lines = colours[slots].reshape(rows, 4 * columns)
    data = np.insert(lines, 0, 0, axis=1).tobytes()  # each line says that it is not filtered
    blocks = [data[i : i + BLOCK] for i in range(0, len(data), BLOCK)]
    stored = b"".join(struct.pack("<BHH", b is blocks[-1], len(b), len(b) ^ 0xFFFF) + b for b in blocks)
    palette = [_chunk(b"PLTE", colours[:, :3].tobytes()), _chunk(b"tRNS", colours[:, 3].tobytes())]
    parts = [
        b"\x89PNG\r\n\x1a\n",
        _chunk(b"IHDR", struct.pack(">IIBBBBB", columns, rows, 8, PALETTE if few else RGBA, 0, 0, 0)),
        *(palette if few else ()),
        _chunk(b"IDAT", b"\x78\x01" + stored + struct.pack(">I", zlib.adler32(data))),
        _chunk(b"IEND", b""),
    ]
    return "data:image/png;base64," + base64.b64encode(b"".join(parts)).decode()


def _rgba(colour: str) -> list[int]:
    return list(bytes.fromhex((colour or "00000000").ljust(8, "f")))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
