"""What a questionnaire is: read from a workbook or built from its questions, written as a workbook, Markdown or XForm."""
