"""Sending a form back as a browser does, hidden fields and all."""


def filled(form, **changes):
    """Return what a browser sends of ``form`` after somebody typed ``changes``."""
    fields = {}
    for bound in form:
        shown, seen = bound.value(), bound.initial
        if form.is_bound:
            seen = form.data[bound.html_initial_name]
        fields[bound.html_name] = shown
        fields[bound.html_initial_name] = str(seen)
    fields.update(changes)
    # A box that is not ticked is not sent.
    return {name: value for name, value in fields.items() if value is not False}
