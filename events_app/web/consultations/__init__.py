"""Date consultations on the site: opening them, saying something in them, what came of them."""
