"""What the description of the API has beside routes and schemas: names of word lists, examples, and who may ask."""
