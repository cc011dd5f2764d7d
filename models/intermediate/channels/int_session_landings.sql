-- One row per session with an event that says who sent it: the first that has a page, a referrer or a campaign, as it came.
-- What later pages say is no news of how the visit began: the way through the shop, a page on which somebody pays.
with landings as (
    select
        f.session_id,
        e.page_url as landing_page,
        e.referrer,
        e.campaign_source,
        e.campaign_medium,
        e.campaign_name,
        -- most pages bear no tag, and to see that is cheap
        case
            when not (e.page_url ilike '%utm%' or contains(e.page_url, 'mtm_') or contains(e.page_url, 'pk_')) then null
            -- a whole query that was encoded once too often
            when e.page_url ilike '%utm!_source!%3d%' escape '!' and not e.page_url ilike '%utm!_source=%' escape '!'
                then {{ decoded('e.page_url') }}
            else e.page_url
        end as tagged_page
    from {{ ref('int_session_facts') }} as f
    inner join {{ ref('int_session_events') }} as e on f.landing_row_number = e.row_number
),

-- one step each, so that no text is looked for twice
written as (
    select
        *,
        {{ url_parameter('tagged_page', '(?:utm|mtm|pk)_source') }} as written_source,
        {{ url_parameter('tagged_page', '(?:utm|mtm|pk)_medium') }} as written_medium,
        {{ url_parameter('tagged_page', '(?:utm|mtm|pk)_campaign') }} as written_name
    from landings
),

read as (
    select
        *,
        {{ decoded('written_source') }} as read_source,
        {{ decoded('written_medium') }} as read_medium,
        {{ decoded('written_name') }} as read_name
    from written
),

told as (
    select
        session_id,
        coalesce({{ said_of_sender('campaign_source') }}, {{ said_of_sender('read_source') }}) as told_source,
        coalesce({{ said_of_sender('campaign_medium') }}, {{ said_of_sender('read_medium') }}) as medium,
        coalesce({{ said_of_sender('campaign_name') }}, {{ said_of_sender('read_name') }}) as told_campaign,
        -- the names of all parameters of the page: among them are those that advertisers add to each click
        case
            when contains(landing_page, '?')
                then lower({{ replace_all("substr(landing_page, position('?' in landing_page))", '=[^&#;]*', '') }})
        end as parameter_names,
        {{ host_of('landing_page') }} as landing_host,
        -- some trackers write a word
        coalesce(
            {{ host_of('referrer') }},
            lower(nullif(regexp_extract(referrer, '^ *([A-Za-z][A-Za-z0-9 _-]*[A-Za-z0-9]) *$', 1), ''))
        ) as referrer_host
    from read
)

select
    session_id,
    told_source,
    {{ plain_words('medium') }} as told_medium,
    told_campaign,
    parameter_names,
    landing_host,
    referrer_host
from told
