"""Who may do what: principals, rights, sign-in and the approval policy."""
