"""Reads the compact encoding, written from docs/protocol/compact.md alone, with Python's standard library alone.

Standard input: a JSON list of connections, each a list of frames in hexadecimal.
Standard output: the same with the message of each frame, null where it has none.
"""

import json
import math
import struct
import sys

NUMBERS = {0xCA: ">f", 0xCB: ">d", 0xCC: ">B", 0xCD: ">H", 0xCE: ">I", 0xCF: ">Q",
           0xD0: ">b", 0xD1: ">h", 0xD2: ">i", 0xD3: ">q"}
LENGTHS = {0xD9: ("text", ">B"), 0xDA: ("text", ">H"), 0xDB: ("text", ">I"),
           0xDC: ("list", ">H"), 0xDD: ("list", ">I"), 0xDE: ("map", ">H"), 0xDF: ("map", ">I")}


def unpack(data, at=0):
    """One MessagePack value, and where the next begins. In practice a library does this."""
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


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def add_scaled(base, difference, decimals):
    scale = 10 ** decimals
    return (math.floor(base * scale + 0.5) + difference) / scale


def move_rows(column, edits):
    moved, at = [], 0
    for keep, remove, insert in zip(*[iter(edits)] * 3):
        moved += column[at:at + keep] + [None] * insert
        at += keep + remove
    return moved + column[at:]


def apply_patch(base, patch):
    if not isinstance(patch, list):
        whole = is_number(base) and is_number(patch) and float(patch).is_integer()
        return base + patch if whole else patch
    if len(patch) == 0:
        return base
    if len(patch) == 1:
        return patch[0]
    if is_number(base):
        return add_scaled(base, *patch)
    if len(patch) % 2 == 1:
        (length, *edits), patch = patch[0], patch[1:]
        if isinstance(base, list):
            base = move_rows(base, edits)
        else:
            base = {key: move_rows(value, edits) if isinstance(value, list) and len(value) == length else value
                    for key, value in base.items()}
    result = base.copy()
    keys = range(len(base)) if isinstance(base, list) else list(base)
    at = 0
    for skip, change in zip(patch[::2], patch[1::2]):
        at += skip
        result[keys[at]] = apply_patch(result[keys[at]], change)
        at += 1
    return result


class Decoder:
    """Of one connection."""

    def __init__(self):
        self.followed = {}

    def decode(self, data):
        frame, _ = unpack(data)
        if isinstance(frame, list):
            return self.decode_delta(*frame)
        if frame["type"] != "keyframe":
            return frame
        message = frame["message"]
        frame["sections"] = {**(message["sections"] if message else {}), **frame["sections"]}
        self.followed[frame["chain"]] = frame
        return message

    def decode_delta(self, chain, base_seq, rise, wall, monotonic, changes, discontinuity=None):
        state = self.followed[chain]
        if state["seq"] != base_seq:
            raise ValueError("The frame changes another sample than the last.")
        state["seq"] += rise
        state["wallMs"] = apply_patch(state["wallMs"], wall)
        state["monotonicMs"] = apply_patch(state["monotonicMs"], monotonic)
        sections = {}
        for place, patch in zip(changes[::2], changes[1::2]):
            topic = state["topics"][place]
            base = state["sections"].get(topic)
            if base and base["status"] == "ok" and isinstance(patch, list) and len(patch) == 2:
                lag, data = patch
                read_ms = lag[0] if isinstance(lag, list) else add_scaled(state["monotonicMs"], lag, 3)
                sections[topic] = {**base, "readMs": read_ms, "data": apply_patch(base["data"], data)}
            else:
                sections[topic] = apply_patch(base, patch)
        state["sections"].update(sections)
        message = {"type": "sample", "id": state["id"], "seq": state["seq"], "wallMs": state["wallMs"],
                   "monotonicMs": state["monotonicMs"], "sections": sections}
        return {**message, "discontinuity": discontinuity} if discontinuity else message


if __name__ == "__main__":
    results = []
    for frames in json.load(sys.stdin):
        decoder = Decoder()
        results.append([decoder.decode(bytes.fromhex(frame)) for frame in frames])
    json.dump(results, sys.stdout)
