{{ config(post_hook="{{ stop_if_open() }}") }}
-- One row per column of an input table whose texts can be read in several ways: how it is read, decided once over all its rows.
-- `reading` is null for the usual way: year first, decimal points, ids as they stand. What nothing decides is open.
with
{% for table_name in canonical_tables() %}
{{ table_name }} as (
    select
        {{ measures_of_columns(table_name) }}
    from (
        select {{ clean_columns(table_name, readable_types()) }}
        from {{ source_table(table_name) }} as source
        cross join {{ words_for_nothing() }} as nothing
    ) as cleaned
),
{% endfor %}

measured as (
    {% for table_name in canonical_tables() %}
    {% set outer = loop %}
    {% for column, type in column_types(table_name).items() if type in readable_types() %}
    select
        '{{ table_name }}' as source_table, '{{ column }}' as column_name, '{{ type }}' as column_type,
        {% for name in measures_of(column, type) %}
        {{ column }}__{{ name }} as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ table_name }}
    {{ 'union all' if not (loop.last and outer.last) }}
    {% endfor %}
    {% endfor %}
),

-- what a column does not say, the others of its kind in the table may
with_neighbours as (
    select
        *,
        sum(first_way) over neighbours > sum(other_way) over neighbours as neighbours_first,
        sum(first_way) over neighbours < sum(other_way) over neighbours as neighbours_other
    from measured
    window neighbours as (partition by source_table, case when column_type = 'date' then 'time' else column_type end)
),

decided as (
    select
        *,
        case
            when column_type in ('time', 'date') then {{ time_reading() }}
            when column_type = 'number' then {{ number_reading() }}
            when first_way > 0 and other_way = 0 then 'whole numbers with .0'
        end as reading
    from with_neighbours
)

select
    source_table,
    column_name,
    column_type,
    nullif(nullif(reading, 'open'), 'usual') as reading,
    cast(filled as bigint) as filled,
    coalesce(reading = 'open', false) as is_open
from decided
