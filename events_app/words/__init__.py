"""Labels, composed titles, dates and names in seven languages."""
