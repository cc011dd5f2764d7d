{# The columns of an input table that may be missing as a whole (macros/input/): where the raw table is that table already and does
   not itself need them. In a system that always has dates all of them missing is a fault, and so it is beside other sources.
   all_or_none('order_lines') -> ['ordered_at'] for files in our names, [] for Shopify's #}
{% macro all_or_none(table_name) %}
  {% set named = input_table(table_name).get('all_or_none', []) %}
  {% set system = sources()[0]['system'] %}
  {% set raw_names = raw_tables_of_input(table_name, system) if named and sources() | length == 1 else [] %}
  {% set columns = [] %}
  {% for column in named if raw_names %}
    {% set needing = [] %}
    {% for raw_name in raw_names if column ~ '*' in raw_tables(system)[raw_name]['columns'] %}
      {% do needing.append(raw_name) %}
    {% endfor %}
    {% do columns.append(column) if not needing %}
  {% endfor %}
  {{ return(columns) }}
{% endmacro %}

{# Whether no row has such a column, beside the columns as they are read: their reading says so (stg_column_readings).
   in_no_row('order_lines') -> ["coalesce(reading.ordered_at = 'in no row', false) as ordered_at_in_no_row"] #}
{% macro in_no_row(table_name) %}
  {% set columns = [] %}
  {% for column in all_or_none(table_name) %}
    {% do columns.append('coalesce(' ~ reading_of(column) ~ " = 'in no row', false) as " ~ column ~ '_in_no_row') %}
  {% endfor %}
  {{ return(columns) }}
{% endmacro %}
