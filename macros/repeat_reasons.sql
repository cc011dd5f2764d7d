{# The last step of finding repeated rows, from `ranked`: those for which the condition holds, with the reason. #}
{% macro repeat_reasons(condition) -%}
select
    row_number,
    case when copy_rank > 1 then 'exact duplicate of another row' else 'another row has the same key' end as reject_reason
from ranked
where {{ condition }}
{%- endmacro %}
