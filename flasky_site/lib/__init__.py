"""What two apps share and neither owns. Imports Django, never an app."""
