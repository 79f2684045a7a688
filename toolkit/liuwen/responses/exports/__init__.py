"""Responses written out: workbooks, CSV, Stata, SPSS, GeoJSON, Parquet, and the codebook that explains them."""
