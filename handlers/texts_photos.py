"""What is said to a photo that leads nowhere."""

from knowledge.language import Sentence

NO_CODE = Sentence(
    "I find no barcode or QR code in that picture. Hold the phone closer and straight, or tell me in words what "
    "you're looking for."
)
CODE_UNKNOWN = Sentence(
    "I can read that code, but it's none of ours. Tell me in words what you're looking for, and I'll see what we have."
)
NOT_FETCHED = Sentence(
    "I couldn't get that picture. Please send it again, or write what you need."
)
TOO_LARGE = Sentence(
    "That picture is larger than I can look at. Send it as a photo, not as a file."
)
ENOUGH = Sentence(
    "I've looked at {count} pictures of yours today, and that is my limit. Words still work."
)
