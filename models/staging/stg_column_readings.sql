-- One row per source and column of an input table whose texts can be read in several ways: how it is read, decided once over all
-- rows of the source.
-- `reading` is null for the usual way: year first, decimal points, ids as they stand. What nothing decides is open. A
-- column that may be missing as a whole, and is, is read `in no row`.
with
{% for table_name in canonical_tables() %}
{{ table_name }} as (
    select
        {{ source_of_rows() }} as source_name,
        {{ measures_of_columns(table_name) }}
    from (
        select
            {{ source_of_rows() }} as source_name,
            {{ ways_of_texts(table_name) }}
        from {{ ref('src_' ~ table_name) }} as source
    ) as ways
    {{ by_source() }}
),
{% endfor %}

measured as (
    {% for table_name in canonical_tables() %}
    {% set is_last_table = loop.last %}
    {% for column, type in column_types(table_name).items() if type in readable_types() %}
    select
        source_name,
        '{{ table_name }}' as source_table, '{{ column }}' as column_name, '{{ type }}' as column_type,
        {{ column }}__filled as filled,
        {{ column }}__way_1 as way_1,
        {{ column }}__way_2 as way_2,
        {{ column }}__way_3 as way_3,
        {{ column }}__way_4 as way_4,
        {{ column }}__way_5 as way_5,
        {{ column }}__largest as largest,
        {{ 'true' if column in all_or_none(table_name) else 'false' }} as is_all_or_none
    from {{ table_name }}
    {{ 'union all' if not (loop.last and is_last_table) }}
    {% endfor %}
    {% endfor %}
),

-- what a column does not say, the others of its kind in the table may
with_neighbours as (
    select
        *,
        sum(way_1) over neighbours > sum(way_2) over neighbours as neighbours_first,
        sum(way_1) over neighbours < sum(way_2) over neighbours as neighbours_other
    from measured
    window neighbours as (
        partition by source_name, source_table, case when column_type = 'date' then 'time' else column_type end
    )
),

decided as (
    select
        *,
        case
            when is_all_or_none and filled = 0 then 'in no row'
            when column_type in ('time', 'date') then {{ time_reading() }}
            when column_type = 'number' then {{ number_reading() }}
            when way_1 > 0 and way_2 = 0 then 'whole numbers with .0'
        end as reading
    from with_neighbours
)

select
    source_name,
    source_table,
    column_name,
    column_type,
    nullif(nullif(reading, 'open'), 'usual') as reading,
    cast(filled as bigint) as filled,
    coalesce(reading = 'open', false) as is_open
from decided
