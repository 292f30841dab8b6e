"""What is offered, by whom and until when? Training offered by sponsors, hosting by delegations."""
