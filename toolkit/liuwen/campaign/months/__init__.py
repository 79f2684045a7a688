"""What a month gives to people: boards, the town's page, agenda, week sheets, notices; as HTML, PDF, CSV or text."""
