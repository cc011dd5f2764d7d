{# Several columns together are the key: no two rows share them. #}
{% test unique_together(model, columns) %}
select
    {{ columns | join(', ') }},
    count(*) as rows_with_key
from {{ model }}
group by all
having count(*) > 1
{% endtest %}
