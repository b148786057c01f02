"""What services share: records on topics, answers, languages, the sentences of reasons, pictures of backtests."""
