{# The first thing wrong with a row that its columns alone can say, in words, else null: a line of the wrong width, what is
   missing (though some row has it), what cannot be read as its type. #}
{% macro fault_of_columns(table_name) -%}
  case
        when row_defect is not null then row_defect
  {%- set kinds = {'time': 'a time', 'date': 'a date', 'number': 'a number', 'whole': 'a whole number',
                   'flag': 'true or false', 'vector': 'a list of numbers'} %}
  {%- for column, type in column_types(table_name).items() %}
  {%- if column ~ '*' in input_table(table_name)['columns'] %}
        when {{ column }} is null{{ ' and not ' ~ column ~ '_in_no_row' if column in all_or_none(table_name) }} then '{{ column }} is missing'
  {%- endif %}
  {%- if type in kinds %}
        when {{ column }} is not null and {{ column }}_read is null then '{{ column }} is not {{ kinds[type] }}'
  {%- endif %}
  {%- endfor %}
  end
{%- endmacro %}
