"""Windows of households and relations."""
