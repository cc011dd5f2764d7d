"""Files of any shop as input tables: what they are proposed to be, and the file `mapping.yml` that says what they are.

`mapping_file` is what such a file may say, `mapping_text` writes and reads it, `mapped_input` finds what it names.
Proposals are made from names (`column_words`, `column_names`) and values (`samples`, `profiles`).
"""
