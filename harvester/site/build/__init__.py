"""What is added to the database before it is published."""
