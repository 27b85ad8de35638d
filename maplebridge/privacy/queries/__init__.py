"""Reading: the journal backwards and aloud, who looked at what, the state of proofs."""
