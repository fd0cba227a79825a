"""The pages people open in a browser: the desk for professionals, the chat page for families."""
