#!/usr/bin/env python3
"""Checks an extract of an onewindow journal, offline and without onewindow. Python 3.8 or newer, nothing else.

    python3 verify.py EXTRACT [--seal NUMBER:HASH ...]

NUMBER:HASH is a seal as it was printed and kept on paper. It says what does not hold and ends with 1; with 0 when all holds.
The format, and what this proves and what it does not, is in docs/guide/audit.md.
"""
import argparse
import datetime
import hashlib
import json
import struct
import sys
import uuid

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def text(value):
    data = value.encode("utf-8")
    return struct.pack(">Q", len(data)) + data


def key(value):
    return uuid.UUID(value).bytes if value is not None else bytes(16)


def next_hash(previous, event):
    """SHA-256 over the hash before and every part of the envelope, in this order."""
    recorded = datetime.datetime.fromisoformat(event["recorded_at"])
    micros = (recorded - EPOCH) // datetime.timedelta(microseconds=1)
    parts = [
        previous,
        struct.pack(">q", event["position"]),
        text(event["record_kind"]),
        key(event["record_id"]),
        struct.pack(">q", event["version"]),
        text(event["kind"]),
        struct.pack(">q", event["format"]),
        text(event["happened_on"]),
        struct.pack(">q", micros),
        key(event["officer_id"]),
        key(event["command_id"]),
        bytes.fromhex(event["payload_hash"]),
    ]
    return hashlib.sha256(b"".join(parts)).digest()


class Check:
    """Reads an extract line by line and keeps what does not hold."""

    def __init__(self, printed):
        self.printed = printed
        self.faults = []
        self.hash = None
        self.number = None
        self.in_block = 0
        self.block_faults = 0
        self.last_position = 0
        self.versions = {}
        self.events = self.seals = 0
        self.ended = False

    def fault(self, words):
        self.faults.append(words)
        self.block_faults += 1

    def head(self, line):
        if line.get("onewindow_extract") != 1:
            raise SystemExit("This file is no extract of an onewindow journal, or of a newer layout.")
        self.hash = bytes.fromhex(line["after"])
        self.number = line["first_seal"]

    def event(self, line):
        place = "Event %d (%s of %s %s, version %d)" % (
            line["position"], line["kind"], line["record_kind"], line["record_id"], line["version"])
        if line["position"] <= self.last_position and self.in_block > 0:
            self.fault("%s stands after event %d: the order was changed." % (place, self.last_position))
        self.last_position = line["position"]
        before = self.versions.get(line["record_id"])
        if before is not None and line["version"] != before + 1:
            self.fault("%s follows version %d: an event was dropped, added or moved." % (place, before))
        self.versions[line["record_id"]] = line["version"]
        made = next_hash(self.hash, line)
        if made.hex() != line["chain"]:
            self.fault("%s does not follow from what stands before it: it was changed, or what stood before is gone." % place)
            made = bytes.fromhex(line["chain"])
        self.hash = made
        self.in_block += 1
        self.events += 1

    def seal(self, line):
        number = line["seal"]
        if number != self.number:
            self.fault("Seal %d stands where seal %d belongs: a whole block was dropped or moved." % (number, self.number))
        if self.in_block != line["events"]:
            self.fault("Seal %d covers %d events, and %d are here." % (number, line["events"], self.in_block))
        if self.hash.hex() != line["hash"]:
            self.fault("Seal %d does not come out of its events: they were changed after sealing." % number)
        elif self.block_faults:
            self.fault("Seal %d is not proven." % number)
        wanted = self.printed.pop(number, None)
        if wanted is not None and wanted != line["hash"]:
            self.fault("Seal %d is not the printed one: the journal was made again after it was printed." % number)
        # Go on from the seal, so that one broken block is named alone.
        self.hash = bytes.fromhex(line["hash"])
        self.number = number + 1
        self.in_block = self.block_faults = 0
        self.seals += 1

    def end(self, line):
        self.ended = True
        if (line["seals"], line["events"]) != (self.seals, self.events):
            self.fault("The extract was of %d seals and %d events, and %d and %d are here."
                       % (line["seals"], line["events"], self.seals, self.events))


def main():
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("extract")
    asked.add_argument("--seal", action="append", default=[], metavar="NUMBER:HASH")
    asked = asked.parse_args()
    check = Check({int(number): value.lower() for number, value in (seal.split(":") for seal in asked.seal)})
    with open(asked.extract, encoding="utf-8", errors="surrogateescape") as lines:
        for at, raw in enumerate(lines, 1):
            try:
                line = json.loads(raw)
                part = ("head" if at == 1 else "event" if "position" in line
                        else "seal" if "seal" in line else "end")
                getattr(check, part)(line)
            except (ValueError, KeyError, TypeError, AttributeError, UnicodeError, struct.error) as error:
                check.fault("Line %d cannot be read: %s" % (at, error))
    if not check.ended:
        check.fault("The end of the extract is missing.")
    for number in check.printed:
        check.fault("Seal %d was printed and is not in the extract." % number)
    for words in check.faults:
        print(words)
    print("%d events under %d seals, %d faults." % (check.events, check.seals, len(check.faults)))
    sys.exit(1 if check.faults else 0)


if __name__ == "__main__":
    main()
