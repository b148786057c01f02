"""Messages: what people are told of cases, in their language, and the next steps that playbooks recommend."""
