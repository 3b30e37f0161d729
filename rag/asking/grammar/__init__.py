"""How a follow-up question is understood from the turns before it, by rules: functions of texts, without models."""
