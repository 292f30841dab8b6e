"""The tests of the demonstration share one prepared demonstration, hence a package."""
