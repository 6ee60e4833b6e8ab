"""What could be agreed: packages, the exact frontier, solutions, trades and fairness."""
