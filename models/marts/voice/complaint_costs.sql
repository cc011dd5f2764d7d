-- One row per aspect (`anything`: the review as a whole): how many of those who blamed it in their first review ordered again,
-- beside customers alike in what was known before who did not. Few are withheld.
with weighted as (
    select
        aspect,
        customers,
        others,
        repeated,
        {{ ratio('customers', 'sum(customers) over (partition by aspect)') }} as weight,
        {{ ratio('repeated', 'customers') }} as share,
        {{ ratio('others_repeated', 'others') }} as others_share,
        -- one who did and one who did not are added: a group of three in which all did is not certain
        {{ ratio('repeated + others_repeated + 1', 'customers + others + 2') }} as likely,
        {{ ratio(1, 'customers') }} + {{ ratio(1, 'others') }} as spread
    from {{ ref('int_complaint_strata') }}
),

summed as (
    select
        aspect,
        cast(sum(customers) as bigint) as customers,
        cast(sum(others) as bigint) as matched,
        {{ exact_sum('weight * share', 18) }} as repeat_share,
        {{ exact_sum('weight * others_share', 18) }} as matched_repeat_share,
        {{ exact_sum('weight * (share - others_share)', 18) }} as difference,
        sqrt({{ exact_sum('weight * weight * likely * (1 - likely) * spread', 18) }}) as standard_error
    from weighted
    group by aspect
)

select
    s.aspect,
    s.customers,
    s.matched,
    s.repeat_share,
    s.matched_repeat_share,
    s.difference,
    s.difference - 1.959963984540054 * s.standard_error as ci_low,
    s.difference + 1.959963984540054 * s.standard_error as ci_high,
    {{ var('churn_days') }} as window_days,
    'Not an experiment: those compared are alike in the quarter of their first review, orders, revenue and days since the last '
    || 'order before it; what else made them complain and stay away is not known.' as assumptions,
    a.as_of
from summed as s
cross join {{ ref('stg_as_of') }} as a
where
    s.customers >= {{ var('min_group_size') }}
    and s.matched >= {{ var('min_group_size') }}
