{# The rows of an input table as a mapping makes them (customer_insight.mapping.mapped_input): like raw_rows, with the columns of the
   table as text. Rows of several entries follow one another. What an entry says how to read arrives in one way of writing, so that
   files of several kinds can be one table. mapped_rows('order_lines', finding, names, source) -> (select row_number, … from (…)) #}
{% macro mapped_rows(table_name, finding, names, source) %}
  {% set selects = [] %}
  {% for entry in finding['entries'] %}
    {% do selects.append('select ' ~ loop.index ~ ' as entry, entry_rows.* from ' ~ rows_of_entry(table_name, dict(entry, source=source), names) ~ ' as entry_rows') %}
  {% endfor %}
  {% if selects | length == 1 %}
    {{ return('(\n  select * exclude (entry) from (\n' ~ selects[0] ~ '\n  )\n)') }}
  {% endif %}
  {% set number = 'row_number() over (order by entry asc nulls last, row_number asc nulls last) as row_number' %}
  {{ return('(\n  select ' ~ number ~ ', * exclude (entry, row_number) from (\n' ~ selects | join('\nunion all\n') ~ '\n  )\n)') }}
{% endmacro %}

{# The rows of one entry: first its texts, joined and looked up in other files, then as they are read. A row for each value of
   `one_row_per` is its last one; rows without it, and such as cannot be read, tell of nothing. #}
{% macro rows_of_entry(table_name, entry, names) %}
  {% set columns, kinds = [], column_types(table_name) %}
  {% for name in names %}
    {% do columns.append(mapped_value(name, kinds[name], entry) ~ ' as ' ~ name) %}
  {% endfor %}
  {% set texts = '(select ' ~ (['*'] + numbers_of_line(entry)) | join(', ') ~ ' from (\n' ~ texts_of_entry(entry) ~ '\n  ) as texts) as lines' %}
  {% set rows = '(select row_number, ' ~ columns | join(',\n    ') ~ ', row_defect from ' ~ texts ~ ')' %}
  {% if entry['one_row_per'] %}
    {% set key = entry['one_row_per'] %}
    {{ return('(select * from ' ~ rows ~ ' as each where row_defect is null and ' ~ key ~ ' is not null qualify row_number() over (partition by '
              ~ key ~ ' order by row_number desc) = 1)') }}
  {% endif %}
  {{ return(rows) }}
{% endmacro %}
