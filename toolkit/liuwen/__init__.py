"""liuwen (六问): design a questionnaire, prove it works, collect answers offline, explore needs by village, act."""
