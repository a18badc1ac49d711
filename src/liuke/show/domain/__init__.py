"""Pure shapes and rules of what people see."""
