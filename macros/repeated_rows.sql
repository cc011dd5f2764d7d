{# The rows of a table that repeat another, with the reason: all but one of equal rows, and all but the latest of a key. The latest
   by `version` (a time; what is later than as_of comes last), then by place in the source: a row that was sent again counts at
   its last place, and its first copy stands for it. Without a key only whole rows repeat.
   repeated_rows('reviews', 'review_id', known_at='reviewed_at') #}
{% macro repeated_rows(table_name, key=none, known_at=none, version=none) -%}
{%- set whole_row = canonical_columns(table_name) | join(', ') ~ (', source_name' if 'source_name' in (key or '') else '') %}
with copies as (
    select
        row_number,
        {{ key or whole_row }},{% if version %} {{ version }},{% endif %}
        row_number() over (same_row order by row_number asc nulls last) as copy_rank,
        max(row_number) over same_row as last_copy
    from {{ ref('stg_' ~ table_name ~ '__typed') }}
    where reject_reason is null {% if known_at %}and {{ known_at_as_of(known_at) }}{% endif %}
    window same_row as (partition by {{ whole_row }})
),

ranked as (
    select
        row_number,
        copy_rank,
        row_number() over (
            partition by {{ key or whole_row }}
            order by {% if version %}{{ known_at_as_of(version) }} desc nulls last, {{ version }} desc nulls last,{% endif %}
                last_copy desc nulls last, row_number asc nulls last
        ) as key_rank
    from copies
)

select
    row_number,
    {{ repeat_reason() }} as reject_reason
from ranked
where key_rank > 1
{%- endmacro %}
