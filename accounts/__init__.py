"""Who you are: members, roles, confirmation, credentials, profile data, avatar."""
