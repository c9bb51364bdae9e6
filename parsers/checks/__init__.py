"""The identities of a form, the wrong cell, and the findings that follow."""
