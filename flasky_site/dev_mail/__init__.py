"""Mail in development: printed in the terminal and shown on the page /dev/mail/."""
