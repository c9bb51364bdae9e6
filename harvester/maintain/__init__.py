"""What an operator does beside the runs: verify, rebuild, correct, status, doctor."""
