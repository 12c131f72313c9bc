from hypothesis import settings

# Time limits of single examples fail on busy machines and say nothing about the code.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")
