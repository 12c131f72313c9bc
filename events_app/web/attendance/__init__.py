"""Who comes: the answers of delegations, what they suggest, the list of participants."""
