"""What the business says: values and rules without I/O."""
