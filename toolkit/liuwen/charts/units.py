"""What is counted, in words: households, interviews or people."""

from liuwen.messages import Sentence

UNITS = {
    "households": Sentence(zh="户", en="households"),
    "interviews": Sentence(zh="份答卷", en="interviews"),
    "people": Sentence(zh="人", en="people"),
}
SHORT = {
    "households": Sentence(zh="户", en=" hh"),
    "interviews": Sentence(zh="份", en=" interviews"),
    "people": Sentence(zh="人", en=" people"),
}
HEADINGS = {
    "households": Sentence(zh="户数", en="households"),
    "interviews": Sentence(zh="答卷数", en="interviews"),
    "people": Sentence(zh="人数", en="people"),
}
