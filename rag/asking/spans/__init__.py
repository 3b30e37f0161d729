"""What sort of short answer a question expects, and which span of a passage is one."""
