"""What a month gives to people: boards, the town's page, agenda, week sheets, notices; each one page, in HTML, PDF, CSV or text."""
