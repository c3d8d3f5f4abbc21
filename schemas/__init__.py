"""What crosses a boundary: commands, events and resources, as marshmallow schemas."""
