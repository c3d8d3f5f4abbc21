"""Pages in English: what templates say, and what services say in words of theirs. What people wrote stays as they did.

A message is a text with numbers for what stands in it: `第 {1} 页`. So a sentence is one message, wherever English
puts its words. `templates` puts those of templates into English before they are compiled, `saying` what an expression
says, and `catalogue` knows the English of both.
"""
