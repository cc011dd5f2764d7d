{# The raw tables of a source system that reads files; none of one that reads the database. Each system describes its own in
   macros/systems/<system>.sql, as a macro <system>_raw_tables() that returns, by the name of the table:
   `files`: how its files are called, in lower case without endings, `|` between several names and `*` for any letters; blanks
   and `-` are read as `_`, and a number may follow. Without it: as the table. `*` alone: all files of the folder, or the file
   that raw_path names. Where nothing is called so, files are taken that have its required columns, two of them or four columns in all.
   `one_file`: there may be one file only.
   `needed`: one of the tables with this mark has to be there. `with`: tables that this one is no use without.
   `last_file_of`: the column that names what each file exports whole, an order: of what stands in several files the rows of the
   last one count (files follow one another by name).
   `with_file`: true where rows have to say in which file they stand, as raw_file; not beside `last_file_of`.
   `header`: the columns of texts that bear no header, in order; a text of so many fields whose first line names none is read by it.
   `in_bucket`: files lie as a pipeline leaves them in a bucket: folders may be called so too (`run=2024-06-01`) and are read to any
   depth, and a file without an ending, or with `.gz` alone, is a text.
   `row_places`: of one of its rows models may make so many less one: their row_number is the row's, so many times, and a place.
   `quoted`: false where a quote in a text divided by tabs is a sign like any other.
   `columns`: the name that models use, `*` if required, and the spellings it may have in the file, `|` between them; upper and
   lower case and blanks around it do not matter.
   `all_or_none`: columns that all files of the table have or none.
   `may_be_mapped`: true where a mapping.yml beside the files may say which of them and which columns are meant.
   `input_table`: the input table that this one is already, where its columns have the names of that table: it needs no model.
   The models and the check of the raw input both ask here. raw_tables('rees46')['event_log']['files'] -> '*' #}
{% macro raw_tables(system) %}
  {% set name = system ~ '_raw_tables' %}
  {{ return(context[name]() if name in context else {}) }}
{% endmacro %}

{# The raw tables of every system that this run does not read and that has names of its own, by which a file is known:
   {'rees46': {'event_log': …}, …} #}
{% macro raw_tables_of_other_systems() %}
  {% set found = {} %}
  {% for system in var('source_tables') if system not in ['demo', 'files'] + systems() %}
    {% do found.update({system: raw_tables(system)}) %}
  {% endfor %}
  {{ return(found) }}
{% endmacro %}
