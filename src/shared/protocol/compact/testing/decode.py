"""Reads the compact encoding with the reader that stands on its documentation page, and nothing but the standard library.

Argument: docs/protocol/compact.md.
Standard input: a JSON list of connections, each a list of frames in hexadecimal.
Standard output: the same with the message of each frame, null where it has none.
"""

import json
import re
import struct
import sys

NUMBERS = {0xCA: ">f", 0xCB: ">d", 0xCC: ">B", 0xCD: ">H", 0xCE: ">I", 0xCF: ">Q",
           0xD0: ">b", 0xD1: ">h", 0xD2: ">i", 0xD3: ">q"}
LENGTHS = {0xD9: ("text", ">B"), 0xDA: ("text", ">H"), 0xDB: ("text", ">I"),
           0xDC: ("list", ">H"), 0xDD: ("list", ">I"), 0xDE: ("map", ">H"), 0xDF: ("map", ">I")}


def unpack(data, at=0):
    """One MessagePack value, and where the next begins. Elsewhere a library does this."""
    head = data[at]
    at += 1
    if head < 0x80:
        return head, at
    if head >= 0xE0:
        return head - 0x100, at
    if head in (0xC0, 0xC2, 0xC3):
        return {0xC0: None, 0xC2: False, 0xC3: True}[head], at
    if head in NUMBERS:
        return struct.unpack_from(NUMBERS[head], data, at)[0], at + struct.calcsize(NUMBERS[head])
    if head < 0x90:
        kind, length = "map", head - 0x80
    elif head < 0xA0:
        kind, length = "list", head - 0x90
    elif head < 0xC0:
        kind, length = "text", head - 0xA0
    else:
        kind, form = LENGTHS[head]
        length = struct.unpack_from(form, data, at)[0]
        at += struct.calcsize(form)
    if kind == "text":
        return data[at:at + length].decode(), at + length
    items = []
    for _ in range(length * 2 if kind == "map" else length):
        item, at = unpack(data, at)
        items.append(item)
    return (dict(zip(items[::2], items[1::2])) if kind == "map" else items), at


def create_reader(page):
    """The documentation's `message_of`, with chains of its own."""
    (code,) = re.findall(r"^```python\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    scope = {}
    exec(code, scope)
    return scope["message_of"]


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        page = file.read()
    connections = []
    for frames in json.load(sys.stdin):
        message_of = create_reader(page)
        connections.append([message_of(unpack(bytes.fromhex(frame))[0]) for frame in frames])
    json.dump(connections, sys.stdout)
