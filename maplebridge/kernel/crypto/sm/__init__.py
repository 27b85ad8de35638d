"""SM3 and SM4-GCM, the national commercial algorithms (GB/T 32905, GB/T 32907)."""
