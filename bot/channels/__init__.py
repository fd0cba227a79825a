"""The ways to reach people: Telegram for families and notices, mail for notices."""
