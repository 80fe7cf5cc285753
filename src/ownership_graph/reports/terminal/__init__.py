"""Parts of what a check looks like at a terminal; no formats of their own."""
