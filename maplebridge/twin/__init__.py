"""The simulated city [数字孪生]: demonstration data, replay, and later a laboratory."""
