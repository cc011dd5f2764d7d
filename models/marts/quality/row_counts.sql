-- One row per source and canonical table: where its rows went. rows_in = accepted + rejected + after_as_of.
{% set times = {
    'order_lines': 'known_at', 'events': 'occurred_at', 'customers': 'created_at', 'reviews': 'reviewed_at',
    'support_messages': 'sent_at', 'touches': 'shown_at', 'assignments': 'assigned_at', 'identity_links': 'linked_at', 'customer_links': 'linked_at',
    'channel_costs': 'known_at', 'coupons': 'used_at',
} %}
{% for source in sources() %}
{% set is_last_source = loop.last %}
{% for table_name in canonical_tables() %}
select
    {{ sql_text(source['name']) }} as source_system,
    '{{ table_name }}' as source_table,
    (select count(*) from {{ ref('src_' ~ table_name) }} as s where {{ is_row_of(source) }}) as rows_in,
    (select count(*) from {{ ref('stg_' ~ table_name) }} as a where {{ is_row_of(source) }}) as accepted,
    t.bad + (select count(*) from {{ ref('stg_' ~ table_name ~ '__repeated') }} as r where {{ is_row_of(source) }}) as rejected,
    t.after_as_of
from (
    select
        count(*) filter (where reject_reason is not null) as bad,
        count(*) filter (
            where reject_reason is null and not {{ known_at_as_of(times.get(table_name, 'cast(null as timestamp)')) }}
        ) as after_as_of
    from {{ ref('stg_' ~ table_name ~ '__typed') }}
    where {{ is_row_of(source) }}
) as t
{{ 'union all' if not (loop.last and is_last_source) }}
{% endfor %}
{% endfor %}
