"""What invented people say: openings, remarks, endings, in the voices of many kinds of people."""
