"""How a form is read and written: .xlsx, .xls, Markdown, CSV and frames, and the XForm in both directions."""
