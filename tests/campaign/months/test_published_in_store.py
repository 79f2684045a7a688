"""What was published is in the store too: its numbers hold in the ledger, and on the phones."""

from pathlib import Path

import pandas as pd

import liuwen as lw
from liuwen.campaign.phone_list import phone_list

STEPS = pd.DataFrame(
    {
        "event": ["e1", "e2"],
        "matter": ["M1", "M2"],
        "step": "raise",
        "on": ["2026-06-02", "2026-07-02"],
        "received": ["2026-06-02", "2026-07-02"],
        "by": "P1",
        "village": "V1",
        "class": "difficulty",
        "title": ["well", "road"],
    }
)


def test_a_store_says_what_was_published(tmp_path: Path) -> None:
    """One row per file with its SHA-256; after reopening, the first list counts as published, and the phones show it."""
    with lw.Store(tmp_path / "town") as store:
        store.desk_tables["desk_steps"] = STEPS
        sheet = lw.read_campaign("our_town", 2026, store=store).publish("2026-06", tmp_path / "published", language="en")
        kept = store.desk_tables["published"]
        assert dict(zip(kept["file"], kept["sha256"], strict=True)) == {
            f"2026-06-list/{name}": digest for name, digest in sheet.files.items()
        }
        reopened = lw.read_campaign("our_town", 2026, store=store)
        assert reopened.ledger(on="2026-07-10").table["number"].tolist() == ["2026-06-V1-001", "M2"]
        assert phone_list(reopened, "2026-07-10")["label"].tolist() == ["2026-06-V1-001 well", "road"]
