"""Facts as files: States and their roles, Chairmanships, Contact Groups, kinds, topics, venues, the archive."""
