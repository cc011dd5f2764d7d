-- One row per set of names of parameters of a landing page in which an advertiser's click is named, with who that is. Of
-- several the one that was paid for counts: it says more than one that only came by.
with names as (
    select distinct parameter_names
    from {{ ref('int_session_landings') }}
    where parameter_names is not null
)

select
    n.parameter_names,
    t.source,
    t.kind as source_kind,
    w.meaning as medium_kind
from names as n
inner join {{ ref('channel_words') }} as w
    on
        w.kind = 'click_id'
        and contains({{ replace_all('n.parameter_names', '[?&#;]+', '&') }} || '&', '&' || w.spelling || '&')
left join {{ ref('int_traffic_sources') }} as t on w.source = t.told
qualify
    row_number() over (
        partition by n.parameter_names
        order by
            case w.meaning
                when 'paid' then 1 when 'display' then 2 when 'affiliate' then 3 when 'email' then 4 when 'organic' then 5
            end asc nulls last,
            w.spelling asc nulls last
    ) = 1
