-- One row per text that may name who sent a visit (the host of a referrer, the source of a campaign or of a click), with the
-- site of referrer_sites that it is: the longest that it ends with, so that mail.google.com is no search. A host of the shop's
-- own is `own`, another host a `site`, another word null.
with texts as (
    select referrer_host as told from {{ ref('int_session_landings') }}
    union
    select told_source as told from {{ ref('int_session_landings') }}
    union
    select source as told from {{ ref('channel_words') }} where source is not null
),

endings as (
    select
        told,
        told as ending
    from texts
    where told is not null
    union all
    select
        told,
        {{ plain_words('told') }} as ending
    from texts
    where told is not null
    union all
    select
        told,
        regexp_extract(told, '^([^.]+[.])', 1) as ending
    from texts
    where contains(told, '.')
    {% for host in ['told', any_country('told')] %}
    {% for labels in range(2, 6) %}
    union all
    select
        told,
        regexp_extract({{ host }}, '([^.]+{{ '[.][^.]+' * (labels - 1) }})$', 1) as ending
    from texts
    where contains(told, '.')
    {% endfor %}
    {% endfor %}
),

found as (
    select
        e.told,
        s.source,
        s.kind
    from endings as e
    inner join {{ ref('referrer_sites') }} as s on e.ending = s.site
    qualify row_number() over (partition by e.told order by length(s.site) desc nulls last, s.site asc nulls last) = 1
),

-- where people land is the shop; a page of a search engine that shows it is not
own_domains as (
    select distinct {{ owned_domain('l.landing_host') }} as own_domain
    from {{ ref('int_session_landings') }} as l
    where l.landing_host is not null
)

select
    t.told,
    coalesce(f.source, {{ replace_all('t.told', '^www[0-9]*[.]', '') }}) as source,
    case
        when f.kind is not null then f.kind
        when o.own_domain is not null then 'own'
        when contains(t.told, '.') then 'site'
    end as kind
from texts as t
left join found as f on t.told = f.told
left join own_domains as o on {{ owned_domain('t.told') }} = o.own_domain
where t.told is not null
