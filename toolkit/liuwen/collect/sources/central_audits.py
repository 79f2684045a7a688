"""The log that ODK Central keeps of what was done on it."""

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from liuwen.collect.sources.central import Central


def read_audits(central: "Central", since: str = "") -> "pd.DataFrame":
    """The server's log, oldest first: `logged_at` (UTC), `action`, `actor`, `details` (text of JSON).

    Only a site administrator may read it; `since` is an ISO 8601 time.
    """
    import pandas as pd

    from liuwen.collect.sources.central import PAGE

    rows: list[dict[str, Any]] = []
    while True:
        told = {"limit": PAGE, "offset": len(rows), **({"start": since} if since else {})}
        page = central.send("GET", "audits", server_wide=True, params=told, headers={"X-Extended-Metadata": "true"}).json()
        rows += page
        if len(page) < PAGE:
            break
    table = pd.DataFrame(
        {
            "logged_at": pd.to_datetime([row["loggedAt"] for row in rows], utc=True),
            "action": [row["action"] for row in rows],
            "actor": [_actor(row.get("actor")) for row in rows],
            "details": [json.dumps(row.get("details"), ensure_ascii=False) for row in rows],
        }
    )
    return table.iloc[::-1].reset_index(drop=True)


def _actor(told: object) -> str:
    return str(told.get("displayName", "")) if isinstance(told, dict) else ""
