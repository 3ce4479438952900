"""What leaves the program: one module per report, the prescribed forms, the workbook writers."""
