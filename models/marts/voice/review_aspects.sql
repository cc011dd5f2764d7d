-- One row per review and aspect that it names: whether it praises or blames it.
select
    r.review_id,
    r.aspect,
    r.is_found,
    r.sentiment,
    {{ finite('r.probability') }} as probability,
    r.run_id,
    a.as_of
from {{ ref('int_review_aspects') }} as r
cross join {{ ref('stg_as_of') }} as a
