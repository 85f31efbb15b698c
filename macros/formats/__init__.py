"""Files and their forms. What comes in and goes out is text, bytes and trees; nothing here knows a policy."""
