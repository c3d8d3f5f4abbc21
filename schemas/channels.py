"""What a channel may be called and may ask for. Every process reads it with the settings, so it loads nothing."""

CHANNEL = r"[a-z][a-z0-9-]{0,19}"
MOST_CHANNELS = 20
ADDRESSES = ("mail", "id")
LANGUAGES = ("zh", "en")
LANGUAGES_IN_WORDS = {"zh": "中文", "en": "英文"}
