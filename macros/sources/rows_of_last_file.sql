{# Of rows with the same key, those of the file in which it stands last: an order that was exported again is the later export,
   whole. A row that cannot be read, or without a key, stays. rows_of_last_file('(select …)', 'name') -> (select * exclude … qualify …) #}
{% macro rows_of_last_file(rows, key) -%}
(
  select * exclude (raw_file)
  from {{ rows }} as rows_of_files
  qualify {{ key }} is null or row_defect is not null
    or raw_file = max_by(raw_file, case when row_defect is null then row_number end) over (partition by {{ key }})
)
{%- endmacro %}

{# How many keys of a raw table stand in several of its files: things_in_several_files('orders', source) -> select count(*) … #}
{% macro things_in_several_files(table_name, source) %}
  {% set key = raw_tables(source['system'])[table_name]['last_file_of'] %}
  {{ return('select count(*) from (select ' ~ key ~ ' from ' ~ rows_of_files(raw_finding(table_name, source), [key, 'raw_file']) ~ ' where row_defect is null and '
            ~ key ~ ' is not null group by 1 having count(distinct raw_file) > 1)') }}
{% endmacro %}
