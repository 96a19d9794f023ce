"""Who knows whom: follows, home, profiles."""
