"""How people can be reached: telephone numbers as the whole world writes them."""
