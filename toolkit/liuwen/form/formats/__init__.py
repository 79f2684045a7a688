"""File formats of forms: .xlsx, .xls, Markdown, CSV and frames, and XForms in both directions."""
