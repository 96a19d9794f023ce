"""What people do on several journeys."""


def log_out(page):
    page.goto("/auth/logout/")
    page.get_by_role("main").get_by_role("button", name="Log out").click()
