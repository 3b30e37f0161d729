"""Articles go in, are corrected and removed, and are found again; the indexes agree with the catalog."""
