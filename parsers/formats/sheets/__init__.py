"""Workbooks as they print: .xls, .xlsx, .xlsb, .ods, SpreadsheetML."""
