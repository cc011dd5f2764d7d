-- One row per customer id and clue by which it is joined with others, both as numbers: ids count by the place of their source,
-- then shorter before longer, so that the lowest of those that are one person is the one by which the person is known.
select
    e.customer_id,
    cast(dense_rank() over (
        order by {{ place_of_id('e.customer_id') }} asc nulls last
    ) as bigint) as code,
    cast(dense_rank() over (order by e.joined_by asc nulls last, e.clue asc nulls last) as bigint) as clue_code,
    e.joined_by <> 'link' and e.joined_by <> 'order' as is_guess,
    cast({{ whole_days_between("timestamp '1800-01-01'", 'cast(b.birth_date as timestamp)') }} as bigint) as birth_day,
    e.joined_by,
    e.evidence,
    e.known_at
from {{ ref('stg_customer_evidence') }} as e
inner join {{ ref('stg_customer_clues') }} as c on e.joined_by = c.joined_by and e.clue = c.clue
left join {{ ref('stg_customer_contacts') }} as b on e.customer_id = b.customer_id
where c.not_joined_because is null
