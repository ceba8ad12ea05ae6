"""A client of Pulsewire in Python, written from docs/protocol alone: pairs, watches, is cut off, resumes, leaves.

    python3 watch.py http://127.0.0.1:9740 CODE

Needs the package `websockets` (Debian: python3-websockets). Prints one line of JSON about what it saw; exits with 1 where
the host did not keep what the pages promise.
"""

import asyncio
import json
import sys
import urllib.request

from websockets import connect
from websockets.exceptions import ConnectionClosed

INTERVAL_MS = 250


def pair(url, code):
    """Exchanges the code that the host shows for a token."""
    body = json.dumps({"code": code, "name": "watch.py"}).encode()
    request = urllib.request.Request(url + "/v1/pair", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=130) as response:
        return json.load(response)["token"]


class Stream:
    """One connection. `get` gives the next message of a type and keeps what came before it for later."""

    def __init__(self, socket):
        self.socket = socket

    @classmethod
    async def open(cls, url, token):
        socket = await connect(
            url.replace("http", "ws", 1) + "/v1/stream", subprotocols=["pulsewire.v1.json"], max_size=None
        )
        stream = cls(socket)
        await stream.send(type="hello", protocol=1, token=token, client={"name": "watch.py", "version": "1"})
        return stream

    async def send(self, **message):
        await self.socket.send(json.dumps(message))

    async def receive(self):
        return json.loads(await asyncio.wait_for(self.socket.recv(), 10))

    async def get(self, *types):
        while True:
            message = await self.receive()
            if message["type"] in types:
                return message

    async def subscribe(self, **more):
        await self.send(type="subscribe", id="main", topics=["memory"], intervalMs=INTERVAL_MS, **more)

    async def samples(self, count):
        """The next samples, each acknowledged. A gap would be what the caller looks for, and is not skipped."""
        seqs = []
        while len(seqs) < count:
            message = await self.get("snapshot", "sample", "gap")
            assert message["type"] != "gap", message
            seqs.append(message["seq"])
            await self.send(type="ack", seq=message["seq"])
        return seqs


async def watch(stream, seqs):
    """Never leaves: what it gets is what there was to get."""
    try:
        while True:
            seqs += await stream.samples(1)
    except ConnectionClosed:
        pass


async def ends_with(url, token, text=None):
    """The close code, and the code of the bye before it: after a text that the host does not take, or the token."""
    stream = await Stream.open(url, token)
    code = None
    try:
        if text is not None:
            await stream.get("welcome")
            await stream.socket.send(text)
        while True:
            message = await stream.receive()
            if message["type"] == "bye":
                code = message["code"]
    except ConnectionClosed:
        return [stream.socket.close_code, code]


async def main(url, token):
    witness = await Stream.open(url, token)
    await witness.subscribe()
    published = []
    watching = asyncio.ensure_future(watch(witness, published))

    first = await Stream.open(url, token)
    instance = (await first.get("welcome"))["host"]["instanceId"]
    await first.subscribe()
    received = await first.samples(6)
    first.socket.transport.abort()  # as a network does, without a word

    await asyncio.sleep(8 * INTERVAL_MS / 1000)
    second = await Stream.open(url, token)
    restarted = (await second.get("welcome"))["host"]["instanceId"] != instance
    await second.subscribe(afterSeq=received[-1])
    received += await second.samples(16)

    await second.send(type="unsubscribe", id="main")
    await second.get("done")
    errors = {}
    await second.send(type="dance")
    errors["type"] = (await second.get("error"))["code"]
    await second.send(type="request", id="r1", method="dance")
    errors["method"] = (await second.get("error"))["code"]
    await second.send(type="subscribe", id="fast", topics=["memory"], intervalMs=1)
    errors["interval"] = (await second.get("error"))["code"]
    await second.send(type="ping", t=7)
    pong = (await second.get("pong"))["t"]
    await second.socket.close()

    closes = {
        "notJson": await ends_with(url, token, "{"),
        "noSuchTopic": await ends_with(
            url, token, '{"type":"subscribe","id":"a","topics":["weather"],"intervalMs":1000}'
        ),
        "wrongToken": await ends_with(url, "wrong"),
    }
    await witness.socket.close()
    await watching

    expected = [seq for seq in published if received[0] <= seq <= received[-1]]
    return {
        "restarted": restarted,
        "received": received,
        "missing": [seq for seq in expected if seq not in received],
        "twice": len(received) - len(set(received)),
        "inOrder": received == sorted(received),
        "errors": errors,
        "pong": pong,
        "closes": closes,
    }


if __name__ == "__main__":
    address, pairing_code = sys.argv[1:3]
    result = asyncio.run(main(address, pair(address, pairing_code)))
    print(json.dumps(result))
    sys.exit(0 if not result["missing"] and not result["twice"] and result["inOrder"] else 1)
