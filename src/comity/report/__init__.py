"""Results to sentences, figures and one HTML page; computes nothing."""
