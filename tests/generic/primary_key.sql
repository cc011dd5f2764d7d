{# The key of a table: never null, and no two rows share it. One column, or several together. #}
{% test primary_key(model, column_name=none, columns=none) %}
{% set key = columns or [column_name] %}
select
    {{ key | join(', ') }},
    count(*) as rows_with_key
from {{ model }}
group by all
having count(*) > 1 or {{ key | join(' is null or ') }} is null
{% endtest %}
