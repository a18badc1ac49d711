"""CSV and XLSX files. `detect.py` looks at one, `text.py` streams CSV, `workbook.py` reads a sheet, `rows.py` does either."""
