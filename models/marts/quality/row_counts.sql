-- One row per canonical table: where its rows went. rows_in = accepted + rejected + after_as_of.
{% set times = {
    'order_lines': 'ordered_at', 'events': 'occurred_at', 'customers': 'created_at', 'reviews': 'reviewed_at',
    'support_messages': 'sent_at', 'touches': 'shown_at', 'identity_links': 'linked_at',
} %}
{% for table_name in canonical_tables() %}
select
    '{{ table_name }}' as source_table,
    (select count(*) from {{ source_table(table_name) }} as s) as rows_in,
    (select count(*) from {{ ref('stg_' ~ table_name) }}) as accepted,
    (select count(*) from {{ ref('stg_' ~ table_name ~ '__typed') }} where reject_reason is not null)
    + (select count(*) from {{ ref('stg_' ~ table_name ~ '__repeated') }}) as rejected,
    {% if table_name in times %}
    (
        select count(*)
        from {{ ref('stg_' ~ table_name ~ '__typed') }}
        where
            reject_reason is null
            and not {{ known_at_as_of(times[table_name]) }}
    ) as after_as_of
    {% else %}
    cast(0 as bigint) as after_as_of
    {% endif %}
{{ 'union all' if not loop.last }}
{% endfor %}
