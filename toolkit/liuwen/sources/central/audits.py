"""The audit log of ODK Central."""

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from liuwen.sources.central.addresses import PAGE
from liuwen.sources.replies import Reply, read_reply

if TYPE_CHECKING:
    import pandas as pd

    from liuwen.sources.central.client import Central


def read_audits(central: "Central", since: str = "") -> "pd.DataFrame":
    """The server's log, oldest first: `logged_at` (UTC), `action`, `actor`, `details` (JSON text).

    Only a site administrator may read it; `since` is an ISO 8601 time.
    """
    import pandas as pd

    rows: list[Reply] = []
    query: dict[str, object] = {"start": since} if since else {}
    while True:
        query |= {"limit": PAGE, "offset": len(rows)}
        headers = {"X-Extended-Metadata": "true"}
        answer = central.send("GET", "audits", server_wide=True, params=query, headers=headers)
        page = read_reply(answer, central.url).rows()
        rows += page
        if len(page) < PAGE:
            break
        query["end"] = _just_after(rows[0]["loggedAt"].moment())  # entries arrive newest first, and new ones appear while we read
    table = pd.DataFrame(
        {
            "logged_at": pd.to_datetime([row["loggedAt"].moment() for row in rows], utc=True, format="ISO8601"),
            "action": [row["action"].text() for row in rows],
            "actor": [row.get("actor").get("displayName").text("") if row.get("actor").value else "" for row in rows],
            "details": [json.dumps(row.get("details").value, ensure_ascii=False) for row in rows],
        }
    )
    return table.iloc[::-1].reset_index(drop=True)


def _just_after(moment: str) -> str:
    """The next millisecond, because that is the resolution of Central's times."""
    return (datetime.fromisoformat(moment) + timedelta(milliseconds=1)).isoformat().replace("+00:00", "Z")
