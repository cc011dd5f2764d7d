-- One row per user agent of a browser inside of an app, with the app: what is looked at there often comes without a referrer.
select
    a.user_agent,
    t.source,
    t.kind as source_kind
from {{ ref('int_user_agents_input') }} as a
inner join {{ ref('channel_words') }} as w on w.kind = 'app_browser' and contains(lower(a.user_agent), w.spelling)
left join {{ ref('int_traffic_sources') }} as t on w.source = t.told
qualify row_number() over (partition by a.user_agent order by length(w.spelling) desc nulls last, w.spelling asc nulls last) = 1
