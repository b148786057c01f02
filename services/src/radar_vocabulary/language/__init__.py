"""Languages: which there are, what is said in them, and how they write numbers, money and dates."""
