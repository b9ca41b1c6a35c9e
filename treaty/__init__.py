"""Instruments, their provisions and wordings, and the acts of states upon them."""
