-- One row per customer: recency, frequency and money as known at as_of, and the name of the cell.
select
    r.customer_id,
    r.recency_days,
    r.frequency,
    cast(r.monetary as decimal(18, 2)) as monetary,
    r.r_score,
    r.f_score,
    r.m_score,
    r.fm_score,
    r.rfm_segment,
    r.null_reason,
    a.as_of
from {{ ref('int_customer_rfm') }} as r
cross join {{ ref('stg_as_of') }} as a
