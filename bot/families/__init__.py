"""What a family did, part by part; the parts meet in the transaction of ``bot.conversations``."""
