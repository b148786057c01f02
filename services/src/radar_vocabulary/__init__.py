"""Words that services share: records on topics, languages, the sentences of reasons."""
