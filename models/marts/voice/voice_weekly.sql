-- One row per week, source (`reviews`, `messages`) and aspect (`all`: the text as a whole): how many spoke of it, and how many
-- were content. Weeks of few are withheld.
with spoken as (
    {% for source, model, day, aspect in [
        ('reviews', 'int_review_sentiment', 'reviewed_on', "'all'"),
        ('reviews', 'int_review_aspects', 'reviewed_on', 'aspect'),
        ('messages', 'int_message_sentiment', 'sent_on', "'all'"),
    ] %}
    select
        run_id,
        cast(date_trunc('week', {{ day }}) as date) as week_start,
        '{{ source }}' as source,
        {{ aspect }} as aspect,
        sentiment
    from {{ ref(model) }}
    where
        {{ day }} is not null
        and sentiment is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    s.week_start,
    s.source,
    s.aspect,
    count(*) as texts,
    count(*) filter (where s.sentiment = 'positive') as positive,
    {{ ratio("count(*) filter (where s.sentiment = 'positive')", 'count(*)') }} as positive_share,
    {{ wilson('low', "count(*) filter (where s.sentiment = 'positive')", 'count(*)') }} as ci_low,
    {{ wilson('high', "count(*) filter (where s.sentiment = 'positive')", 'count(*)') }} as ci_high,
    min(s.run_id) as run_id,
    max(a.as_of) as as_of
from spoken as s
cross join {{ ref('stg_as_of') }} as a
group by s.week_start, s.source, s.aspect
having count(*) >= {{ var('min_group_size') }}
